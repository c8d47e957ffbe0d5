"""A view brought back from any file that carries its query: a figure, a report, a page, a table of events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.errors import InputError
from geo.reports.carriers import figure_or_record
from geo.snapshot import reopen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.snapshot import Reopened
    from geo.zones import BuiltZone

SUFFIXES: Final = (
    "png", "svg", "pdf", "gif", "mp4", "json", "zip", "html", "docx", "xlsx", "geojson", "gpkg",
    "parquet", "kml", "csv",
)  # fmt: skip
"""Ends of the names of files that can be brought back; a CSV is told where its query lies."""
MAX_BYTES: Final = 200_000_000


def reopened(
    content: bytes, *, fingerprint: str | None = None, zones: Mapping[str, BuiltZone] | None = None
) -> Reopened:
    """Bring back the view behind a file of ours, and tell whether the data have changed since.

    Parameters
    ----------
    content : bytes
        A figure, film, query file, bundle, Word or PDF report, page that stands alone, or table of events.
    fingerprint : str, optional
        Of the data there are now.
    zones : mapping of str to BuiltZone, optional
        Zones there are now.

    Returns
    -------
    Reopened

    Raises
    ------
    InputError
        The file is none of ours, or its record cannot be read.
    """
    if len(content) > MAX_BYTES:
        raise InputError(f"this file has {len(content) / 1e6:,.0f} MB, which no figure of ours has")
    return reopen(figure_or_record(content), fingerprint=fingerprint, zones=zones)
