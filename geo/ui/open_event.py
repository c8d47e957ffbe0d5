"""The evidence of the open event, on pages that show a list of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.ui import state
from geo.ui.data import event_with_articles
from geo.ui.event_card import event_card
from geo.ui.may_be_same import may_be_same

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.ui.page import Page


def open_event(page: Page, among: Collection[str]) -> None:
    """Show the open event where it is one of those listed, else a hint.

    Parameters
    ----------
    page : Page
    among : collection of str
        Ids of the events that the page lists.
    """
    event_id = state.view().event_id
    found = None
    if event_id is not None and event_id in among:
        found = event_with_articles(page.data, event_id)
    if found is None:
        if among:
            st.html('<div class="bl-card"><p class="bl-note">Choose a row to read the sentence behind it.</p></div>')
        return
    event, articles = found
    st.html(event_card(event, articles, page.zone_names, dark=page.dark))
    may_be_same(page, event.id)
    st.button("Close", on_click=lambda: state.set_view(event_id=None), width="stretch")
