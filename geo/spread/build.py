"""A build whose articles are read elsewhere: parts go out, readings come back in order, one writer stores them."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from geo import theatre
from geo.errors import InputError
from geo.extractors import DEFAULT, open_extractor
from geo.pipeline import annotate_and_code, open_resources, writer_for, written
from geo.readers import READERS, read_paths
from geo.readers.files import FileWalk
from geo.spread.ordered import by_itself, ordered
from geo.spread.parts import Part, items_of, parts_of
from geo.spread.pools import LocalPool
from geo.spread.work import Order, read_part
from geo.writer import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from geo.model import Article
    from geo.pipeline import Resources
    from geo.spread.pools import Pool
    from geo.store import Store
    from geo.writer import BuildResult, Writer

MIN_BYTES: Final = 3_000_000
"""Size of the sources from which a second process pays: each takes about a second to start and some 150 MB."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """Outcomes that need no worker."""

    outcomes: tuple[Outcome, ...]


def spread_build(
    sources: Iterable[Path],
    store: Store,
    *,
    pool: Pool,
    reader: tuple[str, tuple[tuple[str, Any], ...]] | None = None,
    progress: Callable[[Article], None] | None = None,
) -> BuildResult:
    """Read article files and folders into a store, as :func:`geo.pipeline.build` does, on the workers of a pool.

    Parameters
    ----------
    sources : iterable of Path
        Files and folders.
    store : Store
        Opened for writing, here only.
    pool : Pool
        Who reads.
    reader : (str, options), optional
        Name of a reader and its options, see :func:`geo.extractors.open_extractor`; the rules unless given.
    progress : callable, optional
        Called with each article, without its text, after it is stored.

    Returns
    -------
    BuildResult

    Raises
    ------
    InputError, ReaderError
        As for :func:`geo.pipeline.build`.
    WorkersError
        Nobody is left to read; what was read before is stored.
    """
    extractor = open_extractor(*(reader or (DEFAULT, ())))
    resources = replace(open_resources(), extractor=extractor)
    writer = writer_for(store, resources, chosen=reader is not None, progress=progress, files=True)
    if extractor.shared:
        if not isinstance(pool, LocalPool) or not pool.threads:
            remedy = "Leave --scheduler out; --jobs asks it for several articles at once"
            raise InputError(f"the reader {extractor.name!r} is asked from this process only", remedy=remedy)
        return written(_here(sources, writer, resources, pool), writer, resources)
    here = theatre.current()
    order = Order(
        writer.version, extractor.name, (reader or ("", ()))[1], None if here.is_default else str(here.folder)
    )
    return written(_elsewhere(sources, writer, order, pool), writer, resources)


def worth_it(sources: Iterable[Path], jobs: int | None = None) -> int:
    """Say how many processes to read with: as many as asked for, else one for each core where the sources are large."""
    if jobs is not None:
        return jobs
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    size = 0
    for item in FileWalk(frozenset(READERS)).walk(sources):
        if not isinstance(item, InputError):
            size += item.stat().st_size
        if size >= MIN_BYTES:
            return cores
    return 1


def _elsewhere(sources: Iterable[Path], writer: Writer, order: Order, pool: Pool) -> Iterator[Outcome]:
    """Give the outcomes of parts read by workers of other processes."""
    tasks = parts_of(sources)
    wanted = (_unknown(part, writer) for part in tasks) if writer.store.read_by() else tasks
    read = partial(read_part, order=order)
    for task, found in ordered(pool, read, wanted, ready=_ready):
        yield from found if found is not None else _singly(task, read, pool)


def _unknown(part: Part, writer: Writer) -> Part | _Ready:
    """Leave out what the store knows: a part of nothing else goes nowhere."""
    items = list(items_of(part))
    known = {n for n, item in enumerate(items) if not isinstance(item, InputError) and writer.knows(item)}
    if all(n in known or isinstance(item, InputError) for n, item in enumerate(items)):
        return _Ready(tuple(Outcome(item) for item in items))
    return replace(part, known=frozenset(known))


def _ready(task: Part | _Ready) -> tuple[Outcome, ...] | None:
    return task.outcomes if isinstance(task, _Ready) else None


def _singly(part: Part | _Ready, read: Callable[[Any], tuple[Outcome, ...]], pool: Pool) -> Iterator[Outcome]:
    """Read a part that workers died of file by file, and name the file that kills them."""
    for stretch in () if isinstance(part, _Ready) else part.stretches:
        found = by_itself(pool, read, Part((stretch,)))
        if found is not None:
            yield from found
        elif not isinstance(stretch, InputError):
            problem = "every process that reads it dies"
            line = stretch.first if stretch.end is not None else None
            remedy = "It may need more memory than there is; read it by itself, or take it out"
            yield Outcome(InputError(problem, path=stretch.path, line=line, remedy=remedy))


def _here(sources: Iterable[Path], writer: Writer, resources: Resources, pool: Pool) -> Iterator[Outcome]:
    """Give the outcomes of articles read by threads of this process, which share one reader."""

    def read(item: Article) -> tuple[Outcome, ...]:
        from geo.errors import ReaderError

        with theatre.use(resources.here):
            try:
                annotation, reports = annotate_and_code(item, resources)
            except InputError as problem:
                return (Outcome(problem),)
            except ReaderError as failure:
                return (Outcome(item, failure=failure),)
        return (Outcome(item, annotation.article, reports, writer.version),)

    def known(item: Article | InputError) -> tuple[Outcome, ...] | None:
        return (Outcome(item),) if isinstance(item, InputError) or writer.knows(item) else None

    for _, found in ordered(pool, read, read_paths(sources), ready=known):
        yield from found or ()
