"""A link that names what is not here any more says so, and shows the rest."""

import pytest

from tests.pages.conftest import html_of


def notes(page):
    return [told.value.replace("\\", "") for told in page.toast]


@pytest.mark.parametrize("name", ["map", "zones", "review"])
def test_a_zone_and_an_event_that_are_not_here_are_left_out(open_page, small_store, name):
    page = open_page(name, small_store, zone="taken_away", event="e" * 16)
    assert not page.exception
    assert notes(page) == [
        "Left out of the link: the zone 'taken_away' is not known here",
        "Left out of the link: the event 'eeeeeeeeeeeeeeee' is not known here",
    ]
    assert "zone" not in page.query_params
    assert page.query_params.get("event") != ["e" * 16]
    assert "taken_away" not in html_of(page)


def test_the_zones_that_are_here_still_filter(open_page, small_store):
    page = open_page("map", small_store, zone=["taken_away", "ops"])
    assert notes(page) == ["Left out of the link: the zone 'taken_away' is not known here"]
    assert page.query_params["zone"] in ("ops", ["ops"])


def test_a_card_of_a_zone_that_is_not_here_is_told(open_page, small_store):
    page = open_page("zones", small_store, zone_card="taken_away")
    assert not page.exception
    assert notes(page) == ["Left out of the link: the zone 'taken_away' is not known here"]


def test_the_doubt_is_told_of_what_it_is_about(open_page, small_store):
    page = open_page("map", small_store, zone="ops")
    assert "certainly in this period" not in html_of(page)
    assert notes(page) == []
