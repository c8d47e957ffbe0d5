"""Coordinates written in a text are places of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.annotate import toponyms
from geo.annotate.sentences import split
from geo.geocoders import open_gazetteer

if TYPE_CHECKING:
    from geo.model import Toponym


def read(text: str) -> tuple[Toponym, ...]:
    return toponyms.find(text, sentences=split(text), gazetteer=open_gazetteer())


@pytest.mark.parametrize(
    ("words", "lat", "lon", "radius_km"),
    [
        ("36.82 N, 38.01 E", 36.82, 38.01, 0.8),
        ("36.82° N, 38.01° E", 36.82, 38.01, 0.8),
        ("36°49'N 38°00'E", 36.81667, 38.0, 1.4),
        ("15°36'30\"S 32°31'12\"W", -15.60833, -32.52, 0.1),
        ("N36.8, E38.0", 36.8, 38.0, 8.3),
        ("coordinates 36.8219, 38.0117", 36.8219, 38.0117, 0.1),
    ],
)
def test_coordinates_are_a_place_as_exact_as_their_last_digit(
    words: str, lat: float, lon: float, radius_km: float
) -> None:
    text = f"Shells fell at {words} on Monday."
    (found,) = read(text)
    assert found.place is not None
    assert text[found.start : found.end] == found.text
    assert words.endswith(found.text)
    assert (found.place.lat, found.place.lon, found.place.radius_km) == (lat, lon, radius_km)


@pytest.mark.parametrize(
    "words",
    [
        "95.5 N, 38.2 E",
        "36.5 N, 181.2 E",
        "36°70'N 38°00'E",
        "12 N 5 E",
        "coordinates 99.82, 38.01",
        "version 3.12, 4.15",
        "36.82 N alone",
        "3.5, 4.5 percent",
    ],
)
def test_what_cannot_be_degrees_is_no_place(words: str) -> None:
    assert read(f"Shells fell at {words} on Monday.") == ()


def test_the_country_is_told_only_where_all_around_agree() -> None:
    inland, border = read("Shells fell at 15.61 N, 32.53 E and at 36.826 N, 38.011 E.")
    assert inland.place is not None
    assert border.place is not None
    assert (inland.place.country, border.place.country) == ("SDN", None)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_point_is_read_back_within_its_radius(lat: float, lon: float) -> None:
    words = f"{abs(lat):.3f} {'N' if lat >= 0 else 'S'}, {abs(lon):.3f} {'E' if lon >= 0 else 'W'}"
    (found,) = read(f"Shells fell at {words} on Monday.")
    assert found.place is not None
    assert abs(found.place.lat - lat) <= 0.00051
    assert abs(found.place.lon - lon) <= 0.00051


@given(st.text(alphabet="0123456789.,°'\"NSEW -", max_size=60))
def test_any_digits_are_read_or_left(text: str) -> None:
    for found in read(text):
        assert text[found.start : found.end] == found.text
