"""The zones of one event: its place, of any shape, and its days against every zone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo import basemap
from geo.model import POINT_KINDS, Place, ZoneMembership
from geo.zones.asking import INSIDE_CODE, KM_PER_DEGREE, POSSIBLE_CODE, place_answers
from geo.zones.model import BORDER_TOLERANCE_KM, CERTAIN, INSIDE, POSSIBLE, BuiltZone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

SLIVER = 0.01
"""Two areas that share less than this part of the smaller one only touch."""
MOVE_IN_KM = 0.3
"""How far inside its own country a town is put that a coarse border leaves outside: more than zones are simplified."""
_FAR_DEG = 3 * BORDER_TOLERANCE_KM / KM_PER_DEGREE


def membership(
    place: Place | None, day_start: date | None, day_end: date | None, built: Mapping[str, BuiltZone]
) -> tuple[ZoneMembership, ...]:
    """Tell which zones an event is inside, or possibly inside, on its days.

    A point is tried with its radius; a line or an area as a whole: inside when all of it is (but for the border
    tolerance), possible when a part of it is. A point whose country is known is outside every zone of other countries,
    whatever a coarse border says, and a town that such a border leaves on the wrong side is moved back over it.

    Parameters
    ----------
    place : Place or None
        Where; None is in no zone.
    day_start, day_end : date or None
        First and last day; None = unknown.
    built : mapping of str to BuiltZone
        The zones.

    Returns
    -------
    tuple of ZoneMembership
        At most one per zone, in the order of the zones.
    """
    if place is None:
        return ()
    answers = ((name, version_answers(place, zone)) for name, zone in built.items())
    return in_force(answers, built, (day_start, day_end))


def in_force(
    answers: Iterable[tuple[str, tuple[int, ...]]],
    built: Mapping[str, BuiltZone],
    days: tuple[date | None, date | None],
) -> tuple[ZoneMembership, ...]:
    """Put the day to answers by place.

    Parameters
    ----------
    answers : iterable of (zone id, tuple of int)
        As :func:`version_answers` gives them.
    built : mapping of str to BuiltZone
        The zones.
    days : (date or None, date or None)
        First and last day; None = unknown.

    Returns
    -------
    tuple of ZoneMembership
        Inside only what is inside by place and certain by day: inside every version that may have been in force.
    """
    found = []
    for name, each in answers:
        if not any(each):
            continue
        zone = built[name]
        whole = zone.zone.in_force(*days)
        if not zone.versions:
            # Most zones never changed: there is only the one answer.
            held = list(each) if whole is not None else []
        else:
            held = [answer for answer, part in zip(each, zone.parts, strict=True) if part.zone.in_force(*days)]
        if any(held):
            sure = all(answer == INSIDE_CODE for answer in held) and whole == CERTAIN
            found.append(_member(name, INSIDE if sure else POSSIBLE))
    return tuple(found)


_member = lru_cache(maxsize=4096)(ZoneMembership)
"""One for each zone and answer: most events are inside several zones."""


class Memberships:
    """The same answers as :func:`membership`, each place tried once: news names the same towns again and again.

    Parameters
    ----------
    built : mapping of str to BuiltZone
        The zones; they must not change afterwards.
    size : int, default 4096
        Places remembered.
    """

    def __init__(self, built: Mapping[str, BuiltZone], *, size: int = 4096) -> None:
        self._built = dict(built)
        self._names = list(self._built)
        self._bounds = shapely.bounds([zone.geometry for zone in self._built.values()]).reshape(-1, 4)
        self._places = lru_cache(maxsize=size)(self._by_place)

    def __call__(self, place: Place | None, day_start: date | None, day_end: date | None) -> tuple[ZoneMembership, ...]:
        """Tell which zones an event is inside, or possibly inside, on its days."""
        if place is None:
            return ()
        return in_force(self._places(place), self._built, (day_start, day_end))

    def _by_place(self, place: Place) -> tuple[tuple[str, tuple[int, ...]], ...]:
        answers = ((name, version_answers(place, self._built[name])) for name in self._near(place))
        return tuple((name, each) for name, each in answers if any(each))

    def _near(self, place: Place) -> list[str]:
        """Name the zones that a place could touch at all: most of the world is near none."""
        shape = place.geometry
        west, south, east, north = (place.lon, place.lat) * 2 if shape is None else shape.bounds
        # Three tolerances: one is forgiven, and a town may be moved back over its border by little more than one.
        pad_lat = max(0.0, place.radius_km) / KM_PER_DEGREE + _FAR_DEG
        pad_lon = pad_lat / max(float(np.cos(np.radians(min(max(abs(south), abs(north)) + pad_lat, 89)))), 0.01)
        left, bottom, right, top = self._bounds.T
        near = (left <= east + pad_lon) & (right >= west - pad_lon)
        near &= (bottom <= north + pad_lat) & (top >= south - pad_lat)
        return [self._names[number] for number in np.flatnonzero(near)]


def version_answers(place: Place, zone: BuiltZone) -> tuple[int, ...]:
    """Give :func:`place_answer` for each version of a zone, or for the zone that never changed."""
    return tuple(place_answer(place, part) for part in zone.parts)


def place_answer(place: Place, zone: BuiltZone) -> int:
    """Tell whether a place is inside a zone, by place alone.

    Parameters
    ----------
    place : Place
        Point with radius, line or area.
    zone : BuiltZone
        The zone.

    Returns
    -------
    int
        0 outside, 1 possible, 2 inside.
    """
    if place.geometry is not None and not is_point(place):
        return _shape_answer(place.geometry, zone)
    if abroad(place, zone):
        return 0
    lon, lat = at_home(place)
    radius = max(0.0, place.radius_km)
    pad_lat = (radius + BORDER_TOLERANCE_KM) / KM_PER_DEGREE
    pad_lon = pad_lat / max(float(np.cos(np.radians(min(abs(lat) + pad_lat, 89)))), 0.01)
    west, south, east, north = zone.geometry.bounds
    if not (west - pad_lon <= lon <= east + pad_lon and south - pad_lat <= lat <= north + pad_lat):
        return 0
    answers = place_answers(zone, np.array([lon]), np.array([lat]), np.array([radius]))
    return int(answers[0])


def is_point(place: Place) -> bool:
    """Tell whether a place is tried as a point with a radius, not as a line or an area."""
    return place.geometry is None or place.geometry.geom_type in {"Point", "MultiPoint"}


def abroad(place: Place, zone: BuiltZone) -> bool:
    """Tell whether a place is known to lie in a country that a zone does not reach."""
    known = place.kind in POINT_KINDS and place.country and zone.countries
    return bool(known) and place.country not in zone.countries


def at_home(place: Place) -> tuple[float, float]:
    """Give the place's position, moved back over a border that is drawn on the wrong side of it."""
    if place.kind not in POINT_KINDS or not place.country:
        return place.lon, place.lat
    return _moved_home(place.lon, place.lat, place.country, basemap.path("countries"))


