"""Which reader opens a file: its ending says it, its first bytes have to agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.errors import InputError
from geo.importers.delimited import open_delimited
from geo.importers.features import open_geojson, open_geopackage, open_geoparquet
from geo.importers.raw import MAX_BYTES
from geo.importers.workbook import open_workbook
from geo.importers.zipped import open_zip

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.importers.raw import RawTable

OPENERS: Final[dict[str, Callable[[Path], RawTable]]] = {
    "csv": open_delimited,
    "tsv": open_delimited,
    "txt": open_delimited,
    "xlsx": open_workbook,
    "geojson": open_geojson,
    "json": open_geojson,
    "gpkg": open_geopackage,
    "parquet": open_geoparquet,
    "geoparquet": open_geoparquet,
    "zip": open_zip,
}
"""Ending of a file's name and what opens it."""


def open_table(path: Path, name: str | None = None) -> RawTable:
    """Open a table of any of the kinds in :data:`OPENERS`.

    Parameters
    ----------
    path : Path
        The file.
    name : str, optional
        What its owner called it, where that is not the path's own name; only its ending matters.

    Returns
    -------
    RawTable

    Raises
    ------
    InputError
        The ending is none of those, or the file is not what it says.
    """
    ending = (name or path.name).rpartition(".")[2].lower()
    opener = OPENERS.get(ending)
    if opener is None:
        remedy = "Save it as one of: " + ", ".join(f".{key}" for key in OPENERS)
        raise InputError(f".{ending[:20]} is no kind of table that is read", path=path, remedy=remedy)
    if not path.is_file():
        raise InputError("there is no such file", path=path)
    if path.stat().st_size > MAX_BYTES:
        raise InputError(f"more than the {MAX_BYTES:,} bytes that are read", path=path, remedy="Part the file")
    return opener(path)
