"""What happened, where and when."""

import streamlit as st

from geo.query import on_map, tray
from geo.ui import state, timed_map
from geo.ui.evidence_panel import evidence_panel
from geo.ui.figure import figure_button
from geo.ui.page import Page, heading, page
from geo.ui.tables import event_table, tray_table


# While time plays, this part alone follows the map; the sidebar and its counts wait until the window rests.
@st.fragment
def map_and_tables(arrived: Page) -> None:
    """Draw the map and what stands beside and under it."""
    current = timed_map.as_it_is_now(arrived)
    chart, panel = st.columns([2.6, 1], gap="medium")
    with chart:
        timed_map.draw(current)
    with panel:
        evidence_panel(current)
        figure_button(current)
    shown, hidden = on_map(current.selected), tray(current.selected)
    table, off_map = st.tabs([f"Events in this period ({len(shown):,})", f"Not on the map ({len(hidden):,})"])
    with table:
        event_table(shown, key="table")
    with off_map:
        tray_table(current.selected, key="tray")
    if not timed_map.plays():
        state.write_link()


opened = page("Map", large="asks")
if opened.data.house is not None:
    from geo.ui.large_page import large_page

    large_page(opened, opened.data.house)
else:
    heading(opened)
    timed_map.begin()
    map_and_tables(opened)
