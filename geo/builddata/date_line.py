"""Parts shapes at the date line: a ring that leaps from one edge of the map to the other is no polygon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    Ring = Sequence[tuple[float, float]]

ROUND: Final = 360.0
"""Degrees once round the earth."""


def polygon(rings: Sequence[Ring]) -> BaseGeometry:
    """Make a polygon of rings that may leap over the date line.

    Parameters
    ----------
    rings : sequence of rings
        Longitude and latitude, degrees; the outer one first, then its holes, each closed.

    Returns
    -------
    Polygon or MultiPolygon
        Valid, from -180 to 180 degrees, parted where it crosses the date line. A ring around a pole takes in the pole.
    """
    outer, *holes = (_unrolled(ring) for ring in rings)
    shape = shapely.make_valid(shapely.Polygon(outer, holes))
    parts: list[BaseGeometry] = []
    for turn in (-1, 0, 1):
        middle = turn * ROUND
        part = shapely.clip_by_rect(shape, middle - 180, -90, middle + 180, 90)
        home = shapely.get_coordinates(part) - (middle, 0.0)
        parts.append(shapely.set_coordinates(part, home))
    return shapely.union_all([p for part in parts for p in shapely.get_parts(part) if p.geom_type == "Polygon"])


def _unrolled(ring: Ring) -> list[tuple[float, float]]:
    """Write a ring without leaps: beyond 180 degrees it goes on."""
    lon, lat = np.array(ring, dtype=float).T
    lon = np.unwrap(lon, period=ROUND)
    points = list(zip(lon.tolist(), lat.tolist(), strict=True))
    if abs(lon[-1] - lon[0]) > ROUND / 2:
        pole = float(np.copysign(90.0, lat.mean()))
        points += [(points[-1][0], pole), (points[0][0], pole), points[0]]
    return points
