"""Every question has one answer: on every engine, and in memory."""

import subprocess
import sys
from datetime import date

import pytest
from pandas.testing import assert_frame_equal

from geo.errors import QueryError, StoreError
from geo.query import FACETS, Query
from geo.warehouse import View
from geo.warehouse.compiled import compiled
from tests.warehouse.world import HOSTILE, ZONES

YEAR = (date(2016, 2, 10), date(2017, 3, 5))
AROUND = (37.95, 36.7, 38.1, 36.9)
QUERIES = {
    "everything": Query(statuses=None),
    "the day's": Query(),
    "a period": Query(period=YEAR),
    "whole months": Query(period=(date(2016, 2, 1), date(2017, 4, 30))),
    "an actor in whole months": Query(actors={"O'Brien"}, period=(date(2016, 2, 1), None)),
    "whole months of zones": Query(zones={"patrol"}, period=(None, date(2016, 12, 31)), event_types={"Battles"}),
    "an open period": Query(period=(None, date(2016, 1, 1))),
    "types": Query(event_types={"Battles", "Riots"}, period=YEAR),
    "sub-types": Query(sub_event_types={"Armed clash", "Mob violence"}),
    "actors": Query(actors={"O'Brien", "Armed group 3", "%_"}, period=YEAR),
    "hostile actors": Query(actors=set(HOSTILE), zones={"patrol"}),
    "a stranger": Query(actors={"'; DELETE FROM borderlines_events; --"}),
    "actor types": Query(actor_types={"Rebel group", "State forces"}),
    "zones": Query(zones={"peace_spring", "O'Zone"}, period=YEAR),
    "certain zones": Query(zones={"aleppo"}, possible=False),
    "confidence": Query(min_confidence=0.7),
    "words": Query(text="RA'S al-ayn frontier"),
    "all at once": Query(
        period=YEAR, event_types={"Battles", "Protests"}, actors={"O'Brien", "Armed group 1"}, zones=set(ZONES),
        actor_types={"Rebel group", "Civilians"}, min_confidence=0.3, statuses=None,
    ),
} | {f"search for {text}": Query(text=text) for text in (*HOSTILE[1:5], HOSTILE[8], "%", "shells 12")}  # fmt: skip
VIEWS = {name: View(query=query) for name, query in QUERIES.items()} | {
    "bounds": View(bounds=AROUND),
    "bounds and words": View(query=Query(text="o'brien", period=YEAR), bounds=AROUND),
    "across the date line": View(bounds=(170, -20, -170, 10)),
    "a window": View(window=(date(2016, 5, 1), date(2016, 8, 9))),
    "a window of whole months": View(window=(date(2016, 5, 1), date(2016, 8, 31))),
    "a window of actors": View(
        query=Query(actors={"O'Brien"}, period=YEAR), window=(date(2016, 5, 1), date(2016, 8, 9))
    ),
    "bounds and zones": View(query=Query(zones={"patrol"}, period=YEAR), bounds=AROUND),
}


STEPS, ZOOMS = ("day", "week", "month"), (2, 7, 13)
NUMBER = {name: n for n, name in enumerate(VIEWS)}
ANSWERS = {}


def rows(table):
    return sorted(table.to_pylist(), key=str)


def counted(house, view, n):
    """Ask for every kind of count; step, zoom and fields take turns, so that each meets many views."""
    fields = {FACETS[n % len(FACETS)], FACETS[(n + 2) % len(FACETS)]}
    return {
        "points": house.points(view).to_pylist(),
        "newest": house.points(view, most=7).to_pylist(),
        "histogram": rows(house.histogram(view, step=STEPS[n % 3])),
        "grid": rows(house.grid(view, zoom=ZOOMS[n % 3])),
        "zones": house.zones(view).to_pylist(),
        "totals": house.totals(view),
        "days": house.days(view),
        "facets": {field: list(house.facet(view, field).items()) for field in sorted(fields)},
    }


@pytest.fixture(params=VIEWS)
def asked(request, memory):
    """A view, its number, and what is right."""
    view, n = VIEWS[request.param], NUMBER[request.param]
    if n not in ANSWERS:
        ANSWERS[n] = counted(memory, view, n), memory.events(view).reset_index(drop=True)
    return view, n, *ANSWERS[n]


def test_every_count_is_the_same(warehouse, asked):
    view, n, right, _ = asked
    assert counted(warehouse, view, n) == right


@pytest.mark.parametrize("field", FACETS)
def test_every_field_is_counted(warehouse, memory, field):
    view = VIEWS["a period"]
    assert list(warehouse.facet(view, field).items()) == list(memory.facet(view, field).items())


def test_whole_events_come_back_as_they_were(warehouse, asked):
    view, n, _, right = asked
    if n % 4:
        return
    found = warehouse.events(view)
    same = [name for name in found.columns if found[name].dtype != "category" and name != "geometry"]
    assert_frame_equal(found[same], right[same])
    for name in set(found.columns) - {*same, "geometry"}:
        assert found[name].astype("str").equals(right[name].astype("str"))
    assert found.geometry.to_wkb().equals(right.geometry.to_wkb())


@pytest.mark.parametrize("name", ["everything", "a period", "bounds and words"])
@pytest.mark.parametrize("drawn", [True, False])
def test_the_pages_of_a_list_make_the_whole(warehouse, memory, name, drawn):
    right = list(memory.events(VIEWS[name], drawn=drawn)["event_id"])
    assert right
    step = len(right) // 3 + 1
    pages = [warehouse.events(VIEWS[name], most=step, skip=k * step, drawn=drawn) for k in range(4)]
    assert [event_id for page in pages for event_id in page["event_id"]] == right
    assert pages[-1].empty


def test_one_event_is_found_by_its_id(warehouse, memory):
    for event_id in memory.frame["event_id"].iloc[[0, 1700, -1]]:
        assert list(warehouse.event(event_id)["event_id"]) == [event_id]
    for stranger in ("none", "' OR ''='", "\\"):
        assert warehouse.event(stranger).empty


def test_asking_changes_nothing(warehouse, memory):
    for attack in ("DROP TABLE borderlines_names", "DELETE FROM borderlines_events WHERE placed"):
        with pytest.raises(StoreError):
            warehouse.engine.ask(attack)
    assert warehouse.totals(View()) == memory.totals(View())


def test_ten_thousand_names_and_words_that_mean_something_are_only_asked_for(warehouse, memory):
    strange = {"O'Brien", "'; DROP TABLE borderlines_events; --", "%_", "back\\slash"}
    views = [View(query=Query(actors=strange | {f"Nobody {n}" for n in range(10_000)}))]
    for view in (*views, *(View(query=Query(text=word)) for word in sorted(strange))):
        assert warehouse.totals(view) == memory.totals(view)
    assert warehouse.totals(views[0]).events > 0


def test_compiling_is_done_once(warehouse):
    view = View(query=Query(text="once"))
    warehouse.totals(view)
    before = compiled.cache_info().misses
    warehouse.totals(View(query=Query(text="once")))
    assert compiled.cache_info().misses == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"bounds": (0, 50, 10, 40)},
        {"bounds": (float("nan"), 0, 1, 1)},
        {"window": (date(2020, 2, 1), date(2020, 1, 1))},
    ],
)
def test_a_view_that_is_none_is_refused(wrong):
    with pytest.raises(QueryError):
        View(**wrong)


def test_the_dashboard_and_annotate_start_without_it():
    modules = "sys, geo.cli.events, geo.cli.index, geo.ui.data"
    code = f"import {modules}; print([m for m in ('duckdb', 'ibis') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
