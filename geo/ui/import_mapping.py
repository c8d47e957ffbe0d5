"""Says which column of somebody's table is which of ours: guessed, shown with examples, corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd
import streamlit as st

from geo.importers.fields import DAY_ORDERS
from geo.importers.mapping import ANY, TARGETS, guess_types
from geo.model import SUB_EVENT_TYPES

if TYPE_CHECKING:
    from geo.importers import How, Plan

WORDS: Final = {
    "event_id": "Its own id", "event_type": "Event type", "sub_event_type": "Sub-event type",
    "day_start": "Day, or first day", "day_end": "Last day", "time_precision": "How well the day is known (1 to 5)",
    "place": "Place", "place_id": "Place, id", "country": "Country", "admin1": "Province", "lon": "Longitude",
    "lat": "Latitude", "radius_km": "Radius in km", "geo_precision": "How well the place is known (1 to 3)",
    "actor1": "First actor", "actor1_type": "First actor, type", "actor2": "Second actor",
    "actor2_type": "Second actor, type", "status": "Status", "fatalities_low": "Deaths, fewest",
    "fatalities_high": "Deaths, most", "injured_low": "Injured, fewest", "injured_high": "Injured, most",
    "title": "Title", "source": "Source", "quote": "Text or notes",
    "confidence": "Confidence (0 to 1)", "sources": "Number of sources", "url": "Web address", "tags": "Tags",
    "known_since": "Day it was given out", "geometry": "Geometry",
}  # fmt: skip
"""Our columns in words."""
_NONE: Final = "–"
_REST: Final = "all other words, and none"
_SKIP: Final = "skip these rows"
_UNSURE: Final = "As they are written; leave out what could be two days"
_EXAMPLES: Final = 3


def mapping_form(planned: Plan) -> How:
    """Show what is guessed, and take what is corrected.

    Parameters
    ----------
    planned : Plan
        Of a table of one's own.

    Returns
    -------
    How
    """
    sample = planned.table.sample(200)
    st.markdown("**Which column is which**")
    columns = _columns(planned, sample)
    left, right = st.columns(2, gap="medium")
    with left:
        days = [_UNSURE, *DAY_ORDERS]
        at = days.index(planned.how.day_order) if planned.how.day_order else 0
        order = st.selectbox("Days like 01/02/2019 are written", days, index=at)
    with right:
        said = st.text_input(
            "To be said wherever its events are shown", value=planned.how.attribution, max_chars=200,
            placeholder=f"whose table it is; otherwise {planned.name[:60]}",
        )  # fmt: skip
    types = _types(planned, sample, columns)
    chosen = None if order == _UNSURE else order
    return replace(planned.how, columns=columns, day_order=chosen, types=types, attribution=said.strip())


def _columns(planned: Plan, sample: pd.DataFrame) -> dict[str, str]:
    known = planned.how.columns
    # What was found stands first, so that it is seen without scrolling.
    targets = sorted(TARGETS, key=lambda name: name not in known)
    rows = pd.DataFrame(
        {
            "Ours": [WORDS[name] for name in targets],
            "Column of the file": [known.get(name, _NONE) for name in targets],
            "For example": [_examples(sample, known.get(name)) for name in targets],
        }
    )
    offered = [_NONE, *planned.table.columns]
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=["Ours", "For example"],
        column_config={"Column of the file": st.column_config.SelectboxColumn(options=offered, required=True)},
        height=320,
        key=f"mapping_{planned.table.path}",
    )
    chosen = zip(targets, edited["Column of the file"], strict=True)
    return {ours: theirs for ours, theirs in chosen if theirs and theirs != _NONE}


def _types(planned: Plan, sample: pd.DataFrame, columns: dict[str, str]) -> dict[str, str]:
    """Ask what the table's words for types mean."""
    known = {**guess_types(sample, columns), **planned.how.types}
    words = [*(word for word in known if word != ANY), ANY]
    choices = [_SKIP, *SUB_EVENT_TYPES, *(sub for subs in SUB_EVENT_TYPES.values() for sub in subs)]
    rows = pd.DataFrame(
        {
            "Word in the file": [_REST if word == ANY else word for word in words],
            "Is to us": [known.get(word) or _SKIP for word in words],
        }
    )
    st.markdown("**What its event types are to us** — words that are ACLED's already are not listed")
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=["Word in the file"],
        column_config={"Is to us": st.column_config.SelectboxColumn(options=list(map(str, choices)), required=True)},
        height=min(300, 38 + 35 * len(rows)),
        key=f"types_{planned.table.path}_{'-'.join(sorted(columns))[:200]}",
    )
    found = {word: "" if kind == _SKIP else kind for word, kind in zip(words, edited["Is to us"], strict=True)}
    if not found[ANY]:
        del found[ANY]
    return found


def _examples(sample: pd.DataFrame, column: str | None) -> str:
    if column not in sample:
        return ""
    return " · ".join(str(value)[:40] for value in sample[column].dropna().unique()[:_EXAMPLES])
