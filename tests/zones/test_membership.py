"""Inside, possible, outside: by place, by day, and the two together."""

from dataclasses import replace
from datetime import date

import geopandas
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from geo import basemap, zones
from geo.model import Place, PlaceKind, ZoneMembership
from geo.zones import asking, joining

LON = st.floats(35.0, 45.0)
LAT = st.floats(31.0, 38.5)
RADIUS = st.sampled_from([0.0, 0.5, 2.0, 5.0, 20.0, 80.0])
DAYS = st.dates(date(2012, 1, 1), date(2026, 12, 31))
BUILT = {name: item for name, item in zones.load_built().items() if item.zone.kind != "province"}
PARTS = {f"{name}@{part.zone.valid[0]}": part for name, item in BUILT.items() for part in item.parts}
RANK = {"outside": 0, "possible": 1, "inside": 2}


def place(lon, lat, radius_km, **more):
    return Place(
        **{"id": "x", "name": "x", "lon": lon, "lat": lat, "radius_km": radius_km, "kind": PlaceKind.TOWN} | more
    )


def answers(where, first, last):
    return {found.zone_id: found.answer for found in zones.membership(where, first, last, BUILT)}


@settings(max_examples=60, deadline=None)
@given(LON, LAT, RADIUS, RADIUS, DAYS)
def test_more_uncertainty_never_makes_inside_of_outside(lon, lat, one, other, day):
    less, more = sorted((one, other))
    sure, vague = answers(place(lon, lat, less), day, day), answers(place(lon, lat, more), day, day)
    for name in BUILT:
        before, after = RANK[sure.get(name, "outside")], RANK[vague.get(name, "outside")]
        assert not (before == 0 and after == 2)
        assert not (before == 1 and after == 2)
        assert not (before > 0 and after == 0)


@settings(max_examples=60, deadline=None)
@given(LON, LAT, RADIUS, DAYS, st.integers(0, 4000), st.integers(0, 4000))
def test_a_longer_span_never_makes_inside_of_less(lon, lat, radius, day, before, after):
    where = place(lon, lat, radius)
    first = date.fromordinal(day.toordinal() - before)
    last = date.fromordinal(day.toordinal() + after)
    exact, span = answers(where, day, day), answers(where, first, last)
    assert {name for name, found in span.items() if found == "inside"} <= {
        name for name, found in exact.items() if found == "inside"
    }
    assert set(exact) <= set(span)
    assert set(span) <= set(answers(where, None, None))


@settings(max_examples=60, deadline=None)
@given(LON, LAT, RADIUS, DAYS)
def test_one_row_per_event_and_zone_and_the_array_join_agrees(lon, lat, radius, day):
    found = zones.membership(place(lon, lat, radius), day, day, BUILT)
    assert len({row.zone_id for row in found}) == len(found)
    pairs = zones.join([lon], [lat], [radius], [day], [day], BUILT)
    names = list(BUILT)
    joined = [
        ZoneMembership(names[zone], {1: "possible", 2: "inside"}[code])
        for zone, code in zip(pairs.zone, pairs.answer, strict=True)
    ]
    assert joined == list(found)


@pytest.mark.parametrize("threads", [1, 2])
def test_join_without_radius_equals_sjoin_and_a_date_filter(monkeypatch, threads):
    monkeypatch.setattr(joining, "CHUNK", 700)
    random = np.random.default_rng(7)
    lon, lat = random.uniform(35, 45, 5000), random.uniform(31, 38.5, 5000)
    day = np.datetime64("2012-01-01") + random.integers(0, 5000, 5000)
    items = list(PARTS.values())
    zone_of = np.array([list(BUILT).index(part.zone.id) for part in items])
    polygons = geopandas.GeoDataFrame(
        {
            "first": np.array([item.zone.valid[0] or "0001-01-01" for item in items], dtype="datetime64[s]"),
            "last": np.array([item.zone.valid[1] or "9999-12-31" for item in items], dtype="datetime64[s]"),
        },
        geometry=[item.geometry for item in items],
        crs=4326,
    )
    points = geopandas.GeoDataFrame({"day": day.astype("M8[s]")}, geometry=geopandas.points_from_xy(lon, lat), crs=4326)
    joined = geopandas.sjoin(points, polygons, predicate="covered_by")
    joined = joined[(joined["day"] >= joined["first"]) & (joined["day"] <= joined["last"])]
    pairs = zones.join(lon, lat, None, day, day, BUILT, threads=threads)
    assert set(zip(pairs.point, pairs.zone, strict=True)) == set(
        zip(joined.index, zone_of[joined["index_right"]], strict=True)
    )
    assert len(pairs.point) == len(joined) > 500
    assert set(pairs.answer) == {asking.INSIDE_CODE}


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 360), st.floats(1, 60))
def test_distances_are_kilometres_on_the_ground(bearing, beyond):
    # From the middle of the 55-km disc, go out: the disc of the event touches the zone or not by true distance.
    zone = {"tanf_55km": BUILT["tanf_55km"]}
    lon, lat, _ = Geod(ellps="WGS84").fwd(38.6178, 33.5058, bearing, (55 + beyond) * 1000)
    edge = shapely.Point(lon, lat)
    if shapely.distance(edge, _land("SYR")) > 0 or bearing > 200:
        return  # beyond Syria the zone ends before the disc does
    near, far = place(lon, lat, beyond - 1.5), place(lon, lat, max(0.01, beyond - 2.9))
    day = date(2020, 1, 1)
    if beyond > 1.6:
        assert zones.membership(near, day, day, zone)
    if beyond > 3:
        assert not zones.membership(far, day, day, zone)


