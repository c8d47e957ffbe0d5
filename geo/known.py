"""The events a query speaks of, out of the store: all that is known, or what was known on an earlier day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from geo import protection
from geo.frame import events_frame, together
from geo.model import KnownBy
from geo.protection_rows import TOLD, remember
from geo.store import canonical, encode

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from geopandas import GeoDataFrame

    from geo.model import Article, Event
    from geo.query import Query
    from geo.store import Store


FOLDER: Final = "imports"
"""Folder of a store that only one with imports has (:data:`geo.importers.segments.FOLDER`)."""
KNOWN_SINCE: Final = "known_since"


@dataclass(frozen=True, slots=True)
class Known:
    """What was read from articles: all of it, or what was known at the end of a day."""

    events: tuple[Event, ...]
    articles: tuple[Article, ...]
    left_out: int = 0
    """Articles whose publication day nobody knows: they cannot be said to have been out by then."""
    protected: tuple[int, int] = (0, 0)
    """Events that rules withhold, and that they show less exactly."""


class Loaded(NamedTuple):
    """Events, and what they are."""

    events: GeoDataFrame
    """As :func:`geo.frame.load_frame` gives them, the imported ones among them; a query still has to select."""
    fingerprint: str
    """Hash of the events with their reports: the same for the same events."""
    left_out: int
    """Articles and imported rows that cannot be said to have been out by the query's day: nobody knows when."""
    read: Known
    """What was read from articles, with every report."""


def load(store: Store, query: Query | None = None) -> Loaded:
    """Load the events that a query may select from.

    Parameters
    ----------
    store : Store
    query : Query, optional
        Only ``known_on`` and ``known_by`` matter here.

    Returns
    -------
    Loaded

    Raises
    ------
    StoreError
        The store cannot be read.
    """
    if query is None or query.known_on is None:
        day = None
        shown = protection.shown(store)
        read = Known(shown.events, shown.articles, protected=(shown.withheld, shown.coarsened))
        fingerprint, rules = store.fingerprint(), protection.stamp(store.folder)
        if rules:
            fingerprint = hashlib.sha256(f"{fingerprint}{rules}".encode()).hexdigest()
    else:
        # Merging again needs the reading half; most never ask for it.
        from geo.history import as_known_on

        day = (query.known_on, query.known_by)
        read = as_known_on(store, *day)
        fingerprint = _fingerprint(read.events)
    frame = remember(events_frame(read.events, read.articles), *read.protected)
    return _with_imports(Loaded(frame, fingerprint, read.left_out, read), store, day)


def _with_imports(own: Loaded, store: Store, known: tuple[date, KnownBy] | None) -> Loaded:
    """Add the imported events; where a day is given, those that were known on it."""
    if not (store.folder / FOLDER).exists():
        return own
    from geo.importers import load as load_imports
    from geo.importers import segments
    from geo.zones import load_all

    day, by = known or (None, None)
    end = (day + timedelta(days=1)).isoformat() if day is not None and by is KnownBy.RECORDED else None
    keys = sorted(segment.key for segment in segments(store) if end is None or segment.at < end)
    if not keys:
        return own
    events, left_out = load_imports(store, load_all(store.folder, errors=[]), until=end), own.left_out
    if day is not None and by is KnownBy.PUBLISHED:
        since = events[KNOWN_SINCE]
        left_out += int(since.isna().sum())
        events = events[since <= pd.Timestamp(day)]
    fingerprint = hashlib.sha256("\n".join([own.fingerprint, *keys]).encode()).hexdigest()
    both = together([own.events, events.drop(columns=KNOWN_SINCE)])
    # Joining tables keeps what they remember only where they agree.
    both.attrs.pop(TOLD, None)
    for part in (own.events, events):
        remember(both, *part.attrs.get(TOLD, (0, 0)))
    return Loaded(both, fingerprint, left_out, own.read)


def _fingerprint(events: Iterable[Event]) -> str:
    digest = hashlib.sha256()
    for event in sorted(events, key=lambda event: event.id):
        told = [encode(part, {}) for part in (event.reports, event.zones, event.review)]
        digest.update(canonical([event.id, *told, event.independent_sources, event.merge_reason]).encode() + b"\n")
    return digest.hexdigest()
