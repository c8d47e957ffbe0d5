"""The filters, with a count beside each value: how many events it would show under every other filter."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError

from geo.layers.meanings import meanings
from geo.model import EVENTS_OF_THE_DAY, SUB_EVENT_TYPES, ActorType, EventType, KnownBy, Status
from geo.query import Query
from geo.ui import graphic, state
from geo.ui.theatres import draw_chooser

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Counted = Callable[[Query, str], Mapping[str, int]]

PAGES = (
    ("pages/map.py", "Map", ":material/map:"),
    ("pages/zones.py", "Zones", ":material/layers:"),
    ("pages/review.py", "Review", ":material/fact_check:"),
    ("pages/changes.py", "Changes", ":material/difference:"),
    ("pages/articles.py", "Articles", ":material/article:"),
    ("pages/report.py", "Report", ":material/image:"),
)
"""Script, title and icon of each page; the first is where one arrives."""
_COUNT = re.compile(r" \([\d,]+\)$")
MAX_ACTORS = 300
"""Actors offered, most frequent first; any other is found by the text search."""


def draw(counted: Counted, zone_names: Mapping[str, str], *, knows_days: bool = True) -> Query:
    """Draw the filters and return the query they make.

    Parameters
    ----------
    counted : callable
        Tells how many events of the store each value of a field would show, most frequent first.
    zone_names : mapping of str to str
        Name of each zone by its id.
    knows_days : bool, default True
        The store can be asked as of an earlier day.

    Returns
    -------
    Query
    """
    with st.sidebar:
        _link_pages()
        draw_chooser()
        st.text_input(
            "Search",
            key=_key("text", state.query().text or ""),
            placeholder="place, actor or words",
            on_change=_take_text,
            max_chars=200,
        )
        _choose(counted, "event_types", "Event type", [str(kind) for kind in EventType])
        kinds = _offered_sub_types()
        _choose(counted, "sub_event_types", "Sub-event type", kinds, help=_meanings(kinds))
        _choose(counted, "actors", "Actor", None)
        _choose(counted, "actor_types", "Actor type", [str(kind) for kind in ActorType])
        _choose(counted, "zones", "Zone", None, lambda key: zone_names.get(key, key))
        _choose(
            counted,
            "statuses",
            "Status",
            [str(status) for status in Status],
            help="Reported, claimed and ongoing events are shown unless you choose otherwise. Planned, denied, "
            "background and aggregate reports are never events of their day.",
        )
        st.slider(
            "Lowest confidence",
            0.0,
            1.0,
            step=0.05,
            key=_key("min_confidence", float(state.query().min_confidence or 0.0)),
            on_change=_take_confidence,
            help="Confidence is that of the weakest part: what, who, where or when.",
        )
        if knows_days:
            _choose_knowledge()
        graphic.draw_choice()
        st.button("Reset filters", on_click=_reset, width="stretch", disabled=state.query() == _cleared(state.query()))
    return state.query()


def _link_pages() -> None:
    # A page that is run as a script of its own has no other pages to link.
    with suppress(StreamlitPageNotFoundError):
        for path, title, icon in PAGES:
            st.page_link(path, label=title, icon=icon)
        st.divider()


def _key(field: str, value: Any) -> str:
    """Key of a field's widget, whose value is set to the query's: the query is the truth, the widget shows it."""
    key = f"filter_{field}"
    st.session_state[key] = value
    return key


def _choose(
    counted: Counted,
    field: str,
    label: str,
    options: list[str] | None,
    name: Callable[[str], str] = str,
    **looks: Any,
) -> None:
    query = state.query()
    found = counted(query, field)
    chosen = getattr(query, field)
    chosen_names = sorted(str(value) for value in chosen or ())
    if options is None:
        options = list(found)[:MAX_ACTORS]
    options = [*options, *(value for value in chosen_names if value not in options)]
    if field == "statuses" and chosen == EVENTS_OF_THE_DAY:
        chosen_names = [str(status) for status in Status if status in EVENTS_OF_THE_DAY]
    st.multiselect(
        label,
        options,
        key=_key(field, chosen_names),
        format_func=lambda value: f"{name(value)} ({found.get(value, 0):,})",
        on_change=_take,
        args=(field, {name(value): value for value in options}),
        placeholder="any",
        **looks,
    )


def _offered_sub_types() -> list[str]:
    """Sub-event types of the chosen event types; all of them where none is chosen."""
    kinds = state.query().event_types
    return [sub for kind, subs in SUB_EVENT_TYPES.items() if kinds is None or kind in kinds for sub in subs]


def _meanings(kinds: list[str]) -> str:
    first = "" if state.query().event_types else "Choose an event type to see only its own here.\n\n"
    return first + "\n".join(f"- **{kind}**: {meanings()[kind]}" for kind in kinds)


def _take(field: str, value_of: Mapping[str, str]) -> None:
    """Take a chosen set into the query.

    Where the counts changed between the drawing and the choice, the browser answers with an old label such as
    "claimed (6)" instead of a value; its name is then looked up without the count.
    """
    known = set(value_of.values())
    chosen = (v if v in known else value_of.get(_COUNT.sub("", v)) for v in st.session_state[f"filter_{field}"])
    value: frozenset[str] | None = frozenset(v for v in chosen if v is not None) or None
    if field == "statuses" and value is None:
        value = frozenset(EVENTS_OF_THE_DAY)
    state.set_query(replace(state.query(), **{field: value}))  # type: ignore[arg-type]


def _take_text() -> None:
    # What cannot be shown (a pasted control character) cannot be searched for.
    words = "".join(c if c.isprintable() else " " for c in st.session_state["filter_text"])
    state.set_query(replace(state.query(), text=words.strip() or None))


def _take_confidence() -> None:
    state.set_query(replace(state.query(), min_confidence=st.session_state["filter_min_confidence"] or None))


KNOWN_WORDS = {
    KnownBy.PUBLISHED: "published in articles",
    KnownBy.RECORDED: "recorded in this store",
}
"""What known may mean, in words."""


def _choose_knowledge() -> None:
    """Offer the events as they were known on an earlier day."""
    query = state.query()
    with st.expander("As known on", expanded=query.known_on is not None):
        st.date_input(
            "Day",
            key=_key("known_on", query.known_on),
            min_value=date(1900, 1, 1),
            max_value=date(2100, 1, 1),
            format="YYYY-MM-DD",
            on_change=_take_knowledge,
            help="Show only what was known at the end of this day. Leave it empty for all that is known.",
        )
        st.radio(
            "Known means",
            list(KnownBy),
            key=_key("known_by", query.known_by),
            format_func=lambda by: KNOWN_WORDS[by],
            on_change=_take_knowledge,
            disabled=query.known_on is None,
        )


def _take_knowledge() -> None:
    day, by = st.session_state["filter_known_on"], st.session_state["filter_known_by"]
    state.set_query(replace(state.query(), known_on=day, known_by=by))


def _cleared(query: Query) -> Query:
    return Query(period=query.period)


def _reset() -> None:
    state.set_query(_cleared(state.query()))
