from __future__ import annotations

import pytest

from geo.annotate import toponyms
from geo.annotate.sentences import split
from geo.annotate.toponyms.shapes import distance_km
from geo.geocoders import open_gazetteer
from geo.model import Place, PlaceKind


def place(text: str, name: str) -> Place:
    found = toponyms.find(text, sentences=split(text), gazetteer=open_gazetteer())
    meant = next(one for one in found if one.text == name).place
    assert meant is not None
    return meant


def town(name: str) -> Place:
    return open_gazetteer().lookup(name)[0]


@pytest.mark.parametrize(
    ("text", "name", "km", "north", "east"),
    [
        ("Shells landed 25 km north of Raqqa.", "Raqqa", 25.0, 1, 0),
        ("A convoy was hit 40 miles east of the city of Palmyra.", "Palmyra", 64.4, 0, 1),
        ("It fell about 10 kilometres (6 miles) south-west of Manbij.", "Manbij", 10.0, -1, -1),
        ("The village lies 12.5 kilometers to the southeast of Kobani.", "Kobani", 12.5, -1, 1),
    ],
)
def test_a_distance_and_a_direction_are_a_point(text: str, name: str, km: float, north: int, east: int) -> None:
    meant, base = place(text, name), town(name)
    assert distance_km(meant, base) == pytest.approx(km, rel=0.02)
    assert (meant.lat - base.lat) * north >= 0
    assert (meant.lon - base.lon) * east >= 0
    assert meant.radius_km < km
    assert meant.note is not None
    assert name in meant.note


def test_a_direction_alone_reaches_back_to_the_town() -> None:
    meant, base = place("Fighters gathered north of Azaz.", "Azaz"), town("Azaz")
    assert meant.lat > base.lat
    assert meant.radius_km >= distance_km(meant, base) - 0.5


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("Patrols ran between Tal Abyad and Ras al-Ain.", "Tal Abyad", "Ras al-Ain"),
        ("From Azaz to Jarabulus, the border is closed.", "Azaz", "Jarabulus"),
        ("The Azaz–Jarabulus border was quiet.", "Jarabulus", "Azaz"),
    ],
)
def test_a_stretch_is_a_line(text: str, name: str, other: str) -> None:
    meant = place(text, name)
    assert meant.geometry is not None
    assert meant.geometry.geom_type == "LineString"
    assert meant.radius_km >= distance_km(town(name), town(other)) / 2
    assert meant.kind is PlaceKind.REGION
    assert place(text, other).id == meant.id


@pytest.mark.parametrize(
    "text",
    ["He drove from Azaz and stopped in Jarabulus.", "Ties between Azaz to Jarabulus.", "Azaz, Jarabulus were quiet."],
)
def test_two_names_are_no_stretch_without_its_words(text: str) -> None:
    assert place(text, "Jarabulus").kind is not PlaceKind.REGION


@pytest.mark.parametrize(
    "text", ["Fires in the countryside of Azaz.", "Fires in the Azaz countryside.", "A blast near Azaz."]
)
def test_surroundings_are_a_circle(text: str) -> None:
    meant, base = place(text, "Azaz"), town("Azaz")
    assert (meant.lon, meant.lat) == (base.lon, base.lat)
    assert meant.radius_km > base.radius_km + 10


def test_a_part_of_a_country_lies_there() -> None:
    meant, whole = place("Turkey controls parts of northern Syria.", "Syria"), town("Syria")
    assert meant.kind is PlaceKind.REGION
    assert meant.lat > whole.lat
    assert "northern Syria" in meant.name


def test_a_part_of_a_country_without_a_name_of_its_own_is_cut_from_its_outline() -> None:
    meant, whole = place("Floods hit western Jordan this week.", "Jordan"), town("Jordan")
    assert meant.geometry is not None
    assert whole.geometry is not None
    assert meant.geometry.area < whole.geometry.area
    assert meant.geometry.bounds[2] < whole.geometry.bounds[2]


def test_the_side_of_a_city_is_beside_its_middle() -> None:
    meant, base = place("Rebels seized blocks in southwestern Aleppo.", "Aleppo"), town("Aleppo")
    assert meant.lat < base.lat
    assert meant.lon < base.lon
