"""Two zones, or two periods of one, side by side: counted honestly, kept in the link."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.ui.zone_sides import by_actor, by_type, difference_words, pair_words, rate_words, shared, side
from geo.ui.zone_window import days_of, text_of
from tests.pages.conftest import html_of

PAIRS = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: (pair[0], sum(pair)))


@given(PAIRS, PAIRS)
def test_a_difference_holds_what_it_says_it_holds(one, other):
    """Whatever the possible events turn out to be, the true difference lies within the words."""
    words = difference_words(one, other)
    low, high = one[0] - other[1], one[1] - other[0]
    if "not known" in words:
        assert low < 0 < high
    elif "more" in words:
        assert low >= 0
    elif "fewer" in words:
        assert high <= 0
    else:
        assert words == "the same"
        assert low == high == 0


def test_words_of_counts_and_rates():
    assert pair_words((3, 3)) == "3"
    assert pair_words((3, 8)) == "3, up to 8"
    assert rate_words((1, 2), 60) == "0.5, up to 1.0"
    assert rate_words((1, 2), 0) == "–"


@pytest.mark.parametrize("text", [None, "", "2019-10-09", "2019-12-31..2019-10-09", "x..y", "2019-10-09.." * 20, ["a"]])
def test_days_of_a_broken_link_are_none(text):
    assert days_of(text) is None


def test_days_survive_the_link():
    days = (date(2019, 10, 9), date(2019, 12, 31))
    assert days_of(text_of(days)) == days


@pytest.fixture(scope="module")
def sides(small_store):
    from dataclasses import replace

    from geo.frame import load_frame
    from geo.query import Query
    from geo.store import Store
    from geo.zones import load_built

    with Store(small_store, readonly=True) as store:
        frame = load_frame(store)
    zones = load_built()
    query = Query(zones=frozenset({"ops"}), possible=True)
    return [
        side("2020", zones["ops"], frame, replace(query, period=(date(2020, 1, 1), date(2020, 12, 31)))),
        side("2021", zones["ops"], frame, replace(query, period=(date(2021, 1, 1), date(2021, 12, 31)))),
    ]


def test_sides_count_by_type_and_actor(sides):
    types = by_type(*sides)
    assert types.iloc[0]["what"] == "All"
    assert (types.iloc[0]["one"], types.iloc[0]["other"]) == tuple(pair_words(each.pair) for each in sides)
    assert {"one", "other", "difference"} <= set(by_actor(*sides))
    assert shared(*sides) == 0


def test_days_in_force_end_with_the_zone(sides):
    told = (date(2016, 1, 1), date(2024, 12, 31))
    assert sides[0].days(told) == 366
    # The zone ended on some day of its own, or goes on: never more days than the period has.
    assert 0 <= sides[1].days(told) <= 365


def test_two_zones_side_by_side(open_page, small_store):
    page = open_page("zones", small_store, zone_card="ops", compare="zone:kobani_canton")
    assert not page.exception
    assert page.query_params["compare"] == "zone:kobani_canton"
    written = html_of(page)
    assert "Operation Peace Spring area against" in written
    assert written.count("Days in force") == 2
    assert len(page.dataframe) >= 3


def test_two_periods_side_by_side(open_page, small_store):
    page = open_page("zones", small_store, zone_card="ops", compare="days:2021-01-01..2021-12-31")
    assert not page.exception
    assert page.query_params["compare"] == "days:2021-01-01..2021-12-31"
    assert "1 January – 31 December 2021" in html_of(page)


@pytest.mark.parametrize("asked", ["zone:ops", "zone:no_such", "days:x..y", "<b>", "days:2021-12-31..2021-01-01"])
def test_a_broken_comparison_compares_nothing(open_page, small_store, asked):
    page = open_page("zones", small_store, zone_card="ops", compare=asked)
    assert not page.exception
    assert "compare" not in page.query_params
    assert "Days in force" not in html_of(page)


def test_choosing_what_to_compare_with_moves_the_link(open_page, small_store):
    page = open_page("zones", small_store, zone_card="ops")
    page.segmented_control(key="zone_compare_mode").set_value("Another period").run()
    assert not page.exception
    assert page.query_params["compare"].startswith("days:")
    page.segmented_control(key="zone_compare_mode").set_value("Nothing").run()
    assert "compare" not in page.query_params


def test_counts_follow_the_days_of_the_link(open_page, small_store):
    page = open_page("zones", small_store, zone_card="ops", zone_days="2020-01-01..2020-12-31")
    assert page.query_params["zone_days"] == "2020-01-01..2020-12-31"
    (table,) = page.dataframe
    assert set(table.value["day_start"].astype(str).str[:4]) <= {"2020"}
    page.button(key="zone_window_back").click().run()
    assert "zone_days" not in page.query_params
    assert len(page.dataframe[0].value) > len(table.value)
