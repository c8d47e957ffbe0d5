"""A page with nothing but the map, for the browser tests and to try things: streamlit run tests/timemap/app.py."""

import json
import os
from datetime import date

import folium
import streamlit as st
from streamlit_folium import st_folium

from geo.timemap import (
    Command,
    OfflineMap,
    OnlineTiles,
    TimeMap,
    VectorBasemap,
    ZoneLayer,
    parse,
    publish,
    publish_basemap,
    publish_zones,
    register_assets,
)
from tests.timemap import world

st.set_page_config(layout="wide")
EVIL = st.query_params.get("evil") == "1"
register_assets()


@st.cache_resource
def payload(n, evil):
    names = {"ops": world.EVIL, "afrin": world.EVIL} if evil else {"ops": "Operation Peace Spring", "afrin": "Afrin"}
    return publish(world.frame(n, evil=evil), zones=names)


@st.cache_resource
def grounds(evil):
    zones = world.zones()
    if evil:
        zones = [{**zone, "name": world.EVIL} for zone in zones]
    return publish_basemap(), publish_zones(zones)


events = payload(int(os.environ.get("EVENTS", "400")), EVIL)
ground, outlines = grounds(EVIL)

if st.button("Jump"):
    st.session_state.order = {
        "id": st.session_state.get("order", {"id": 0})["id"] + 1,
        "window": (date(2019, 10, 9), date(2019, 10, 31)),
        "view": {"center": (39.5, 36.7), "zoom": 8},
    }
if st.button("Rerun"):
    pass

shown = OfflineMap()
VectorBasemap(ground).add_to(shown)
ZoneLayer(outlines).add_to(shown)
OnlineTiles().add_to(shown)
TimeMap(events, live=True).add_to(shown)
orders = folium.FeatureGroup(name="orders")
Command(**st.session_state.get("order", {"id": 0})).add_to(orders)
value = st_folium(
    shown,
    key="map",
    height=int(os.environ.get("HEIGHT", "620")),
    use_container_width=True,
    returned_objects=[],
    feature_group_to_add=orders,
)
state = parse(value, events)
st.session_state.runs = st.session_state.get("runs", 0) + 1
st.text(f"runs={st.session_state.runs}")
st.text("state=" + (json.dumps(state.__dict__, default=str) if state else "none"))
