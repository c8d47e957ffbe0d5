"""From a query to the filter that the browser applies: codes of the payload's lists, never words."""

from __future__ import annotations

import base64
import dataclasses
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.query import select
from geo.timemap.tables import STATUSES, TYPES

if TYPE_CHECKING:
    from collections.abc import Collection

    from geopandas import GeoDataFrame

    from geo.query import Query
    from geo.timemap.payload import Payload


def filter_spec(query: Query, payload: Payload, frame: GeoDataFrame) -> dict[str, Any]:
    """Say a query in the codes of a payload. Its period is left out: time is the map's own.

    Parameters
    ----------
    query : Query
        What the page shows.
    payload : Payload
        What the map shows.
    frame : GeoDataFrame
        The frame that `payload` was made of; read only where the query searches text or asks for a confidence.

    Returns
    -------
    dict
        For ``Command(filter=...)``; empty where the query filters nothing. Each key narrows further:

        types, subs, statuses, zones : list of int
            Codes of which the event has one.
        possible : bool
            Whether possibly inside is enough for zones.
        actors : list of list of int
            For each list, an actor of it on either side.
        rows : str
            One bit per row, lowest bit first, deflated, base64.
    """
    lists = payload.meta
    spec: dict[str, Any] = {}
    if query.event_types:
        spec["types"] = [code for code, kind in enumerate(TYPES) if kind in query.event_types]
    if query.sub_event_types:
        spec["subs"] = [code for code, (name, _) in enumerate(lists["subs"]) if name in query.sub_event_types]
    if query.statuses:
        spec["statuses"] = [code for code, status in enumerate(STATUSES) if status in query.statuses]
    if query.zones:
        spec["zones"] = [code for code, (zone, _) in enumerate(lists["zones"]) if zone in query.zones]
        spec["possible"] = query.possible
    if groups := _actor_groups(query, lists):
        spec["actors"] = groups
    if query.text is not None or query.min_confidence is not None:
        # Text is not in the payload, and its one byte of confidence is not exact at the edge.
        spec["rows"] = _bits(_matching_rows(query, payload, frame), payload.n)
    return spec


def _actor_groups(query: Query, lists: Any) -> list[list[int]]:
    actors = [(code, *entry) for code, entry in enumerate(lists["actors"]) if entry is not None]
    groups = []
    if query.actors:
        groups.append([code for code, name, _ in actors if name in query.actors])
    if query.actor_types:
        kinds = {code for code, kind in enumerate(lists["actor_types"]) if kind in query.actor_types}
        groups.append([code for code, _, kind in actors if kind in kinds])
    return groups


def _matching_rows(query: Query, payload: Payload, frame: GeoDataFrame) -> Collection[int]:
    found = select(frame, dataclasses.replace(query, period=None))
    return [row for event_id in found["event_id"] if (row := payload.rows.get(event_id)) is not None]


def _bits(rows: Collection[int], n: int) -> str:
    mask = np.zeros(n, dtype=bool)
    mask[list(rows)] = True
    return base64.b64encode(zlib.compress(np.packbits(mask, bitorder="little").tobytes(), 9)).decode()
