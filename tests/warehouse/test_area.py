"""Cells while there are many events, single events once they are few, and the same number of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.query import Query
from geo.warehouse import View, area_of, look
from geo.warehouse.warehouse import tiles

HERE = (37.5, 36.4, 38.5, 37.2)
BOUNDS = st.tuples(st.floats(-400, 400), st.floats(-85, 80), st.floats(0, 420), st.floats(0, 100)).map(
    lambda drawn: (drawn[0], drawn[1], drawn[0] + drawn[2], min(drawn[1] + drawn[3], 89.0))
)


@pytest.mark.parametrize("zoom", [3, 7, 8, 12, 16])
@pytest.mark.parametrize(
    "query", [Query(), Query(text="kobani"), Query(zones={"patrol"})], ids=["all", "words", "zone"]
)
def test_both_ways_of_showing_count_the_same(warehouse, memory, zoom, query):
    area = area_of(HERE, zoom)
    counts = look(warehouse, View(query=query), area, most=0)
    single = look(warehouse, View(query=query), area, most=10**6)
    right = look(memory, View(query=query), area, most=10**6)
    assert counts.points is None
    assert counts.events == single.events == len(single.points) == len(right.points) > 0
    assert sorted(single.points["event_id"].to_pylist()) == sorted(right.points["event_id"].to_pylist())


@given(bounds=BOUNDS, zoom=st.floats(0, 19))
@settings(max_examples=60, deadline=None)
def test_an_area_holds_what_its_bounds_hold(memory, bounds, zoom):
    area = area_of(bounds, zoom)
    placed = memory.frame[memory.frame["geometry"].notna() & memory.frame["day_start"].notna()]
    shift = 18 - area.depth
    x, y = (v.astype("int64") >> shift for v in tiles(placed["lon"].to_numpy(), placed["lat"].to_numpy()))
    held = area.holds(x, y)
    west, south, east, north = bounds
    turns = ((placed["lon"] - west) % 360) + west
    seen = ((turns <= east) & placed["lat"].between(south, north)).to_numpy()
    assert held[seen].all()
    found = look(memory, View(query=Query(statuses=None)), area, most=10**6)
    assert found.events == int(held.sum()) == len(found.points)


def test_the_whole_map_shows_every_event_on_it(memory):
    found = look(memory, View(), area_of((-250, -85, 250, 85), 1))
    assert found.events == memory.totals(View()).on_map
    assert found.points is None
    assert np.all(found.cells["events"].to_numpy() > 0)
