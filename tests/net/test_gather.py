"""Articles from the internet: what is read of an answer, and what a feed leads to."""

import pytest

from geo.errors import InputError
from geo.limits import MAX_ADDRESSES
from geo.model import Article
from geo.net import read_address, read_feed
from geo.net.gather import addresses
from tests.net.conftest import FEED, PAGE, TEXT
from tests.readers.made import a_pdf


def item(name: str, *, link: str, text: str = "") -> str:
    told = f"<pubDate>2019-05-06</pubDate><description>{text}</description>"
    return f"<item><title>{name}</title><link>{link}</link>{told}</item>"


def test_a_page_is_read_with_the_address_it_came_from(server, fetcher):
    (found,) = read_address(fetcher, f"{server.url}/page?utm=1")
    assert isinstance(found, Article)
    assert found.title == "Herons over the marsh"
    assert found.url == f"{server.url}/page?utm=1"
    assert found.path is None


@pytest.mark.parametrize(("told", "kept"), [("{}/story", True), ("https://elsewhere.test/story", False)])
def test_a_page_may_name_its_own_address_but_not_another_host(server, fetcher, told: str, kept: bool):
    told = told.format(server.url)
    page = PAGE.replace("<head>", f'<head><link rel="canonical" href="{told}">')
    server.paths["/x"] = lambda h: h.answer(page.encode())
    (found,) = read_address(fetcher, f"{server.url}/x")
    assert isinstance(found, Article)
    assert found.url == (told if kept else f"{server.url}/x")


def test_the_encoding_of_the_header_counts(server, fetcher):
    page = PAGE.replace("marsh", "Şanlıurfa")
    server.paths["/x"] = lambda h: h.answer(page.encode("cp1254"), kind="text/html; charset=windows-1254")
    (found,) = read_address(fetcher, f"{server.url}/x")
    assert isinstance(found, Article)
    assert "Şanlıurfa" in found.text


def test_a_pdf_is_read(server, fetcher):
    server.paths["/x.html"] = lambda h: h.answer(a_pdf([TEXT]), kind="application/pdf")
    (found,) = read_address(fetcher, f"{server.url}/x.html")
    assert isinstance(found, Article)


@pytest.mark.parametrize("kind", ["image/png", "application/octet-stream", "video/mp4", "", "text/html\u0000x"])
def test_another_kind_is_refused_whatever_the_name_says(server, fetcher, kind: str):
    server.paths["/x.html"] = lambda h: h.answer(PAGE.encode(), kind=kind)
    (found,) = read_address(fetcher, f"{server.url}/x.html")
    assert isinstance(found, InputError)


def test_a_feed_leads_to_its_pages_and_completes_them(server, fetcher):
    items = item("Herons", link=f"{server.url}/page") + item("Short", link=f"{server.url}/none", text=TEXT)
    items += item("Inside", link="http://169.254.169.254/latest", text=TEXT) + item("Code", link="javascript:alert(1)")
    server.paths["/feed"] = lambda h: h.answer(FEED.format(items=items).encode(), kind="application/rss+xml")
    found = list(read_feed(fetcher, f"{server.url}/feed"))
    articles = [one for _, one in found if isinstance(one, Article)]
    assert [one.title for one in articles] == ["Herons over the marsh", "Short", "Inside"]
    assert [str(one.published) for one in articles] == ["2019-05-06"] * 3
    assert articles[0].source
    assert articles[1].text == TEXT  # its page is gone, the feed's own words are not
    problems = [str(one) for _, one in found if isinstance(one, InputError)]
    assert len(problems) == 3
    assert "answered 404" in problems[0]
    assert "never fetched" in problems[1]
    assert {path for path, _ in server.asked} == {"/feed", "/page", "/none"}


def test_a_page_that_is_no_feed_is_told(server, fetcher):
    with pytest.raises(InputError, match="not a feed"):
        list(read_feed(fetcher, f"{server.url}/page"))


def test_a_list_of_addresses_may_have_comments_and_an_end(tmp_path):
    assert list(addresses(["# mine", "", " https://a.test/ \n"], tmp_path)) == ["https://a.test/"]
    with pytest.raises(InputError, match="more than"):
        list(addresses(["x"] * (MAX_ADDRESSES + 1), tmp_path))
