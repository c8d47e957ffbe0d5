"""Names and files of a user's own zones: a name is checked before it is part of a path, a file is written whole."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from typing import TYPE_CHECKING

import shapely

from geo.errors import ZoneError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

MAX_ID = 60
DECIMALS = 6
"""Of a degree, in a shape that is kept: 10 cm."""
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
"""Names that Windows keeps for devices."""


def is_id(name: str) -> bool:
    """Tell whether a zone may have this id, which is also the name of its file."""
    return bool(_ID.fullmatch(name)) and name not in _RESERVED


def checked_id(name: str) -> str:
    """Give an id back.

    Raises
    ------
    ZoneError
        It cannot be the name of a file.
    """
    if not is_id(name):
        raise ZoneError(f"{name[:80]!r} cannot be the name of a file", remedy="Use small letters, digits, underscores")
    return name


def free_id(name: str, taken: Collection[str]) -> str:
    """Make an id of a name.

    Parameters
    ----------
    name : str
        In any script.
    taken : collection of str
        Ids that are in use.

    Returns
    -------
    str

    Examples
    --------
    >>> free_id("Çukurca – west (2024)", {"ops"}), free_id("منطقة", {"zone"})
    ('cukurca_west_2024', 'zone_2')
    """
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i")).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[: MAX_ID - 4].strip("_")
    if not stem:
        stem = "zone"
    elif not stem[0].isalpha() or stem in _RESERVED:
        stem = f"zone_{stem}"[: MAX_ID - 4]
    numbered = (stem if n == 1 else f"{stem}_{n}" for n in range(1, len(taken) + 2))
    return next(found for found in numbered if found not in taken)


def write_shape(file: Path, shape: BaseGeometry) -> None:
    """Write a shape as GeoJSON.

    Parameters
    ----------
    file : Path
    shape : Polygon or MultiPolygon
        EPSG:4326.
    """
    rounded = shapely.transform(shape, lambda xy: xy.round(DECIMALS))
    feature = {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(rounded))}
    write(file, json.dumps(feature, separators=(",", ":")) + "\n")


def write(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
