"""A report as a file, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.reports.registry import KINDS
from geo.snapshot.save import write_whole

if TYPE_CHECKING:
    from geo.reports.material import Material


def save(material: Material, path: Path | str) -> Path:
    """Write a report.

    Parameters
    ----------
    material : Material
        From :func:`geo.reports.gather`.
    path : Path or str
        Its suffix tells the kind: .zip bundle, .docx Word, .pdf, .html page that stands alone. A file that is there
        is replaced once the new one is whole.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        No report has this suffix, or it cannot hold these events.
    GeoError
        The file cannot be written. Nothing of it is left, and a file that was there is as it was.
    """
    path = Path(path)
    return write_whole(path, KINDS[kind_of(path)].make(material))


def kind_of(path: Path | str) -> str:
    """Tell the kind of report from the end of a file's name.

    Raises
    ------
    InputError
        No report has this suffix.
    """
    suffix = Path(path).suffix.casefold()
    for name, kind in KINDS.items():
        if kind.suffix == suffix:
            return name
    ends = ", ".join(kind.suffix for kind in KINDS.values())
    raise InputError(f"no report for {Path(path).name!r}", remedy=f"End the name in one of {ends}")
