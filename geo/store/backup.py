"""A copy of a store in one file, made while the store is used, and back."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import zipfile
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from geo import damage
from geo.errors import InputError, StoreBusyError, StoreError
from geo.store.schema import FILE_NAME, translated
from geo.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_FILES = 100_000
MOST_BYTES = 200 * 2**30
"""What a backup may unpack to: a store is large, a bomb is larger."""
_SQLITE_LEAVINGS = ("-wal", "-shm", "-journal")
_UNFINISHED = (".part", ".tmp")
"""How files end that are still being written; they get their name when they are whole."""
_DERIVED = "snapshot"
"""Folder of what is made of the events again when it is missing (:mod:`geo.warehouse.snapshot`)."""
_LOCK = "lock"


def backup(folder: Path | str, file: Path | str) -> int:
    """Copy a store into one zip file.

    Everything in the folder goes along: the articles, reports, events, decisions and log as of one moment, and the
    zones, presets and imports that lie beside them. Others may read and write the store meanwhile.

    Parameters
    ----------
    folder : Path or str
        The store's folder.
    file : Path or str
        The zip to write. It is there when it is whole, and not before.

    Returns
    -------
    int
        Bytes written.

    Raises
    ------
    StoreError, StoreBusyError
        The store cannot be read, or another backup into the same file is being made.
    OSError
        The file cannot be written; nothing of it is left.
    """
    folder, file = Path(folder), Path(file)
    if not (folder / FILE_NAME).exists():
        raise StoreError(f"there is no store at {folder}, so there is nothing to copy. Check the folder")
    with _workshop(file) as work:
        copy = work / FILE_NAME
        _copy_database(folder / FILE_NAME, copy)
        whole = work / "backup.zip"
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            archive.write(copy, FILE_NAME)
            for path in sorted(folder.rglob("*")):
                # A zone may be taken away meanwhile.
                with suppress(FileNotFoundError):
                    if _belongs(path) and path.relative_to(folder).parts[0] != _DERIVED:
                        archive.write(path, path.relative_to(folder).as_posix())
        with whole.open("rb") as written:
            os.fsync(written.fileno())
        whole.replace(file)
    return file.stat().st_size


def restore(file: Path | str, folder: Path | str) -> None:
    """Unpack a copy of a store into a folder of its own, and verify it.

    Parameters
    ----------
    file : Path or str
        What :func:`backup` wrote.
    folder : Path or str
        Where the store shall be; it must not exist or be empty, so that no store is ever overwritten.

    Raises
    ------
    InputError
        The file is no copy of a store, or would write outside the folder.
    StoreError
        The folder holds something already, or the copy is damaged. Nothing is left in the folder.
    """
    file, folder = Path(file), Path(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder} is not empty. Name a new folder; move the old one away to put a copy in its place")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as work:
        _unpack(file, Path(work))
        with Store(work) as store:
            if wrong := store.verify():
                raise StoreError(f"{file} is damaged: {wrong[0]}. Use another copy")
        for name in _SQLITE_LEAVINGS:
            (Path(work) / f"{FILE_NAME}{name}").unlink(missing_ok=True)
        folder.mkdir(exist_ok=True)
        for path in Path(work).iterdir():
            shutil.move(path, folder / path.name)


@contextmanager
def _workshop(file: Path) -> Iterator[Path]:
    """Give a folder beside the file to work in. What a killed backup left in it is swept.

    SQLite's lock tells a killed backup from one at work, on every system: it ends with its process.
    """
    work = file.parent / f".{file.name}.part"
    work.mkdir(exist_ok=True)
    with closing(sqlite3.connect(work / _LOCK, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("begin exclusive")
        except sqlite3.OperationalError as error:
            raise StoreBusyError(f"another backup into {file} is being made. Wait until it is done") from error
        for path in work.iterdir():
            if not path.name.startswith(_LOCK):
                path.unlink()
        try:
            yield work
        finally:
            lock.close()
            shutil.rmtree(work, ignore_errors=True)


def _belongs(path: Path) -> bool:
    """Whether a file of the store's folder goes into a copy."""
    if path.name.startswith((FILE_NAME, ".")) or path.suffix in _UNFINISHED:
        return False
    return path.is_file() and not path.is_symlink()


def _copy_database(source: Path, target: Path) -> None:
    """Copy one moment of the file; SQLite's own backup waits for nobody and holds up nobody."""
    with (
        translated(source),
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as reading,
        closing(sqlite3.connect(target)) as writing,
    ):
        reading.execute("select count(*) from sqlite_schema")
        reading.backup(writing)


def _unpack(file: Path, folder: Path) -> None:
    remedy = "Name a file that `python -m geo backup` wrote"
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if FILE_NAME not in {member.filename for member in members}:
                raise InputError("is no copy of a store", path=file, remedy=remedy)
            if len(members) > MOST_FILES or sum(member.file_size for member in members) > MOST_BYTES:
                raise InputError("would unpack to more than a store can be", path=file, remedy=remedy)
            root = folder.resolve()
            for member in members:
                target = (root / member.filename).resolve()
                if not target.is_relative_to(root) or member.is_dir():
                    raise InputError(f"holds {member.filename[:60]!r}, which lies outside", path=file, remedy=remedy)
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as packed, target.open("xb") as unpacked:
                    shutil.copyfileobj(packed, unpacked)
    except FileNotFoundError as error:
        raise InputError("is not there", path=file, remedy=remedy) from error
    except damage.OF_A_ZIP as error:
        if isinstance(error, InputError) or not damage.is_of_the_file(error):
            raise
        raise InputError(f"is damaged or no zip ({error})", path=file, remedy=remedy) from error
