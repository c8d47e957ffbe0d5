"""What one reader of the dashboard has chosen: the query, the view of the map, the open event.

Kept in the session and in the link.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from geo.query import Query, from_params, to_params
from geo.ui.link_schema import notes_on

_QUERY, _VIEW, _NOTES = "query", "view", "link_notes"
_AT, _EVENT = "at", "event"
MAX_ID = 64
"""Longest event id that a link may carry, characters."""


@dataclass(frozen=True, slots=True)
class View:
    """What the map shows beside the events under the query."""

    lon: float | None = None
    """Centre of the map, degrees east; None until the reader or a link says."""
    lat: float | None = None
    zoom: float | None = None
    bounds: tuple[float, float, float, float] | None = None
    """West, south, east, north of what is on screen, degrees."""
    event_id: str | None = None
    """The open event."""


def query() -> Query:
    """Return the reader's query; on the first run of a session it comes from the link."""
    if _QUERY not in st.session_state:
        _read_link()
    return st.session_state[_QUERY]  # type: ignore[no-any-return]


def set_query(new: Query) -> None:
    """Change the reader's query."""
    st.session_state[_QUERY] = new


def view() -> View:
    """Return what the reader's map shows."""
    if _VIEW not in st.session_state:
        _read_link()
    return st.session_state[_VIEW]  # type: ignore[no-any-return]


def set_view(**changes: object) -> None:
    """Change some of what the map shows."""
    st.session_state[_VIEW] = replace(view(), **changes)  # type: ignore[arg-type]


def forget_view() -> None:
    """Look at the map afresh, with no event open."""
    st.session_state[_VIEW] = View()


def link_notes() -> list[str]:
    """Return, once, what of the link could not be read."""
    notes: list[str] = st.session_state.get(_NOTES, [])
    st.session_state[_NOTES] = []
    return notes


def write_link(**own: str | None) -> None:
    """Make the address in the browser say what is shown, so that it can be copied.

    Parameters
    ----------
    **own : str or None
        What only this page shows, under keys of its own; None is left out.
    """
    # Imported here: the theatre's chooser changes the query.
    from geo.ui.theatres import link_params

    own_params = {key: value for key, value in own.items() if value is not None}
    params = {**to_params(query()), **link_params(), **own_params}
    seen = view()
    if seen.lon is not None and seen.lat is not None and seen.zoom is not None:
        params[_AT] = f"{seen.lon:.4f},{seen.lat:.4f},{seen.zoom:g}"
    if seen.event_id is not None:
        params[_EVENT] = seen.event_id
    if params != _link():
        st.query_params.from_dict(params)


def _link() -> dict[str, str | list[str]]:
    every = {key: st.query_params.get_all(key) for key in st.query_params}
    return {key: values[0] if len(values) == 1 else values for key, values in every.items()}


def _read_link() -> None:
    params = _link()
    strange = notes_on(params)
    place, event_id = params.pop(_AT, None), params.pop(_EVENT, None)
    st.session_state[_QUERY], notes = from_params(params)
    notes += strange
    seen = View()
    if place is not None:
        where = _place_of(place)
        notes += [] if where else [f"Left out of the link: the map position {str(place)[:60]!r} cannot be read"]
        seen = where or seen
    if isinstance(event_id, str) and len(event_id) <= MAX_ID and event_id.isalnum():
        seen = replace(seen, event_id=event_id)
    st.session_state[_VIEW] = seen
    st.session_state[_NOTES] = notes


def _place_of(text: str | list[str]) -> View | None:
    parts = text.split(",") if isinstance(text, str) else []
    try:
        lon, lat, zoom = (float(part) for part in parts)
    except ValueError:
        return None
    if not (-180 <= lon <= 180 and -85 <= lat <= 85 and 0 <= zoom <= 22):
        return None
    return View(lon=lon, lat=lat, zoom=zoom)
