"""Whatever the corners are, a shape is valid and on the map, or it is refused."""

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geo.errors import ZoneError
from geo.zones.files.limits import RawShape
from geo.zones.files.mending import mend
from geo.zones.frame import Frame

NUMBERS = st.floats(-400, 400, allow_nan=False) | st.sampled_from([0.0, 179.9, -179.9, 90.0, np.nan, np.inf])
RINGS = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=12)
NEAR = st.lists(st.tuples(st.floats(36, 42), st.floats(33, 37)), min_size=3, max_size=30)


def raw(*rings):
    return RawShape("feature 1", [[np.array(ring, dtype=float).reshape(-1, 2) for ring in rings]])


@settings(max_examples=150, deadline=None)
@example([[(0.0, 0.0), (0.0, 1.481092424054895e-138), (1.0, -1.0)]], True)  # its area depends on where it begins
@given(st.lists(RINGS, min_size=1, max_size=3), st.sampled_from([None, True, False]))
def test_a_shape_is_valid_or_refused(rings, latitude_first):
    try:
        shape, notes = mend(raw(*rings), latitude_first=latitude_first)
    except ZoneError:
        return
    assert shape.is_valid
    assert shape.area > 0
    assert {part.geom_type for part in shapely.get_parts(shape)} == {"Polygon"}
    west, south, east, north = shape.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    assert all(notes)


@settings(max_examples=100, deadline=None)
@given(NEAR)
def test_mending_twice_changes_nothing(corners):
    try:
        shape, _ = mend(raw(corners))
    except ZoneError:
        return
    rings = [[np.asarray(r.coords) for r in (part.exterior, *part.interiors)] for part in shapely.get_parts(shape)]
    again, notes = mend(RawShape("feature 1", rings))
    assert not notes
    assert again.symmetric_difference(shape).area < 1e-9


@settings(max_examples=100, deadline=None)
@given(NEAR, st.floats(36, 42), st.floats(33, 37))
def test_a_convex_outline_keeps_what_it_holds(corners, lon, lat):
    hull = shapely.MultiPoint(corners).convex_hull
    if hull.geom_type != "Polygon" or hull.area < 1e-6:
        return
    shape, _ = mend(raw(list(hull.exterior.coords)))
    spot = shapely.Point(lon, lat)
    if hull.boundary.distance(spot) > 1e-6:
        assert shape.covers(spot) == hull.covers(spot)


def test_distances_are_true_on_both_sides_of_the_180th_meridian():
    shape, _ = mend(raw([[179, 10], [-179, 10], [-179, 12], [179, 12]]), latitude_first=False)
    frame = Frame.around(shape)
    assert abs(frame.lon) == pytest.approx(180)
    assert frame.forward(shape).area / 1e6 == pytest.approx(2 * 109.6 * 2 * 110.6, rel=0.02)
