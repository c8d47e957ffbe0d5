"""The timeline of a store too large to send: its events by day, week or month, and the period that is chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import streamlit as st

from geo.layers.palette import EVENT_TYPE_COLOURS, EVENT_TYPE_COLOURS_DARK
from geo.model import EventType
from geo.ui import state
from geo.warehouse import View

if TYPE_CHECKING:
    import pandas as pd

    from geo.query import Query
    from geo.ui.large import House
    from geo.ui.page import Page
    from geo.warehouse.warehouse import Step

_CHART, _FIRST, _LAST = "large_time", "large_first", "large_last"
_HEIGHT: Final = 150
_BY_DAY, _BY_WEEK = 150, 1100
"""Days up to which there is a bar for each day, and for each week."""
_PALE: Final = 0.3


def draw(page: Page, house: House) -> None:
    """Draw the timeline and the two ends of the period.

    Parameters
    ----------
    page : Page
    house : House
    """
    whole = house.days(View(query=replace(page.query, period=None)))
    if whole is None:
        st.caption("No event under these filters has a day.")
        return
    _period(page.query, whole)
    step = _step(whole)
    counts = house.histogram(View(query=replace(page.query, period=None)), step=step)
    st.altair_chart(
        _chart(counts.to_pandas(), page.query, step, dark=page.dark),
        width="stretch",
        key=_CHART,
        on_select=lambda: _take_brush(whole),
        selection_mode="brush",
    )
    st.caption(f"Events on the map that begin in each {step}. Drag across the bars to choose a period.")


def chart_of(counts: pd.DataFrame, step: Step, *, dark: bool) -> alt.Chart:
    """Draw counts by day, week or month, stacked by event type.

    Parameters
    ----------
    counts : DataFrame
        As :meth:`geo.warehouse.Warehouse.histogram` gives them.
    step : {"day", "week", "month"}
    dark : bool
        The page is dark.
    """
    palette = EVENT_TYPE_COLOURS_DARK if dark else EVENT_TYPE_COLOURS
    kinds = [str(kind) for kind in EventType]
    table = counts.assign(rank=counts["event_type"].map({kind: n for n, kind in enumerate(kinds)}))
    table = table.sort_values(["start", "rank"])
    # Stacked here: bars as wide as their days are rectangles, and rectangles are not stacked.
    table["top"] = table.groupby("start")["events"].cumsum()
    table = table.assign(
        bottom=table["top"] - table["events"],
        # Days are written as text: a browser reads a day without an hour as UTC, and the axis is UTC, too.
        end=[_after(day, step).isoformat() for day in table["start"]],
        start=[day.isoformat() for day in table["start"]],
    )
    scale = alt.Scale(type="utc")
    chart: alt.Chart = (
        alt.Chart(table, height=_HEIGHT)
        .mark_rect()
        .encode(
            x=alt.X("start:T", title=None, scale=scale, axis=alt.Axis(labelOverlap=True, grid=False)),
            x2="end:T",
            y=alt.Y("bottom:Q", title=None, axis=alt.Axis(tickMinStep=1, format="~s", tickCount=4)),
            y2="top:Q",
            color=alt.Color(
                "event_type:N", scale=alt.Scale(domain=kinds, range=[palette[EventType(k)] for k in kinds]), legend=None
            ),
            tooltip=[
                alt.Tooltip("start:N", title=f"{step.capitalize()} from"),
                alt.Tooltip("event_type:N", title="Type"),
                alt.Tooltip("events:Q", title="Events", format=","),
            ],
        )
    )
    return chart


def _chart(counts: pd.DataFrame, query: Query, step: Step, *, dark: bool) -> alt.Chart:
    """Draw all of time; what lies outside the period is pale."""
    first, last = query.period or (None, None)
    starts = counts["start"]
    inside = [(last is None or day <= last) and (first is None or _after(day, step) > first) for day in starts]
    chart: alt.Chart = (
        chart_of(counts.assign(shown=inside), step, dark=dark)
        .encode(opacity=alt.condition("datum.shown", alt.value(1.0), alt.value(_PALE)))
        .add_params(alt.selection_interval(name="brush", encodings=["x"]))
    )
    return chart


def _step(whole: tuple[date, date]) -> Step:
    days = (whole[1] - whole[0]).days
    return "day" if days <= _BY_DAY else "week" if days <= _BY_WEEK else "month"


def _after(day: date, step: Step) -> date:
    """Return the first day that is no longer in a step."""
    if step == "month":
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return day + timedelta(days=7 if step == "week" else 1)


def _period(query: Query, whole: tuple[date, date]) -> None:
    first, last = query.period or (None, None)
    # The query is the truth, the widgets show it.
    st.session_state[_FIRST], st.session_state[_LAST] = first, last
    from_box, to_box, all_box = st.columns([1, 1, 1], gap="small", vertical_alignment="bottom")
    limits: dict[str, Any] = {
        "min_value": date(1000, 1, 1), "max_value": date(2200, 1, 1), "format": "YYYY-MM-DD", "on_change": _take_days,
    }  # fmt: skip
    from_box.date_input("From", key=_FIRST, help=f"The first event is of {whole[0]}.", **limits)
    to_box.date_input("To", key=_LAST, help=f"The last event is of {whole[1]}.", **limits)
    all_box.button("All of time", on_click=_set, args=(None, None), disabled=query.period is None, width="stretch")


def _take_days() -> None:
    _set(st.session_state[_FIRST], st.session_state[_LAST])


def _take_brush(whole: tuple[date, date]) -> None:
    """Take a period that was drawn. It comes from a browser: what is no pair of moments is left."""
    try:
        low, high = st.session_state[_CHART]["selection"]["brush"]["start"]
        first, last = (datetime.fromtimestamp(moment / 1000, UTC).date() for moment in (low, high))
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        # An empty one, too: whoever clicks beside the bars wants nothing changed.
        return
    _set(max(first, whole[0]), min(last, whole[1]))


def _set(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and first > last:
        first, last = last, first
    state.set_query(replace(state.query(), period=None if first is None and last is None else (first, last)))
