"""The timed map on a page: what it is told, and what it answers.

The map is made once. Time, filters and selections reach it as commands, each with a number of its own, and it answers
with what is on screen; the query stays the truth on both sides.
"""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo import theatre
from geo.errors import QueryError
from geo.model import EventType
from geo.query import on_map, select
from geo.timemap import (
    Command,
    OfflineMap,
    OnlineTiles,
    TimeMap,
    filter_spec,
    parse,
    query_from,
)
from geo.ui import state
from geo.ui.data import payload, zones_url
from geo.ui.ground import grounded, linked

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.query import Query
    from geo.timemap import MapState, Payload
    from geo.ui.page import Page

HEIGHT = 620
"""Height of the map with its timeline, CSS pixels."""
_KEY = "timed_map"
_ORDER, _STANDING, _PENDING, _HEARD = "map_order", "map_standing", "map_pending", "map_heard"
_DUE, _BEGUN, _PLAYS = "map_page_due", "map_page_begun", "map_plays"
_TYPES = tuple(EventType)
MARGIN = 0.15
"""Share of the view left around the events."""


def begin() -> None:
    """Say that the whole page is being drawn: what the map told is known everywhere."""
    st.session_state[_DUE], st.session_state[_BEGUN] = False, True


def as_it_is_now(page: Page) -> Page:
    """Return the page under the query of this moment, for a part of it that is drawn alone while time plays.

    Whatever else the map tells changes the whole page, which is then drawn instead.
    """
    if st.session_state.pop(_BEGUN, False):
        return page
    if st.session_state.get(_DUE):
        st.rerun()
    query = state.query()
    return replace(page, query=query, selected=select(page.data.events, query), arrived=False)


def plays() -> bool:
    """Tell whether time plays: a link written then would make the browser go back second by second."""
    return bool(st.session_state.get(_PLAYS))


def draw(page: Page) -> Payload:
    """Draw the map and take what it answers.

    Parameters
    ----------
    page : Page

    Returns
    -------
    Payload
        The events on the map.
    """
    events = payload(page.data, page.data.generation)
    if page.arrived or st.session_state.get("map_payload") != events.id:
        # A map that was just made knows nothing yet: tell it everything.
        st.session_state["map_payload"] = events.id
        _tell_everything(page, events)
    chart = grounded(OfflineMap(), zones=zones_url())
    OnlineTiles().add_to(chart)
    # The map has a table of its own while time plays; the page drawn anew each second would take frames from it.
    TimeMap(events, live=False).add_to(chart)
    linked(chart, _command(page, events), key=_KEY, height=HEIGHT, on_change=lambda: _take(page, events))
    return events


def tell(**order: Any) -> None:
    """Order `window`, `view` or `event` (an id, None to close it) of the map with its next drawing."""
    st.session_state[_PENDING] = {**st.session_state.get(_PENDING, {}), **order}


def open_event(event_id: str | None) -> None:
    """Open an event, in the panel and on the map; None closes the one that is open."""
    state.set_view(event_id=event_id)
    tell(event=event_id)


def _tell_everything(page: Page, events: Payload) -> None:
    seen = state.view()
    st.session_state[_STANDING] = None
    order: dict[str, Any] = {"view": {"bounds": seen.bounds or _home(page.data.events)}}
    if seen.lon is not None and seen.lat is not None and seen.zoom is not None:
        order["view"] = {"center": (seen.lon, seen.lat), "zoom": seen.zoom}
    if page.query.period is not None:
        first, last = page.query.period
        window = (max(first or events.epoch, events.epoch), min(last or events.last, events.last))
        # A period with no event in it is outside the map's timeline; table and tray still obey it.
        order |= {"window": window} if window[0] <= window[1] else {}
    if seen.event_id is not None:
        order["event"] = seen.event_id
    tell(**order)


