"""Reports to events: tellings of the same thing become one event that keeps them all.

Two reports are one event when their types are of one family, their actors agree, their places lie within each other's
radius and their days overlap. ``docs/merging.md`` tells the rules in words, ``data/sources/merging.yaml`` holds the
figures. The result does not depend on the order of the reports, and merging twice changes nothing.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geo import sources
from geo.annotate.actors import is_named
from geo.annotate.actors.lexicon import fold
from geo.model import EVENTS_OF_THE_DAY, Event, GeoPrecision, PlaceKind, Report, TimePrecision
from geo.paths import SOURCES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

_EARTH_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures of ``merging.yaml``."""

    family: Mapping[str, str]
    """Family of a sub-event type, named by its first member."""
    mutual: frozenset[str]
    place_km: float
    largest_radius_km: float
    longest_days: int
    same_story: int
    """Characters."""
    same_words: float


Pair = frozenset[str]
"""Two report ids."""


def merge(
    reports: Iterable[Report],
    *,
    sources: Mapping[str, str | None],
    together: Collection[Pair] = frozenset(),
    apart: Collection[Pair] = frozenset(),
    vouched: Collection[str] = frozenset(),
) -> tuple[Event, ...]:
    """Join reports of the same event.

    Parameters
    ----------
    reports : iterable of Report
        In any order; a report given twice counts once.
    sources : mapping of str to str or None
        Outlet of each article id. An article without an outlet stands for itself.
    together, apart : collection of frozenset of str, optional
        Pairs of report ids that a reviewer joined or parted: they stand, whatever the rules say.
    vouched : collection of str, optional
        Ids of reports that a reviewer accepted or corrected: they stand for their events.

    Returns
    -------
    tuple of Event
        By first day, unknown days last. ``merge_reason`` tells why the reports are one.
    """
    limits = load_limits()
    ordered = sorted({report.id: report for report in reports}.values(), key=lambda r: r.id)
    groups: dict[int, list[int]] = {n: [n] for n in range(len(ordered))}
    home = list(range(len(ordered)))
    number_of = {report.id: number for number, report in enumerate(ordered)}
    for first, second in sorted(_numbers(together, number_of)):
        _join(home[first], home[second], groups, home)
    parted = set(_numbers(apart, number_of))
    # Nearest pairs first, and a group takes a report only if every member agrees: an unknown actor cannot bridge two
    # known ones.
    for _, first, second in sorted(_pairs(ordered, limits)):
        one, other = home[first], home[second]
        if one == other or not _agree(groups[one], groups[other], ordered, limits):
            continue
        if parted and any((min(a, b), max(a, b)) in parted for a in groups[one] for b in groups[other]):
            continue
        _join(one, other, groups, home)
    joined = set().union(*together)
    ranked = (tuple(sorted((ordered[n] for n in g), key=lambda r: _goodness(r, vouched))) for g in groups.values())
    events = [_event(reports, sources, limits, joined) for reports in ranked]
    return tuple(sorted(events, key=lambda e: (e.best.day_start is None, str(e.best.day_start), e.id)))


