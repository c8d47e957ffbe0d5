"""Polygons from well-known binary, for GeoPackage.

GEOS reads it too, but a file of collections in collections makes it call itself until the process dies.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import ZoneError

if TYPE_CHECKING:
    from geo.zones.files.limits import Counter, Ring

_POLYGON, _MULTIPOLYGON = 3, 6
_Z, _M, _SRID = 0x80000000, 0x40000000, 0x20000000


def polygons(data: bytes, counter: Counter) -> list[list[Ring]]:
    """Read a polygon or a multipolygon.

    Parameters
    ----------
    data : bytes
        Well-known binary, ISO or extended.
    counter : Counter
        Counts the corners.

    Returns
    -------
    list of list of ndarray
        The rings of each polygon, outer first.

    Raises
    ------
    ZoneError
        It is something else, or cut off.
    """
    try:
        reader = _Reader(data, counter)
        kind = reader.head()
        if kind == _POLYGON:
            return [reader.polygon()]
        if kind == _MULTIPOLYGON:
            return [reader.member() for _ in range(reader.count(least=9))]
    except struct.error as error:
        raise ZoneError("its geometry is cut off") from error
    raise ZoneError("is no polygon, and only areas can be zones", remedy="Draw it as a polygon")


class _Reader:
    def __init__(self, data: bytes, counter: Counter) -> None:
        self._data, self._counter = data, counter
        self._at, self._order, self._dims = 0, "<", 2

    def head(self) -> int:
        self._order = "<" if self._data[self._at : self._at + 1] == b"\1" else ">"
        (code,) = struct.unpack_from(f"{self._order}I", self._data, self._at + 1)
        self._at += 9 if code & _SRID else 5
        plain = code & 0x0FFFFFFF
        iso = plain // 1000
        self._dims = 2 + (bool(code & _Z) or iso in (1, 3)) + (bool(code & _M) or iso in (2, 3))
        return int(plain % 1000)

    def count(self, *, least: int) -> int:
        """Read how many items follow, each of which takes at least so many bytes."""
        (number,) = struct.unpack_from(f"{self._order}I", self._data, self._at)
        self._at += 4
        if number * least > len(self._data) - self._at:
            raise ZoneError("its geometry says another size than it has")
        return int(number)

    def member(self) -> list[Ring]:
        if self.head() != _POLYGON:
            raise ZoneError("its geometry is no list of polygons")
        return self.polygon()

    def polygon(self) -> list[Ring]:
        return [self._ring() for _ in range(self.count(least=4))]

    def _ring(self) -> Ring:
        number = self.count(least=8 * self._dims)
        self._counter.vertices(number)
        values = np.frombuffer(self._data, f"{self._order}f8", number * self._dims, self._at)
        self._at += 8 * number * self._dims
        return values.reshape(-1, self._dims)[:, :2].astype(np.float64)