def _land(iso3):
    return next(item.geometry for item in basemap.load("countries") if item.properties["iso3"] == iso3)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_cells_change_no_answer(seed):
    # Every point asked of every polygon, against the join that asks its cells first.
    random = np.random.default_rng(seed)
    count = 6000
    lon, lat = random.uniform(35, 46, count), random.uniform(31, 39, count)
    radius = random.choice([0.0, 0.3, 2.0, 2.5, 5.0, 11.0, 18.0, 18.1, 60.0], count)
    never = np.full(count, "NaT", dtype="datetime64[D]")
    got = np.zeros((count, len(PARTS)), dtype=np.uint8)
    pairs = zones.join(lon, lat, radius, never, never, PARTS)
    got[pairs.point, pairs.zone] = pairs.answer
    for number, item in enumerate(PARTS.values()):
        asked = asking.place_answers(item, lon, lat, radius)
        limited = item.zone.valid != (None, None)
        assert np.array_equal(got[:, number], np.minimum(asked, 1) if limited else asked), item.zone.id
        sure = np.full(count, "2020-01-01" if item.zone.in_force(date(2020, 1, 1), None) else item.zone.valid[0])
        alone = zones.join(lon, lat, radius, sure.astype("M8[D]"), never, {item.zone.id: item})
        assert np.array_equal(np.bincount(alone.point, alone.answer, count), asked), item.zone.id


def test_a_point_beyond_all_zones_or_without_place_is_in_none():
    lon, lat = [-179.0, 180.0, 0.0, np.nan, 40.0, np.inf], [-90.0, 90.0, 0.0, 36.0, np.nan, -np.inf]
    for radius in (None, [0.0] * 6, [15.0] * 6):
        day = ["2020-01-01"] * 6
        assert len(zones.join(lon, lat, radius, day, day, BUILT).point) == 0


def test_a_whole_world_of_zones_is_joined_by_coarse_cells():
    far = replace(BUILT["ops"], geometry=shapely.box(-150, -60, -149, -59).union(shapely.box(100, 60, 101, 61)))
    both = {"far": far, "makhmour": BUILT["makhmour"]}
    lon, lat = [-149.5, 100.5, 43.6061, 43.66], [-59.5, 60.5, 35.7893, 35.7893]
    day = ["2020-01-01"] * 4
    pairs = zones.join(lon, lat, [0.0, 5.0, 0.5, 4.0], day, day, both)
    assert sorted(zip(pairs.point.tolist(), pairs.zone.tolist(), pairs.answer.tolist(), strict=True)) == [
        (0, 0, 2),
        (1, 0, 2),
        (2, 1, 2),
        (3, 1, 1),
    ]


def test_threads_share_no_prepared_shape():
    # Sharing them crashed the interpreter at ten million points: GEOS completes a prepared shape when first asked.
    count = joining.CHUNK * 2 + 5
    random = np.random.default_rng(3)
    lon, lat = random.uniform(35, 45, count), random.uniform(31, 38.5, count)
    day = np.full(count, "2020-01-01", dtype="datetime64[D]")
    radius = np.where(np.arange(count) % 50 == 0, 5.0, 0.0)
    one = zones.join(lon, lat, radius, day, day, BUILT, threads=1)
    two = zones.join(lon, lat, radius, day, day, BUILT, threads=2)
    assert all(np.array_equal(left, right) for left, right in zip(one, two, strict=True))
    fresh = {"ops": replace(BUILT["ops"], geometry=shapely.from_wkb(shapely.to_wkb(BUILT["ops"].geometry)))}
    zones.join(lon, lat, radius, day, day, fresh)
    zones.membership(place(39.5, 36.7, 5), date(2020, 1, 1), date(2020, 1, 1), fresh)
    shapes = (fresh["ops"].geometry, fresh["ops"].metric, fresh["ops"].metric_edge, fresh["ops"].metric_wide)
    assert not any(shapely.is_prepared(shape) for shape in shapes)


