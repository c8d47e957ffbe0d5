"""Makes the files of ``data/built`` from packages and ``data/sources``. Run at release time, never by the app."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import shapely

from geo.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

DECIMALS = 4
"""Decimals of a degree that are written: about 10 m, finer than any of our boundaries."""


def write_geojson(
    path: Path, features: Iterable[tuple[BaseGeometry, dict[str, Any]]], *, extra: dict[str, Any] | None = None
) -> int:
    """Write shapes as gzipped GeoJSON, the same bytes for the same shapes.

    Parameters
    ----------
    path : Path
        File to write; its folder is made if missing.
    features : iterable of (geometry, properties)
        EPSG:4326. Rounded to 4 decimals here.
    extra : dict, optional
        Members to add beside "features".

    Returns
    -------
    int
        Size of the file in bytes.

    Raises
    ------
    DataError
        A shape is empty or not valid after rounding.
    """
    records = [_record(geometry, properties, path) for geometry, properties in features]
    body = {"type": "FeatureCollection", **(extra or {}), "features": records}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    path.parent.mkdir(parents=True, exist_ok=True)
    # No name and no time inside, so that git sees a change only where there is one.
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    return path.stat().st_size


def _record(geometry: BaseGeometry, properties: dict[str, Any], path: Path) -> dict[str, Any]:
    rounded = shapely.set_precision(geometry, 10.0**-DECIMALS)
    if rounded.is_empty or not rounded.is_valid:
        raise DataError(f"{path}: {properties} has no valid shape at {DECIMALS} decimals")
    shape = shapely.geometry.mapping(rounded)
    return {"type": "Feature", "properties": properties, "geometry": _round(shape)}


def _round(shape: dict[str, Any]) -> dict[str, Any]:
    def walk(value: Any) -> Any:
        if isinstance(value, (int, float)):
            return round(value, DECIMALS)
        return [walk(part) for part in value]

    return {"type": shape["type"], "coordinates": walk(shape["coordinates"])}
