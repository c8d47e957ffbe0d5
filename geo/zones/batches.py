"""The zones of many events at once: the same answers as one by one, for a fraction of the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.model import ZoneMembership
from geo.zones.answers import Memberships, abroad, at_home, is_point
from geo.zones.asking import INSIDE_CODE
from geo.zones.joining import join
from geo.zones.model import INSIDE, POSSIBLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.model import Place
    from geo.zones.model import BuiltZone, Span

FEW = 1000
"""Fewer events than this are sooner asked for one by one than the cells are made."""


def memberships(
    places: Sequence[Place | None], spans: Sequence[Span], built: Mapping[str, BuiltZone]
) -> list[tuple[ZoneMembership, ...]]:
    """Tell for each of many events which zones it is inside, or possibly inside, on its days.

    Parameters
    ----------
    places : sequence of Place or None
        Where each was.
    spans : sequence of (date or None, date or None)
        First and last day of each.
    built : mapping of str to BuiltZone
        The zones.

    Returns
    -------
    list of tuple of ZoneMembership
        For each event what :func:`membership` gives for it.

    Raises
    ------
    ValueError
        There are not as many spans as places.
    """
    if len(places) != len(spans):
        raise ValueError(f"{len(places)} places and {len(spans)} spans of days do not go together")
    found: list[tuple[ZoneMembership, ...]] = [()] * len(places)
    points = [index for index, place in enumerate(places) if place is not None and is_point(place)]
    if len(points) < FEW or not all(_one_country(zone) for zone in built.values()):
        points = []
    each = Memberships(built)
    for index in set(range(len(places))).difference(points):
        found[index] = each(places[index], *spans[index])
    if points:
        for index, rows in zip(points, _of_points(points, places, spans, built), strict=True):
            found[index] = tuple(rows)
    return found


def _of_points(
    points: list[int], places: Sequence[Place | None], spans: Sequence[Span], built: Mapping[str, BuiltZone]
) -> list[list[ZoneMembership]]:
    chosen = [place for index in points if (place := places[index]) is not None]
    lon, lat = np.array([at_home(place) for place in chosen]).T
    radius = [max(0.0, place.radius_km) for place in chosen]
    days = np.array([spans[index] for index in points], dtype="datetime64[D]")
    pairs = join(lon, lat, radius, days[:, 0], days[:, 1], built)
    zones = list(built.items())
    rows: list[list[ZoneMembership]] = [[] for _ in chosen]
    for point, number, answer in zip(pairs.point.tolist(), pairs.zone.tolist(), pairs.answer.tolist(), strict=True):
        name, zone = zones[number]
        if not abroad(chosen[point], zone):
            rows[point].append(ZoneMembership(name, INSIDE if answer == INSIDE_CODE else POSSIBLE))
    return rows


def _one_country(zone: BuiltZone) -> bool:
    """Tell whether all versions lie in the same countries: a join cannot leave out one version of a zone."""
    return len({part.countries for part in zone.parts}) == 1
