"""Two lists of the review page: what was rejected, and where the reader has changed its mind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from geo.layers._base import safe_text
from geo.layers.words import day_words, place_words
from geo.model import Action, Event, Review
from geo.review import about, standing
from geo.ui import review_data
from geo.ui.graphic import cell, folded
from geo.ui.permission import may_write
from geo.ui.review_actions import reviewer, take

if TYPE_CHECKING:
    from geo.model import Decision, Report
    from geo.ui.page import Page

SHOWN = 200
"""Rejected reports drawn; a longer list says that it is cut."""


def rejected_list(page: Page) -> None:
    """Show what was rejected, each with a button that takes it back.

    Parameters
    ----------
    page : Page
    """
    reports = review_data.rejected(page.data.folder, page.data.generation)
    rows = review_data.made(page.data.folder, page.data.generation)
    if not reports:
        st.info("Nothing was rejected.")
        return
    st.caption("Rejected events are on no map, in no count and in no file. They stay here, and in the log.")
    for report in reports[:SHOWN]:
        said = [made for made in about(_alone(report), standing(rows)) if made.action is Action.REJECT]
        with st.container(border=True):
            told, back = st.columns([5, 1], vertical_alignment="center")
            told.html(_card(report, said[-1] if said else None))
            if may_write(page.data.folder):
                back.button(
                    "Take back",
                    key=f"take_back_{report.id}",
                    width="stretch",
                    disabled=not said or not reviewer(),
                    on_click=_take_back,
                    args=(page, report, said[-1].number if said else 0, rows),
                )
    if len(reports) > SHOWN:
        st.caption(f"{len(reports) - SHOWN:,} more are not drawn.")


def _alone(report: Report) -> Event:
    return Event(report.id, (report,))


def _take_back(page: Page, report: Report, number: int, rows: tuple[Decision, ...]) -> None:
    made = next(row for row in rows if row.number == number)
    event = Event(report.id, made.reports, review=Review(last=max(row.number for row in rows)))
    take(page.data.folder, Action.UNDO, [event], None, undoes=number)


def _card(report: Report, made: Decision | None) -> str:
    who = f"Rejected by {made.who}, {made.at[:10]}" + (f": {made.why}" if made.why else "") if made else "Rejected"
    where = place_words(report.place, report.geo_precision)
    return (
        f"<div class='bl-note'>{safe_text(who)}</div><b>{safe_text(report.sub_event_type)}</b>, "
        f"{safe_text(where)}, {safe_text(day_words(report.day_start, report.day_end, report.time_precision))}"
        f'<div class="bl-quote">{folded(safe_text(report.quote), report.quote)}</div>'
    )


def reread_list(page: Page) -> None:
    """Show where the reader's new rules read otherwise than what people decided about. The decisions stand.

    Parameters
    ----------
    page : Page
    """
    found = review_data.drifted(page.data.folder, page.data.generation)
    st.caption(
        "The articles were read again by newer rules since people decided about these. The decisions stand; "
        "look whether they should."
    )
    st.dataframe(pd.DataFrame([_row(one) for one in found]), hide_index=True, width="stretch")


def _row(one: Any) -> dict[str, str]:
    return {
        "Decided": f"{one.made.action} by {one.made.who}, {one.made.at[:10]}",
        "Sentence": cell(one.then.quote),
        "Read then": _values(one.then, one.fields),
        "Read now": "no longer found; kept as decided" if one.now is None else _values(one.now, one.fields),
    }


def _values(report: Report, fields: tuple[str, ...]) -> str:
    told = []
    for name in fields:
        value = getattr(report, name)
        shown = getattr(value, "name", value) if name == "place" else value
        told.append(f"{name.replace('_', ' ')}: {'not known' if shown is None else shown}")
    return "; ".join(told)
