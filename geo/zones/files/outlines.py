"""One door for every format: the areas of a file, each with a name to choose, and what is wrong with the others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import ZoneError
from geo.zones.files import geojson, geopackage, kml, shapefile
from geo.zones.files.archives import Archive
from geo.zones.files.limits import MAX_BYTES, RawShape
from geo.zones.files.mending import mend

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

SUFFIXES = ("geojson", "json", "kml", "kmz", "gpkg", "zip")
"""What can be read, without the dot."""
_NAMES = ("name", "title", "label", "zone", "id")
_MAX_NAME = 120
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Outline:
    """One area of a file."""

    where: str
    """As "feature 3"."""
    geometry: BaseGeometry
    """Polygon or MultiPolygon, EPSG:4326, valid."""
    attributes: dict[str, str]
    """What the file tells of it, as short text."""
    notes: tuple[str, ...]
    """What was mended."""

    @property
    def label(self) -> str:
        """What to call it until somebody names it."""
        by_key = {key.lower(): value for key, value in self.attributes.items()}
        return next((by_key[key] for key in _NAMES if key in by_key), self.where)


def read_outlines(
    name: str, data: bytes, *, latitude_first: bool | None = None
) -> tuple[tuple[Outline, ...], tuple[ZoneError, ...]]:
    """Read the areas of a file that somebody sent.

    Parameters
    ----------
    name : str
        What they call it. Its suffix tells the format; nothing is ever opened under it.
    data : bytes
        What is in it.
    latitude_first : bool, optional
        The file gives latitude before longitude. None: it does not, and is refused where it looks as if it did.

    Returns
    -------
    outlines : tuple of Outline
        What can be a zone.
    errors : tuple of ZoneError
        What cannot, each with the file and the feature.

    Raises
    ------
    ZoneError
        The file as a whole cannot be read, or nothing in it can be a zone.
    """
    path = label_of(name)
    suffix = path.suffix.lower().lstrip(".")
    try:
        raw = _raw(suffix, data)
    except ZoneError as error:
        raise ZoneError(error.problem, path=path, line=error.line, remedy=error.remedy) from error
    outlines, errors = [], []
    for shape in raw:
        try:
            if shape.trouble is not None:
                raise shape.trouble
            geometry, notes = mend(shape, latitude_first=latitude_first)
            outlines.append(Outline(shape.where, geometry, shape.attributes, notes))
        except ZoneError as error:
            errors.append(
                ZoneError(f"{_named(shape)} {error.problem}", path=path, line=shape.line, remedy=error.remedy)
            )
    if not outlines:
        raise errors[0] if errors else ZoneError("has no shape in it", path=path)
    return tuple(outlines), tuple(errors)


def label_of(name: str) -> Path:
    """Make of a name from outside one that can be shown: its last part, printable, not too long.

    Parameters
    ----------
    name : str

    Returns
    -------
    Path
        Only for messages.
    """
    last = name.replace("\\", "/").split("/")[-1]
    return Path("".join(c for c in last if c.isprintable())[-_MAX_NAME:] or "unnamed")


def _named(shape: RawShape) -> str:
    label = Outline(shape.where, None, shape.attributes, ()).label  # type: ignore[arg-type]
    return shape.where if label == shape.where else f"{shape.where} ({label[:60]!r})"


def _raw(suffix: str, data: bytes) -> list[RawShape]:
    if len(data) > MAX_BYTES:
        raise ZoneError(
            f"is larger than {MAX_BYTES // 1_000_000} MB", remedy="Simplify it, or take out what is not needed"
        )
    if suffix not in _READERS:
        raise ZoneError(f"is of no known format ({suffix[:20] or 'no suffix'})", remedy=f"Known: {', '.join(SUFFIXES)}")
    starts, what, read = _READERS[suffix]
    if not data.strip():
        raise ZoneError("is empty")
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(starts) and not (suffix == "kml" and data[:2] in _UTF16):
        raise ZoneError(f"is named as {what}, and is something else", remedy=f"Known: {', '.join(SUFFIXES)}")
    return read(data)


def _kmz(data: bytes) -> list[RawShape]:
    archive = Archive(data)
    names = archive.names(".kml")
    if not names:
        raise ZoneError("has no KML in it", remedy="Save it as KMZ again")
    return kml.read(archive.read(names[0]))


_UTF16 = {b"\xff\xfe", b"\xfe\xff"}
_READERS: dict[str, tuple[tuple[bytes, ...], str, Callable[[bytes], list[RawShape]]]] = {
    "geojson": ((b"{",), "GeoJSON", geojson.read),
    "json": ((b"{",), "GeoJSON", geojson.read),
    "kml": ((b"<",), "KML", kml.read),
    "kmz": ((b"PK\x03\x04",), "KMZ", _kmz),
    "gpkg": ((_SQLITE,), "a GeoPackage", geopackage.read),
    "zip": ((b"PK\x03\x04",), "a zip", lambda data: shapefile.read(Archive(data))),
}
"""Suffix, how the content begins, what it is called, and who reads it."""
