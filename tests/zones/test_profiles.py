"""Distance from the line that a zone is drawn along, and position along it."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from pyproj import Geod

from geo import zones

GEOD = Geod(ellps="WGS84")


def test_points_on_the_line_are_at_distance_none_and_in_order(own):
    item = own["ops"]
    xy = shapely.get_coordinates(item.line)
    found = zones.profile(xy[:, 0], xy[:, 1], item)
    assert found.away_km.max() < 0.01
    assert np.all(np.diff(found.along_km) >= 0)
    assert found.along_km[0] == pytest.approx(0, abs=0.01)
    assert found.along_km[-1] == pytest.approx(item.length_km, rel=0.01)


def test_a_point_so_far_south_of_a_straight_border_is_so_far_from_it(own):
    item = replace(own["ops"], line=shapely.LineString([(38.5, 36.7), (40.5, 36.7)]))
    lon, lat, _ = GEOD.fwd([39.0, 39.5, 40.0], [36.7, 36.7, 36.7], [180, 180, 180], [1000, 10_000, 30_000])
    found = zones.profile(lon, lat, item)
    assert found.away_km == pytest.approx([1, 10, 30], abs=0.15)
    assert np.diff(found.along_km) == pytest.approx(GEOD.inv(39, 36.7, 39.5, 36.7)[2] / 1000, abs=0.3)


def test_towns_lie_where_they_are_told_to(own):
    found = zones.profile([38.9538, 40.0706], [36.6965, 36.8503], own["ops"])
    assert found.away_km.max() < 1  # both lie at the border
    # Drawn from 24 km before Tal Abyad; the two are 104 km apart along the border.
    assert np.diff(found.along_km) == pytest.approx([103.8], abs=1.5)
    assert found.along_km[0] == pytest.approx(24, abs=1)


def test_no_place_has_no_position(own):
    found = zones.profile([np.nan, 39.5, 39.5], [36.5, np.nan, 36.5], own["ops"])
    assert np.isnan(found.away_km).tolist() == [True, True, False]
    assert np.isnan(found.along_km).tolist() == [True, True, False]


def test_nothing_to_measure(own):
    assert [len(each) for each in zones.profile([], [], own["ops"])] == [0, 0]


def test_a_zone_without_one_line_has_no_profile(own):
    assert zones.profile([39.5], [36.5], own["makhmour"]) is None
    broken = replace(own["ops"], line=shapely.MultiLineString([[(38, 36), (39, 36)], [(40, 36), (41, 36)]]))
    assert zones.profile([39.5], [36.5], broken) is None


def test_arrays_of_different_length_are_refused(own):
    with pytest.raises(ValueError, match="differ in length"):
        zones.profile([39.5, 39.6], [36.5], own["ops"])