def _numbers(pairs: Iterable[Pair], number_of: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Give pairs of report ids as sorted pairs of numbers; a report that is not among them pairs with nothing."""
    for pair in pairs:
        found = sorted(number_of[key] for key in pair if key in number_of)
        if len(found) == 2:
            yield found[0], found[1]


def _join(one: int, other: int, groups: dict[int, list[int]], home: list[int]) -> None:
    if one == other:
        return
    groups[one] += groups.pop(other)
    for number in groups[one]:
        home[number] = one


def _agree(one: list[int], other: list[int], reports: list[Report], limits: Limits) -> bool:
    return all(_distance(reports[a], reports[b], limits) is not None for a in one for b in other)


def _pairs(reports: list[Report], limits: Limits) -> Iterator[tuple[float, int, int]]:
    """Give every pair that may be one event as (distance in km, first, second)."""
    blocks: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for number, report in enumerate(reports):
        blocks[
            limits.family.get(report.sub_event_type, report.sub_event_type), report.status in EVENTS_OF_THE_DAY
        ].append(number)
    for members in blocks.values():
        dated = sorted(
            (n for n in members if reports[n].day_start is not None), key=lambda n: (reports[n].day_start, n)
        )
        yield from _dated_pairs(reports, dated, limits)
        yield from _undated_pairs(reports, members, limits)


def _dated_pairs(reports: list[Report], dated: list[int], limits: Limits) -> Iterator[tuple[float, int, int]]:
    for position, first in enumerate(dated):
        for second in dated[position + 1 :]:
            if reports[second].day_start > reports[first].day_end:  # type: ignore[operator]
                break
            if (distance := _distance(reports[first], reports[second], limits)) is not None:
                yield distance, min(first, second), max(first, second)


def _undated_pairs(reports: list[Report], members: list[int], limits: Limits) -> Iterator[tuple[float, int, int]]:
    """Pair reports of unknown day: with the same words anywhere, or told close by in their own article."""
    articles: dict[str, list[int]] = defaultdict(list)
    words: dict[str, list[int]] = defaultdict(list)
    for number in members:
        articles[reports[number].article_id].append(number)
        words[" ".join(_words(reports[number].quote))].append(number)
    for row in articles.values():
        row.sort(key=lambda n: reports[n].start)
        yield from _paired(reports, row, limits, reach=limits.same_story)
    for row in words.values():
        yield from _paired(reports, row, limits, reach=None)


def _paired(
    reports: list[Report], row: list[int], limits: Limits, *, reach: int | None
) -> Iterator[tuple[float, int, int]]:
    """Pair each of a row, of which one at least has no day, with those after it, up to `reach` characters on."""
    for position, first in enumerate(row):
        for second in row[position + 1 :]:
            if reach is not None and reports[second].start - reports[first].start > reach:
                break  # the row is in text order: all others lie further
            if reports[first].day_start is not None and reports[second].day_start is not None:
                continue
            if (distance := _distance(reports[first], reports[second], limits)) is not None:
                yield distance, min(first, second), max(first, second)


# -------------------------------------------------------------------------------------------------- do two agree


def _distance(a: Report, b: Report, limits: Limits) -> float | None:
    """Give the kilometres between two reports that can be one event, or None where they cannot."""
    family = limits.family.get(a.sub_event_type, a.sub_event_type)
    if family != limits.family.get(b.sub_event_type, b.sub_event_type):
        return None
    if a.status != b.status and not {a.status, b.status} <= EVENTS_OF_THE_DAY:
        return None
    if a.count != b.count or not _actors_agree(a, b, limits):
        return None
    same_text = _words(a.quote) == _words(b.quote)
    story = a.article_id == b.article_id and abs(a.start - b.start) <= limits.same_story
    if not _days_agree(a, b, limits, unknown=same_text or story):
        return None
    return _km_apart(a, b, limits, unknown=same_text or story)


def _actors_agree(a: Report, b: Report, limits: Limits) -> bool:
    straight = _names_agree(a.actor1, b.actor1) and _names_agree(a.actor2, b.actor2)
    if a.event_type in limits.mutual:
        return straight or (_names_agree(a.actor1, b.actor2) and _names_agree(a.actor2, b.actor1))
    return straight


@lru_cache(maxsize=4096)
def _words(quote: str) -> tuple[str, ...]:
    """Fold a sentence once: each report is held against many."""
    return tuple(fold(quote).split())


def _names_agree(one: str | None, other: str | None) -> bool:
    """Tell whether two names may be one actor: the same, or one of them unknown or without a name of its own."""
    if one is None or other is None or one == other:
        return True
    return not (is_named(one) and is_named(other))


def _days_agree(a: Report, b: Report, limits: Limits, *, unknown: bool) -> bool:
    if a.day_start is None or b.day_start is None or a.day_end is None or b.day_end is None:
        return unknown
    if (a.day_start, a.day_end) == (b.day_start, b.day_end):
        return True
    longest = max((a.day_end - a.day_start).days, (b.day_end - b.day_start).days)
    return longest <= limits.longest_days and a.day_start <= b.day_end and b.day_start <= a.day_end


def _km_apart(a: Report, b: Report, limits: Limits, *, unknown: bool) -> float | None:
    one, other = a.place, b.place
    if one is None or other is None:
        return 0.0 if unknown else None
    if one.id == other.id:
        # Two articles that name only the country or the province do not name the same place.
        vague = one.kind in {PlaceKind.COUNTRY, PlaceKind.CONTINENT} or a.geo_precision is GeoPrecision.REGION
        return 0.0 if unknown or not vague or _both_named(a, b) else None
    if PlaceKind.COUNTRY in {one.kind, other.kind} or PlaceKind.CONTINENT in {one.kind, other.kind}:
        return None
    km = _haversine_km(one.lon, one.lat, other.lon, other.lat)
    allowed = max(
        limits.place_km, min(one.radius_km, limits.largest_radius_km), min(other.radius_km, limits.largest_radius_km)
    )
    return km if km <= allowed else None


def _both_named(a: Report, b: Report) -> bool:
    return (
        a.actor1 is not None
        and a.actor1 == b.actor1
        and is_named(a.actor1)
        and a.time_precision is TimePrecision.DAY
        and a.time_precision == b.time_precision
    )


def _haversine_km(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    lat1, lat2, dlon = math.radians(lat1), math.radians(lat2), math.radians(lon2 - lon1)
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(dlon / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


# -------------------------------------------------------------------------------------------------------- one event


def _event(
    reports: tuple[Report, ...], sources: Mapping[str, str | None], limits: Limits, joined: Collection[str]
) -> Event:
    return Event(
        id=hashlib.blake2b(reports[0].id.encode(), digest_size=8).hexdigest(),
        reports=reports,
        independent_sources=_independent(reports, sources, limits),
        merge_reason=_reason(reports, joined),
    )


def _goodness(report: Report, vouched: Collection[str]) -> tuple[object, ...]:
    """Order reports: what a person vouched for first, then the one that tells place, day and actors best."""
    return (
        report.id not in vouched,
        report.status not in EVENTS_OF_THE_DAY,
        report.geo_precision or GeoPrecision.REGION + 1,
        report.time_precision or TimePrecision.LONGER + 1,
        report.actor1 is None or not is_named(report.actor1),
        -report.confidence,
        report.start,
        report.id,
    )


def _independent(reports: tuple[Report, ...], sources: Mapping[str, str | None], limits: Limits) -> int:
    """Count outlets, those with nearly the same words as one."""
    if len({sources.get(report.article_id) or report.article_id for report in reports}) == 1:
        return 1
    texts: dict[str, list[frozenset[tuple[str, ...]]]] = defaultdict(list)
    for report in reports:
        words = _words(report.quote)
        runs = frozenset(tuple(words[n : n + 3]) for n in range(max(1, len(words) - 2)))
        texts[sources.get(report.article_id) or report.article_id].append(runs)
    kept: list[str] = []
    for outlet in sorted(texts):
        if not any(_alike(mine, theirs, limits) for known in kept for mine in texts[outlet] for theirs in texts[known]):
            kept.append(outlet)
    return max(1, len(kept))


def _alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]], limits: Limits) -> bool:
    return len(one & other) >= limits.same_words * min(len(one), len(other))


def _reason(reports: tuple[Report, ...], joined: Collection[str]) -> str:
    if len(reports) == 1:
        return "one report"
    best = reports[0]
    types = " and ".join(dict.fromkeys(r.sub_event_type for r in reports))
    actors = ", ".join(dict.fromkeys(name for r in reports for name in (r.actor1, r.actor2) if name)) or "nobody named"
    places = ", ".join(dict.fromkeys(r.place.name for r in reports if r.place)) or "no place"
    days = ", ".join(dict.fromkeys(_days(r) for r in reports))
    articles = len({r.article_id for r in reports})
    told = f"{len(reports)} reports of {articles} article{'s' if articles > 1 else ''}"
    shown = f"Shown as told at {best.start} of article {best.article_id}."
    if any(report.id in joined for report in reports):
        told = f"Joined by a reviewer. {told}"
    return f"{told} agree: type {types}; actors {actors}; place {places}; day {days}. {shown}"


def _days(report: Report) -> str:
    if report.day_start is None:
        return "unknown"
    return str(report.day_start) if report.day_start == report.day_end else f"{report.day_start} to {report.day_end}"


@lru_cache(maxsize=2)
def load_limits(folder: Path = SOURCES) -> Limits:
    """Load the figures of ``merging.yaml`` once.

    Raises
    ------
    DataError
        The file is missing.
    """
    rows = sources.load("merging.yaml", folder)
    return Limits(
        family={sub: family[0] for family in rows["families"] for sub in family},
        mutual=frozenset(rows["mutual"]),
        place_km=rows["place_km"],
        largest_radius_km=rows["largest_radius_km"],
        longest_days=rows["longest_days"],
        same_story=rows["same_story"],
        same_words=rows["same_words"],
    )
