"""A map of one zone and its events: the same basemap and events as the map page, told to show this zone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.timemap import Command, SmallMap, TimeMap, filter_spec, parse
from geo.ui import state, zone_window
from geo.ui.data import payload, zone_url
from geo.ui.ground import grounded, linked

if TYPE_CHECKING:
    from datetime import date

    from geo.query import Query
    from geo.timemap import Payload
    from geo.ui.page import Page
    from geo.zones import BuiltZone

HEIGHT = 460
"""Height of the map with its timeline, CSS pixels."""
MARGIN = 0.25
"""Share of the zone's size left around it."""
_ORDER, _BEGUN = "zone_map_order", "zone_map_begun"


def zone_map(page: Page, built: BuiltZone, query: Query) -> None:
    """Draw the map; a click on an event opens it.

    Parameters
    ----------
    page : Page
    built : BuiltZone
        The zone to show.
    query : Query
        What asks for the events inside it.
    """
    events = payload(page.data, page.data.generation)
    chart = grounded(SmallMap(), zones=zone_url(built.zone.id))
    TimeMap(events, filters=False).add_to(chart)
    # Each zone has a map of its own name, so that another choice begins afresh.
    key = f"zone_map_{built.zone.id}"
    order = _command(page, built, query, events)
    linked(chart, order, key=key, height=HEIGHT, on_change=lambda: _take(key, built.zone.id, events))


def _command(page: Page, built: BuiltZone, query: Query, events: Payload) -> Command:
    """Return the order that stands: what to show, and where to look when the map has just been made."""
    west, south, east, north = built.geometry.bounds
    dx, dy = (east - west) * MARGIN, (north - south) * MARGIN
    order: dict[str, Any] = {
        # The events are already told apart by the payload's codes; time goes by the window.
        "filter": filter_spec(replace(query, period=None), events, page.data.events),
        "view": {"bounds": (west - dx, south - dy, east + dx, north + dy)},
        "theme": "dark" if page.dark else "light",
    }
    if (window := _window(page, built, query, events)) is not None:
        order["window"] = window
    number, kept = st.session_state.get(_ORDER, (0, None))
    asked = (built.zone.id, events.id, order)
    if asked != kept:
        number += 1
        st.session_state[_ORDER] = (number, asked)
    return Command(number, **order)


def _window(page: Page, built: BuiltZone, query: Query, events: Payload) -> tuple[date, date] | None:
    """Return the days to order: again only when the page, not this map's own timeline, has chosen others."""
    asked = (built.zone.id, events.id, page.query.period, zone_window.turn())
    days: tuple[date, date] | None
    kept, days = st.session_state.get(_BEGUN, (None, None))
    if kept != asked:
        first, last = query.period or (None, None)
        window = (max(first or events.epoch, events.epoch), min(last or events.last, events.last))
        # Days without any event lie outside the map's timeline.
        days = window if window[0] <= window[1] else None
        st.session_state[_BEGUN] = (asked, days)
    return days


def _take(key: str, zone_id: str, events: Payload) -> None:
    """Open what was clicked, and count over the days of this map's timeline; the map page keeps its own."""
    answer = parse(st.session_state.get(key), events)
    if answer is None or answer.ack < st.session_state.get(_ORDER, (0, None))[0]:
        # An answer from before the last order would undo it.
        return
    if answer.why == "window":
        zone_window.take(zone_id, answer, events)
    if answer.why == "click":
        state.set_view(event_id=None if answer.clicked is None else str(events.row_ids[answer.clicked]))
