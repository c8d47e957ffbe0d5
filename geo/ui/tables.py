"""Events as a table, and the tray of those that are not on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.query import tray
from geo.ui.graphic import cell
from geo.ui.timed_map import open_event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geopandas import GeoDataFrame
    from streamlit.elements.lib.column_types import ColumnConfig

SHOWN_ROWS = 2_000
"""Rows drawn; a longer table says that it is cut."""

_COLUMNS: dict[str, ColumnConfig] = {
    "day_start": st.column_config.DateColumn("First day", format="YYYY-MM-DD"),
    "day_end": st.column_config.DateColumn("Last day", format="YYYY-MM-DD"),
    "sub_event_type": st.column_config.TextColumn("What", width="medium"),
    "place": st.column_config.TextColumn("Where", width="medium"),
    "actor1": st.column_config.TextColumn("Who", width="medium"),
    "actor2": st.column_config.TextColumn("To or with whom", width="medium"),
    "fatalities_low": st.column_config.NumberColumn("Deaths, low"),
    "fatalities_high": st.column_config.NumberColumn("Deaths, high"),
    "injured_low": st.column_config.NumberColumn("Injured, low"),
    "injured_high": st.column_config.NumberColumn("Injured, high"),
    "status": st.column_config.TextColumn("Status"),
    "confidence": st.column_config.ProgressColumn("Confidence", min_value=0, max_value=1, format="percent"),
    "reports": st.column_config.NumberColumn("Reports"),
    "source": st.column_config.TextColumn("Source"),
    "title": st.column_config.TextColumn("Article", width="large"),
}
_TRAY_COLUMNS: dict[str, ColumnConfig] = {
    "reason": st.column_config.TextColumn("Why not on the map", width="medium"),
    **_COLUMNS,
}


def event_table(events: GeoDataFrame, *, key: str, first: Mapping[str, Any] | None = None) -> None:
    """Show events as rows; choosing one opens it.

    Parameters
    ----------
    events : GeoDataFrame
        Rows to show.
    key : str
        Name of the table on its page.
    first : mapping of str to column, optional
        Columns of this page alone, shown before the others.
    """
    _table(events, {**(first or {}), **_COLUMNS}, key)


def tray_table(events: GeoDataFrame, *, key: str) -> None:
    """Show the events that have no place or no day, each with the reason; choosing one opens it.

    Parameters
    ----------
    events : GeoDataFrame
        Events under the query; those on the map are left out here.
    key : str
        Name of the table on its page.
    """
    hidden = tray(events)
    undated = int(hidden["day_start"].isna().sum())
    if undated:
        st.caption(f"{undated:,} of these have no day, so they stand here whatever the period.")
    _table(hidden, _TRAY_COLUMNS, key)


def _without_none(events: GeoDataFrame) -> GeoDataFrame:
    """Leave cells empty where a text is not known: a column of "None" is noise."""
    words = [name for name in ("place", "actor1", "actor2", "source", "title") if name in events]
    told = {name: events[name].astype("object").fillna("") for name in words}
    return events.assign(**told | {name: told[name].map(cell) for name in ("title",) if name in told})


def _table(events: GeoDataFrame, columns: dict[str, ColumnConfig], key: str) -> None:
    if events.empty:
        st.caption("Nothing here under these filters.")
        return
    if len(events) > SHOWN_ROWS:
        st.caption(f"The first {SHOWN_ROWS:,} of {len(events):,}. Narrow the filters or the period to see the rest.")
    shown = _without_none(events.head(SHOWN_ROWS))
    choice = st.dataframe(
        shown[[name for name in columns if name in shown]],
        column_config=columns,
        hide_index=True,
        # "None" in a column of deaths reads as nobody killed.
        placeholder="",
        height=min(420, 38 + 35 * len(shown)),
        on_select="rerun",
        selection_mode="single-row",
        key=key,
    )
    rows = choice["selection"]["rows"]
    chosen = shown["event_id"].iloc[rows[0]] if rows and rows[0] < len(shown) else None
    # The table keeps its choice from run to run; only a new one opens an event.
    if chosen != st.session_state.get(f"{key}_chosen"):
        st.session_state[f"{key}_chosen"] = chosen
        if chosen is not None:
            open_event(str(chosen))
            st.rerun()
