"""Places that a text describes rather than names: distances, directions, stretches, surroundings.

"25 km north of Raqqa" is a point with a radius, "southwestern Aleppo" a part of an area, "between Tal Abyad and
Ras al-Ain" a stretch, "the countryside of Azaz" a circle. Each says in its note how it was made.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from shapely.geometry import LineString, box

from geo.model import POINT_KINDS, Place, PlaceKind

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.annotate.toponyms.candidates import Mention
    from geo.annotate.toponyms.names import Names

KM_PER_DEGREE = 111.195
BEARINGS = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}
_DIRECTION = r"(north|south|east|west)[- ]?(?:(east|west))?(?:ern)?"
_KM = {"km": 1.0, "kilom": 1.0, "mile": 1.609344, "mi": 1.609344}
_DISTANCE = re.compile(
    r"(?:(\d{1,4}(?:[.,]\d{1,2})?)|(few|several|dozens of|tens of|some))[- ]?(km|kilom|mile|mi)[a-z]* (?:\([^)]{1,20}\) )?(?:to the )?"
    + _DIRECTION
    + r" (?:of|from) (?:the )?(?:[a-z]+ of )?\Z",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"(\d{1,4}(?:[.,]\d{1,2})?)[- ]?(km|kilom|mile|mi)[a-z]* (?:\([^)]{1,20}\) )?(?:away )?(?:from|outside|off) (?:the )?(?:[a-z]+ of )?\Z",
    re.IGNORECASE,
)
_BEYOND = re.compile(r"\b" + _DIRECTION + r" of (?:the )?(?:[a-z]+ of )?\Z", re.IGNORECASE)
_PART = re.compile(
    r"\b"
    + _DIRECTION
    + r"(?: (?:part|parts|side|countryside|outskirts|suburbs|areas?|regions?|sector|edge) of)?(?: the)?(?: city of| province of)? \Z",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"\b(near|outside|around|surrounding|close to|not far from|(?:countryside|outskirts|suburbs?|vicinity|environs|surroundings) of)(?: the)?(?: (?:city|town|village) of)? \Z",
    re.IGNORECASE,
)
_AROUND_AFTER = re.compile(
    r"(?:['\u2019]s?)? (?:(northern|southern|eastern|western|rural) )?(countryside|outskirts|suburbs?|area|vicinity|hinterland)\b"
)
_LEADING = frozenset(
    [
        "of",
        "from",
        "off",
        "outside",
        "near",
        "around",
        "surrounding",
        "to",
        "the",
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "city",
        "town",
        "village",
        "province",
    ]
)
"""Last words before a name that can begin a description; everything else is not looked at further."""
_BETWEEN = re.compile(
    r" and (?:the )?(?:[a-z]+ (?:of )?)?\Z|\s?[\u2013\u2014-]\s?\Z| to (?:the )?(?:[a-z]+ of )?\Z| through \Z"
)
_SPAN_OPEN = re.compile(
    r"\b(between|from|stretch from|stretches from|linking|connecting) (?:the )?(?:(?:towns|cities|villages|town|city|village) of )?\Z",
    re.IGNORECASE,
)
LOOK_BACK = 70
FEW_KM = 20.0
NEAR_KM = 12.0
AROUND_KM = 20.0
LONGEST_STRETCH_KM = 400.0


def distance_km(one: Place, other: Place) -> float:
    """Distance between two places in kilometres, over the sphere."""
    north, other_north = math.radians(one.lat), math.radians(other.lat)
    half = (
        math.sin((other_north - north) / 2) ** 2
        + math.cos(north) * math.cos(other_north) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    )
    return 2 * 6371.0088 * math.asin(math.sqrt(min(1.0, half)))


def described(text: str, mention: Mention, place: Place, low: int, names: Names) -> Place:
    """Give the place that the words around a name describe.

    Parameters
    ----------
    text : str
        The article's text.
    mention : Mention
        The name.
    place : Place
        What the name means.
    low : int
        Start of its sentence.
    names : Names
        The gazetteer, which may hold the part of a country that is meant ("northern Syria").

    Returns
    -------
    Place
        A derived place with a note, or `place` itself if nothing is said.
    """
    before = text[max(low, mention.start - LOOK_BACK) : mention.start]
    last = before.rstrip()[-14:].rpartition(" ")[2].lower()
    if (
        last not in _LEADING
        and not last.endswith("ern")
        and text[mention.end : mention.end + 1] not in (" ", "'", "\u2019")
    ):
        return place
    if last not in _LEADING and not last.endswith("ern"):
        return _after(text, mention, place)
    if place.kind not in POINT_KINDS:
        part = _PART.search(before) if place.kind in (PlaceKind.ADMIN1, PlaceKind.COUNTRY, PlaceKind.REGION) else None
        if part is None:
            return place
        known = names.lookup(f"{part.group().strip()} {place.name}")
        if known and known[0].kind is PlaceKind.REGION:
            return known[0]
        return _part(place, _bearing(part), part.group().strip())
    found = _DISTANCE.search(before)
    if found:
        km = _kilometres(found.group(1), found.group(3))
        return _moved(place, _bearing(found, 4), km, f"{found.group().strip()} {place.name}")
    found = _AWAY.search(before)
    if found:
        km = _kilometres(found.group(1), found.group(2))
        return _around(place, km, f"{found.group().strip()} {place.name}")
    found = _BEYOND.search(before)
    if found:
        return _moved(place, _bearing(found), None, f"{found.group().strip()} {place.name}")
    found = _AROUND.search(before)
    if found:
        km = NEAR_KM if found.group(1).lower() in ("near", "close to", "outside") else AROUND_KM
        return _around(place, place.radius_km + km, f"{found.group().strip()} {place.name}")
    found = _PART.search(before)
    if found:
        return _moved(
            place,
            _bearing(found),
            max(2.0, place.radius_km * 0.6),
            f"{found.group().strip()} {place.name}",
            spread=max(3.0, place.radius_km),
        )
    return _after(text, mention, place)


def _after(text: str, mention: Mention, place: Place) -> Place:
    found = _AROUND_AFTER.match(text, mention.end, mention.end + 40)
    if found and place.kind in POINT_KINDS:
        return _around(place, place.radius_km + AROUND_KM, f"{place.name} {found.group(2)}")
    return place


def stretch(text: str, first: Mention, second: Mention, start: Place, end: Place, low: int) -> Place | None:
    """Give the stretch between two places where the text speaks of one.

    Parameters
    ----------
    text : str
        The article's text.
    first, second : Mention
        Two names that follow one another.
    start, end : Place
        What they mean.
    low : int
        Start of their sentence.

    Returns
    -------
    Place or None
        A line with a radius; None if the text does not speak of one.
    """
    if start.kind not in POINT_KINDS or end.kind not in POINT_KINDS or start.id == end.id:
        return None
    between = text[first.end : second.start]
    link = _BETWEEN.search(between) if len(between) < 30 else None
    if link is None or link.start() != 0:
        return None
    opened = _SPAN_OPEN.search(text[max(low, first.start - LOOK_BACK) : first.start])
    hyphen = between.strip() in ("-", "\u2013", "\u2014")
    if opened is None and not hyphen:
        return None
    if opened is not None and (opened.group(1).lower() == "between") != (" and " in between) and not hyphen:
        return None
    length = distance_km(start, end)
    if length > LONGEST_STRETCH_KM or length < 1.0:
        return None
    line = LineString([(start.lon, start.lat), (end.lon, end.lat)])
    return Place(
        id=f"derived:{start.id}|{end.id}",
        name=f"{start.name}\u2013{end.name}",
        lon=(start.lon + end.lon) / 2,
        lat=(start.lat + end.lat) / 2,
        kind=PlaceKind.REGION,
        radius_km=round(length / 2 + 2.0, 1),
        country=start.country if start.country == end.country else None,
        admin1=start.admin1 if start.admin1 == end.admin1 else None,
        geometry=line,
        note=f"the stretch between {start.name} and {end.name}, {length:.0f} km",
    )


def _bearing(found: re.Match[str], group: int = 1) -> float:
    return BEARINGS[(found.group(group) + (found.group(group + 1) or "")).lower()]


def _kilometres(number: str | None, unit: str) -> float:
    value = float(number.replace(",", ".")) if number else FEW_KM
    return value * _KM[unit.lower()]


def _moved(place: Place, bearing: float, km: float | None, note: str, *, spread: float | None = None) -> Place:
    """Go some way from a place; without a distance, a little way with a radius that reaches back."""
    way = km if km is not None else place.radius_km + NEAR_KM
    # Distances in the news are rounded and follow roads: a fifth of the way is a fair error.
    radius = spread if spread is not None else max(3.0, way * (0.2 if km is not None else 1.0))
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


def _around(place: Place, km: float, note: str) -> Place:
    return replace(place, id=f"derived:{place.id}~{km:.0f}", radius_km=round(km, 1), note=note)


def _part(place: Place, bearing: float, words: str) -> Place:
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
