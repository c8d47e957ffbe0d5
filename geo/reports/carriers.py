"""The record in files that are no figures: bundle, Word report, page that stands alone, table of events.

What is read comes from anywhere. Each part is looked for in its own place and bounded before it is unpacked.
"""

from __future__ import annotations

import io
import json
import re
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml import ElementTree as SafeTree

from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

QUERY_FILE: Final = "query.json"
"""In a bundle."""
WORD_PARTS: Final = "/customXml/item%d.xml"
"""In a Word report: a place that Word and LibreOffice keep when the document is changed and saved; by any number."""
WORD_TAG: Final = "{urn:borderlines:record}record"
MOST_JSON: Final = 1_000_000
"""Longest record, bytes."""
MOST_SHEETS: Final = 150_000_000
"""Largest workbook that is looked into, bytes unpacked."""
_HEAD: Final = 4_096
_WORD_PART: Final = re.compile(r"customXml/item\d{1,4}\.xml")
_MEMBER: Final = re.compile(rb'"borderlines"\s*:\s*')
_DAMAGE: Final = (
    zlib.error, zipfile.BadZipFile, struct.error, LookupError, ValueError, TypeError, AttributeError, RuntimeError,
    OSError, EOFError, SafeTree.ParseError, DefusedXmlException,
)  # fmt: skip


def figure_or_record(content: bytes) -> bytes:
    """Find what :func:`geo.snapshot.reopen` reads: the record of a file that holds one, else the file itself.

    Parameters
    ----------
    content : bytes
        A whole file.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        A file of a kind that could hold a record has none of ours, or is damaged.
    """
    kind = _kind(content)
    if kind is None:
        return content
    name, find = kind
    try:
        found = find(content)
    except InputError:
        raise
    except _DAMAGE as error:
        raise InputError(f"this {name} is damaged, or none of ours", remedy="Give it as it was saved") from error
    if found is None:
        raise InputError(f"this {name} carries no record of Borderlines", remedy="Give it as it was saved")
    return found if isinstance(found, bytes) else json.dumps(found).encode()


def _kind(content: bytes) -> tuple[str, Callable[[bytes], Any]] | None:
    head = content[:_HEAD]
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith(b"PK\x03\x04"):
        return "zip", _in_zip
    if start[:32].lower().startswith(b"<!doctype html"):
        return "web page", _in_page
    if content.startswith(b"PAR1"):
        return "Parquet file", lambda given: _in_table(given, ".parquet")
    if content.startswith(b"SQLite format 3\0"):
        return "GeoPackage", lambda given: _in_table(given, ".gpkg")
    if start.startswith(b"{") and b'"FeatureCollection"' in head:
        return "GeoJSON", _in_geojson
    if b"<kml" in head:
        return "KML", _in_kml
    if start[:9].strip(b'"').startswith(b"event_id"):
        return "CSV", _beside
    return None


def _in_zip(content: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        if QUERY_FILE in names:
            return _read(archive, QUERY_FILE)
        if "word/document.xml" in names:
            parts = (_read(archive, name) for name in sorted(names) if _WORD_PART.fullmatch(name))
            return next(filter(None, map(_word, parts)), None)
        if "xl/workbook.xml" in names:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_SHEETS:
                raise InputError(
                    "this workbook is too large to be looked into", remedy=f"Give the bundle's {QUERY_FILE}"
                )
            return _in_table(content, ".xlsx")
    raise InputError(f"this zip holds no {QUERY_FILE} of ours", remedy="Give the bundle as it was saved")


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > MOST_JSON:
        raise InputError(f"the {name} of this zip is larger than any of ours")
    return archive.read(name)


def _word(part: bytes) -> bytes | None:
    root = SafeTree.fromstring(part)
    return (root.text or "").encode() if root.tag == WORD_TAG else None


def _in_page(content: bytes) -> object:
    from geo.standalone import record_in

    return record_in(content.decode("utf-8", "replace"))


def _in_table(content: bytes, suffix: str) -> object:
    """Read a table's record with its own reader, which wants a file."""
    from geo.export import record_of

    with tempfile.TemporaryDirectory(prefix="borderlines-") as folder:
        path = Path(folder) / f"events{suffix}"
        path.write_bytes(content)
        try:
            return record_of(path)
        except InputError as error:
            # The file's name is not the one the reader knows.
            raise InputError(error.problem, remedy="Give it as it was saved") from error


def _in_geojson(content: bytes) -> object:
    """Read the member at the head; the events after it may be a million."""
    found = _MEMBER.search(content[:_HEAD])
    if found is None:
        return None
    return json.JSONDecoder().raw_decode(content[found.end() : found.end() + MOST_JSON].decode("utf-8", "ignore"))[0]


def _in_kml(content: bytes) -> object:
    """Read the first data element, before all events."""
    for _, element in SafeTree.iterparse(io.BytesIO(content), events=("end",)):
        if element.tag.endswith("}Data"):
            return json.loads(element[0].text) if element.get("name") == "borderlines" else None
        if element.tag.endswith("}Placemark"):
            return None
    return None


def _beside(_: bytes) -> object:
    raise InputError("a CSV cannot carry its query", remedy="Give the file beside it, whose name ends in .query.json")
