"""Zip files that are the same bytes whenever they hold the same: a day that is told, no clock."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST: Final = (1980, 1, 1, 0, 0, 0)
"""The first day a zip can tell; its own days are in local time, so none is true everywhere."""
_CLOCK: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_CORE: Final = "docProps/core.xml"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files in the order given.

    Parameters
    ----------
    files : mapping of str to bytes
        By name in the zip.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, FIRST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()


def steady(office: bytes, day: str) -> bytes:
    """Take the clock out of a Word or Excel file.

    Parameters
    ----------
    office : bytes
        A file of a program that writes when it was saved.
    day : str
        YYYY-MM-DD to write in its place.
    """
    with zipfile.ZipFile(io.BytesIO(office)) as archive:
        files = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    if _CORE in files:
        files[_CORE] = _CLOCK.sub(rb"\g<1>" + f"{day}T00:00:00Z".encode() + rb"\g<2>", files[_CORE])
    return zipped(files)
