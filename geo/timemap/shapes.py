"""Lines and areas, made small enough to travel in the payload's header."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from shapely.geometry.base import BaseGeometry

TOLERANCE: Final = 0.004
"""Degrees a simplified outline may stray: about 400 m, less than a pixel up to zoom 8."""
DECIMALS: Final = 4


def geojson(geometry: BaseGeometry, *, tolerance: float = TOLERANCE) -> dict[str, Any] | None:
    """Simplify and round a geometry.

    Parameters
    ----------
    geometry : BaseGeometry
        EPSG:4326.
    tolerance : float, optional
        Degrees.

    Returns
    -------
    dict or None
        A GeoJSON geometry; None where nothing is left to draw.
    """
    simple = shapely.set_precision(shapely.simplify(geometry, tolerance), 10**-DECIMALS)
    if simple.is_empty:
        return None
    shape: dict[str, Any] = json.loads(shapely.to_geojson(simple))
    shape["coordinates"] = _rounded(shape["coordinates"]) if "coordinates" in shape else []
    return shape if shape["coordinates"] else None


def compact(events: pd.DataFrame) -> Sequence[str | None]:
    """Write the geometry of each event that is a line or an area as compact GeoJSON text.

    Parameters
    ----------
    events : DataFrame
        With the columns `shape` and, where there is one, `geometry`.

    Returns
    -------
    sequence of str or None
        None for points and for what has no geometry.
    """
    if "geometry" not in events:
        return [None] * len(events)
    done: dict[bytes, str | None] = {}
    texts: list[str | None] = []
    for kind, geometry in zip(events["shape"].astype(object), events["geometry"], strict=True):
        if kind not in ("line", "area") or geometry is None or geometry.geom_type == "Point":
            texts.append(None)
            continue
        key = geometry.wkb
        if key not in done:
            shape = geojson(geometry)
            done[key] = None if shape is None else json.dumps(shape, separators=(",", ":"))
        texts.append(done[key])
    return texts


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, (int, float)):
        return round(coordinates, DECIMALS)
    return [_rounded(part) for part in coordinates]
