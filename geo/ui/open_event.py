"""The evidence of the open event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.ui import state
from geo.ui.data import event_with_articles
from geo.ui.event_card import event_card
from geo.ui.may_be_same import may_be_same

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.model import Event
    from geo.ui.page import Page


def shown_event(page: Page) -> Event | None:
    """Show the evidence of the open event, and give it; None where none is open, or the data has it no more.

    Parameters
    ----------
    page : Page
    """
    event_id = state.view().event_id
    found = event_with_articles(page.data, event_id) if event_id else None
    if found is None:
        return None
    event, articles = found
    st.html(event_card(event, articles, page.zone_names, dark=page.dark))
    return event


def close_button() -> None:
    """Offer to close the open event."""
    st.button("Close", on_click=lambda: state.set_view(event_id=None), width="stretch")


def open_event(page: Page, among: Collection[str]) -> None:
    """Show the open event where it is one of those that a page lists, else a hint.

    Parameters
    ----------
    page : Page
    among : collection of str
        Ids of the events that the page lists.
    """
    event = shown_event(page) if state.view().event_id in among else None
    if event is not None:
        may_be_same(page, event.id)
        close_button()
    elif among:
        st.html('<div class="bl-card"><p class="bl-note">Choose a row to read the sentence behind it.</p></div>')
