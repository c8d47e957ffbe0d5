"""The events a query speaks of, out of the store: all that is known, or what was known on an earlier day."""

from __future__ import annotations

import hashlib
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

    from geo.history import Known
    from geo.model import Event
    from geo.query import Query
    from geo.store import Store


FOLDER: Final = "imports"
"""Folder of a store that only one with imports has (:data:`geo.importers.segments.FOLDER`)."""
KNOWN_SINCE: Final = "known_since"


class Loaded(NamedTuple):
    """Events, and what they are."""

    events: GeoDataFrame
    """As :func:`geo.frame.load_frame` gives them; a query still has to select."""
    fingerprint: str
    """Hash of the events with their reports: the same for the same events."""
    left_out: int = 0
    """Articles and imported rows that cannot be said to have been out by the query's day: nobody knows when."""


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
        return _with_imports(_own(store), store, None)
    # Merging again needs the reading half; most never ask for it.
    from geo.history import as_known_on

    known = as_known_on(store, query.known_on, query.known_by)
    return _with_imports(loaded(known), store, (query.known_on, query.known_by))


def _own(store: Store) -> Loaded:
    """Load the store's own events, and remember in the table what the rules of protection did."""
    shown = protection.shown(store)
    frame, rules = events_frame(shown.events, shown.articles), protection.stamp(store.folder)
    remember(frame, shown.withheld, shown.coarsened)
    fingerprint = store.fingerprint()
    return Loaded(frame, hashlib.sha256(f"{fingerprint}{rules}".encode()).hexdigest() if rules else fingerprint)


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
    return Loaded(both, fingerprint, left_out)


def loaded(known: Known) -> Loaded:
    """Make the table of what was known.

    Parameters
    ----------
    known : Known
        From :func:`geo.history.as_known_on`.

    Returns
    -------
    Loaded
    """
    frame = remember(events_frame(known.events, known.articles), *known.protected)
    return Loaded(frame, _fingerprint(known.events), known.left_out)


def _fingerprint(events: Iterable[Event]) -> str:
    digest = hashlib.sha256()
    for event in sorted(events, key=lambda event: event.id):
        told = [encode(part, {}) for part in (event.reports, event.zones, event.review)]
        digest.update(canonical([event.id, *told, event.independent_sources, event.merge_reason]).encode() + b"\n")
    return digest.hexdigest()
