"""The zones in force: which are drawn, how each is told from the others, and which version of it was drawn."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import shapely

from geo.snapshot.ground import Z_ZONE
from geo.snapshot.shapes import fill, stroke

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from shapely.geometry.base import BaseGeometry

    from geo.query import Query
    from geo.snapshot.view import View
    from geo.zones import BuiltZone
    from geo.zones.model import Span

SMALLEST_ZONE_PT: Final = 9.0
"""Zones narrower and lower than this on paper are not drawn."""


class Look(NamedTuple):
    """How a zone is told from the others."""

    colour: str
    angles: tuple[float, ...]
    """Directions of its hatching, degrees from the east."""
    dashes: tuple[float, ...] = ()
    """Points drawn and left out; none for whole lines."""


LOOKS: Final = (
    Look("#7a3b8f", (45.0,)),
    Look("#00796b", (-45.0,)),
    Look("#b3261e", (0.0,), (0.4, 2.4)),
    Look("#1565c0", (90.0,)),
    Look("#6b6a00", (0.0,)),
    Look("#ad1457", (45.0, -45.0)),
    Look("#8a4b14", (45.0,), (3.0, 2.0)),
    Look("#37474f", (0.0, 90.0)),
)
"""Of each zone on a map: no two are alike even in grey."""

HATCH_PT: Final = 4.6
"""Between two lines of a hatching."""
HATCH: Final[dict[str, Any]] = {"linewidths": 0.45, "alpha": 0.42}

MOST_ZONES: Final = len(LOOKS)
"""Zones drawn at most, so that a reader can still tell them apart; how many more are in force is said."""


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
    version: str = ""
    """See :func:`version_of`."""

    @property
    def look(self) -> Look:
        """Its colour and hatching, which go with its letter."""
        return LOOKS[_number(self.key) % len(LOOKS)]

    @property
    def colour(self) -> str:
        """Of its outline and its letter."""
        return self.look.colour


def version_of(built: BuiltZone) -> str:
    """Hash a zone's shapes and days, those of all its versions: another after any of them was changed.

    Parameters
    ----------
    built : BuiltZone

    Returns
    -------
    str
        Eight hexadecimal digits.
    """
    total = hashlib.blake2b(digest_size=4)
    for part in built.parts:
        total.update(repr([day and day.isoformat() for day in part.zone.valid]).encode())
        total.update(shapely.to_wkb(part.geometry))
    return total.hexdigest()


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
    found, too_small = [], 0
    for zone_id, built in zones.items():
        if query.zones is not None and zone_id not in query.zones:
            continue
        shape = shape_in_force(built, query.period or (None, None), view)
        if shape is None:
            continue
        x0, y0, x1, y1 = shape.bounds
        if max(x1 - x0, y1 - y0) < SMALLEST_ZONE_PT * view.metres_per_point:
            too_small += 1
        else:
            found.append((zone_id, built, shape))
    lettered = [
        DrawnZone(_letter(i), zone_id, built.zone.name, bool(built.zone.unconfirmed), shape, version_of(built))
        for i, (zone_id, built, shape) in enumerate(found)
    ]
    return lettered, too_small


def shape_in_force(built: BuiltZone, period: Span, view: View) -> BaseGeometry | None:
    """Return a zone's ground in a period, projected and cut to the view; None where there is none.

    Parameters
    ----------
    built : BuiltZone
        One that changed is drawn as it was in the period: all its versions of then together.
    period : (date or None, date or None)
    view : View
    """
    held = [part.geometry for part in built.parts if _touch(part.zone.valid, period)]
    if not held:
        return None
    shape = shapely.intersection(view.project(shapely.union_all(held)), view.rectangle)
    return None if shape.is_empty else shape


def _touch(one: Span, other: Span) -> bool:
    """Tell whether two spans of days have a day in common."""
    (first, last), (start, end) = one, other
    return (last is None or start is None or start <= last) and (end is None or first is None or first <= end)


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else _letter(number // 26 - 1) + _letter(number % 26)


def _number(letter: str) -> int:
    return ord(letter[-1]) - ord("A")


def draw_zones(axes: Axes, drawn: Iterable[DrawnZone], unit: float) -> list[Artist]:
    """Draw zones: hatched, each in a colour of its own, with an outline that is dashed where it is not confirmed.

    Parameters
    ----------
    axes : Axes
    drawn : iterable of DrawnZone
    unit : float
        Length of a point in the axes' unit.

    Returns
    -------
    list of Artist
        In drawing order.
    """
    made: list[Artist] = []
    for zone in drawn:
        looks: dict[str, Any] = {"colors": zone.colour, "zorder": Z_ZONE}
        dashes = (0, (4, 2.5)) if zone.unconfirmed else "solid"
        made += [
            fill(axes, [zone.shape], facecolor=zone.colour, edgecolor="none", alpha=0.08, zorder=Z_ZONE),
            draw_hatching(axes, zone.shape, zone.look, unit=unit, zorder=Z_ZONE),
            stroke(axes, [zone.shape], linewidths=1.15, linestyles=[dashes], alpha=0.95, **looks),
        ]
    return made


def draw_hatching(axes: Axes, shape: BaseGeometry, look: Look, *, unit: float, zorder: float) -> Artist:
    """Hatch a shape.

    Lines of our own, not matplotlib's hatches: a PDF and an SVG would show those as faint as the fill.

    Parameters
    ----------
    axes : Axes
    shape : polygon
    look : Look
    unit : float
        Length of a point in the axes' unit.
    zorder : float
    """
    lines = [shapely.intersection(shape, _rules(shape, angle, HATCH_PT * unit)) for angle in look.angles]
    styles = [(0, look.dashes)] if look.dashes else ["solid"]
    # Parts of the ends of lines: a point where a line touches a corner.
    flat = [part for line in lines for part in shapely.get_parts(line) if part.geom_type == "LineString"]
    return stroke(axes, flat, colors=look.colour, linestyles=styles, zorder=zorder, capstyle="butt", **HATCH)


def _rules(shape: BaseGeometry, angle: float, step: float) -> BaseGeometry:
    """Parallel lines over a shape's bounds; those of one direction are the same lines on every shape of a map."""
    x0, y0, x1, y1 = shape.bounds
    turn = np.radians(angle)
    along, across = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    far, near = (corners @ across).max(), (corners @ across).min()
    end, start = (corners @ along).max(), (corners @ along).min()
    at = np.arange(np.ceil(near / step), np.floor(far / step) + 1)[:, None] * step * across
    return shapely.MultiLineString(list(np.stack([at + start * along, at + end * along], axis=1)))
