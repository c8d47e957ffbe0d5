"""The ground: land and water, borders, provinces, rivers, and the zones in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import shapely
from matplotlib import patheffects

from geo import basemap
from geo.snapshot.shapes import fill, stroke

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from shapely.geometry.base import BaseGeometry

    from geo.query import Query
    from geo.snapshot.view import View
    from geo.zones import BuiltZone
    from geo.zones.model import Span

LAND: Final = "#f4f1ea"
WATER: Final = "#cfe0ec"
RIVER: Final = "#8fb6cf"
BORDER: Final = "#6d675f"
PROVINCE: Final = "#cfc8bb"
ZONE: Final = "#7a3b8f"

SMALLEST_ZONE_PT: Final = 9.0
"""Zones narrower and lower than this on paper are not drawn."""

DETAIL: Final = (25.0, 28.0, 50.5, 43.5)
"""West, south, east, north of the detailed basemap, degrees; beyond it stands the world in outline."""

_DETAIL_EDGE: Final = shapely.box(*DETAIL).boundary.buffer(0.02)

MOST_ZONES: Final = 8
"""Zones drawn at most, so that a reader can still tell them apart; how many more are in force is said."""

# Order of drawing, bottom to top.
Z_LAND, Z_PROVINCE, Z_RIVER, Z_ZONE, Z_BORDER, Z_AREA, Z_LINE, Z_RING, Z_EVENT, Z_LABEL = range(1, 11)


@dataclass(frozen=True, slots=True)
class DrawnZone:
    """A zone on the map."""

    key: str
    """Its letter on the map and in the list."""
    id: str
    name: str
    unconfirmed: bool
    """Its days or its shape have no looked-up source."""
    shape: BaseGeometry
    """Projected and cut to the view."""


def draw_ground(axes: Axes, view: View) -> None:
    """Draw land, water, borders, provinces and rivers.

    Parameters
    ----------
    axes : Axes
        In the view's metres.
    view : View
    """
    axes.set_facecolor(WATER)
    if not shapely.box(*DETAIL).contains(shapely.box(*view.box)):
        inner = shapely.box(*DETAIL)
        world = [shapely.difference(shapely.make_valid(f.geometry), inner) for f in basemap.load("world")]
        fill(axes, map(view.project, world), facecolor=LAND, edgecolor=LAND, linewidth=0.4, zorder=Z_LAND)
        stroke(axes, map(view.project, map(_outline, world)), colors=BORDER, linewidths=0.5, zorder=Z_LAND)
    countries = [f.geometry for f in basemap.load("countries")]
    fill(axes, map(view.project, countries), facecolor=LAND, edgecolor=LAND, linewidth=0.4, zorder=Z_LAND)
    provinces = [view.project(_outline(f.geometry)) for f in basemap.load("provinces")]
    stroke(axes, provinces, colors=PROVINCE, linewidths=0.5, zorder=Z_PROVINCE)
    rivers = [view.project(f.geometry) for f in basemap.load("rivers")]
    stroke(axes, [r for r in rivers if shapely.get_dimensions(r) == 1], colors=RIVER, linewidths=0.8, zorder=Z_RIVER)
    fill(axes, rivers, facecolor=WATER, edgecolor="none", zorder=Z_RIVER)
    stroke(axes, map(view.project, map(_outline, countries)), colors=BORDER, linewidths=0.9, zorder=Z_BORDER)


def _outline(shape: BaseGeometry) -> BaseGeometry:
    """Outline of a shape without the cuts at the edge of the detailed basemap, which are no borders."""
    return shapely.difference(shape.boundary, _DETAIL_EDGE) if shape.intersects(_DETAIL_EDGE) else shape.boundary


def zones_in_force(zones: Mapping[str, BuiltZone], query: Query, view: View) -> tuple[list[DrawnZone], int]:
    """Find the zones in force and in view, lettered in the order given.

    Parameters
    ----------
    zones : mapping of str to BuiltZone
        By id, most important first. Where the query names zones, only they are taken.
    query : Query
        Its period: a zone in force on any of its days is drawn.
    view : View

    Returns
    -------
    found : list of DrawnZone
    too_small : int
        How many more are in force and in view, but too small on paper for a letter.
    """
    first, last = query.period or (None, None)
    found, too_small = [], 0
    for zone_id, built in zones.items():
        if query.zones is not None and zone_id not in query.zones:
            continue
        # A zone that changed is drawn as it was in the period: all its versions of then together.
        held = [part.geometry for part in built.parts if _touch(part.zone.valid, (first, last))]
        if not held:
            continue
        shape = shapely.intersection(view.project(shapely.union_all(held)), view.rectangle)
        if shape.is_empty:
            continue
        x0, y0, x1, y1 = shape.bounds
        if max(x1 - x0, y1 - y0) < SMALLEST_ZONE_PT * view.metres_per_point:
            too_small += 1
        else:
            found.append((zone_id, built.zone, shape))
    lettered = [
        DrawnZone(_letter(i), zone_id, zone.name, bool(zone.unconfirmed), shape)
        for i, (zone_id, zone, shape) in enumerate(found)
    ]
    return lettered, too_small


def _touch(one: Span, other: Span) -> bool:
    """Tell whether two spans of days have a day in common."""
    (first, last), (start, end) = one, other
    return (last is None or start is None or start <= last) and (end is None or first is None or first <= end)


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else _letter(number // 26 - 1) + _letter(number % 26)


def draw_zones(axes: Axes, drawn: list[DrawnZone]) -> None:
    """Draw zones: a faint fill and an outline, dashed where it is not confirmed."""
    for zone in drawn:
        fill(axes, [zone.shape], facecolor=ZONE, edgecolor="none", alpha=0.08, zorder=Z_ZONE)
        dashes = (0, (4, 2.5)) if zone.unconfirmed else "solid"
        stroke(axes, [zone.shape], colors=ZONE, linewidths=1.1, linestyles=[dashes], alpha=0.9, zorder=Z_ZONE)


def halo(width: float = 2.2, colour: str = "white") -> list[patheffects.AbstractPathEffect]:
    """Return a light edge around text, so that it can be read over lines."""
    return [patheffects.withStroke(linewidth=width, foreground=colour, alpha=0.9)]
