"""The page of what changed says it in counts, on a map and as a table."""

import shutil
import sqlite3
from datetime import date

import pytest

from geo.model import Action, KnownBy, Place, PlaceKind
from geo.pipeline import open_resources, rebuild_events
from geo.review import decision
from geo.store import Store, decide
from geo.ui import changes_page
from tests.pages.conftest import html_of


def test_what_was_added_since_a_day_is_counted_and_listed(open_page, small_store):
    page = open_page("changes", small_store)
    page.date_input(key="changes_before").set_value(date(2020, 12, 31)).run()
    assert not page.exception
    assert "<b>2</b> added" in html_of(page)
    assert "<b>0</b> withdrawn" in html_of(page)
    assert list(page.dataframe[0].value["Change"]) == ["added", "added"]


def test_days_the_wrong_way_round_are_told(open_page, small_store):
    page = open_page("changes", small_store)
    page.date_input(key="changes_before").set_value(date(2022, 12, 31))
    page.date_input(key="changes_after").set_value(date(2021, 1, 1)).run()
    assert "before the earlier one" in page.error[0].value


def test_no_change_is_said(open_page, small_store):
    page = open_page("changes", small_store)
    page.date_input(key="changes_before").set_value(date(2022, 12, 31)).run()
    assert "Nothing was added" in page.info[0].value


def test_the_day_offered_first_is_explained(open_page, small_store):
    page = open_page("changes", small_store)
    assert page.date_input(key="changes_before").value == date(2022, 10, 24)
    assert any("30 days before the newest article, of 23 November 2022" in told.value for told in page.caption)
    page.date_input(key="changes_before").set_value(date(2020, 12, 31)).run()
    assert not any("30 days before" in told.value for told in page.caption)


@pytest.fixture
def corrected_since(small_store, tmp_path):
    """A store that was made on 1 March 2026, and in which a reviewer corrected an event on the third."""
    folder = shutil.copytree(small_store, tmp_path / "store")
    with Store(folder) as store:
        (event,) = (event for event in store.events() if event.best.place.name == "Tal Abyad")
        decide(store, decision(Action.CORRECT, [event], "Ada", after={"fatalities_high": 9}), seen=0)
        (made,) = store.database.one("select max(n) from log")
        rebuild_events(store, open_resources())
    with sqlite3.connect(folder / "borderlines.sqlite") as db:
        db.execute("drop trigger log_no_update")
        db.execute("update log set at = '2026-03-01T12:00:00.000+00:00' where n < ?", (made,))
        db.execute("update log set at = '2026-03-03T12:00:00.000+00:00' where n >= ?", (made,))
    return folder


def between(page, before, after):
    page.date_input(key="changes_before").set_value(before)
    page.date_input(key="changes_after").set_value(after)
    return page.radio(key="changes_by").set_value(KnownBy.RECORDED).run()


def test_a_correction_is_told_otherwise_between_the_days_before_and_after_it(open_page, corrected_since):
    page = between(open_page("changes", corrected_since), date(2026, 3, 2), date(2026, 3, 3))
    assert not page.exception
    assert "<b>0</b> added" in html_of(page)
    assert "<b>1</b> told otherwise" in html_of(page)
    (row,) = page.dataframe[0].value.to_dict("records")
    assert (row["Change"], row["What differs"]) == ("told otherwise", "deaths, review")
    assert not any("was begun" in told.value for told in page.caption)


def test_a_day_before_the_store_was_begun_is_told(open_page, corrected_since):
    page = between(open_page("changes", corrected_since), date(2026, 2, 1), date(2026, 3, 3))
    assert "<b>3</b> added" in html_of(page)
    assert any("begun on 1 March 2026" in told.value for told in page.caption)


def test_one_event_far_away_does_not_draw_the_map_out():
    def place(lon, lat):
        return Place(id=f"{lon}", name="", lon=lon, lat=lat, kind=PlaceKind.TOWN, radius_km=1)

    near = [place(38 + n / 10, 36.5) for n in range(5)]
    west, south, east, north = changes_page._bounds([*near, place(-77.0, 38.9)])
    assert (west, south) > (36, 35)
    assert (east, north) < (40, 38)
    assert changes_page._bounds([place(-77.0, 38.9)])[0] < -77
