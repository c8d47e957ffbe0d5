"""Geometries out of text, held to what is safe to read and what a map can show."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_VERTICES: Final = 250_000
"""Most corners of one geometry."""
_POINT, _LINE, _POLYGON, _COLLECTION = 1, 2, 3, 7
_Z, _M, _SRID = 0x80000000, 0x40000000, 0x20000000
_KINDS: Final = ("POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON")


class Shapes(NamedTuple):
    """What a column of geometries says; all arrays have one item a row."""

    lon: NDArray[np.float64]
    """Of the point, or of a point in the line or area; NaN for none."""
    lat: NDArray[np.float64]
    wkb: NDArray[Any]
    """Well-known binary of lines and areas; None for points and none."""
    wrong: NDArray[np.bool_]
    """It says something that is no geometry, or is nowhere on Earth."""


def read_shapes(texts: pd.Series[str]) -> Shapes:
    """Read geometries.

    Parameters
    ----------
    texts : Series of str
        WKB in hexadecimal, or WKT; NaN for none. EPSG:4326, longitude first.

    Returns
    -------
    Shapes
    """
    found = np.full(len(texts), None, dtype=object)
    given = texts.notna().to_numpy()
    found[given] = [_read(text) for text in texts[given]]
    wrong = given & pd.isna(found)
    empty = ~shapely.is_missing(found) & shapely.is_empty(found)
    found[empty] = None
    bounds = shapely.bounds(found)
    outside = (np.abs(bounds[:, [0, 2]]) > 180).any(axis=1) | (np.abs(bounds[:, [1, 3]]) > 90).any(axis=1)
    wrong |= outside | (~shapely.is_missing(found) & ~np.isfinite(bounds).all(axis=1))
    found[wrong] = None
    points = shapely.get_type_id(found) == 0
    drawn = ~shapely.is_missing(found) & ~points
    label = found.copy()
    label[drawn] = shapely.point_on_surface(found[drawn])
    wkb = np.full(len(found), None, dtype=object)
    wkb[drawn] = shapely.to_wkb(shapely.force_2d(found[drawn]))
    return Shapes(shapely.get_x(label), shapely.get_y(label), wkb, wrong)


def covering_km(shapes: NDArray[Any], lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Radius in km around a point that surely holds the whole of a shape."""
    west, south, east, north = shapely.bounds(shapes).T
    across = np.maximum(np.abs(east - lon), np.abs(lon - west)) * np.cos(np.radians(np.minimum(np.abs(lat), 89)))
    found: NDArray[np.float64] = np.hypot(across, np.maximum(np.abs(north - lat), np.abs(lat - south))) * 111.32
    return found


def _read(text: str) -> Any:
    try:
        if text[:1].upper() in ("P", "L", "M", "G"):
            return _from_wkt(text)
        data = bytes.fromhex(text)
        return shapely.from_wkb(data) if _Walker(data).fits() else None
    except (ValueError, struct.error, shapely.errors.ShapelyError):
        return None


def _from_wkt(text: str) -> Any:
    upper = text[:40].upper()
    if upper.startswith("GEOMETRYCOLLECTION"):
        if "GEOMETRYCOLLECTION" in text[18:].upper():
            return None
    elif not upper.startswith(_KINDS):
        return None
    return None if text.count(",") > MAX_VERTICES else shapely.from_wkt(text)


class _Walker:
    """Walks through WKB before GEOS does, which calls itself for parts in parts until the process dies."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at, self._vertices = data, 0, 0

    def fits(self) -> bool:
        """Tell whether nothing nests deeper than a collection of multi-part shapes."""
        return self._part(frozenset(range(_POINT, _COLLECTION + 1)))

    def _part(self, allowed: frozenset[int]) -> bool:
        order = "<" if self._data[self._at : self._at + 1] == b"\1" else ">"
        (code,) = struct.unpack_from(f"{order}I", self._data, self._at + 1)
        self._at += 9 if code & _SRID else 5
        plain = code & 0x0FFFFFFF
        kind, iso = plain % 1000, plain // 1000
        dims = 2 + (bool(code & _Z) or iso in (1, 3)) + (bool(code & _M) or iso in (2, 3))
        if kind not in allowed:
            return False
        if kind == _POINT:
            return self._skip(1, dims)
        count = self._count(order)
        if kind == _LINE:
            return self._skip(count, dims)
        if kind == _POLYGON:
            return all(self._skip(self._count(order), dims) for _ in range(count))
        inner = frozenset(range(_POINT, _COLLECTION)) if kind == _COLLECTION else frozenset({kind - 3})
        return all(self._part(inner) for _ in range(count))

    def _count(self, order: str) -> int:
        (number,) = struct.unpack_from(f"{order}I", self._data, self._at)
        self._at += 4
        return int(number)

    def _skip(self, points: int, dims: int) -> bool:
        self._at += 8 * dims * points
        self._vertices += points
        return self._at <= len(self._data) and self._vertices <= MAX_VERTICES
