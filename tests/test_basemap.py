"""The built basemap says what the facts about the theatre say."""

import gzip

import pytest
import shapely

from geo import basemap
from geo.builddata import date_line
from geo.errors import DataError


def shapes(layer, key):
    return {feature.properties[key]: feature.geometry for feature in basemap.load(layer)}


@pytest.mark.parametrize("layer", basemap.LAYERS)
def test_every_layer_loads_valid_and_named(layer):
    features = basemap.load(layer)
    assert features
    assert all(feature.geometry.is_valid and not feature.geometry.is_empty for feature in features)
    assert all(feature.properties["name"] for feature in features)


def test_provinces_of_the_three_countries_are_complete_and_unique():
    ids = [feature.properties["id"] for feature in basemap.load("provinces")]
    assert len(ids) == len(set(ids))
    count = {iso3: sum(name.startswith(iso3) for name in ids) for iso3 in ("SYR", "IRQ", "TUR")}
    assert count == {"SYR": 15, "IRQ": 18, "TUR": 81}  # 14 governorates and the UNDOF area


def test_provinces_are_one_coverage_that_countries_follow():
    assert shapely.coverage_is_valid([feature.geometry for feature in basemap.load("provinces")])
    countries = shapes("countries", "iso3")
    syria = shapely.union_all([g for key, g in shapes("provinces", "id").items() if key.startswith("SYR")])
    assert shapely.symmetric_difference(syria, countries["SYR"]).area < 1e-6


def test_the_syrian_iraqi_border_has_its_published_length():
    from pyproj import Geod

    countries = shapes("countries", "iso3")
    border = shapely.line_merge(countries["SYR"].boundary.intersection(countries["IRQ"].boundary))
    assert border.geom_type == "LineString"
    # 599 km in the CIA World Factbook.
    assert Geod(ellps="WGS84").geometry_length(border) / 1000 == pytest.approx(599, rel=0.01)


@pytest.mark.parametrize(
    "river", ["Euphrates", "Tigris", "Khabur", "Balikh", "Orontes", "Great Zab", "Little Zab", "Sajur"]
)
def test_rivers_of_the_theatre_are_there(river):
    assert shapes("rivers", "name")[river].length > 0.5


def test_the_khabur_meets_the_euphrates():
    rivers = shapes("rivers", "name")
    assert rivers["Khabur"].distance(rivers["Euphrates"]) < 0.03


def test_border_towns_are_drawn_by_the_names_we_use():
    towns = shapes("towns", "name")
    assert {"Tal Abyad", "Ras al-Ain", "Azaz", "Jarabulus", "Kobani", "Qamishli", "Homs", "Raqqa"} <= set(towns)


def test_unknown_layer_names_the_known_ones():
    with pytest.raises(ValueError, match="countries, provinces"):
        basemap.path("lakes")


def test_missing_file_tells_how_to_make_it(tmp_path):
    with pytest.raises(DataError, match=r"python -m geo\.builddata"):
        basemap.load("towns", folder=tmp_path)


@pytest.mark.parametrize(
    "content",
    # gzip writes the time of day into its header; two workers must collect the same tests.
    [b"not gzip", gzip.compress(b'{"features": [', mtime=0), gzip.compress(b'{"type": "Point"}', mtime=0)],
    ids=["not gzip", "cut off", "not features"],
)
def test_damaged_file_is_named(tmp_path, content):
    file = tmp_path / "towns.geojson.gz"
    file.write_bytes(content)
    with pytest.raises(DataError, match=r"towns\.geojson\.gz is damaged"):
        basemap.load("towns", folder=tmp_path)


def test_the_world_is_parted_at_the_date_line():
    countries = shapes("world", "name")
    wide = {name for name, shape in countries.items() for part in shapely.get_parts(shape) if span(part) > 170}
    # The land around the pole does go round.
    assert wide == {"Antarctica"}
    assert shapely.contains_xy(countries["Russia"], [-175.0, 175.0, 100.0], [67.0, 67.0, 60.0]).all()
    assert not shapely.contains_xy(countries["Russia"], -100.0, 68.0)
    assert shapely.contains_xy(countries["Antarctica"], 10.0, -89.9)


def span(shape):
    return shape.bounds[2] - shape.bounds[0]


def test_a_ring_that_leaps_over_the_date_line_becomes_two_parts():
    ring = [(170.0, 0.0), (-170.0, 0.0), (-170.0, 10.0), (170.0, 10.0), (170.0, 0.0)]
    hole = [(178.0, 2.0), (-178.0, 2.0), (-178.0, 4.0), (178.0, 4.0), (178.0, 2.0)]
    parts = shapely.get_parts(date_line.polygon([ring, hole]))
    assert sorted(part.bounds for part in parts) == [(-180.0, 0.0, -170.0, 10.0), (170.0, 0.0, 180.0, 10.0)]
    assert sum(part.area for part in parts) == pytest.approx(200 - 8)


def test_a_ring_around_a_pole_takes_in_the_pole():
    ring = [(-180.0, -70.0), (-60.0, -75.0), (60.0, -65.0), (180.0, -70.0), (-180.0, -70.0)]
    shape = date_line.polygon([ring])
    assert shape.bounds == (-180.0, -90.0, 180.0, -65.0)
    assert shape.is_valid
