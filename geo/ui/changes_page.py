"""What was known on one day and not on another: events added, told otherwise, withdrawn, on a map and as a table."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from geo import theatre
from geo.frame import drawn
from geo.layers.words import actors_words, day_words, place_words
from geo.model import KnownBy
from geo.timemap import SmallMap
from geo.ui import state
from geo.ui.data import changes_between, last_published, recorded_since
from geo.ui.graphic import cell
from geo.ui.ground import grounded
from geo.ui.looking import around
from geo.ui.page import heading
from geo.ui.sidebar import KNOWN_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.history import Changes
    from geo.model import Event, Place
    from geo.ui.page import Page

_HEIGHT = 440
_DAYS = 30
"""Days between the two days offered first."""
_MOST_DRAWN = 2_000
_INK = {"added": "#2ca25f", "told otherwise": "#e08214", "withdrawn": "#9e6fc1"}
_MARK = {"added": "+", "told otherwise": "≠", "withdrawn": "−"}
_WIDTHS = {
    "Change": st.column_config.TextColumn(width=105),
    "What differs": st.column_config.TextColumn(width=110),
    "When": st.column_config.TextColumn(width=335),
    "What": st.column_config.TextColumn(width=190),
    "Where": st.column_config.TextColumn(width=260),
    "Who": st.column_config.TextColumn(width=240),
    "Sentence": st.column_config.TextColumn(width="large"),
}
Row = tuple[str, str, "Event"]


def changes_page(page: Page) -> None:
    """Show what changed between two days.

    Parameters
    ----------
    page : Page
    """
    heading(page, "what was known on one day and not on another, whatever the filters")
    before, after, by = _choose(page)
    if before is None:
        st.info("Choose the earlier day.")
        return
    if after is not None and after < before:
        st.error("The later day lies before the earlier one.")
        return
    _begun(page, before, by)
    rows = _rows(changes_between(page.data.folder, page.data.generation.split("@")[0], before, after, by))
    counts = {kind: sum(row[0] == kind for row in rows) for kind in _INK}
    st.html(
        '<div class="bl-figure">'
        + " · ".join(
            f'<span style="color:{_INK[kind]}">{_MARK[kind]}</span> <b>{count:,}</b> {kind}'
            for kind, count in counts.items()
        )
        + "</div>"
    )
    if rows:
        _map(rows[:_MOST_DRAWN])
        _table(rows)
    else:
        st.info("Nothing was added, told otherwise or withdrawn between the two.")
    state.write_link()


def _choose(page: Page) -> tuple[date | None, date | None, KnownBy]:
    last = last_published(page.data.folder, page.data.generation.split("@")[0])
    earlier, later, basis = st.columns([1, 1, 1.4], gap="medium", vertical_alignment="bottom")
    first = earlier.date_input(
        "What was known on", last - timedelta(days=_DAYS) if last else None, format="YYYY-MM-DD", key="changes_before"
    )
    second = later.date_input("beside what was known on (empty: today)", None, format="YYYY-MM-DD", key="changes_after")
    if last is not None and first == last - timedelta(days=_DAYS):
        st.caption(f"The earlier day is {_DAYS} days before the newest article, of {day_words(last, last)}.")
    by = basis.radio(
        "Known means", list(KnownBy), format_func=KNOWN_WORDS.__getitem__, horizontal=True,
        key="changes_by",
    )  # fmt: skip
    return first, second, by or KnownBy.PUBLISHED


def _begun(page: Page, before: date, by: KnownBy) -> None:
    """Say so where the store did not yet exist on the earlier day: then all of it is added, corrected or not."""
    begun = recorded_since(page.data.folder)
    if by is KnownBy.RECORDED and begun is not None and before < begun:
        st.caption(
            f"This store was begun on {day_words(begun, begun)}. Nothing was recorded in it before, so all it held on "
            "the later day counts as added; choose an earlier day from then on to see what reviewers changed."
        )


def _rows(changes: Changes) -> list[Row]:
    rows: list[Row] = [("added", "", event) for event in changes.added]
    rows += [
        ("told otherwise", ", ".join(change.fields), event) for change in changes.changed for event in change.after
    ]
    return rows + [("withdrawn", "", event) for event in changes.withdrawn]


def _map(rows: Sequence[Row]) -> None:
    """Draw the events that have a place; the colours are those of the counts, withdrawn ones are hollow."""
    placed = [
        (kind, event.best.place)
        for kind, _, event in rows
        if event.best.place and drawn(event.best.place)[0] is not None
    ]
    if not placed:
        return
    chart = grounded(SmallMap())
    for kind, place in placed:
        folium.CircleMarker(
            (place.lat, place.lon), radius=6, weight=2, color=_INK[kind], fill=kind != "withdrawn", fill_opacity=0.35
        ).add_to(chart)
    west, south, east, north = _bounds([place for _, place in placed])
    chart.fit_bounds([(south, west), (north, east)], max_zoom=9)
    st_folium(chart, key="changes_map", height=_HEIGHT, use_container_width=True, returned_objects=[])


def _bounds(places: Sequence[Place]) -> tuple[float, float, float, float]:
    """Look at nearly all places of the theatre; what was said in a capital far away must not shrink the rest."""
    west, south, east, north = theatre.current().bounds
    here = [place for place in places if west <= place.lon <= east and south <= place.lat <= north] or places
    return around([place.lon for place in here], [place.lat for place in here])


def _table(rows: Sequence[Row]) -> None:
    table = pd.DataFrame([_told(*row) for row in rows])
    st.dataframe(table, hide_index=True, width="stretch", column_config=_WIDTHS)


def _told(kind: str, fields: str, event: Event) -> dict[str, Any]:
    best = event.best
    return {
        "Change": kind,
        "What differs": fields,
        "When": day_words(best.day_start, best.day_end, best.time_precision),
        "What": best.sub_event_type,
        "Where": place_words(best.place, best.geo_precision),
        "Who": actors_words(best),
        "Sentence": cell(best.quote),
    }
