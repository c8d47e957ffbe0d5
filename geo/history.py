"""What was known on an earlier day, and what changed between two.

Two readings of "known", because both are asked for:

* *published*: what the articles published up to that day tell, as they are read and reviewed today. It answers "what
  could one know on 1 March?", whenever the articles came into the store.
* *recorded*: what the store itself showed at the end of that day (UTC), out of its log. It answers "what did our map
  say on 1 March?".
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo import protection
from geo.duplicates import outlets
from geo.known import Known
from geo.merge import merge
from geo.model import KnownBy
from geo.pipeline import in_zones, open_resources
from geo.review import apply
from geo.review.matching import Shelf
from geo.store import decisions
from geo.store.past import as_recorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from geo.model import Event, Report
    from geo.store import Store


@dataclass(frozen=True, slots=True)
class Change:
    """One event that is told otherwise."""

    before: tuple[Event, ...]
    """One event; several that became one."""
    after: tuple[Event, ...]
    """One event; several that one became."""
    fields: tuple[str, ...]
    """What differs, out of "type", "day", "place", "actors", "status", "deaths", "injured", "zones", "sources",
    "review"; and "merged" or "split"."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What lies between two states of knowledge."""

    added: tuple[Event, ...]
    withdrawn: tuple[Event, ...]
    changed: tuple[Change, ...]


def as_known_on(store: Store, day: date, by: KnownBy = KnownBy.PUBLISHED) -> Known:
    """Tell what was known at the end of a day.

    Parameters
    ----------
    store : Store
    day : date
    by : KnownBy, default PUBLISHED

    Returns
    -------
    Known
        Its events have the ids they would have in a store of their own.

    Raises
    ------
    StoreError
        The store cannot be read.
    """
    known = _known(store, day, by)
    shown = protection.under(protection.rules_of(store.folder), known.events, known.articles, folder=store.folder)
    return replace(known, events=shown.events, articles=shown.articles, protected=(shown.withheld, shown.coarsened))


def _known(store: Store, day: date, by: KnownBy) -> Known:
    if by is KnownBy.RECORDED:
        events, articles = as_recorded(store, day)
        return Known(events, articles, 0)
    with store.database.reading():
        every, reports, made = store.articles(), store.reports(), decisions(store)
    out = {article.id: article for article in every if article.published is not None and article.published <= day}
    # Reports are matched to decisions while all are there, else a decision could move to another sentence.
    reviewed = apply(reports, made)
    known = (report for report in reviewed.reports if report.article_id in out)
    merged = merge(known, sources=outlets(out.values()), **reviewed.verdicts)
    events = tuple(in_zones(map(reviewed.of, merged), replace(open_resources(), own=store.folder)))
    return Known(events, tuple(out.values()), sum(article.published is None for article in every))


def compare(before: Iterable[Event], after: Iterable[Event]) -> Changes:
    """Tell what changed from one state of knowledge to another.

    Parameters
    ----------
    before, after : iterable of Event

    Returns
    -------
    Changes
        Events that share a report are one thing told twice; a report read anew counts as the one it was
        (:class:`geo.review.matching.Shelf`).
    """
    old, new = tuple(before), tuple(after)
    shelf = Shelf(report for event in new for report in event.reports)
    added: list[Event] = []
    withdrawn: list[Event] = []
    changed: list[Change] = []
    for olds, news in _families(old, new, shelf):
        if not olds:
            added += news
        elif not news:
            withdrawn += olds
        elif fields := _differences(olds, news):
            changed.append(Change(olds, news, fields))
    return Changes(tuple(added), tuple(withdrawn), tuple(changed))


def _families(
    old: tuple[Event, ...], new: tuple[Event, ...], shelf: Shelf
) -> Iterator[tuple[tuple[Event, ...], tuple[Event, ...]]]:
    """Give the events of both sides that share a report, however indirectly, the new ones first."""
    nodes = [*((event, True) for event in new), *((event, False) for event in old)]
    keys_of = [{(shelf.find(report) or report).id for report in event.reports} for event, _ in nodes]
    nodes_of: dict[str, list[int]] = defaultdict(list)
    for node, keys in enumerate(keys_of):
        for key in keys:
            nodes_of[key].append(node)
    seen: set[int] = set()
    for start in range(len(nodes)):
        family, edge = [], [start] if start not in seen else []
        while edge:
            node = edge.pop()
            if node not in seen:
                seen.add(node)
                family.append(node)
                edge += [other for key in keys_of[node] for other in nodes_of[key]]
        if family:
            members = [nodes[node] for node in sorted(family)]
            yield tuple(e for e, is_new in members if not is_new), tuple(e for e, is_new in members if is_new)


def _differences(olds: tuple[Event, ...], news: tuple[Event, ...]) -> tuple[str, ...]:
    if len(olds) > len(news):
        return ("merged",)
    if len(news) > len(olds):
        return ("split",)
    found: dict[str, None] = {}
    for one, other in zip(olds, news, strict=True):
        before, now = _shown(one), _shown(other)
        found |= dict.fromkeys(name for name in now if before[name] != now[name])
    return tuple(found)


def _shown(event: Event) -> dict[str, object]:
    best: Report = event.best
    return {
        "type": best.sub_event_type,
        "day": (best.day_start, best.day_end),
        "place": (best.place and best.place.id, best.place and (best.place.lon, best.place.lat)),
        "actors": (best.actor1, best.actor2),
        "status": best.status,
        "deaths": sorted({(str(r.fatalities_low), str(r.fatalities_high)) for r in event.reports}),
        "injured": sorted({(str(r.injured_low), str(r.injured_high)) for r in event.reports}),
        "zones": event.zones,
        "sources": event.independent_sources,
        "review": event.review.state,
    }
