"""The events under a query, from the store the options name: a folder, or a server that one was loaded into."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from geo.cli.query_options import store_address, store_folder

if TYPE_CHECKING:
    import argparse

    from geopandas import GeoDataFrame

    from geo.query import Query


def selected(options: argparse.Namespace, query: Query) -> GeoDataFrame:
    """Return the events under a query.

    A folder with an up-to-date snapshot (``python -m geo index``) is asked through it: only the answer is read.

    Raises
    ------
    StoreError
        The store cannot be read, or the server does not answer.
    """
    address = store_address(options)
    if address is not None:
        return _from(address, query)
    from geo.known import load
    from geo.query import select
    from geo.store import Store

    with Store(store_folder(options), readonly=True) as store:
        from geo.warehouse import snapshot

        file = snapshot.current(store) if query.known_on is None else None
        return _from(f"duckdb://{file}", query) if file is not None else select(load(store, query).events, query)


def with_fingerprint(options: argparse.Namespace, query: Query) -> tuple[GeoDataFrame, str]:
    """Return events that a query may still select from, and a hash that is the same for the same events.

    Raises
    ------
    StoreError
        The store cannot be read, or the server does not answer.
    """
    address = store_address(options)
    if address is not None:
        events = _from(address, query)
        ids = "\n".join(sorted(events["event_id"]))
        return events, hashlib.sha256(ids.encode()).hexdigest()
    from geo.known import load
    from geo.store import Store

    with Store(store_folder(options), readonly=True) as store:
        known = load(store, query)
    return known.events, known.fingerprint


def _from(address: str, query: Query) -> GeoDataFrame:
    from geo.warehouse import View, Warehouse, connect

    with Warehouse(connect(address)) as house:
        return house.events(View(query=query))
