"""The only place where the steps meet: article, annotation, reports, zones, events, store."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo import paths
from geo.annotate import annotate
from geo.coding import code
from geo.errors import InputError
from geo.geocoders import open_gazetteer
from geo.merge import merge
from geo.readers import READERS, article_id, read_paths
from geo.zones import Memberships, load_built

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from geo.geocoders.gazetteer import Gazetteer
    from geo.model import Annotation, Article, Event, Report
    from geo.store import Store
    from geo.zones import BuiltZone


MAX_NAME: Final = 120
"""Characters of a sent file's name that are kept, to name it in messages."""


@dataclass(frozen=True)
class Resources:
    """What reading needs beside the article: opened once, shared by every article of a process."""

    gazetteer: Gazetteer

    @cached_property
    def zones(self) -> Mapping[str, BuiltZone]:
        """Built zones by id; loaded when the first event has a place."""
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


@lru_cache(maxsize=1)
def open_resources() -> Resources:
    """Open the gazetteer and the zones of the project.

    Raises
    ------
    DataError
        When a built file is missing or damaged.
    """
    return Resources(gazetteer=open_gazetteer())


@lru_cache(maxsize=1)
def reader_fingerprint() -> str:
    """Tell one version of the reading half from another.

    Returns
    -------
    str
        Hash over its code, lexicons and zones: an article read under another value is read again.
    """
    digest = hashlib.blake2b(digest_size=8)
    parts = ("annotate", "coding", "geocoders", "readers", "zones")
    code_files = (file for part in parts for file in (paths.CODE / part).rglob("*.py"))
    for file in sorted([*code_files, paths.CODE / "merge.py", *paths.SOURCES.glob("*.yaml")]):
        digest.update(file.relative_to(paths.ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


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
    annotation = annotate(article, gazetteer=resources.gazetteer)
    reports = code(annotation)
    order = {report.id: rank for rank, report in enumerate(reports)}
    events = merge(reports, sources={article.id: article.source})
    ranked = sorted(events, key=lambda event: min(order[r.id] for r in event.reports))
    return Reading(annotation, reports, tuple(in_zones(ranked, resources)))


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


def build(sources: Iterable[Path], store: Store, *, progress: Callable[[Article], None] | None = None) -> BuildResult:
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

    Returns
    -------
    BuildResult
    """
    return keep(read_paths(sources), store, progress=progress)


def keep(
    items: Iterable[Article | InputError], store: Store, *, progress: Callable[[Article], None] | None = None
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

    Returns
    -------
    BuildResult
    """
    resources, version, result = open_resources(), reader_fingerprint(), BuildResult()
    settled: set[str] = set()
    for item in items:
        if item.path is not None and str(item.path) not in settled:
            # The file is read again: what was wrong with it before is told again below, or is mended.
            settled.add(str(item.path))
            store.settle_problems(item.path)
        if isinstance(item, InputError):
            result.problems.append(item)
            store.note_problem(item)
            continue
        result.read += 1
        if not store.has(item, version):
            annotation = annotate(item, gazetteer=resources.gazetteer)
            result.new += store.write(annotation.article, code(annotation), version)
        if progress is not None:
            progress(item)
    result.events = len(store.events()) if store.events_are_current() else rebuild_events(store, resources)
    return result


def read_bytes(name: str, data: bytes) -> tuple[Article | InputError, ...]:
    """Read the articles of a file that somebody sent.

    Parameters
    ----------
    name : str
        What they call it. Its last part's suffix tells the format; nothing is ever opened under it.
    data : bytes
        What is in it.

    Returns
    -------
    tuple of Article or InputError
        In the order of the file; errors are values, so that the rest goes on.
    """
    last = name.replace("\\", "/").split("/")[-1]
    label = Path("".join(c for c in last if c.isprintable())[-MAX_NAME:] or "unnamed")
    reader = READERS.get(label.suffix.lower())
    if reader is None:
        remedy = f"Known formats are {', '.join(sorted(READERS))}"
        return (InputError(f"{label.suffix or 'no suffix'} is no known format", path=label, remedy=remedy),)
    found: list[Article | InputError] = []
    try:
        found.extend(reader(data, label))
    except InputError as error:
        found.append(error)
    return tuple(found)


def read_pasted(
    text: str,
    *,
    title: str | None = None,
    published: date | None = None,
    source: str | None = None,
    url: str | None = None,
) -> tuple[Article | InputError, ...]:
    """Read text that somebody pasted, as if it were a page they had saved.

    Parameters
    ----------
    text : str
        May begin with front matter.
    title, source, url : str or None
        As they give it; None, or nothing but spaces, where they do not.
    published : date or None
        Publication day.

    Returns
    -------
    tuple of Article or InputError
        A paste of two unrelated articles is two; the title is then the first one's.
    """
    suffix = ".md" if text.lstrip().startswith("---") else ".txt"
    found = read_bytes(f"pasted text{suffix}", text.lstrip().encode("utf-8", "replace"))
    told = {"source": source, "url": url}
    given: dict[str, Any] = {key: words for key, value in told.items() if (words := " ".join((value or "").split()))}
    if published is not None:
        given |= {"published": published, "published_basis": "given"}
    items: list[Article | InputError] = []
    for item in found:
        if isinstance(item, InputError):
            items.append(item)
            continue
        name = " ".join((title or "").split()) if not items else ""
        article = replace(item, **given, title=name or item.title, path=None, line=None)
        items.append(replace(article, id=article_id(article.title, article.text, article.url)))
    return tuple(items)


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
    store.replace_events(events)
    return len(events)
