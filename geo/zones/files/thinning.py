"""Outlines with very many corners: made lighter where that cannot be seen, and looked at for knots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.errors import ZoneError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.zones.files.limits import Ring

MAX_KEPT = 10_000
"""Corners of a zone that are kept."""
_STEPS_DEG = (0.0001, 0.0002, 0.0005, 0.001, 0.002)
"""10 to 200 m; every zone is simplified by 200 m when it is built."""
_METRES_PER_DEGREE = 111_000
# GEOS calls itself for every split of a line; a saw of a hundred thousand teeth makes that overrun the stack.
_PIECE = 1_000
_SAMPLE = 100
_LEAST = 4
"""Positions of the smallest closed ring."""


def thinned(polygons: list[list[Ring]]) -> tuple[list[list[Ring]], str | None]:
    """Take corners out of an outline that has too many.

    Parameters
    ----------
    polygons : list of list of ndarray
        Rings in degrees, closed.

    Returns
    -------
    polygons : list of list of ndarray
        The same where there are not more than :data:`MAX_KEPT` corners.
    note : str or None
        What was done.

    Raises
    ------
    ZoneError
        It has too many even with corners moved by 200 m.
    """
    before = _size(polygons)
    if before <= MAX_KEPT:
        return polygons, None
    widest = _all_lighter(polygons, _STEPS_DEG[-1])
    if _size(widest) <= MAX_KEPT:
        for step in _STEPS_DEG:
            lighter = _all_lighter(polygons, step)
            if lighter and _size(lighter) <= MAX_KEPT:
                told = f"{before:,} corners were simplified to {_size(lighter):,}"
                return lighter, f"{told}, none moved by more than {step * _METRES_PER_DEGREE:.0f} m"
    raise ZoneError(
        f"has {before:,} corners, and more than {MAX_KEPT:,} even when simplified by 200 m",
        remedy="Simplify it, or split it into several zones",
    )


def _all_lighter(polygons: list[list[Ring]], step: float) -> list[list[Ring]]:
    """Simplify every ring; what is smaller than the step falls away, a polygon with its outer ring."""
    lighter = [[_lighter(ring, step) for ring in rings] for rings in polygons]
    return [[ring for ring in rings if len(ring) >= _LEAST] for rings in lighter if len(rings[0]) >= _LEAST]


def _size(polygons: list[list[Ring]]) -> int:
    return sum(len(ring) for rings in polygons for ring in rings)


def _lighter(ring: Ring, step: float) -> Ring:
    starts = range(0, max(1, len(ring) - 1), _PIECE)
    lines = [shapely.LineString(ring[start : start + _PIECE + 1]) for start in starts]
    light = shapely.simplify(np.array(lines, dtype=object), step, preserve_topology=False)
    pieces = [shapely.get_coordinates(line) for line in light]
    return np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])


def crossings(ring: Ring) -> int:
    """Estimate how often a ring crosses itself, from some hundred of its edges.

    Parameters
    ----------
    ring : ndarray
        Closed.

    Returns
    -------
    int
    """
    edges: Any = shapely.linestrings(np.stack([ring[:-1], ring[1:]], axis=1))
    number = len(edges)
    chosen: NDArray[np.int64] = np.unique(np.linspace(0, number - 1, min(number, _SAMPLE)).astype(np.int64))
    found = shapely.STRtree(edges).query(edges[chosen], predicate="crosses")
    return int(found.shape[1] / len(chosen) * number / 2)
