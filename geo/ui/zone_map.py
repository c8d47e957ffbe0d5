"""A map of one zone and its events: the same basemap and events as the map page, told to show this zone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import folium
import streamlit as st
from streamlit_folium import st_folium

from geo.timemap import Command, OfflineMap, TimeMap, VectorBasemap, ZoneLayer, filter_spec, parse, register_assets
from geo.ui import state
from geo.ui.data import basemap_url, payload, zone_url

if TYPE_CHECKING:
    from geo.query import Query
    from geo.timemap import Payload
    from geo.ui.page import Page
    from geo.zones import BuiltZone

HEIGHT = 460
"""Height of the map with its timeline, CSS pixels."""
MARGIN = 0.25
"""Share of the zone's size left around it."""
_ORDER = "zone_map_order"


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
    register_assets()
    events = payload(page.data, page.data.generation)
    chart = OfflineMap()
    VectorBasemap(basemap_url()).add_to(chart)
    ZoneLayer(zone_url(built.zone.id)).add_to(chart)
    TimeMap(events, filters=False).add_to(chart)
    group = folium.FeatureGroup(name="commands")
    _command(page, built, query, events).add_to(group)
    # Each zone has a map of its own name, so that another choice begins afresh.
    key = f"zone_map_{built.zone.id}"
    st_folium(
        chart,
        key=key,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=group,
        on_change=lambda: _take(key, events),
    )


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
    if query.period is not None and None not in query.period:
        order["window"] = query.period
    number, kept = st.session_state.get(_ORDER, (0, None))
    asked = (built.zone.id, events.id, order)
    if asked != kept:
        number += 1
        st.session_state[_ORDER] = (number, asked)
    return Command(number, **order)


def _take(key: str, events: Payload) -> None:
    """Open what was clicked. Scrubbing stays on this map: the page keeps the period of the map page."""
    answer = parse(st.session_state.get(key), events)
    if answer is not None and answer.why == "click":
        state.set_view(event_id=None if answer.clicked is None else str(events.row_ids[answer.clicked]))
