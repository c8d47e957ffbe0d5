"""Where points lie beside the line that a zone is drawn along: how far from it, and how far along it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from geo.zones.model import BuiltZone


class Profile(NamedTuple):
    """Positions beside a line; one item per point, NaN for a point without place."""

    away_km: NDArray[np.float64]
    """Distance from the line, on the ground; never negative."""
    along_km: NDArray[np.float64]
    """Way along the line, from the end of it that comes first, to the point of it that is nearest."""


def profile(lon: ArrayLike, lat: ArrayLike, zone: BuiltZone) -> Profile | None:
    """Measure points against the border, road or river that a zone is drawn along.

    Parameters
    ----------
    lon, lat : array_like of float
        Degrees, EPSG:4326; NaN for no place.
    zone : BuiltZone
        The zone, or a version of it.

    Returns
    -------
    Profile or None
        None for a zone that is not drawn along one unbroken line.

    Raises
    ------
    ValueError
        The arrays differ in length.
    """
    if zone.line is None or zone.line.geom_type != "LineString":
        return None
    east, north = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    if east.shape != north.shape:
        raise ValueError(f"the arrays differ in length: {east.shape} and {north.shape}")
    away, along = np.full(east.shape, np.nan), np.full(east.shape, np.nan)
    placed = np.isfinite(east) & np.isfinite(north)
    if placed.any():
        spots: Any = shapely.points(*zone.frame.points(east[placed], north[placed]))
        line: Any = zone.frame.forward(zone.line)
        away[placed] = shapely.distance(line, spots) / 1000
        along[placed] = shapely.line_locate_point(line, spots) / 1000
    return Profile(away, along)
