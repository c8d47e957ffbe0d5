"""One writer: puts what was read into a store in the order it was given, and remembers what could not be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.errors import InputError, ReaderError
from geo.extractors import identity
from geo.geocoders import GEOCODERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from geo.model import Article, Report
    from geo.store import Store

PATIENCE: Final = 3
"""Articles in a row that a reader may fail at before it is not asked any more."""
_READ_HERE = re.compile(r"[0-9a-f]{16}(?:\+|$)")
"""How a store names readers of articles; an import names itself otherwise, and nobody reads its rows again."""


@dataclass(slots=True)
class BuildResult:
    """What a build did."""

    read: int = 0
    """Articles read, new or not."""
    new: int = 0
    """Articles that were not in the store as they are now."""
    events: int = 0
    """Events in the store afterwards."""
    problems: list[InputError] = field(default_factory=list)
    """What could not be read."""
    notes: list[str] = field(default_factory=list)
    """What went otherwise than wanted though everything was read."""
    unread: int = 0
    """Articles that the chosen reader could not read now; nothing of them was stored."""
    failure: ReaderError | None = None
    """Why the last of them was not read."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one thing to read."""

    item: Article | InputError
    """As it was given."""
    article: Article | None = None
    """As it was read, with the publication day where its text tells it; None where the store knows it already."""
    reports: tuple[Report, ...] = ()
    reader: str = ""
    """What the store is to remember it by."""
    failure: ReaderError | None = None
    """Why its reader could not read it now."""


class Writer:
    """Writes outcomes into a store.

    Parameters
    ----------
    store : Store
        Opened for writing.
    version : str
        What the store remembers this reader by.
    asked : str, optional
        Geocoder that is asked for unknown names.
    progress : callable, optional
        Called with each article after it is stored.
    files : bool, default False
        The articles come from files, each given whole: what a file no longer holds is superseded.
    """

    def __init__(
        self,
        store: Store,
        version: str,
        *,
        asked: str | None = None,
        progress: Callable[[Article], None] | None = None,
        files: bool = False,
    ) -> None:
        self.store, self.version, self.result = store, version, BuildResult()
        self.asked = f"{version}+{asked}" if asked else version
        """What an article is remembered by whose unknown names were asked for."""
        # What an earlier build asked a geocoder for on purpose is not thrown away by one that asks nobody.
        self._accepted = [self.asked] if asked else [version, *(f"{version}+{name}" for name in GEOCODERS)]
        self._progress, self._problems, self._in_a_row = progress, _Problems(store), 0
        self._files = _Files(store) if files else None

    def knows(self, article: Article) -> bool:
        """Tell whether the store holds this article as it is, read by this reader."""
        return any(self.store.has(article, reader) for reader in self._accepted)

    def put(self, outcome: Outcome) -> None:
        """Store one outcome: an article in one transaction, a problem in its file's list.

        Raises
        ------
        ReaderError
            The reader fails at one article after another; what was put before is kept.
        """
        item = outcome.item
        self._problems.turn_to(item.path)
        if self._files is not None:
            self._files.saw(item)
        if outcome.failure is not None:
            self._fail(outcome.failure)
            return
        try:
            if isinstance(item, InputError):
                raise item
            if outcome.article is not None:
                self.result.new += self.store.write(outcome.article, outcome.reports, outcome.reader)
                self._in_a_row = 0
        except InputError as problem:
            self.result.problems.append(problem)
            self._problems.add(problem)
            return
        self.result.read += 1
        if self._progress is not None:
            self._progress(item)

    def close(self) -> None:
        """Settle the problems of the last file."""
        self._problems.turn_to(None)

    def end_of_files(self) -> None:
        """Take off what the files no longer hold; only once all of them were read to their end."""
        if self._files is not None and (changed := self._files.settle()):
            wordings = "1 article reads" if changed == 1 else f"{changed} articles read"
            self.result.notes.append(
                f"{wordings} otherwise in the file than before; the earlier wording stays in the history"
            )

    def _fail(self, failure: ReaderError) -> None:
        self.result.unread += 1
        self.result.failure = failure
        self._in_a_row += 1
        if failure.final or self._in_a_row >= PATIENCE:
            raise failure


def others(store: Store, version: str) -> Mapping[str, tuple[str, ...]]:
    """Find the articles of a store that another reader read.

    Parameters
    ----------
    store : Store
    version : str
        What the store remembers the present reader by.

    Returns
    -------
    mapping of str to tuple of str
        Reader's identity, as "rules" or "spacy:en_core_web_sm", to ids of articles.
    """
    mine, found = _identity(version), dict[str, tuple[str, ...]]()
    for reader, ids in store.read_by().items():
        if _READ_HERE.match(reader) and (other := _identity(reader)) != mine:
            found[other] = (*found.get(other, ()), *ids)
    return found


def _identity(reader: str) -> str:
    """Give the identity of a reader as a store remembers it: fingerprint, version, geocoder."""
    parts = [part for part in reader.split("+")[1:] if part not in GEOCODERS]
    return identity(parts[0] if parts else "")


class _Problems:
    """What could not be read, file by file: the store's list changes only where a file's own does."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, set[str]] = {}
        for problem in store.problems():
            self._known.setdefault(_legible(problem.path), set()).add(str(problem))
        self._path: str | None = None
        self._found: list[InputError] = []

    def turn_to(self, path: Path | str | None) -> None:
        """Close the file before, once all of it was read."""
        if self._path is not None and self._path != _legible(path):
            found = {_legible(problem) for problem in self._found}
            if found != self._known.get(self._path, set()):
                self._store.settle_problems(self._path)
                for problem in self._found:
                    self._store.note_problem(problem)
                self._known[self._path] = found
            self._found = []
        self._path = None if path is None else _legible(path)

    def add(self, problem: InputError) -> None:
        """Take in a problem of the present file, or one of no file."""
        if problem.path is None:
            self._store.note_problem(problem)
        else:
            self._found.append(problem)


class _Files:
    """Which articles each file holds today."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ids: dict[str, set[str]] = {}
        self._unsure: set[str] = set()
        """Files with something that could not be read: nothing is said of what they no longer hold."""

    def saw(self, item: Article | InputError) -> None:
        """Take in what a file gave."""
        if item.path is None:
            return
        path = _legible(item.path)
        if isinstance(item, InputError):
            self._unsure.add(path)
        else:
            self._ids.setdefault(path, set()).add(item.id)

    def settle(self) -> int:
        """Supersede what no file holds any more, and count it."""
        # Imported here: reading an article needs no store.
        from geo.store.versions import articles_at, supersede

        # An article may have moved to another file of this build.
        everywhere = {key for ids in self._ids.values() for key in ids}
        changed = 0
        for path, ids in self._ids.items():
            before = articles_at(self._store, path)
            for gone in sorted(before - everywhere) if path not in self._unsure else ():
                supersede(self._store, gone, by=ids)
                changed += 1
        return changed


def _legible(thing: object) -> str:
    """Give text as the store keeps it: a file name on Linux may hold bytes that are no UTF-8."""
    return str(thing).encode("utf-8", "backslashreplace").decode()


def again(store: Store, found: Mapping[str, tuple[str, ...]]) -> Iterator[Article]:
    """Give the articles that :func:`others` found one by one, to be read again."""
    for article_id in (one for ids in found.values() for one in ids):
        article = store.article(article_id)
        if article is not None:
            yield article
