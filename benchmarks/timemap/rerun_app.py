"""The usual way: a Streamlit slider, and markers made anew in every run. For the benchmark."""

import os

import folium
import numpy as np
import streamlit as st
from streamlit_folium import st_folium

from geo.timemap import OfflineMap, register_assets

register_assets()
n = int(os.environ["EVENTS"])
step = st.slider("step", 0, 50, 0)
rng = np.random.default_rng(step)
group = folium.FeatureGroup(name="events")
for lon, lat in zip(rng.uniform(36, 44.5, n).tolist(), rng.uniform(33, 37.4, n).tolist(), strict=True):
    folium.CircleMarker((lat, lon), radius=4).add_to(group)


class Mark(folium.MacroElement):
    """Says in the page which step its markers are of."""

    _template = folium.template.Template(
        "{% macro script(this, kwargs) %}globalThis.marked = {{ this.step }};{% endmacro %}"
    )

    def __init__(self, step: int) -> None:
        super().__init__()
        self.step = step


Mark(step).add_to(group)
shown = OfflineMap(prefer_canvas=True)
st_folium(shown, key="map", height=500, use_container_width=True, returned_objects=[], feature_group_to_add=group)
st.text(f"step={step}")
