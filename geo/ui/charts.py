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
    from datetime import date

    from geopandas import GeoDataFrame

    from geo.zones import BuiltZone

Layers = alt.LayerChart | alt.FacetChart
CERTAIN, POSSIBLE = "certain", "possible"
_PALE = 0.4
MOST_MONTHS = 240
"""A longer time is drawn by year."""


def by_month(
    events: GeoDataFrame,
    sure: pd.Series[bool],
    *,
    dark: bool,
    months: list[str] | None = None,
    top: int | None = None,
) -> alt.Chart | None:
    """Draw the events of each month, stacked by event type; what is only possible is paler.

    Parameters
    ----------
    events : GeoDataFrame
    sure : Series of bool
        On its index: which events are certain. One that may have been in another month is only possible in this one.
    dark : bool
        The page is dark.
    months : list of str, optional
        All that the axis shows, from :func:`months_of`, so that two charts can be read side by side.
    top : int, optional
        How many events the axis reaches to.

    Returns
    -------
    Chart or None
        None where no event has a day.
    """
    dated = events[events["day_start"].notna()]
    if dated.empty:
        return None
    unit, looks = _unit(months_of(events) if months is None else months)
    first, last = (dated[day].dt.to_period(unit) for day in ("day_start", "day_end"))
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
    every = months or months_of(events)
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
            y=alt.Y(
                "events:Q",
                title="Events",
                stack="zero",
                axis=alt.Axis(tickMinStep=1, format="d"),
                scale=alt.Scale(domain=[0, top]) if top else alt.Undefined,
            ),
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


def months_of(*some: GeoDataFrame) -> list[str]:
    """Name the months from the first to the last event of all frames; the years where they are too many.

    Returns
    -------
    list of str
        "Oct 2019" or "2019"; empty where no event has a day.
    """
    days = pd.concat([events["day_start"] for events in some]).dropna()
    return [] if days.empty else months_between(days.min(), days.max())


def months_between(start: date, end: date) -> list[str]:
    """Name the months from one day to another, as :func:`months_of` does."""
    first, last = pd.Timestamp(start).to_period("M"), pd.Timestamp(end).to_period("M")
    unit, looks = ("M", "%b %Y") if (last - first).n < MOST_MONTHS else ("Y", "%Y")
    return [f"{period:{looks}}" for period in pd.period_range(first.asfreq(unit), last.asfreq(unit), freq=unit)]


def most_in_a_month(events: GeoDataFrame) -> int:
    """Count the events of the month that has most; 0 where no event has a day."""
    days = events["day_start"].dropna()
    return 0 if days.empty else int(days.dt.to_period("M").value_counts().max())


def _unit(months: list[str]) -> tuple[str, str]:
    """Tell whether an axis has months or years."""
    return ("Y", "%Y") if months and months[0].isdigit() else ("M", "%b %Y")


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
