"""A small still map of one zone and its events, for two beside each other."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd
import shapely
from shapely import affinity

from geo import basemap
from geo.layers.palette import EVENT_TYPE_COLOURS, EVENT_TYPE_COLOURS_DARK
from geo.model import EventType
from geo.query import on_map

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.ui.charts import Layers
    from geo.ui.zone_sides import Side

HEIGHT = 230
"""CSS pixels."""
MARGIN = 0.18
"""Share of the zone's size left around it."""
_LOOKS = {
    False: {"land": "#f4f1ea", "border": "#8d8478", "zone": "#7a3b8f"},
    True: {"land": "#2b2f33", "border": "#7c7f84", "zone": "#c79bd6"},
}
_CERTAINTY = alt.Scale(domain=["certain", "possible"], range=[1, 0.4])


def side_map(side: Side, *, dark: bool) -> Layers:
    """Draw a zone as it was in the period, the borders around it, and its events at points.

    Parameters
    ----------
    side : Side
    dark : bool
        The page is dark.

    Returns
    -------
    LayerChart
    """
    looks = _LOOKS[dark]
    west, south, east, north = side.built.geometry.bounds
    dx, dy = max(0.1, (east - west) * MARGIN), max(0.1, (north - south) * MARGIN)
    box = shapely.box(west - dx, south - dy, east + dx, north + dy)
    # A degree of longitude is drawn as long as it is on the ground at the zone's latitude.
    squeeze = math.cos(math.radians((south + north) / 2))
    land = [shape for f in basemap.load("countries") if not (shape := f.geometry.intersection(box)).is_empty]
    layers = [
        _shapes(land, squeeze).mark_geoshape(fill=looks["land"], stroke=looks["border"], strokeWidth=0.8),
        _shapes(_in_force(side), squeeze).mark_geoshape(
            fill=looks["zone"],
            fillOpacity=0.12,
            stroke=looks["zone"],
            strokeWidth=1.5,
            strokeDash=[4, 3] if side.built.zone.unconfirmed else [1, 0],
        ),
        _points(side, box, squeeze, dark=dark),
    ]
    return alt.layer(*layers, height=HEIGHT).project(type="identity", reflectY=True)


def _in_force(side: Side) -> list[BaseGeometry]:
    first, last = side.query.period or (None, None)
    return [
        part.geometry
        for part in side.built.parts
        if (last is None or part.zone.valid[0] is None or part.zone.valid[0] <= last)
        and (first is None or part.zone.valid[1] is None or first <= part.zone.valid[1])
    ]


def _shapes(shapes: list[BaseGeometry], squeeze: float) -> alt.Chart:
    flat = [affinity.scale(shape, xfact=squeeze, yfact=1.0, origin=(0, 0)) for shape in shapes]
    records: list[dict[str, Any]] = [
        {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(shapely.simplify(shape, 0.003))}
        for shape in flat
    ]
    return alt.Chart({"values": records})


def _points(side: Side, box: BaseGeometry, squeeze: float, *, dark: bool) -> alt.Chart:
    placed = on_map(side.events)
    placed = placed[shapely.intersects_xy(box, placed["lon"].to_numpy(), placed["lat"].to_numpy())]
    table = pd.DataFrame(
        {
            "lon": placed["lon"].to_numpy() * squeeze,
            "lat": placed["lat"].to_numpy(),
            "place": placed["place"].astype(str).to_numpy(),
            "type": placed["event_type"].astype(str).to_numpy(),
            "day": placed["day_start"].dt.strftime("%Y-%m-%d").fillna("not told").to_numpy(),
            "standing": ["certain" if yes else "possible" for yes in side.sure[placed.index]],
        }
    )
    palette = EVENT_TYPE_COLOURS_DARK if dark else EVENT_TYPE_COLOURS
    there = [kind for kind in EventType if str(kind) in set(table["type"])]
    scale = alt.Scale(domain=[str(kind) for kind in there], range=[palette[kind] for kind in there])
    chart: alt.Chart = (
        alt.Chart(table)
        .mark_circle(size=60, stroke="white", strokeWidth=0.6)
        .encode(
            longitude="lon:Q",
            latitude="lat:Q",
            color=alt.Color("type:N", scale=scale, legend=None),
            opacity=alt.Opacity(
                "standing:N", scale=alt.Scale(domain=["certain", "possible"], range=[1, 0.4]), legend=None
            ),
            tooltip=["place:N", "type:N", "day:N", "standing:N"],
        )
    )
    return chart
