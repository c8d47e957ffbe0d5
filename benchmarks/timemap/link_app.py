"""A page with the time map and a table of its window, for the benchmark."""

import os
from datetime import date, timedelta

import folium
import numpy as np
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from benchmarks.timemap.data import payload
from geo.timemap import Command, OfflineMap, Payload, TimeMap, assets, parse, register_assets
from geo.timemap.columns import decode

st.set_page_config(layout="wide")
register_assets()


@st.cache_resource
def events():  # noqa: D103 (a page, not a library)
    raw = payload(int(os.environ["EVENTS"]))
    tables, meta = decode(raw)
    name, path = assets.write_once(raw, ".bin", assets.cache_folder())
    epoch = date.fromisoformat(meta["epoch"])
    n = tables["events"].rows
    columns = tables["events"].columns
    frame = pd.DataFrame({"day": np.datetime64(epoch) + columns["start"].astype("timedelta64[D]")})
    frame["type"] = columns["type"]
    frame["deaths"] = columns["deaths_low"]
    last = epoch + timedelta(days=meta["days"] - 1)
    url = f"{assets.CACHE_URL}{path.name}"
    return Payload(name, url, n, path.stat().st_size, epoch, last, meta, np.arange(n)), frame


published, frame = events()


@st.fragment
def view():  # noqa: D103
    shown = OfflineMap()
    TimeMap(published).add_to(shown)
    group = folium.FeatureGroup(name="orders")
    Command(0).add_to(group)
    value = st_folium(
        shown, key="map", height=500, use_container_width=True, returned_objects=[], feature_group_to_add=group
    )
    state = parse(value, published)
    first, last = state.window if state else (published.epoch, published.last)
    a, b = np.searchsorted(frame["day"].to_numpy(), [np.datetime64(first), np.datetime64(last) + 1])
    st.dataframe(frame.iloc[a : min(b, a + 200)], height=200)
    st.text(f"shown={first} {b - a}")


view()
