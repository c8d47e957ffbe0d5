"""Graphic text in the dashboard: put away until it is clicked, or until its reader wants all of it for the session."""

from __future__ import annotations

from typing import Final

import streamlit as st

from geo.graphic import LABEL, PUT_AWAY, is_graphic

_SHOWN: Final = "graphic_shown"
_BOX: Final = "graphic_box"


def draw_choice() -> None:
    """Draw the box that shows graphic text for the rest of the session."""
    # The page that is left takes its widgets with it; what was chosen stays in a key of its own.
    st.session_state[_BOX] = _shown()
    st.checkbox(
        "Show graphic text",
        key=_BOX,
        on_change=_take,
        help="Sentences about what was done to bodies or prisoners are folded until you click them. "
        "Tick this to read all of them as they are until you close the page.",
    )


def folded(html: str, text: str) -> str:
    """Fold a piece of HTML away where its text is graphic.

    Parameters
    ----------
    html : str
        Escaped already.
    text : str
        What it says.

    Returns
    -------
    str
    """
    if _shown() or not is_graphic(text):
        return html
    return f'<details class="bl-graphic"><summary>{LABEL}</summary>{html}</details>'


def cell(text: str) -> str:
    """Give a text for a cell, a label or a link, which nobody can unfold; of graphic text it says only that it is some.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        As it came where it is not graphic, or its reader wants to see all.
    """
    return text if _shown() or not is_graphic(text) else PUT_AWAY


def _shown() -> bool:
    return bool(st.session_state.get(_SHOWN, False))


def _take() -> None:
    st.session_state[_SHOWN] = st.session_state[_BOX]
