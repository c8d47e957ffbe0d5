"""The map page of a store too large to load: map, timeline, figures and tables, each asked and none of it loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.errors import GeoError
from geo.layers._base import safe_text
from geo.layers.words import range_words
from geo.query import describe
from geo.ui import large_map, large_time, state
from geo.ui.open_event import close_button, shown_event
from geo.ui.page import heading, show_error
from geo.ui.tables import event_table, tray_table
from geo.warehouse import View

if TYPE_CHECKING:
    from geo.ui.large import House
    from geo.ui.page import Page
    from geo.warehouse import Look, Totals

PAGE_ROWS: Final = 100
"""Events on a page of a table."""
MOST_PAGES: Final = 1_000
"""Pages that can be turned to; a shorter period shows what lies behind them."""


def large_page(page: Page, house: House) -> None:
    """Show a large store.

    Parameters
    ----------
    page : Page
    house : House
        Its ``data.house``.
    """
    try:
        look = large_map.seen(page, house)
        words = describe(page.query, page.zone_names)
        heading(page, words if look is None else f"{words} · {look.events:,} in view, {_shown_as(look)}")
        _body(page, house)
    except GeoError as error:
        show_error(error)


def _body(page: Page, house: House) -> None:
    chart, panel = st.columns([2.6, 1], gap="medium")
    with chart:
        large_map.draw(page, house)
        large_time.draw(page, house)
    totals = house.totals(View(query=page.query))
    with panel:
        _panel(page, house, totals)
    on_map, off_map = st.tabs([f"Events in this period ({totals.on_map:,})", f"Not on the map ({totals.off_map:,})"])
    with on_map:
        paged(house, View(query=page.query), totals.on_map, drawn=True, key="large_table")
    with off_map:
        paged(house, View(query=page.query), totals.off_map, drawn=False, key="large_tray")
    state.write_link()


def paged(house: House, view: View, found: int, *, drawn: bool, key: str) -> None:
    """Show a table page by page; choosing a row opens its event.

    Parameters
    ----------
    house : House
    view : View
    found : int
        Events under it, with or without a place on the map as `drawn` says.
    drawn : bool
        Those on the map, or the others.
    key : str
        Name of the table on its page.
    """
    pages = min(MOST_PAGES, -(-found // PAGE_ROWS)) or 1
    number = 1
    if pages > 1:
        box, words = st.columns([1, 4], gap="small", vertical_alignment="bottom")
        number = min(int(box.number_input("Page", 1, pages, key=f"{key}_page")), pages)
        last = min(number * PAGE_ROWS, found)
        words.caption(
            f"Events {(number - 1) * PAGE_ROWS + 1:,} to {last:,} of {found:,}, the earliest first."
            + (f" Only the first {pages:,} pages can be turned to." if found > pages * PAGE_ROWS else "")
        )
    rows = house.events(view, most=PAGE_ROWS, skip=(number - 1) * PAGE_ROWS, drawn=drawn)
    (event_table if drawn else tray_table)(rows, key=f"{key}_{number}")


def _panel(page: Page, house: House, totals: Totals) -> None:
    if shown_event(page) is not None:
        close_button()
        return
    look = large_map.seen(page, house)
    rows = {
        "Under these filters": _certainly(totals),
        "On the map": f"{totals.on_map:,}",
        "In view": "" if look is None else f"{look.events:,}, " + _shown_as(look),
        "Not on the map": f"{totals.off_map:,}",
        "Deaths told": range_words(totals.deaths_low, totals.deaths_high),
        "Injured told": range_words(totals.injured_low, totals.injured_high),
    }
    told = "".join(f"<dt>{label}</dt><dd>{safe_text(value)}</dd>" for label, value in rows.items() if value)
    st.html(
        f'<div class="bl-card"><h2>In this period</h2><dl>{told}</dl>'
        '<p class="bl-note">This store is too large to load, so it is asked for what is in view. '
        "A square on the map stands for all events in it; a dot is an event.</p></div>"
    )


def _certainly(totals: Totals) -> str:
    if totals.certain == totals.events:
        return f"{totals.events:,}"
    return f"{totals.events:,}, {totals.certain:,} of them certainly"


def _shown_as(look: Look) -> str:
    return "as counts" if look.points is None else "one by one"
