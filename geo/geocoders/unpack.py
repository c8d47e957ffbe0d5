"""Unpacks the committed gazetteer once, safely when two processes start together."""

from __future__ import annotations

import lzma
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from geo.errors import DataError
from geo.paths import BUILT

FILE = "gazetteer.sqlite"
INDEXES = """
PRAGMA journal_mode = OFF;
CREATE UNIQUE INDEX place_ref ON place (ref);
CREATE INDEX place_cell ON place (cell);
"""
"""Made here and not packed: they are an eighth of the packed file and half a second of work."""


def default_file(folder: Path = BUILT) -> Path:
    """Give the path of the unpacked gazetteer, unpacking it if it is missing or older than its packed copy.

    Parameters
    ----------
    folder : Path, optional
        Folder with ``gazetteer.sqlite.xz``.

    Returns
    -------
    Path
        The SQLite file: beside the packed one or, where that folder cannot be written, in the user's cache.

    Raises
    ------
    DataError
        There is neither the file nor its packed copy, or the packed copy is damaged.
    """
    packed, beside = folder / f"{FILE}.xz", folder / FILE
    if not packed.exists():
        if beside.exists():
            return beside
        raise DataError(f"{packed} is missing. Make it with: python -m geo.builddata gazetteer")
    if _fresh(beside, packed):
        return beside
    if os.access(folder, os.W_OK):
        return unpack(packed, beside)
    cached = cache_folder() / f"{packed.stat().st_size}-{int(packed.stat().st_mtime)}-{FILE}"
    return cached if _fresh(cached, packed) else unpack(packed, cached)


def unpack(packed: Path, target: Path) -> Path:
    """Unpack beside the target, add the indexes, then rename: a reader sees the whole file or none.

    Parameters
    ----------
    packed : Path
        An ``.xz`` file.
    target : Path
        File to make or replace.

    Returns
    -------
    Path
        `target`.

    Raises
    ------
    DataError
        The packed file is damaged, or there is no room.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-", suffix=".tmp")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out, lzma.open(packed) as source:
            shutil.copyfileobj(source, out, 1 << 20)
            out.flush()
            os.fsync(out.fileno())
        with closing(sqlite3.connect(part)) as database:
            database.executescript(INDEXES)
        shutil.copymode(packed, part)
        part.replace(target)
    except (OSError, lzma.LZMAError, EOFError, sqlite3.Error) as error:
        raise DataError(f"{packed} cannot be unpacked to {target.parent} ({error})") from error
    finally:
        part.unlink(missing_ok=True)
    return target


def _fresh(file: Path, packed: Path) -> bool:
    try:
        return file.stat().st_mtime >= packed.stat().st_mtime
    except FileNotFoundError:
        return False


def cache_folder() -> Path:
    """Give the folder for files that can be made again.

    Returns
    -------
    Path
        May not exist yet.
    """
    root = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    return (Path(root) if root else Path.home() / ".cache") / "borderlines"
