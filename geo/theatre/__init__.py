"""Theatres: a conflict with its own places, actors, zones and articles, laid over what all conflicts share.

A theatre is a folder; ``data/sources`` is the one that Borderlines comes with. Which one is meant is told by the code
that runs: :func:`use` for a while, :func:`choose` for a thread, else the environment. Nothing has to be handed through.

>>> current().id
'borderlines'
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geo import paths
from geo.errors import InputError
from geo.theatre.reading import FILE, read
from geo.theatre.theatre import Theatre

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "SHIPPED",
    "VARIABLE",
    "Theatre",
    "ask",
    "choose",
    "current",
    "default",
    "find",
    "known",
    "open_theatre",
    "use",
]

VARIABLE = "BORDERLINES_THEATRE"
"""Environment variable that names the folder of the theatre: how a process tells the ones it starts."""
SHIPPED = paths.ROOT / "data" / "theatres"
"""Folder of the further theatres that come with the program."""

_CHOSEN: ContextVar[Theatre | None] = ContextVar("theatre", default=None)


def _from_environment() -> Theatre:
    named = os.environ.get(VARIABLE)
    return open_theatre(Path(named)) if named else default()


_asked: Callable[[], Theatre] = _from_environment


def current() -> Theatre:
    """Give the theatre that the running code works for."""
    return _CHOSEN.get() or _asked()


def choose(theatre: Theatre) -> None:
    """Make a theatre the current one for the rest of this thread."""
    _CHOSEN.set(theatre)


@contextmanager
def use(theatre: Theatre) -> Iterator[Theatre]:
    """Make a theatre the current one while the block runs."""
    token = _CHOSEN.set(theatre)
    try:
        yield theatre
    finally:
        _CHOSEN.reset(token)


def ask(whom: Callable[[], Theatre]) -> None:
    """Ask another where no theatre was chosen; the dashboard names the one that its reader looks at."""
    global _asked
    _asked = whom


@lru_cache(maxsize=1)
def default() -> Theatre:
    """Give the theatre that Borderlines comes with: the borders of Syria, Türkiye and Iraq.

    It is part of the program and read once: readers ask for the current theatre at every name.
    """
    return open_theatre(paths.SOURCES)


def open_theatre(folder: Path) -> Theatre:
    """Read a theatre's description; the same object until its file changes.

    Parameters
    ----------
    folder : Path
        Folder with ``theatre.yaml``.

    Returns
    -------
    Theatre

    Raises
    ------
    InputError
        There is no such folder or file, or something in it is wrong.
    """
    file = folder.resolve() / FILE
    try:
        mark = file.stat().st_mtime_ns
    except OSError as error:
        raise InputError(
            f"there is no theatre: {FILE} is missing",
            path=folder,
            remedy=f"Make one: python -m geo theatre new {folder}",
        ) from error
    return _opened(file.parent, mark)


@lru_cache(maxsize=16)
def _opened(folder: Path, mark: int) -> Theatre:  # noqa: ARG001 - the time of change is the cache's key
    return read(folder)


def known() -> tuple[Theatre, ...]:
    """Give the theatres to choose from: the default, those shipped beside it, and the one the process was started on.

    Returns
    -------
    tuple of Theatre
        One that cannot be read is left out; ``python -m geo check --theatre`` says why.
    """
    found = {(theatre := default()).id: theatre}
    started = os.environ.get(VARIABLE)
    for folder in [*sorted(path.parent for path in SHIPPED.glob(f"*/{FILE}")), *([Path(started)] if started else [])]:
        try:
            theatre = open_theatre(folder)
        except InputError:
            continue
        found.setdefault(theatre.id, theatre)
    return tuple(found.values())


def find(name: str | Path) -> Theatre:
    """Give a theatre by its folder, or by the name of one of :func:`known`.

    Parameters
    ----------
    name : str or Path

    Returns
    -------
    Theatre

    Raises
    ------
    InputError
        There is none.
    """
    folder = Path(name)
    if not folder.is_dir():
        for theatre in known():
            if theatre.id == str(name):
                return theatre
        known_ids = ", ".join(theatre.id for theatre in known())
        raise InputError(
            f"there is no theatre {str(name)!r}",
            remedy=f"Name a folder, or one of {known_ids}; make one: python -m geo theatre new PATH",
        )
    return open_theatre(folder)
