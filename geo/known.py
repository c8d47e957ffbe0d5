"""The events a query speaks of, out of the store: all that is known, or what was known on an earlier day."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from geo.frame import events_frame, load_frame
from geo.store import canonical, encode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geopandas import GeoDataFrame

    from geo.history import Known
    from geo.model import Event
    from geo.query import Query
    from geo.store import Store


class Loaded(NamedTuple):
    """Events, and what they are."""

    events: GeoDataFrame
    """As :func:`geo.frame.load_frame` gives them; a query still has to select."""
    fingerprint: str
    """Hash of the events with their reports: the same for the same events."""
    left_out: int = 0
    """Articles that cannot be said to have been published by the query's day, because nobody knows when they were."""


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
        return Loaded(load_frame(store), store.fingerprint())
    # Merging again needs the reading half; most never ask for it.
    from geo.history import as_known_on

    return loaded(as_known_on(store, query.known_on, query.known_by))


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
    return Loaded(events_frame(known.events, known.articles), _fingerprint(known.events), known.left_out)


def _fingerprint(events: Iterable[Event]) -> str:
    digest = hashlib.sha256()
    for event in sorted(events, key=lambda event: event.id):
        told = [encode(part, {}) for part in (event.reports, event.zones, event.review)]
        digest.update(canonical([event.id, *told, event.independent_sources, event.merge_reason]).encode() + b"\n")
    return digest.hexdigest()
