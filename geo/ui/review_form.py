"""The form that corrects an event: type, standing, days, actors, deaths, injured."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.model import EVENT_TYPE_OF, ActorType, Status
from geo.review import span_precision

if TYPE_CHECKING:
    from geo.model import Event

_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 1, 1)
_MOST_PEOPLE = 1_000_000
PEOPLE = {"fatalities": "Deaths", "injured": "Injured"}
"""Beginning of the fields that count people, and what they are called."""
_TYPES = [None, *ActorType]


def correction_form(event: Event) -> tuple[dict[str, Any], str, bool]:
    """Draw the form.

    Parameters
    ----------
    event : Event

    Returns
    -------
    fields : dict
        Values of a report's fields as they stand in the form.
    why : str
        The reviewer's reason.
    sent : bool
        The reviewer pressed the button.
    """
    best, key = event.best, f"review_{event.id}_{event.review.last}"
    subs = list(EVENT_TYPE_OF)
    with st.form(f"{key}_form", border=False, enter_to_submit=False):
        what, standing = st.columns([2, 1])
        sub = what.selectbox("What", subs, index=subs.index(best.sub_event_type), format_func=_type_words)
        status = standing.selectbox("Status", list(Status), index=list(Status).index(best.status))
        days = st.columns(2)
        first = _day(days[0], "First day", best.day_start)
        last = _day(days[1], "Last day", best.day_end)
        fields: dict[str, Any] = {
            "event_type": EVENT_TYPE_OF[sub], "sub_event_type": sub, "status": status, **_days(event, first, last)
        }  # fmt: skip
        for n, label in ((1, "Who"), (2, "To or with whom")):
            name, kind = st.columns([2, 1])
            actor = name.text_input(label, getattr(best, f"actor{n}") or "", max_chars=120)
            known = getattr(best, f"actor{n}_type")
            chosen = kind.selectbox("Type", _TYPES, index=_TYPES.index(known), key=f"{key}_type{n}", format_func=_known)
            fields |= {f"actor{n}": actor.strip() or None, f"actor{n}_type": chosen if actor.strip() else None}
        for people, words in PEOPLE.items():
            for box, end, most in zip(st.columns(2), ("low", "high"), ("least", "most"), strict=True):
                field = f"{people}_{end}"
                fields[field] = box.number_input(
                    f"{words}, at {most}", 0, _MOST_PEOPLE, getattr(best, field), step=1, placeholder="not told"
                )
        why = st.text_input("Why (kept with the correction)", max_chars=500)
        sent = st.form_submit_button("Save correction", type="primary", width="stretch")
    return fields, why, sent


def _day(box: Any, label: str, day: date | None) -> date | None:
    return box.date_input(label, day, _EARLIEST, _LATEST, format="YYYY-MM-DD")  # type: ignore[no-any-return]


def _days(event: Event, first: date | None, last: date | None) -> dict[str, Any]:
    """Days and their precision; one day alone is that day, and days turned round are put right."""
    best = event.best
    if (first, last) == (best.day_start, best.day_end):
        return {}
    known = sorted(day for day in (first, last) if day is not None)
    if not known:
        return {"day_start": None, "day_end": None, "time_precision": None}
    return {"day_start": known[0], "day_end": known[-1], "time_precision": span_precision(known[0], known[-1])}


def _type_words(sub: str) -> str:
    return f"{sub} · {EVENT_TYPE_OF[sub]}"


def _known(value: object) -> str:
    return "not known" if value is None else str(value)
