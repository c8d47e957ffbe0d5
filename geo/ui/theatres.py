"""Which theatre a reader of the dashboard looks at: told by the link, changed by a chooser in the sidebar."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo import theatre
from geo.query import Query
from geo.ui import state

if TYPE_CHECKING:
    from geo.theatre import Theatre

PARAM = "theatre"
"""Key of the link."""
_CHOSEN, _PICKED = "theatre_chosen", "theatre_picked"
_OF_ONE = ("zone_chosen", "zone_window", "map_payload", "map_standing")
"""What a session remembers that means nothing in another theatre."""


def started() -> Theatre:
    """Give the theatre that the dashboard was started on."""
    named = os.environ.get(theatre.VARIABLE)
    return theatre.open_theatre(Path(named)) if named else theatre.default()


def of_reader() -> Theatre:
    """Give the theatre that the reader of this session looks at.

    Returns
    -------
    Theatre
        What the link names is looked up among those known: nobody's words become a path.
    """
    if get_script_run_ctx() is None:
        return started()
    chosen = st.session_state.get(_CHOSEN) or st.query_params.get(PARAM)
    found = next((known for known in theatre.known() if known.id == chosen), None) if chosen else None
    return found or started()


# Callbacks run before the page does, on a thread of their own: they ask the session.
theatre.ask(of_reader)


def begin() -> Theatre:
    """Make the reader's theatre the current one for this run of a page, and keep it in the link.

    Returns
    -------
    Theatre
    """
    here = of_reader()
    st.session_state[_CHOSEN] = here.id
    theatre.choose(here)
    return here


def draw_chooser() -> None:
    """Draw the chooser; nothing where there is only one theatre."""
    every = {known.id: known.name for known in theatre.known()}
    if len(every) > 1:
        st.session_state[_PICKED] = theatre.current().id
        st.selectbox(
            "Theatre",
            list(every),
            key=_PICKED,
            format_func=lambda name: every.get(name, name),
            on_change=_take,
            help="Each has places, actors, zones and articles of its own. docs/theatres.md tells how to make one.",
        )


def link_params() -> dict[str, str]:
    """Give what the link says of the theatre: nothing for the one that the dashboard was started on."""
    here = theatre.current()
    return {} if here is started() else {PARAM: here.id}


def _take() -> None:
    st.session_state[_CHOSEN] = st.session_state[_PICKED]
    # Filters, the view and the chosen zone mean nothing elsewhere.
    state.set_query(Query())
    state.forget_view()
    for key in _OF_ONE:
        st.session_state.pop(key, None)
