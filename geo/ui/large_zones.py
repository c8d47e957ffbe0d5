"""The zones of a store too large to load: how many events lie in each, and those of one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from geo.errors import GeoError
from geo.layers._base import safe_text
from geo.ui import state
from geo.ui.data import zones
from geo.ui.large_page import paged
from geo.ui.large_time import chart_of
from geo.ui.open_event import close_button, shown_event
from geo.ui.page import heading, show_error
from geo.ui.zone_card import zone_card
from geo.warehouse import View

if TYPE_CHECKING:
    from geo.ui.large import House
    from geo.ui.page import Page

PARAM = "zone_card"
"""Key of the link for the zone shown; `zone` is the filter's."""
_CHOSEN = "large_zone"
_SURE, _ALL = "Certainly inside", "With those possibly inside"


def large_zones_page(page: Page, house: House) -> None:
    """Show how many events lie in each zone under the filters, and the events of one.

    Parameters
    ----------
    page : Page
    house : House
        Its ``data.house``.
    """
    heading(page)
    try:
        _body(page, house)
    except GeoError as error:
        show_error(error)


def _body(page: Page, house: House) -> None:
    told = house.zones(View(query=replace(page.query, zones=None, possible=True))).to_pylist()
    if not told:
        st.info("No event of this store lies in a zone.")
        return
    if page.query.zones:
        st.caption("On this page the zone chosen below stands in place of the zone filter.")
    counts = {row["zone"]: row for row in told}
    chosen = _choose(page, list(counts))
    query = replace(page.query, zones=frozenset({chosen}), possible=True)
    view = View(query=query)
    totals = house.totals(view)
    figures, card = st.columns([1.25, 1], gap="medium")
    with figures:
        st.html(
            f'<div class="bl-figure"><b>{totals.certain:,}</b> certainly inside in this period'
            + (f'<span class="bl-note">and {totals.possible:,} possibly</span>' if totals.possible else "")
            + "</div>"
        )
        months = house.histogram(view, step="month")
        if len(months):
            st.altair_chart(chart_of(months.to_pandas(), "month", dark=page.dark), width="stretch")
            st.caption("Its events on the map, certain and possible, by month.")
        _every(page, told)
    with card:
        _card(page, chosen)
    on_map, off_map = st.tabs([f"Its events ({totals.on_map:,})", f"Not on the map ({totals.off_map:,})"])
    with on_map:
        paged(house, view, totals.on_map, drawn=True, key=f"large_zone_{chosen}")
    with off_map:
        paged(house, view, totals.off_map, drawn=False, key=f"large_zone_tray_{chosen}")
    state.write_link(**{PARAM: chosen})


def _choose(page: Page, every: list[str]) -> str:
    """Offer the zones, the one with most events first; the link or the filter may name another."""
    asked = st.query_params.get(PARAM) or next(iter(page.query.zones or ()), None)
    if st.session_state.get(_CHOSEN) not in every:
        st.session_state[_CHOSEN] = asked if asked in every else every[0]
    # The choice outlives the page: widgets' values are forgotten with it.
    st.session_state[_CHOSEN] = st.session_state[_CHOSEN]
    return str(st.selectbox("Zone", every, key=_CHOSEN, format_func=lambda zone: page.zone_names.get(zone, zone)))


def _card(page: Page, chosen: str) -> None:
    if shown_event(page) is not None:
        close_button()
        return
    built = zones().get(chosen)
    if built is None:
        st.html(
            f'<div class="bl-card"><p class="bl-note">The events lie in a zone {safe_text(chosen)}, which is not '
            "defined on this machine.</p></div>"
        )
    else:
        st.html(zone_card(built, page.zone_names))


def _every(page: Page, told: list[dict[str, object]]) -> None:
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "Zone": page.zone_names.get(str(row["zone"]), row["zone"]),
                    _SURE: row["certain"],
                    _ALL: row["events"],
                }
                for row in told
            ]
        ),
        column_config={name: st.column_config.NumberColumn(format="localized") for name in (_SURE, _ALL)},
        hide_index=True,
        height=min(320, 38 + 35 * len(told)),
    )
