"""The only place where the steps meet: article, annotation, reports, zones, events, store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo import duplicates, theatre
from geo.errors import InputError, ReaderError
from geo.extractors import open_extractor
from geo.fingerprint import reader_fingerprint
from geo.intake import read_bytes, read_pasted
from geo.merge import merge
from geo.readers import read_paths
from geo.resources import Resources, open_resources
from geo.writer import BuildResult, Outcome, Writer, again, others

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from geo.annotate.fallback import Fallback
    from geo.extractors import Extractor
    from geo.model import Annotation, Article, Event, Report
    from geo.store import Store

__all__ = [
    "BuildResult",
    "Reading",
    "Resources",
    "annotate_and_code",
    "broken_zones",
    "build",
    "in_zones",
    "keep",
    "open_resources",
    "outcome_of",
    "read_article",
    "read_bytes",
    "read_pasted",
    "reader_fingerprint",
    "rebuild_events",
    "version_of",
    "writer_for",
    "written",
]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was made of one article."""

    annotation: Annotation
    reports: tuple[Report, ...]
    """Most salient first."""
    events: tuple[Event, ...]
    """The reports of this article alone, merged and joined with zones, most salient first."""


def version_of(extractor: Extractor) -> str:
    """Tell one reader from another, and one version of it from the next: what a store remembers with each article."""
    return "+".join(filter(None, (reader_fingerprint(), extractor.version)))


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
    # Every name of an actor asks which theatre this is: it is made out once an article.
    with theatre.use(theatre.current()):
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
    return resources.extractor.read(article, gazetteer=resources.gazetteer, fallback=resources.fallback)


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
    extractor: Extractor | None = None,
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
    extractor : Extractor, optional
        What reads them; the project's own rules unless given. A store that another one read is read again as a whole
        if it is given, and left alone with an error if it is not.

    Returns
    -------
    BuildResult

    Raises
    ------
    InputError
        Another reader read the store, and none was chosen.
    ReaderError
        The chosen reader fails at one article after another; what was read before is stored.
    """
    resources = replace(open_resources(), fallback=fallback, extractor=extractor or open_extractor())
    writer = writer_for(store, resources, chosen=extractor is not None, progress=progress, files=True)
    return written((outcome_of(item, writer, resources) for item in read_paths(sources)), writer, resources)


def keep(
    items: Iterable[Article | InputError],
    store: Store,
    *,
    progress: Callable[[Article], None] | None = None,
    fallback: Fallback | None = None,
    extractor: Extractor | None = None,
) -> BuildResult:
    """Read articles into a store, as :func:`build` does with files.

    Parameters
    ----------
    items : iterable of Article or InputError
        Articles, and what could not be read.
    store, progress, fallback, extractor
        As for :func:`build`.

    Returns
    -------
    BuildResult

    Raises
    ------
    InputError, ReaderError
        As for :func:`build`.
    """
    resources = replace(open_resources(), fallback=fallback, extractor=extractor or open_extractor())
    writer = writer_for(store, resources, chosen=extractor is not None, progress=progress)
    return written((outcome_of(item, writer, resources) for item in items), writer, resources)


def writer_for(
    store: Store,
    resources: Resources,
    *,
    chosen: bool,
    progress: Callable[[Article], None] | None = None,
    files: bool = False,
) -> Writer:
    """Make the writer of a build; `chosen`: the reader was asked for by its name, `files`: whole files come.

    Raises
    ------
    InputError
        Another reader read the store, and none was chosen.
    """
    version, fallback = version_of(resources.extractor), resources.fallback
    if not chosen and (found := others(store, version)):
        raise InputError(
            f"the articles in {store.folder} were read by {', '.join(sorted(found))}",
            remedy="Choose that reader with --reader, or choose --reader rules to have all of them read again by rules",
        )
    return Writer(store, version, asked=fallback.name if fallback else None, progress=progress, files=files)


def outcome_of(item: Article | InputError, writer: Writer, resources: Resources) -> Outcome:
    """Read one article, unless the store knows it as this reader reads it."""
    if isinstance(item, InputError) or writer.knows(item):
        return Outcome(item)
    fallback = resources.fallback
    before = fallback.unasked if fallback else 0
    try:
        annotation, reports = annotate_and_code(item, resources)
    except InputError as problem:
        return Outcome(problem)
    except ReaderError as failure:
        return Outcome(item, failure=failure)
    answered = fallback is not None and fallback.unasked == before
    return Outcome(item, annotation.article, reports, writer.asked if answered else writer.version)


def written(outcomes: Iterable[Outcome], writer: Writer, resources: Resources) -> BuildResult:
    """Write outcomes in the order of the sources, read again what another reader read, and make the events.

    Raises
    ------
    ReaderError
        The reader fails at one article after another; what was read before is stored.
    """
    # Imported here as below: reading an article needs no store.
    from geo import rezoning

    store, result = writer.store, writer.result
    stopped: ReaderError | None = None
    foreign: Mapping[str, tuple[str, ...]] = {}
    try:
        for outcome in outcomes:
            writer.put(outcome)
        writer.end_of_files()
        foreign = others(store, writer.version)
        for article in again(store, foreign):
            writer.put(outcome_of(article, writer, resources))
    except ReaderError as failure:
        stopped = failure
    writer.close()
    if resources.fallback is not None and resources.fallback.error is not None:
        result.notes.append(resources.fallback.trouble())
    if result.failure is not None and stopped is None:
        result.notes.append(f"{result.unread} articles were not read: {result.failure}. Run the build again for them")
    if (foreign or stopped) and (left := sum(map(len, others(store, writer.version).values()))):
        result.notes.append(f"{left} articles are still as another reader read them, so the events stay as they were")
        result.events = store.event_count()
    elif store.events_are_current(writer.version):
        rezoning.rejoin(store)
        result.events = store.event_count()
    else:
        result.events = rebuild_events(store, resources)
    result.notes += broken_zones()
    if stopped is not None:
        raise stopped
    return result


def broken_zones() -> list[str]:
    """Say which zones of the current theatre cannot be built, each once: the articles are read without them."""
    from geo import zones

    return [f"{error}. Until it is mended, it is left out" for error in zones.broken()]


def rebuild_events(store: Store, resources: Resources) -> int:
    """Merge every report of the store, as reviewed, into events and join them with zones.

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
    from geo import rezoning
    from geo.review import apply
    from geo.store import decisions

    reviewed = apply(store.reports(), decisions(store))
    telling = {report.article_id for report in reviewed.reports}
    sources = duplicates.outlets(article for article in store.articles() if article.id in telling)
    merged = merge(reviewed.reports, sources=sources, **reviewed.verdicts)
    events = tuple(in_zones(map(reviewed.of, merged), replace(resources, own=store.folder)))
    store.replace_events(events, version_of(resources.extractor))
    rezoning.note(store)
    return len(events)
