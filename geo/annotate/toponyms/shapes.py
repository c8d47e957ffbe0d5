"""Makes one place from another: some way off, around it, a part of its outline."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from shapely.geometry import box

from geo.model import PlaceKind

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.model import Place

KM_PER_DEGREE = 111.195
EARTH_KM = 6371.0088
JUST_BEYOND_KM = 12.0
"""How far "north of X" reaches where no distance is given."""


def distance_km(one: Place, other: Place) -> float:
    """Distance between two places in kilometres, over the sphere."""
    north, other_north = math.radians(one.lat), math.radians(other.lat)
    half = (
        math.sin((other_north - north) / 2) ** 2
        + math.cos(north) * math.cos(other_north) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def moved(place: Place, bearing: float, km: float | None, note: str, *, spread: float | None = None) -> Place:
    """Go some way from a place; without a distance, a little way with a radius that reaches back."""
    way = km if km is not None else max(place.radius_km, JUST_BEYOND_KM)
    # Distances in the news are rounded and follow roads: a fifth of the way is a fair error.
    wide = way * 0.2 if km is not None else place.radius_km + JUST_BEYOND_KM
    radius = spread if spread is not None else max(3.0, wide)
    lat = place.lat + math.cos(math.radians(bearing)) * way / KM_PER_DEGREE
    lon = place.lon + math.sin(math.radians(bearing)) * way / (
        KM_PER_DEGREE * max(0.05, math.cos(math.radians(place.lat)))
    )
    lat, lon = max(-90.0, min(90.0, lat)), (lon + 180.0) % 360.0 - 180.0
    return replace(
        place,
        id=f"derived:{place.id}@{bearing:.0f}/{way:.0f}",
        lon=round(lon, 5),
        lat=round(lat, 5),
        radius_km=round(radius, 1),
        geometry=None,
        note=note,
    )


def around(place: Place, km: float, note: str) -> Place:
    """Give the circle of `km` around a place."""
    return replace(place, id=f"derived:{place.id}~{km:.0f}", radius_km=round(km, 1), note=note)


def part(place: Place, bearing: float, words: str) -> Place:
    """Cut the half (or quarter) of an area that lies that way; an area without a known outline stays whole."""
    note = f"{words} {place.name}"
    if place.geometry is None:
        return replace(place, note=f"{note}; the outline is not known, so all of it")
    piece = _half(place.geometry, bearing)
    if piece.is_empty:
        return replace(place, note=note)
    point = piece.representative_point()
    west, south, east, north = piece.bounds
    across = math.hypot((east - west) * math.cos(math.radians(point.y)), north - south) * KM_PER_DEGREE
    return replace(
        place,
        id=f"derived:{place.id}@{bearing:.0f}",
        name=f"{words} {place.name}",
        lon=round(point.x, 4),
        lat=round(point.y, 4),
        kind=PlaceKind.REGION,
        radius_km=round(across / 2, 1),
        geometry=piece,
        note=f"{note}: that part of its outline",
    )


def _half(shape: BaseGeometry, bearing: float) -> BaseGeometry:
    west, south, east, north = shape.bounds
    middle_lon, middle_lat = (west + east) / 2, (south + north) / 2
    along_lat, along_lon = math.cos(math.radians(bearing)), math.sin(math.radians(bearing))
    if along_lat > 0.1:
        south = middle_lat
    elif along_lat < -0.1:
        north = middle_lat
    if along_lon > 0.1:
        west = middle_lon
    elif along_lon < -0.1:
        east = middle_lon
    return shape.intersection(box(west, south, east, north))
