"""The days that the zones page shows: those of the zone map's own timeline, else those of the map page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from geo.timemap import MapState, Payload

    Days = tuple[date, date]

PARAM = "zone_days"
"""Key of the link."""
_WINDOW, _TURN = "zone_window", "zone_window_turn"


def window(zone_id: str) -> Days | None:
    """Give the days that the reader looks at in a zone; None for those of the map page."""
    if _WINDOW not in st.session_state:
        st.session_state[_WINDOW] = (zone_id, days_of(st.query_params.get(PARAM)))
    kept: tuple[str, Days | None] = st.session_state[_WINDOW]
    return kept[1] if kept[0] == zone_id else None


def set_window(zone_id: str, days: Days | None) -> None:
    """Look at other days, and have the map do so too."""
    st.session_state[_WINDOW] = (zone_id, days)
    st.session_state[_TURN] = turn() + 1


def turn() -> int:
    """Count how often the page, not the map, has chosen the days."""
    return int(st.session_state.get(_TURN, 0))


def take(zone_id: str, answer: MapState, events: Payload) -> None:
    """Take the days of the map's timeline; the whole of time is no choice."""
    whole = answer.window == (events.epoch, events.last)
    st.session_state[_WINDOW] = (zone_id, None if whole else answer.window)


def days_of(text: object) -> Days | None:
    """Read "2019-10-09..2019-12-31"; None for anything else, and where the days are reversed."""
    if not isinstance(text, str) or len(text) > 40:
        return None
    parts = text.split("..")
    try:
        first, last = (date.fromisoformat(part) for part in parts)
    except ValueError:
        return None
    return (first, last) if first <= last else None


def text_of(days: Days | None) -> str | None:
    """Write days for a link."""
    return None if days is None else f"{days[0]}..{days[1]}"
