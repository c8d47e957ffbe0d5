"""From a file to a segment: open it, tell what it is, read it in batches, keep it."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import InputError
from geo.importers.how import How, lists
from geo.importers.opening import open_table
from geo.importers.raw import RawBatch
from geo.importers.registry import IMPORTERS, kind_of
from geo.importers.rows import Skipped, checked
from geo.importers.segments import Segment, keep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pandas as pd

    from geo.importers.raw import RawTable
    from geo.importers.rows import Batch
    from geo.store import Store

_BLOCK = 2**20


@dataclass(frozen=True)
class Plan:
    """A file, and how it would be imported."""

    table: RawTable
    name: str
    """What its owner calls it."""
    kind: str
    """Key of :data:`~geo.importers.registry.IMPORTERS`."""
    how: How

    @property
    def attribution(self) -> str:
        """What is to be said wherever its events are shown."""
        return self.how.attribution or IMPORTERS[self.kind].attribution or self.name


def plan(path: Path, *, name: str | None = None, kind: str | None = None, how: How | None = None) -> Plan:
    """Open a file and tell how it would be imported.

    Parameters
    ----------
    path : Path
    name : str, optional
        What its owner calls it; the path's own name unless given. Its ending says what it is.
    kind : str, optional
        Key of :data:`~geo.importers.registry.IMPORTERS`; told by the heading unless given.
    how : How, optional
        A mapping; guessed unless given.

    Returns
    -------
    Plan

    Raises
    ------
    InputError
        It cannot be read, or lacks a column.
    """
    table, name = open_table(path, name), name or path.name
    if kind is not None and kind not in IMPORTERS:
        raise InputError(f"there is no import of {kind!r}", remedy=f"Use one of {', '.join(IMPORTERS)}")
    kind = kind or ("table" if how is not None else kind_of(table))
    if how is None:
        how = IMPORTERS[kind].prepare(table, name)
    elif missing := sorted(set(how.columns.values()) - set(table.columns)):
        problem = f"the mapping names columns that are not there: {', '.join(missing)[:200]}"
        raise InputError(problem, path=path, remedy="Correct the mapping, or leave it away to have one guessed")
    return Plan(table, name, kind, how)


def preview(planned: Plan, rows: int = 50) -> tuple[pd.DataFrame, list[Skipped]]:
    """Read the first rows as they would be kept.

    Parameters
    ----------
    planned : Plan
    rows : int, default 50
        Rows of the file.

    Returns
    -------
    DataFrame
        On our columns.
    list of Skipped
        Those among them that would not be taken.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    raw = next(planned.table.batches(), None) or RawBatch(planned.table.sample(0), np.zeros(0, dtype=np.int64))
    first = RawBatch(raw.rows.head(rows), raw.lines[:rows], [s for s in raw.skipped if s.line <= rows])
    right = checked(IMPORTERS[planned.kind].convert(first, planned.how))
    return right.rows, right.skipped


def run(store: Store, planned: Plan, *, progress: Callable[[float], None] = lambda _share: None) -> Segment:
    """Import a file.

    Parameters
    ----------
    store : Store
        Opened for writing.
    planned : Plan
    progress : callable, optional
        Called with the share that is done, 0 to 1.

    Returns
    -------
    Segment
        The one that was there, where the same was imported before.

    Raises
    ------
    InputError
        The table cannot be read any further; nothing is kept.
    StoreError, StoreBusyError
        It cannot be written; nothing is kept.
    """
    return keep(
        store,
        _batches(planned, progress),
        key=_key(planned),
        name=planned.name[:200],
        kind=planned.kind,
        attribution=planned.attribution,
    )


def _batches(planned: Plan, progress: Callable[[float], None]) -> Iterator[Batch]:
    for raw in planned.table.batches():
        yield IMPORTERS[planned.kind].convert(raw, planned.how)
        progress(planned.table.share())


def _key(planned: Plan) -> str:
    """Hash what is imported and how, the lists of codes included."""
    digest = hashlib.sha256(repr((planned.kind, sorted(asdict(planned.how).items()), lists())).encode())
    with planned.table.path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()[:32]
