"""Places that a text describes rather than names: distances, directions, stretches, surroundings.

"25 km north of Raqqa" is a point with a radius, "southwestern Aleppo" a part of an area, "between Tal Abyad and
Ras al-Ain" a stretch, "the countryside of Azaz" a circle. Each says in its note how it was made.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shapely.geometry import LineString

from geo.annotate.toponyms import phrases
from geo.annotate.toponyms.shapes import around, distance_km, moved, part
from geo.model import POINT_KINDS, Place, PlaceKind

if TYPE_CHECKING:
    from geo.annotate.toponyms.candidates import Mention
    from geo.annotate.toponyms.names import Names

LOOK_BACK = 70
NEAR_KM = 12.0
AROUND_KM = 20.0
LONGEST_STRETCH_KM = 400.0
"""Two places further apart are not the ends of a stretch."""
_SAID_OF_IT = re.compile(r"(?:\bthe|['\u2019]s) [a-z]+ern \Z")
_AREAS = (PlaceKind.ADMIN1, PlaceKind.COUNTRY, PlaceKind.REGION)


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
    if last in phrases.LAST_WORDS or last.endswith("ern"):
        found = (
            _of_point(before, place) if place.kind in POINT_KINDS else _of_area(text, mention.end, before, place, names)
        )
        if found is not None:
            return found
    after = phrases.AROUND_AFTER.match(text, mention.end, mention.end + 40) if place.kind in POINT_KINDS else None
    if after is not None:
        return around(place, place.radius_km + AROUND_KM, f"{place.name} {after.group(2)}")
    return place


def _of_area(text: str, end: int, before: str, place: Place, names: Names) -> Place | None:
    found = phrases.PART.search(before) if place.kind in _AREAS else None
    if found is None:
        return None
    beyond = found.group().endswith(" of ") and not before[: found.start()].rstrip().endswith("the")
    if beyond and place.kind is PlaceKind.COUNTRY:
        # "south of Türkiye" is not in it.
        return None
    words = f"{found.group(1)}{found.group(2) or ''}ern".lower()
    if place.kind is PlaceKind.ADMIN1 and _SAID_OF_IT.search(before) and phrases.PROVINCE.match(text, end, end + 14):
        # "Afghanistan's southern Kandahar province" says where the province lies, not which part of it is meant.
        return None
    known = names.lookup(f"{words} {place.name}")
    if known and known[0].kind is PlaceKind.REGION:
        return known[0]
    return part(place, phrases.bearing(found), words)


def _of_point(before: str, place: Place) -> Place | None:
    if found := phrases.DISTANCE.search(before):
        km = phrases.kilometres(found.group(1), found.group(3))
        return moved(place, phrases.bearing(found, 4), km, f"{found.group().strip()} {place.name}")
    if found := phrases.AWAY.search(before):
        km = phrases.kilometres(found.group(1), found.group(2))
        return around(place, km, f"{found.group().strip()} {place.name}")
    if found := phrases.BEYOND.search(before):
        return moved(place, phrases.bearing(found), None, f"{found.group().strip()} {place.name}")
    if found := phrases.AROUND.search(before):
        km = NEAR_KM if found.group(1).lower() in phrases.CLOSE_BY else AROUND_KM
        return around(place, place.radius_km + km, f"{found.group().strip()} {place.name}")
    if found := phrases.PART.search(before):
        way, note = max(2.0, place.radius_km * 0.6), f"{found.group().strip()} {place.name}"
        return moved(place, phrases.bearing(found), way, note, spread=max(3.0, place.radius_km))
    return None


def stretch(text: str, ends: tuple[Mention, Mention], places: tuple[Place, Place], low: int) -> Place | None:
    """Give the stretch between two places where the text speaks of one.

    Parameters
    ----------
    text : str
        The article's text.
    ends : tuple of Mention
        Two names that follow one another.
    places : tuple of Place
        What they mean.
    low : int
        Start of their sentence.

    Returns
    -------
    Place or None
        A line with a radius; None if the text does not speak of one.
    """
    (first, second), (start, end) = ends, places
    if start.kind not in POINT_KINDS or end.kind not in POINT_KINDS or start.id == end.id:
        return None
    between = text[first.end : second.start]
    link = phrases.JOINED.search(between) if len(between) < 30 else None
    if link is None or link.start() != 0:
        return None
    opened = phrases.OPENED.search(text[max(low, first.start - LOOK_BACK) : first.start])
    hyphen = between.strip() in phrases.DASHES
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