def test_validity_includes_both_days():
    zone = BUILT["us_tr_safe_zone_2019"].zone
    days = [date(2019, 10, day) for day in (16, 17, 22, 23)]
    assert [zone.in_force(day, day) for day in days] == [None, "certain", "certain", None]


def test_spans_against_validity():
    zone = BUILT["us_tr_safe_zone_2019"].zone
    assert zone.in_force(date(2019, 10, 18), date(2019, 10, 20)) == "certain"
    assert zone.in_force(date(2019, 10, 1), date(2019, 10, 31)) == "possible"
    assert zone.in_force(date(2020, 1, 1), date(2020, 2, 1)) is None
    assert zone.in_force(None, None) == "possible"
    assert zone.in_force(date(2019, 10, 18), None) == "certain"
    assert BUILT["iraq_syria_border"].zone.in_force(None, None) == "certain"


def test_no_day_is_possible_in_a_limited_zone_and_inside_an_unlimited_one():
    found = answers(place(41.3, 35.6, 0.5), None, None)
    assert found["iraq_syria_border"] == "inside"
    assert found["jazira_canton" if "jazira_canton" in found else "aanes"] == "possible"


def test_no_place_is_in_no_zone():
    assert zones.membership(None, date(2020, 1, 1), date(2020, 1, 1), BUILT) == ()
    assert len(zones.join([np.nan], [np.nan], [5.0], ["2020-01-01"], ["2020-01-01"], BUILT).point) == 0


def test_a_province_is_inside_itself_and_possible_where_it_overlaps():
    built = zones.load_built()
    raqqa = built["SYR-04"].geometry
    where = place(39.0, 36.0, 0, kind=PlaceKind.ADMIN1, geometry=raqqa)
    day = date(2020, 1, 1)
    found = {row.zone_id: row.answer for row in zones.membership(where, day, day, built)}
    assert found["SYR-04"] == "inside"
    assert found["ops"] == "possible"
    assert "SYR-09" not in found  # a neighbour shares an edge, no land
    assert "olive_branch" not in found


def test_a_stretch_of_border_is_inside_its_zone_and_possible_in_others():
    line = BUILT["azaz_jarabulus_border"].line
    where = place(37.5, 36.7, 0, kind=PlaceKind.BORDER, geometry=line)
    found = answers(where, date(2016, 9, 4), date(2016, 9, 4))
    assert found["azaz_jarabulus_border"] == "inside"
    assert found["turkey_syria_border"] == "inside"
    whole = place(39, 36.8, 0, kind=PlaceKind.BORDER, geometry=BUILT["turkey_syria_border"].line)
    assert answers(whole, date(2020, 1, 1), date(2020, 1, 1))["ops"] == "possible"


def test_both_must_be_sure():
    inside_place = place(39.5, 36.7, 1, country="SYR")
    assert answers(inside_place, date(2020, 1, 1), date(2020, 1, 1))["ops"] == "inside"
    assert answers(inside_place, date(2019, 10, 1), date(2020, 1, 1))["ops"] == "possible"
    assert answers(place(39.5, 36.7, 40, country="SYR"), date(2020, 1, 1), date(2020, 1, 1))["ops"] == "possible"


def test_arrays_of_different_length_are_refused():
    with pytest.raises(ValueError, match="differ in length"):
        zones.join([1.0, 2.0], [1.0, 2.0], None, ["2020-01-01"], ["2020-01-01"], BUILT)


def test_nothing_to_join():
    assert len(zones.join([], [], None, [], [], BUILT).point) == 0


@settings(max_examples=60, deadline=None)
@given(LON, LAT, RADIUS, st.none() | DAYS, st.integers(0, 400))
def test_remembered_places_get_the_same_answer(lon, lat, radius, day, days):
    remembered = zones.Memberships(BUILT)
    last = day and date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
    where = place(lon, lat, radius)
    square = place(lon, lat, radius, kind=PlaceKind.REGION, geometry=shapely.box(lon - 0.4, lat - 0.4, lon, lat))
    for spot in (where, where, square, square):
        assert remembered(spot, day, last) == zones.membership(spot, day, last, BUILT)
    assert remembered(None, day, last) == ()
