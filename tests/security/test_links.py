"""Forged, truncated, repeated, endless and wrongly typed links, for every parameter of every page: a note, no more."""

from __future__ import annotations

import pytest

from geo.layers._base import safe_text
from geo.query import Query, from_params
from geo.readers import webpage
from geo.reports import links as documents
from geo.ui import links
from geo.ui.link_schema import SCHEMA, notes_on
from tests.pages.conftest import empty_store, open_page, small_store  # noqa: F401 - fixtures
from tests.security.payloads import PAYLOADS

FORGED = (
    "", "\x00", "../../etc/passwd", "x" * 100_000, "%", "%zz", "null", "[]", "{}", "-1", "1e999", "NaN",
    "２０１９-10-09", "2019-02-31..2019-03-01", "2019-10-10..2019-10-09", "zone:", "days:", "days:x..y", "' OR 1=1 --",
    "${7*7}", "🧨\u202e", "gASVBQAAAAAAAABLAS4=", "__import__('os')",
)  # fmt: skip
GOOD = {
    "theatre": "kivu", "zone_card": "peace_spring", "zone_days": "2019-10-09..2019-10-17",
    "compare": "zone:peace_spring", "article": "a0001", "event": "e0001",
}  # fmt: skip
OF_QUERY = ("from", "to", "type", "sub_type", "actor", "actor_type", "zone", "status", "possible", "min_confidence",
            "text", "known_on", "known_by", "at")  # fmt: skip


@pytest.mark.parametrize("key", SCHEMA)
def test_a_value_that_cannot_be_one_is_left_out_with_a_short_note(key):
    assert notes_on({key: GOOD[key]}) == []
    for value in (*(text for text in FORGED if text not in ("null", "-1", "NaN")), ["a", "b"], [GOOD[key]] * 500):
        if key in ("article", "event", "zone_card") and isinstance(value, str) and value in ("zone:", "1e999", "days:"):
            continue
        (note,) = notes_on({key: value})
        assert len(note) < 150


@pytest.mark.parametrize("key", OF_QUERY)
def test_no_value_of_the_query_is_an_error(key):
    for value in (*FORGED, ["a", "b"], ["x"] * 5_000, [None, 3]):
        query, notes = from_params({key: value})
        assert isinstance(query, Query)
        assert all(len(note) < 400 for note in notes)


ALL_AT_ONCE = dict(zip((*OF_QUERY, *SCHEMA), FORGED, strict=False))
# Streamlit itself drops a link of more than half a million characters.
ENDLESS = dict.fromkeys((*OF_QUERY, *SCHEMA), "x" * 20_000)


@pytest.mark.parametrize("name", ["map", "zones", "review", "changes", "articles", "report"])
@pytest.mark.parametrize("link", [ALL_AT_ONCE, ENDLESS], ids=["forged", "endless"])
def test_every_page_shows_its_default_view(open_page, small_store, name, link):  # noqa: F811
    page = open_page(name, small_store, **link)
    assert not page.exception
    assert not page.error
    assert len(page.toast) > 3
    assert all(len(toast.value) < 1_000 for toast in page.toast)


ADDRESSES = (
    *PAYLOADS, "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
    "\x01javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd",
    "//a.example", "/x", "http://", "https:///x", "http:alert(1)", "blob:https://a.example/1", "about:blank", "http://[::1",
    "ftp://a.example/",
)  # fmt: skip


@pytest.mark.parametrize("read", [links.web_address, documents.web_address, webpage.web_address])
def test_an_address_becomes_a_link_only_where_it_is_a_web_address(read):
    made = [address for address in map(read, ADDRESSES) if address is not None]
    assert all(address.startswith(("http://", "https://")) for address in made)
    assert read("https://a.example/x?y=1&z=2#w") in (
        "https://a.example/x?y=1&z=2#w",
        "https://a.example/x?y=1&amp;z=2#w",
    )


def test_the_title_of_a_link_and_its_address_stay_what_they_are():
    for title in PAYLOADS:
        made = links.linked(title, f'https://a.example/"onmouseover="x{title}')
        told = made.removeprefix('<a href="')
        assert made == safe_text(title) or told.count('"') == 5, made
        assert "<" not in made.replace("<a href=", "").replace("</a>", "")
