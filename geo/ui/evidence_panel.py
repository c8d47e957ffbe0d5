"""The panel beside the map: the open event's evidence, or what is on screen in a few figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.attribution import imported_from
from geo.layers._base import safe_text
from geo.layers.words import range_words
from geo.protection_rows import said
from geo.query import certain, on_map, people_told, tray
from geo.ui.may_be_same import linked_words, may_be_same
from geo.ui.open_event import shown_event
from geo.ui.timed_map import open_event

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.query import Query
    from geo.query.people import People
    from geo.ui.page import Page


def evidence_panel(page: Page) -> None:
    """Show the open event, or a summary where none is open.

    Parameters
    ----------
    page : Page
    """
    event = shown_event(page)
    if event is None:
        _summary(page)
        return
    if event.id not in set(page.selected["event_id"]):
        st.caption("The filters or the period hide this event on the map.")
    may_be_same(page, event.id)
    st.button("Close", on_click=open_event, args=(None,), width="stretch")


def _summary(page: Page) -> None:
    shown = on_map(page.selected)
    sure = int(certain(shown, page.query).sum())
    rows = {
        "On the map": _on_map(sure, len(shown), page.query),
        "Linked": linked_words(page, set(shown["event_id"])),
        "Deaths told": _told(shown, "fatalities"),
        "Injured told": _told(shown, "injured"),
        "Not on the map": f"{len(tray(page.selected)):,} more",
        "Places": f"{shown['place_id'].nunique():,}",
        "Sources": f"{shown['source'].nunique():,}",
    }
    told = "".join(f"<dt>{label}</dt><dd>{safe_text(value)}</dd>" for label, value in rows.items() if value)
    st.html(
        f'<div class="bl-card"><h2>In this period</h2><dl>{told}</dl>'
        + "".join(f'<p class="bl-note">Imported: {safe_text(one)}</p>' for one in imported_from(shown))
        + (f'<p class="bl-note">{safe_text(ruled)}</p>' if (ruled := said(page.data.events)) else "")
        + '<p class="bl-note">Choose a dot on the map or a row of the table to read the sentence behind it.</p></div>'
    )


def _told(shown: GeoDataFrame, people: People) -> str:
    told = people_told(shown, people)
    return "none" if told is None else range_words(*told)


def _on_map(sure: int, most: int, query: Query) -> str:
    """Say how many events are certain; with a zone asked for, the doubt may be about the place as well as the day."""
    if sure == most:
        return f"{sure:,}"
    return f"{sure:,} {'certain' if query.zones else 'certainly in this period'}, up to {most:,}"
