"""The formats. A new one is a module with ``write``, ``read`` and ``record``, and an entry here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.export import csv, geojson, geopackage, geoparquet, kml, xlsx

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa

    from geo.export.record import Bundle


@dataclass(frozen=True)
class Format:
    """One way to write events."""

    label: str
    """What people call it."""
    suffixes: tuple[str, ...]
    """Ends of file names that mean it; the first is given to new files. None: only when asked for by name."""
    mime: str
    write: Callable[[Bundle, Path], None]
    read: Callable[[Path], pa.Table]
    record_in: Callable[[Path], dict[str, Any] | None] | None
    """Reads the record in the file; None where it stands in a file beside it."""
    record: str
    """Where the record is, in words."""
    cannot: str = "–"
    """What does not come back from it, in words."""
    extension: str = ""
    """End of a new file's name where there are no suffixes."""

    @property
    def suffix(self) -> str:
        """End of a new file's name."""
        return self.suffixes[0] if self.suffixes else self.extension


_BESIDE: Final = "beside it, `.query.json`"
_BREAKS: Final = "control characters (shown as �)"

FORMATS: Final[dict[str, Format]] = {
    "csv": Format("CSV", (".csv",), "text/csv", csv.write, csv.read, None, _BESIDE),
    "xlsx": Format(
        "Excel",
        (".xlsx",),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx.write,
        xlsx.read,
        xlsx.record,
        "sheet `about`",
        f"{_BREAKS}; line breaks but the line feed; an empty text apart from an unknown one; "
        "digits of a number beyond the 16th (the geometry keeps them)",
    ),
    "geojson": Format(
        "GeoJSON",
        (".geojson", ".json"),
        "application/geo+json",
        geojson.write,
        geojson.read,
        geojson.record,
        "member `borderlines`",
    ),
    "gpkg": Format(
        "GeoPackage",
        (".gpkg",),
        "application/geopackage+sqlite3",
        geopackage.write,
        geopackage.read,
        geopackage.record,
        "metadata `borderlines`",
        "the character NUL (shown as �)",
    ),
    "geoparquet": Format(
        "GeoParquet",
        (".parquet", ".geoparquet"),
        "application/vnd.apache.parquet",
        geoparquet.write,
        geoparquet.read,
        geoparquet.record,
        "metadata `borderlines`",
    ),
    "kml": Format(
        "KML",
        (".kml",),
        "application/vnd.google-earth.kml+xml",
        kml.write,
        kml.read,
        kml.record,
        "ExtendedData of the document",
        f"{_BREAKS}; a collection of parts of one kind comes back as a multi-part geometry",
    ),
    "hxl": Format("HXL", (".hxl.csv",), "text/csv", csv.write_hxl, csv.read_hxl, None, _BESIDE),
    "csv-raw": Format("CSV for programs", (), "text/csv", csv.write_raw, csv.read_raw, None, _BESIDE, extension=".csv"),
}
"""Formats by the name that ``--format`` takes."""
