"""What the places already found tell of the doubtful ones: a small town is likely in an article about its county."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geo.annotate.toponyms.shapes import distance_km
from geo.model import POINT_KINDS, Place, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.annotate.toponyms.candidates import Mention
    from geo.annotate.toponyms.names import Names
    from geo.annotate.toponyms.resolve import Name

NEAR_KM = 100.0
NEAR = 1.4
SAME_PROVINCE = 0.9
DOUBTFUL = -2.2
"""Mentions scored between this and 0 are asked about again."""
MOST_POINTS = 12
SEAT_KM = 50.0
"""The same where it is placed around its town."""
_COUNTIES_KNOWN = frozenset({"USA"})
"""Countries whose counties the gazetteer holds; there most have the name of a town that lies elsewhere."""
COUNTY_KM = 80.0
"""Radius of a county placed among the towns named with it."""


def settled(names: Iterable[Name]) -> list[Place]:
    """Give the chosen places of resolved names."""
    return [name.places[name.chosen] for name in names if name.chosen >= 0]


def reconsider(doubtful: Sequence[Mention], places: Sequence[Place]) -> list[Mention]:
    """Raise doubtful names that lie near the places of the article.

    Parameters
    ----------
    doubtful : sequence of Mention
        Names not taken for places so far.
    places : sequence of Place
        Those the article is known to speak of.

    Returns
    -------
    list of Mention
        Those that are places now, their scores raised.
    """
    points = [place for place in places if place.kind in POINT_KINDS][:MOST_POINTS]
    provinces: set[tuple[str | None, str | None]] = {(p.country, p.admin1) for p in places if p.admin1}
    raised = []
    judged: dict[str, float] = {}
    for mention in doubtful:
        if mention.key not in judged:
            judged[mention.key] = _gain(mention, points, provinces)
        gain = judged[mention.key]
        if gain and mention.score + gain > 0:
            mention.score += gain
            mention.why.append("near other places named")
            raised.append(mention)
    return raised


def _gain(mention: Mention, points: Sequence[Place], provinces: set[tuple[str | None, str | None]]) -> float:
    gain = 0.0
    for place in mention.places[:20]:
        if (place.country, place.admin1) in provinces:
            gain = SAME_PROVINCE
            if any(distance_km(place, point) < NEAR_KM for point in points if point.country == place.country):
                return NEAR
    return gain


def county(mention: Mention, within: Place | None, places: Sequence[Place], names: Names) -> Place | None:
    """Place a county the gazetteer does not hold: around the town it is called after, or among those named with it.

    Parameters
    ----------
    mention : Mention
        Its name.
    within : Place or None
        The state that the text says it lies in, if it does.
    places : sequence of Place
        The places of the article.
    names : Names
        The gazetteer.

    Returns
    -------
    Place or None
        With a radius that says how vague it is; None if nothing tells where it could be.
    """
    points = [place for place in places if place.kind in POINT_KINDS and place.admin1]
    countries = {within.country} if within is not None else {place.country for place in places} - {None}
    seat = _seat(mention, names) if len(countries) == 1 and countries.isdisjoint(_COUNTIES_KNOWN) else ()
    for place in seat:
        if place.country in countries:
            return _vague(mention, place, SEAT_KM, f"around {place.name}, which it is called after")
    if within is not None and within.kind is PlaceKind.ADMIN1:
        province: tuple[str | None, str | None] = (within.country, within.admin1 or within.name)
    else:
        found = [(place.country, place.admin1) for place in places if place.admin1]
        if not found:
            return None
        province = Counter(found).most_common(1)[0][0]
    inside = [place for place in points if (place.country, place.admin1) == province][:MOST_POINTS]
    if inside:
        middle = min(inside, key=lambda place: sum(distance_km(place, other) for other in inside))
        return _vague(mention, middle, COUNTY_KM, f"placed by {middle.name}, named with it")
    area = within or next((p for p in places if p.kind is PlaceKind.ADMIN1 and (p.country, p.admin1) == province), None)
    return _vague(mention, area, area.radius_km, f"somewhere in {area.name}") if area is not None else None


def _seat(mention: Mention, names: Names) -> tuple[Place, ...]:
    """Give the towns that a county may be called after: "Mandera" of "Mandera County"."""
    town = mention.text[: -len(mention.head)].strip() if mention.key.endswith(mention.head) else ""
    return tuple(place for place in names.lookup(town) if place.kind in POINT_KINDS) if town else ()


def _vague(mention: Mention, beside: Place, radius_km: float, note: str) -> Place:
    return Place(
        id=f"derived:{mention.key.replace(' ', '_')}",
        name=mention.text,
        lon=beside.lon,
        lat=beside.lat,
        kind=PlaceKind.ADMIN2,
        radius_km=radius_km,
        country=beside.country,
        admin1=beside.admin1,
        note=f"not in the gazetteer; {note}",
    )