def _home(events: GeoDataFrame) -> tuple[float, float, float, float]:
    """Return bounds that hold nearly all events; a few far away must not shrink the rest to a blot."""
    here = theatre.current()
    placed = on_map(events)
    # What was said in a capital far away is on the map, and no reason to look at half a continent.
    placed = placed[placed["lon"].between(*here.bounds[::2]) & placed["lat"].between(*here.bounds[1::2])]
    if placed.empty:
        return here.view
    west, east = placed["lon"].quantile([0.1, 0.9])
    south, north = placed["lat"].quantile([0.1, 0.9])
    dx, dy = max(0.5, (east - west) * MARGIN), max(0.4, (north - south) * MARGIN)
    return west - dx, south - dy, east + dx, north + dy


def _standing(query: Query, page: Page, events: Payload) -> dict[str, Any]:
    """Return what the map is told of a query, beside the period."""
    return {
        "filter": filter_spec(replace(query, event_types=None, period=None), events, page.data.events),
        "types_off": [code for code, kind in enumerate(_TYPES) if not _shown(query.event_types, kind)],
        "theme": "dark" if page.dark else "light",
    }


def _command(page: Page, events: Payload) -> Command:
    """Return the order that stands; a new one only when there is something new to say."""
    standing = _standing(page.query, page, events)
    pending = st.session_state.pop(_PENDING, {})
    if "event" in pending:
        # An event of the tray has no row on the map: whatever is open there is closed.
        pending["select"] = events.rows.get(pending.pop("event"), -1)
    if pending or standing != st.session_state.get(_STANDING):
        number = st.session_state.get(_ORDER, (0, {}))[0] + 1
        heard = {"heard": st.session_state.get(_HEARD, 0)}
        st.session_state[_ORDER] = (number, {**standing, **pending, **heard})
        st.session_state[_STANDING] = standing
    number, order = st.session_state[_ORDER]
    return Command(number, **order)


def _shown(kinds: frozenset[str] | None, kind: EventType) -> bool:
    return kinds is None or kind in kinds


def _take(page: Page, events: Payload) -> None:
    """Take what the map answers into the query and the view. It comes from a browser: nothing in it is trusted."""
    answer: MapState | None = parse(st.session_state.get(_KEY), events)
    if answer is None:
        return
    st.session_state[_HEARD] = answer.seq
    st.session_state[_PLAYS] = answer.why == "live"
    st.session_state[_DUE] = not st.session_state[_PLAYS]
    if answer.ack < st.session_state[_ORDER][0]:
        # An answer from before the last order would undo it.
        return
    kinds = None if not answer.types_off else frozenset(k for i, k in enumerate(_TYPES) if i not in answer.types_off)
    # The whole of time is no filter: a link to it should also show the events that come tomorrow.
    period = None if answer.window == (events.epoch, events.last) else answer.window
    query = state.query()
    with suppress(QueryError):
        # Someone else's table may name sub-types that a query does not know.
        query = query_from(answer.filters, query, events)
    query = replace(query, period=period, event_types=kinds)
    state.set_query(query)
    lon, lat = middle(answer.bounds)
    state.set_view(lon=lon, lat=lat, zoom=answer.zoom, bounds=answer.bounds)
    if answer.why == "click":
        state.set_view(event_id=None if answer.clicked is None else str(events.row_ids[answer.clicked]))
    if answer.why != "live":
        _remember(_standing(query, page, events), answer)


def _remember(standing: dict[str, Any], answer: MapState) -> None:
    """Order nothing that the map said itself; but a map that is loaded again begins with the order that stands."""
    if "rows" in standing["filter"] and standing != st.session_state[_STANDING]:
        # Rows are what the map asks for.
        return
    view = {"center": middle(answer.bounds), "zoom": answer.zoom}
    number = st.session_state[_ORDER][0]
    st.session_state[_ORDER] = (number, {**standing, "window": answer.window, "view": view})
    st.session_state[_STANDING] = standing


def middle(bounds: tuple[float, float, float, float]) -> tuple[float, float]:
    """Return the centre of the map on the screen: halfway in the Mercator projection, not halfway in degrees."""
    west, south, east, north = bounds
    heights = [math.asinh(math.tan(math.radians(lat))) for lat in (south, north)]
    return (west + east) / 2, math.degrees(math.atan(math.sinh(sum(heights) / 2)))
