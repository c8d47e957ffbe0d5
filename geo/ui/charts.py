"""Small charts in the colours of the map: events by month, and how deep and where along a border they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import numpy as np
import pandas as pd

from geo.layers._base import safe_text
from geo.layers.palette import EVENT_TYPE_COLOURS, EVENT_TYPE_COLOURS_DARK
from geo.model import EventType
from geo.zones import profile

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.zones import BuiltZone

Layers = alt.LayerChart | alt.FacetChart
CERTAIN, POSSIBLE = "certain", "possible"
_PALE = 0.4
MOST_MONTHS = 240
"""A longer time is drawn by year."""


def by_month(events: GeoDataFrame, sure: pd.Series[bool], *, dark: bool) -> alt.Chart | None:
    """Draw the events of each month, stacked by event type; what is only possible is paler.

    Parameters
    ----------
    events : GeoDataFrame
    sure : Series of bool
        On its index: which events are certain. One that may have been in another month is only possible in this one.
    dark : bool
        The page is dark.

    Returns
    -------
    Chart or None
        None where no event has a day.
    """
    dated = events[events["day_start"].notna()]
    if dated.empty:
        return None
    first, last = dated["day_start"].dt.to_period("M"), dated["day_end"].dt.to_period("M")
    unit, looks = ("M", "%b %Y") if (first.max() - first.min()).n < MOST_MONTHS else ("Y", "%Y")
    first, last = first.dt.asfreq(unit), last.dt.asfreq(unit)
    table = pd.DataFrame(
        {
            "when": first.dt.strftime(looks),
            "type": dated["event_type"].astype(str),
            "standing": np.where(sure[dated.index] & (first == last), CERTAIN, POSSIBLE),
        }
    )
    table = table.groupby(["when", "type", "standing"], as_index=False).size().rename(columns={"size": "events"})
    table["rank"] = table["type"].map({str(kind): rank for rank, kind in enumerate(EventType)})
    # Months are names here, not moments: a browser would move moments into its own time zone.
    every = [f"{period:{looks}}" for period in pd.period_range(first.min(), first.max(), freq=unit)]
    chart: alt.Chart = (
        alt.Chart(table, height=190)
        .mark_bar()
        .encode(
            x=alt.X(
                "when:O",
                title=None,
                scale=alt.Scale(domain=every),
                axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelBound=True, ticks=False),
            ),
            y=alt.Y("events:Q", title="Events", stack="zero", axis=alt.Axis(tickMinStep=1, format="d")),
            color=_colours(table["type"], dark=dark),
            opacity=_certainty(),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip("when:O", title="When"),
                alt.Tooltip("type:N", title="Type"),
                alt.Tooltip("events:Q", title="Events"),
                alt.Tooltip("standing:N", title="Status"),
            ],
        )
    )
    return chart


def border_profile(built: BuiltZone, events: GeoDataFrame, sure: pd.Series[bool], *, dark: bool) -> Layers | None:
    """Draw how far each event lies from the line that a zone is drawn along, and where along it.

    Parameters
    ----------
    built : BuiltZone
    events : GeoDataFrame
        Only those at a point are drawn: a stretch or an area has no one distance.
    sure : Series of bool
        On its index: which events are certain.
    dark : bool
        The page is dark.

    Returns
    -------
    Chart or None
        None for a zone without one line, and where no event lies at a point.
    """
    points = events[(events["shape"] == "point") & events["lon"].notna()]
    # A zone with versions has the line of the last: the others run along the same one.
    beside = None if points.empty else profile(points["lon"].to_numpy(), points["lat"].to_numpy(), built)
    if beside is None:
        return None
    table = pd.DataFrame(
        {
            "along": beside.along_km,
            "depth": beside.away_km,
            "radius": points["radius_km"].to_numpy(),
            "place": points["place"].astype(str).to_numpy(),
            "type": points["event_type"].astype(str).to_numpy(),
            "what": points["sub_event_type"].astype(str).to_numpy(),
            "day": points["day_start"].dt.strftime("%Y-%m-%d").fillna("not told").to_numpy(),
            "standing": np.where(sure[points.index], CERTAIN, POSSIBLE),
        }
    )
    table["near"], table["far"] = (table["depth"] - table["radius"]).clip(0), table["depth"] + table["radius"]
    base = alt.Chart(table).encode(
        x=alt.X(
            "along:Q",
            title="Along the line, km",
            scale=alt.Scale(domain=[0, max(float(table["along"].max()), built.length_km or 0)]),
        ),
        color=_colours(table["type"], dark=dark),
    )
    dots = base.mark_circle(size=70).encode(
        y=alt.Y("depth:Q", title="From the line, km"),
        opacity=_certainty(),
        tooltip=["place", alt.Tooltip("what", title="What"), "day", alt.Tooltip("depth:Q", format=".1f"), "standing"],
    )
    spread = base.mark_rule(opacity=0.35).encode(y=alt.Y("near:Q", title="From the line, km"), y2="far:Q")
    return alt.layer(spread, dots, height=260)


def type_key(events: GeoDataFrame, *, dark: bool) -> str:
    """Make the HTML of a legend: each event type with its colour and its number of events."""
    palette = EVENT_TYPE_COLOURS_DARK if dark else EVENT_TYPE_COLOURS
    number = events["event_type"].astype(str).value_counts()
    kinds = map(EventType, sorted(number.index, key=lambda name: (-number[name], name)))
    items = "".join(
        f'<span><span class="bl-swatch" style="background:{palette[kind]}"></span>'
        f"{safe_text(kind)} {number[kind]:,}</span>"
        for kind in kinds
    )
    return f'<div class="bl-key bl-types">{items}</div>'


def _colours(types: pd.Series[str], *, dark: bool) -> alt.Color:
    palette = EVENT_TYPE_COLOURS_DARK if dark else EVENT_TYPE_COLOURS
    there = [kind for kind in EventType if str(kind) in set(types)]
    scale = alt.Scale(domain=[str(kind) for kind in there], range=[palette[kind] for kind in there])
    return alt.Color("type:N", title=None, scale=scale, legend=None)


def _certainty() -> alt.Opacity:
    scale = alt.Scale(domain=[CERTAIN, POSSIBLE], range=[1, _PALE])
    return alt.Opacity("standing:O", title=None, scale=scale, legend=None)
