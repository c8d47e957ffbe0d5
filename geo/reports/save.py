"""A report as a file, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import GeoError, InputError
from geo.reports.registry import KINDS

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
    content = KINDS[kind_of(path)].make(material)
    try:
        if path.is_dir():
            raise IsADirectoryError("this is a folder")
        # In the same folder, so that the last step is a rename.
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".unfinished-", ignore_cleanup_errors=True) as folder:
            made = Path(folder) / "report"
            with made.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            made.replace(path)
    except OSError as error:
        raise GeoError(
            f"{path}: the report cannot be written ({error}). Choose another place or free some space"
        ) from error
    return path


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
