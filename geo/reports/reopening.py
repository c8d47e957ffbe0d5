"""A view brought back from any file that carries its query: a figure, a query file, a page that stands alone."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from geo.errors import InputError
from geo.snapshot import reopen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.snapshot import Reopened
    from geo.zones import BuiltZone

SUFFIXES: Final = ("png", "svg", "pdf", "gif", "mp4", "json", "zip", "html")
"""Ends of the names of files that can be brought back."""
MAX_BYTES: Final = 200_000_000
_QUERY_FILE: Final = "query.json"
_DAMAGE: Final = (
    zlib.error, zipfile.BadZipFile, struct.error, LookupError, ValueError, RuntimeError, OSError, EOFError,
)  # fmt: skip
_MOST_JSON: Final = 1_000_000


def reopened(
    content: bytes, *, fingerprint: str | None = None, zones: Mapping[str, BuiltZone] | None = None
) -> Reopened:
    """Bring back the view behind a file of ours, and tell whether the data have changed since.

    Parameters
    ----------
    content : bytes
        A figure, film, query file, bundle or page that stands alone.
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
    return reopen(_carrier(content), fingerprint=fingerprint, zones=zones)


def _carrier(content: bytes) -> bytes:
    """Take the query file out of what holds one."""
    if content.startswith(b"PK\x03\x04"):
        return _from_bundle(content)
    if content[:64].lstrip().lower().startswith(b"<!doctype html"):
        return _from_page(content)
    return content


def _from_bundle(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entry = archive.getinfo(_QUERY_FILE)
            if entry.file_size > _MOST_JSON:
                raise InputError(f"the {_QUERY_FILE} of this zip is larger than any of ours")
            return archive.read(entry)
    except InputError:
        raise
    except _DAMAGE as error:
        raise InputError(
            f"this zip holds no {_QUERY_FILE} of ours", remedy="Give the bundle as it was saved"
        ) from error


def _from_page(content: bytes) -> bytes:
    import json

    from geo.standalone import record_in

    return json.dumps(record_in(content.decode("utf-8", "replace"))).encode()