@lru_cache(maxsize=4096)
def _moved_home(lon: float, lat: float, country: str, borders: Path) -> tuple[float, float]:
    spot = shapely.Point(lon, lat)
    inner = _inner_countries(borders).get(country)
    if inner is None or inner.covers(spot) or inner.distance(spot) * KM_PER_DEGREE > BORDER_TOLERANCE_KM + MOVE_IN_KM:
        return lon, lat
    nearest = shapely.get_coordinates(shapely.shortest_line(spot, inner))[1]
    return float(nearest[0]), float(nearest[1])


@lru_cache(maxsize=4)
def _inner_countries(borders: Path) -> dict[str, BaseGeometry]:
    inner: dict[str, BaseGeometry] = {}
    for feature in basemap.load("countries", folder=borders.parent):
        inner[feature.properties["iso3"]] = shapely.buffer(feature.geometry, -MOVE_IN_KM / KM_PER_DEGREE)
    return inner


def _shape_answer(shape: BaseGeometry, zone: BuiltZone) -> int:
    west, south, east, north = zone.geometry.bounds
    left, bottom, right, top = shape.bounds
    if left > east + _FAR_DEG or right < west - _FAR_DEG or bottom > north + _FAR_DEG or top < south - _FAR_DEG:
        return 0
    box = shapely.box(west - _FAR_DEG, south - _FAR_DEG, east + _FAR_DEG, north + _FAR_DEG)
    if not shape.intersects(box):
        return 0
    if box.covers(shapely.box(*shape.bounds)) and zone.metric_wide.covers(zone.frame.forward(shape)):
        return INSIDE_CODE
    if shape.area > 0:
        # Neighbours that share an edge touch; only a real overlap makes an event possible.
        overlap = shape.intersection(zone.geometry).area
        return POSSIBLE_CODE if overlap > SLIVER * min(shape.area, zone.geometry.area) else 0
    near = zone.frame.forward(shape.intersection(box))
    return POSSIBLE_CODE if near.intersects(zone.metric_wide) else 0
