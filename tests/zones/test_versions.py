"""An event is tried against the version of a zone that was in force on its own day."""

from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import zones
from geo.errors import ZoneError
from geo.model import Place, PlaceKind

TEXT = """\
places:
  here: [40.0, 36.0]
  east: [40.3, 36.0]
zones:
- id: moving
  name: Moving
  kind: front
  valid: [2019-01-01, null]
  definition: A front that moves east.
  sources: []
  confidence: {dates: high, geometry: high}
  versions:
  - valid: [2019-01-01, 2019-06-30]
    geometry: {disc: {center: here, radius_km: 5}}
    published: {radius_km: 5}
  - valid: [2019-07-01, 2019-12-31]
    definition: It grew.
    geometry: {disc: {center: here, radius_km: 20}}
  - valid: [2020-01-01, null]
    geometry: {disc: {center: east, radius_km: 5}}
"""
REFERRING = """\
- id: within
  name: Within
  kind: front
  valid: [DAY, null]
  definition: What the front was when this began.
  sources: []
  confidence: {dates: high, geometry: high}
  geometry: {zone: moving}
"""
SMALL, LARGE, MOVED = date(2019, 3, 1), date(2019, 9, 1), date(2021, 1, 1)


def built_from(folder, more=""):
    path = folder / "zones.yaml"
    path.write_text(TEXT + more, encoding="utf-8")
    return {name: item for name, item in zones.load_built(path).items() if not item.zone.is_province}


@pytest.fixture(scope="module")
def moving(tmp_path_factory):
    return built_from(tmp_path_factory.mktemp("zones"))


def place(lon, radius_km=0.0):
    return Place(id="x", name="x", lon=lon, lat=36.0, radius_km=radius_km, kind=PlaceKind.TOWN)


def answer(built, where, first, last):
    return next((row.answer for row in zones.membership(where, first, last, built)), None)


@pytest.mark.parametrize(
    ("lon", "first", "last", "expected"),
    [
        (40.0, SMALL, SMALL, "inside"),
        (40.0, LARGE, LARGE, "inside"),
        (40.0, MOVED, MOVED, None),
        (40.0, SMALL, LARGE, "inside"),
        (40.0, SMALL, MOVED, "possible"),
        (40.0, LARGE, None, "inside"),
        (40.0, None, None, "possible"),
        (40.15, SMALL, SMALL, None),
        (40.15, LARGE, LARGE, "inside"),
        (40.15, SMALL, LARGE, "possible"),
        (40.3, MOVED, MOVED, "inside"),
        (40.0, date(2018, 12, 1), SMALL, "possible"),
        (40.0, date(2018, 12, 1), date(2018, 12, 31), None),
        (40.0, date(2019, 12, 31), date(2019, 12, 31), "inside"),
        (40.0, date(2020, 1, 1), date(2020, 1, 1), None),
    ],
)
def test_the_version_of_the_day_answers(moving, lon, first, last, expected):
    assert answer(moving, place(lon), first, last) == expected


@settings(max_examples=60, deadline=None)
@given(
    lon=st.floats(39.5, 40.8),
    radius=st.sampled_from([0.0, 1.0, 5.0, 17.5, 60.0]),
    first=st.none() | st.dates(date(2018, 10, 1), date(2020, 4, 1)),
    days=st.integers(0, 500),
)
def test_one_place_and_the_join_agree(moving, lon, radius, first, days):
    last = first and date.fromordinal(first.toordinal() + days)
    pairs = zones.join([lon], [36.0], [radius], [first], [last], moving)
    codes = {None: [], "possible": [1], "inside": [2]}
    assert pairs.answer.tolist() == codes[answer(moving, place(lon, radius), first, last)]
    remembered = zones.Memberships(moving)
    assert remembered(place(lon, radius), first, last) == zones.membership(place(lon, radius), first, last, moving)


def test_many_points_have_one_row_each(moving):
    lon = np.linspace(39.5, 40.8, 5000)
    start = np.full(5000, "2018-06-01", dtype="datetime64[D]") + np.arange(5000) % 900
    pairs = zones.join(lon, np.full(5000, 36.0), None, start, start + 200, moving)
    assert len(set(pairs.point.tolist())) == len(pairs.point) > 0


def test_the_whole_has_the_land_of_all_versions_and_each_its_own(moving):
    item = moving["moving"]
    assert [part.zone.valid[0] for part in item.parts] == [date(2019, 1, 1), date(2019, 7, 1), date(2020, 1, 1)]
    assert [round(part.area_km2 / 78.5) for part in item.parts] == [1, 16, 1]
    assert all(item.geometry.buffer(1e-3).covers(part.geometry) for part in item.parts)
    assert [part.zone.definition for part in item.parts][:2] == ["A front that moves east.", "It grew."]
    assert all(part.zone.id == "moving" and not part.versions for part in item.parts)


def test_each_version_is_checked_by_its_own_figures(moving):
    (row,) = zones.check(moving)
    assert (row.zone_id, row.figure, row.ok) == ("moving@2019-01-01", "radius_km", True)


@pytest.mark.parametrize(("day", "version"), [("2019-02-01", 0), ("2019-08-01", 1), ("2022-01-01", 2)])
def test_a_reference_means_the_version_in_force_when_the_zone_begins(tmp_path, day, version):
    built = built_from(tmp_path, REFERRING.replace("DAY", day))
    assert shapely.equals(built["within"].geometry, built["moving"].versions[version].geometry)


@pytest.mark.parametrize("day", ["2018-01-01", "null"])
def test_a_reference_on_a_day_without_version_is_refused(tmp_path, day):
    with pytest.raises(ZoneError, match="zone within: zone 'moving' has versions, and none was in force on"):
        built_from(tmp_path, REFERRING.replace("DAY", day))


def test_claw_lock_is_deeper_from_july_2024_and_the_north_east_loses_manbij(own):
    first, second = own["claw_lock"].parts
    assert (first.depth_km, second.depth_km) == (pytest.approx(7, abs=0.3), pytest.approx(15, abs=0.3))
    deep = shapely.difference(second.geometry, first.geometry).representative_point()
    where = Place(id="x", name="x", lon=deep.x, lat=deep.y, radius_km=0.0, kind=PlaceKind.VILLAGE)
    days = (date(2023, 5, 1), date(2025, 5, 1))
    assert [answer({"claw_lock": own["claw_lock"]}, where, day, day) for day in days] == [None, "inside"]
    manbij = Place(id="x", name="x", lon=37.9549, lat=36.5281, radius_km=1.0, kind=PlaceKind.TOWN, country="SYR")
    days = (date(2024, 12, 11), date(2024, 12, 12))
    assert [answer({"aanes": own["aanes"]}, manbij, day, day) for day in days] == ["inside", None]
