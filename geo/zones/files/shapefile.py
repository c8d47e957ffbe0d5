"""Zipped shapefiles: the shapes of each .shp, the attributes of its .dbf, the coordinate system of its .prj."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.errors import ZoneError
from geo.zones.files.limits import Counter, RawShape, attributes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.zones.files.archives import Archive
    from geo.zones.files.limits import Ring

_POLYGONS = {5, 15, 25}
_OTHERS = {
    1: "point",
    3: "line",
    8: "point",
    11: "point",
    13: "line",
    18: "point",
    21: "point",
    23: "line",
    28: "point",
}
_MOST_WKT = 10_000
MOST_FILES = 5
"""Shapefiles in one zip."""
MOST_RINGS = 20_000


def read(archive: Archive) -> list[RawShape]:
    """Read the shapes of every shapefile of a zip.

    Parameters
    ----------
    archive : Archive
        The zip.

    Returns
    -------
    list of RawShape

    Raises
    ------
    ZoneError
        There is no shapefile, or one cannot be read, or does not say its coordinate system.
    """
    names = archive.names(".shp")
    if not names:
        inner = archive.names(".zip") + archive.names(".kmz")
        raise ZoneError(
            "has no shapefile (.shp) in it" + (", only a zip within the zip" if inner else ""),
            remedy="Zip the .shp with its .dbf and .prj",
        )
    if len(names) > MOST_FILES:
        raise ZoneError(f"has more than {MOST_FILES} shapefiles in it", remedy="Zip only those that are needed")
    counter = Counter()
    return [shape for name in names for shape in _one(archive, name, counter)]


def _one(archive: Archive, name: str, counter: Counter) -> Iterator[RawShape]:
    prj = archive.beside(name, ".prj")
    shown = "".join(c for c in name.rpartition("/")[2] if c.isprintable())[:60]
    if prj is None:
        raise ZoneError(
            f"{shown} does not say its coordinate system: its .prj file is missing", remedy="Zip the .prj with it"
        )
    wkt = prj[:_MOST_WKT].decode("utf-8", "replace").strip("\ufeff \r\n\0")
    table = _table(archive.beside(name, ".dbf"), archive.beside(name, ".cpg"))
    for number, shape in enumerate(_records(archive.read(name), counter), start=1):
        shape.where, shape.crs = f"{shown}, shape {number}", wkt
        shape.attributes = next(table, {})
        yield shape


def _records(data: bytes, counter: Counter) -> Iterator[RawShape]:
    if len(data) < 100 or struct.unpack_from(">i", data)[0] != 9994:
        raise ZoneError("its .shp is no shapefile")
    at = 100
    while at + 12 <= len(data):
        length = struct.unpack_from(">i", data, at + 4)[0] * 2
        start, at = at + 8, at + 8 + length
        if length < 4 or at > len(data):
            raise ZoneError("its .shp is cut off or damaged")
        counter.feature()
        shape = RawShape("shape")
        try:
            shape.polygons = _polygons(data[start:at], counter)
        except ZoneError as error:
            shape.trouble = error
        yield shape


def _polygons(record: bytes, counter: Counter) -> list[list[Ring]]:
    kind = struct.unpack_from("<i", record)[0]
    if kind not in _POLYGONS:
        what = f"is a {_OTHERS[kind]}" if kind in _OTHERS else "has no geometry"
        raise ZoneError(f"{what}, and only areas can be zones", remedy="Draw it as a polygon")
    if len(record) < 44:
        raise ZoneError("is cut off")
    parts, points = struct.unpack_from("<ii", record, 36)
    if not 0 < parts <= MOST_RINGS or points < 0 or 44 + 4 * parts + 16 * points > len(record):
        raise ZoneError("is damaged: it says another size than it has")
    counter.vertices(points)
    starts = np.frombuffer(record, "<i4", parts, 44)
    xy = np.frombuffer(record, "<f8", 2 * points, 44 + 4 * parts).reshape(-1, 2)
    if starts[0] != 0 or (np.diff(starts) <= 0).any() or starts[-1] >= points:
        raise ZoneError("is damaged: its rings are out of order")
    return _with_holes([ring.copy() for ring in np.split(xy, starts[1:])])


def _with_holes(rings: list[Ring]) -> list[list[Ring]]:
    """Put each hole (counter-clockwise) to the outer ring (clockwise) that it lies in."""
    outer = [ring for ring in rings if _signed(ring) <= 0]
    if not outer or len(outer) == len(rings):
        return [[ring] for ring in rings]
    polygons = [[ring] for ring in outer]
    boxes = np.array([(*ring.min(axis=0), *ring.max(axis=0)) for ring in outer])
    for hole in (ring for ring in rings if _signed(ring) > 0):
        x, y = hole[0]
        near = np.flatnonzero((boxes[:, 0] <= x) & (boxes[:, 1] <= y) & (boxes[:, 2] >= x) & (boxes[:, 3] >= y))
        home = next(
            (n for n in near if len(outer[n]) > 3 and shapely.Polygon(outer[n]).covers(shapely.Point(x, y))), None
        )
        # A hole in nothing takes nothing away; it goes with the first, where that is seen.
        polygons[0 if home is None else int(home)].append(hole)
    return polygons


def _signed(ring: Ring) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))


def _table(data: bytes | None, page: bytes | None) -> Iterator[dict[str, str]]:
    """Read the rows of a .dbf; one that is damaged has none, since the shapes do not need it."""
    if data is None or len(data) < 33:
        return
    rows, head, width = struct.unpack_from("<IHH", data, 4)
    fields, at, offset = [], 32, 1
    while at + 32 <= min(head, len(data)) and data[at] != 0x0D:
        name = data[at : at + 11].split(b"\0")[0].decode("ascii", "replace")
        fields.append((name, offset, data[at + 16]))
        offset += data[at + 16]
        at += 32
    if width < 1:
        return
    encoding = _encoding(page)
    for row in range(min(rows, max(0, len(data) - head) // width)):
        start = head + row * width
        values = {name: data[start + first : start + first + size] for name, first, size in fields}
        yield attributes({name: value.decode(encoding, "replace").strip(" \0") for name, value in values.items()})


def _encoding(page: bytes | None) -> str:
    named = (page or b"utf-8")[:20].decode("ascii", "replace").strip().lower()
    known = {"1252": "cp1252", "cp1252": "cp1252", "iso-8859-1": "latin-1", "1256": "cp1256", "cp1256": "cp1256"}
    return known.get(named, "utf-8")
