"""The field for a web address: not there unless the dashboard was started for it, and it reaches nothing private."""

import pytest

from geo.model import Article
from tests.pages.conftest import html_of

TEXT = "Turkish drones struck a vehicle in Kobani on 22 November 2022, killing two fighters."


def fields(page) -> list:
    return [box for box in page.text_input if box.label == "Web address of the article"]


def fetch(page, url: str):
    fields(page)[0].set_value(url)
    return next(b for b in page.button if b.label == "Fetch it").click().run()


@pytest.mark.parametrize("value", [None, "0", "yes"])
def test_without_being_told_there_is_no_field(open_page, small_store, monkeypatch, value):
    monkeypatch.delenv("BORDERLINES_ONLINE", raising=False)
    if value is not None:
        monkeypatch.setenv("BORDERLINES_ONLINE", value)
    assert fields(open_page("articles", small_store)) == []


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://169.254.169.254/latest", "file:///etc/hostname"])
def test_a_private_address_is_refused_on_the_page(open_page, small_store, monkeypatch, url):
    monkeypatch.setenv("BORDERLINES_ONLINE", "1")
    page = fetch(open_page("articles", small_store), url)
    assert not page.exception
    assert "fetched" in html_of(page)


def test_what_was_fetched_is_shown_as_it_would_be_read(open_page, small_store, monkeypatch):
    monkeypatch.setenv("BORDERLINES_ONLINE", "1")
    article = Article(id="f", text=TEXT, title="<b>From afar</b>", url="https://news.test/1")
    monkeypatch.setattr("geo.net.read_address", lambda *_: iter([article]))
    page = fetch(open_page("articles", small_store), "https://news.test/1")
    assert not page.exception
    written = html_of(page)
    assert "&lt;b&gt;From afar" in written
    assert any("What would be read" in words.value for words in page.markdown)
