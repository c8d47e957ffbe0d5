"""The only place where the steps meet: article, annotation, reports, zones, events, store."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from geo import theatre
from geo.annotate import annotate
from geo.annotate.fallback import fill
from geo.coding import code
from geo.errors import InputError
from geo.fingerprint import reader_fingerprint
from geo.geocoders import GEOCODERS, open_gazetteer
from geo.intake import read_bytes, read_pasted
from geo.merge import merge
from geo.readers import read_paths
from geo.zones import Memberships, load_built

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from geo.annotate.fallback import Fallback
    from geo.geocoders.gazetteer import Gazetteer
    from geo.model import Annotation, Article, Event, Report
    from geo.store import Store
    from geo.theatre import Theatre
    from geo.zones import BuiltZone


__all__ = [
    "BuildResult",
    "Reading",
    "Resources",
    "annotate_and_code",
    "build",
    "in_zones",
    "keep",
    "open_resources",
    "read_article",
    "read_bytes",
    "read_pasted",
    "reader_fingerprint",
    "rebuild_events",
]


@dataclass(frozen=True)
class Resources:
    """What reading needs beside the article: opened once, shared by every article of a process."""

    gazetteer: Gazetteer
    fallback: Fallback | None = None
    """Whom to ask for names that the gazetteer does not have; None asks nobody."""

    here: Theatre = field(default_factory=theatre.current)
    """Whose zones they are, whoever asks first."""

    @cached_property
    def zones(self) -> Mapping[str, BuiltZone]:
        """Built zones by id; loaded when the first event has a place."""
        with theatre.use(self.here):
            return load_built()

    @cached_property
    def memberships(self) -> Memberships:
        """Which zones an event is in; places are remembered."""
        return Memberships(self.zones)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of one article."""

    annotation: Annotation
    reports: tuple[Report, ...]
    """Most salient first."""
    events: tuple[Event, ...]
    """The reports of this article alone, merged and joined with zones, most salient first."""


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


def open_resources() -> Resources:
    """Open the gazetteer and the zones of the current theatre.

    Raises
    ------
    DataError
        When a built file is missing or damaged.
    """
    return _resources(theatre.current())


@lru_cache(maxsize=4)
def _resources(here: Theatre) -> Resources:
    with theatre.use(here):
        return Resources(gazetteer=open_gazetteer())


def read_article(article: Article, resources: Resources) -> Reading:
    """Annotate, code, merge and join one article.

    Parameters
    ----------
    article : Article
        A cleaned article.
    resources : Resources
        From :func:`open_resources`.

    Returns
    -------
    Reading
    """
    annotation, reports = annotate_and_code(article, resources)
    order = {report.id: rank for rank, report in enumerate(reports)}
    events = merge(reports, sources={article.id: article.source})
    ranked = sorted(events, key=lambda event: min(order[r.id] for r in event.reports))
    return Reading(annotation, reports, tuple(in_zones(ranked, resources)))


def annotate_and_code(article: Article, resources: Resources) -> tuple[Annotation, tuple[Report, ...]]:
    """Say what the text of one article says, and what happened by it.

    Parameters
    ----------
    article : Article
        A cleaned article.
    resources : Resources
        With a fallback, names that the gazetteer does not have are asked for, and the article is coded again.

    Returns
    -------
    (Annotation, tuple of Report)
        Reports most salient first.
    """
    annotation = annotate(article, gazetteer=resources.gazetteer)
    reports = code(annotation)
    if resources.fallback is None:
        return annotation, reports
    spans = [(report.start, report.end) for report in reports]
    filled = fill(annotation, spans, fallback=resources.fallback, gazetteer=resources.gazetteer)
    return filled, reports if filled is annotation else code(filled)


def in_zones(events: Iterable[Event], resources: Resources) -> Iterator[Event]:
    """Give each event the zones in force on its day.

    Parameters
    ----------
    events : iterable of Event
    resources : Resources

    Yields
    ------
    Event
        The same events; one without a place keeps no zone.
    """
    for event in events:
        best = event.best
        if best.place is None:
            yield event
        else:
            yield replace(event, zones=resources.memberships(best.place, best.day_start, best.day_end))


def build(
    sources: Iterable[Path],
    store: Store,
    *,
    progress: Callable[[Article], None] | None = None,
    fallback: Fallback | None = None,
) -> BuildResult:
    """Read article files and folders into a store.

    Each article is one transaction, so a build that is killed loses nothing it acknowledged and doubles nothing when
    it runs again. What cannot be read is kept in the store as a problem, and the rest goes on.

    Parameters
    ----------
    sources : iterable of Path
        Files and folders.
    store : Store
        Opened for writing.
    progress : callable, optional
        Called with each article after it is stored.
    fallback : Fallback, optional
        Whom to ask for names that the gazetteer does not have.

    Returns
    -------
    BuildResult
    """
    return keep(read_paths(sources), store, progress=progress, fallback=fallback)


def keep(
    items: Iterable[Article | InputError],
    store: Store,
    *,
    progress: Callable[[Article], None] | None = None,
    fallback: Fallback | None = None,
) -> BuildResult:
    """Read articles into a store, as :func:`build` does with files.

    Parameters
    ----------
    items : iterable of Article or InputError
        Articles, and what could not be read.
    store : Store
        Opened for writing.
    progress : callable, optional
        Called with each article after it is stored.
    fallback : Fallback, optional
        Whom to ask for names that the gazetteer does not have.

    Returns
    -------
    BuildResult
    """
    resources, result = replace(open_resources(), fallback=fallback), BuildResult()
    ledger = _Problems(store)
    for item in items:
        ledger.turn_to(item.path)
        try:
            if isinstance(item, InputError):
                raise item
            result.new += _kept(item, store, resources)
        except InputError as problem:
            result.problems.append(problem)
            ledger.add(problem)
            continue
        result.read += 1
        if progress is not None:
            progress(item)
    ledger.turn_to(None)
    if fallback is not None and fallback.error is not None:
        result.notes.append(fallback.trouble())
    current = store.events_are_current(reader_fingerprint())
    result.events = store.event_count() if current else rebuild_events(store, resources)
    return result


def _kept(article: Article, store: Store, resources: Resources) -> bool:
    """Read an article into the store, unless it was read by the same rules before."""
    fallback, version = resources.fallback, reader_fingerprint()
    # What an earlier build asked for on purpose is not thrown away by one that asks nobody.
    asked = [f"{version}+{name}" for name in ([fallback.name] if fallback else GEOCODERS)]
    if any(store.has(article, reader) for reader in (asked if fallback else [version, *asked])):
        return False
    before = fallback.unasked if fallback else 0
    annotation, reports = annotate_and_code(article, resources)
    answered = fallback is not None and fallback.unasked == before
    return store.write(annotation.article, reports, asked[0] if answered else version)


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


def _legible(thing: object) -> str:
    """Give text as the store keeps it: a file name on Linux may hold bytes that are no UTF-8."""
    return str(thing).encode("utf-8", "backslashreplace").decode()


def rebuild_events(store: Store, resources: Resources) -> int:
    """Merge every report of the store into events and join them with zones.

    Parameters
    ----------
    store : Store
        Opened for writing.
    resources : Resources

    Returns
    -------
    int
        Number of events.
    """
    sources = {article.id: article.source for article in store.articles()}
    events = tuple(in_zones(merge(store.reports(), sources=sources), resources))
    store.replace_events(events, reader_fingerprint())
    return len(events)
