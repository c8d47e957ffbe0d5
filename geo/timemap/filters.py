"""Between a query and the filter that the browser applies: codes of the payload's lists, and back."""

from __future__ import annotations

import base64
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.query import Query, select
from geo.timemap.tables import ACTOR_TYPES, CONFIDENCE_STEPS, STATUSES, TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from geopandas import GeoDataFrame

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
        The frame that `payload` was made of; read only where the browser cannot tell: see `rows`.

    Returns
    -------
    dict
        For ``Command(filter=...)``; empty where the query filters nothing. Each key narrows further:

        types, subs, statuses, zones, actors, actor_types : list of int
            Codes of which the event has one, actors on either side.
        possible : bool
            Whether possibly inside is enough for zones.
        min_confidence : float
        text : str
        rows : str
            One bit per row, lowest bit first, deflated, base64: where texts are not with the browser, or the confidence
            asked for lies between two steps of the payload.
    """
    spec = {**_codes(query, payload.meta), **_words(query)}
    # Everything the browser knows is left out of what Python has to find.
    own = Query(statuses=None, text=query.text if payload.words_url is None else None)
    if query.min_confidence is not None and not _is_step(query.min_confidence):
        own = replace(own, min_confidence=query.min_confidence)
    if own != Query(statuses=None):
        found = select(frame, own)["event_id"]
        spec["rows"] = _bits([row for i in found if (row := payload.rows.get(i)) is not None], payload.n)
    return spec


def query_from(filters: Mapping[str, Any], query: Query, payload: Payload) -> Query:
    """Take what the reader changed in the map's own filters into a query.

    Parameters
    ----------
    filters : mapping
        :attr:`geo.timemap.message.MapState.filters`: checked already.
    query : Query
        What the map was last told.
    payload : Payload
        What the map shows.

    Returns
    -------
    Query
        Fields that the map says as it was told them stay as they are: a query may ask for names that the payload's
        lists do not hold.

    Raises
    ------
    QueryError
        The words searched for hold what cannot be shown.
    """
    told = {**_codes(query, payload.meta), **_words(query)}
    lists = payload.meta
    names: dict[str, tuple[str, list[Any]]] = {
        "subs": ("sub_event_types", [name for name, _ in lists["subs"]]),
        "actors": ("actors", [entry and entry[0] for entry in lists["actors"]]),
        "actor_types": ("actor_types", list(ACTOR_TYPES)),
        "zones": ("zones", [zone for zone, _ in lists["zones"]]),
        "statuses": ("statuses", list(STATUSES)),
    }
    changed: dict[str, Any] = {}
    for key, (field, values) in names.items():
        if filters[key] != told.get(key):
            changed[field] = None if filters[key] is None else {values[code] for code in filters[key] if values[code]}
    if filters["possible"] != query.possible:
        changed["possible"] = filters["possible"]
    for key in ("min_confidence", "text"):
        if filters[key] != told.get(key):
            changed[key] = filters[key]
    return replace(query, **changed)


def _codes(query: Query, lists: Mapping[str, Any]) -> dict[str, list[int] | bool]:
    spec: dict[str, list[int] | bool] = {}
    if query.event_types:
        spec["types"] = [code for code, kind in enumerate(TYPES) if kind in query.event_types]
    if query.sub_event_types:
        spec["subs"] = [code for code, (name, _) in enumerate(lists["subs"]) if name in query.sub_event_types]
    if query.statuses:
        spec["statuses"] = [code for code, status in enumerate(STATUSES) if status in query.statuses]
    if query.zones:
        spec["zones"] = [code for code, (zone, _) in enumerate(lists["zones"]) if zone in query.zones]
    if not query.possible:
        spec["possible"] = False
    if query.actors:
        spec["actors"] = [code for code, entry in enumerate(lists["actors"]) if entry and entry[0] in query.actors]
    if query.actor_types:
        spec["actor_types"] = [code for code, kind in enumerate(ACTOR_TYPES) if kind in query.actor_types]
    return spec


def _words(query: Query) -> dict[str, float | str]:
    asked = {"min_confidence": query.min_confidence, "text": query.text}
    return {key: value for key, value in asked.items() if value is not None}


def _is_step(confidence: float) -> bool:
    return abs(confidence * CONFIDENCE_STEPS - round(confidence * CONFIDENCE_STEPS)) < 1e-6


def _bits(rows: Collection[int], n: int) -> str:
    mask = np.zeros(n, dtype=bool)
    mask[list(rows)] = True
    return base64.b64encode(zlib.compress(np.packbits(mask, bitorder="little").tobytes(), 9)).decode()
