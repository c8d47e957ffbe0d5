"""A store's snapshot: a copy of its events that answers fast. Never needed, and made again whenever it is not current.

``<store>/snapshot/<generation>.duckdb`` is one state of the store; ``current`` beside it names the one to open. A new
one gets another name, because a file that is open somewhere is never replaced.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from geo.errors import StoreError
from geo.warehouse.schema import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.store import Store
    from geo.warehouse.engines import Engine

FOLDER: Final = "snapshot"
POINTER: Final = "current"
GRACE_S: Final = 600.0
"""Seconds for which an older snapshot stays, for those who are about to open it."""


def generation(store: Store) -> str:
    """Name the present state of a store with everything that its snapshot depends on.

    Parameters
    ----------
    store : Store

    Returns
    -------
    str
        Letters, digits and hyphens: part of a file's name.
    """
    from geo import protection, theatre
    from geo.zones.keeping import fingerprint
    from geo.zones.own import stamp

    parts = [str(VERSION), theatre.current().key, fingerprint(), stamp(store.folder)]
    parts += [protection.stamp(store.folder)]
    return f"{store.generation()}-{hashlib.sha256(repr(parts).encode()).hexdigest()[:8]}"


def current(store: Store) -> Path | None:
    """Return the snapshot of the store as it is now; None where there is none, or only an older one."""
    file = store.folder / FOLDER / f"{generation(store)}.duckdb"
    with suppress(OSError):
        if (store.folder / FOLDER / POINTER).read_text(encoding="utf-8").strip() == file.name and file.exists():
            return file
    return None


def build(store: Store, *, progress: Callable[..., Any] = lambda _n: None) -> Path:
    """Make the snapshot of the store as it is now, unless it is there.

    Parameters
    ----------
    store : Store
        Need not be opened for writing.
    progress : callable
        Told the number of events of each part.

    Returns
    -------
    Path
        The file, complete.

    Raises
    ------
    StoreError
        The store cannot be read or the file not be written; an older snapshot still stands.
    """
    from geo.warehouse.embedded import DuckDB
    from geo.warehouse.parts import frames_of, written

    found = current(store)
    if found is not None:
        return found
    folder = store.folder / FOLDER
    folder.mkdir(exist_ok=True)
    _sweep(folder)
    before = generation(store)
    file = folder / f"{before}.duckdb"
    if not file.exists():
        with written(frames_of(store), folder, progress=progress) as tables:
            if generation(store) != before:
                raise StoreError(f"{store.folder} changed while its snapshot was made. Make it again")
            engine = DuckDB(file)
            engine.fill(tables)
            engine.close()
    point(folder, file.name)
    return file


def fill(engine: Engine, store: Store, *, progress: Callable[..., Any] = lambda _n: None) -> None:
    """Load a store's events into another engine, in the place of what is there.

    Raises
    ------
    StoreError
        As :meth:`geo.warehouse.Engine.fill`.
    """
    from geo.warehouse.parts import frames_of, written

    with written(frames_of(store), progress=progress) as tables:
        engine.fill(tables)


def point(folder: Path, name: str) -> None:
    """Say which snapshot to open, in one step, and remove older ones after their grace."""
    part = folder / f".{POINTER}-{os.getpid()}"
    part.write_text(name + "\n", encoding="utf-8")
    part.replace(folder / POINTER)
    for other in folder.glob("*.duckdb"):
        with suppress(OSError):
            if other.name != name and time.time() - other.stat().st_mtime > GRACE_S:
                other.unlink()


def _sweep(folder: Path) -> None:
    """Remove what a killed build left, once nobody can be writing it any more."""
    for path in (*folder.glob("*.part"), *folder.glob(".parts-*"), *folder.glob("*.spill"), *folder.glob(".current-*")):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > 24 * 3600:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
