"""What can be done about the event at hand: correct, join, part, comment, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from geo.layers.words import day_words, place_words, range_words
from geo.model import Action
from geo.review import about, correction, standing, written_name
from geo.ui import review_data
from geo.ui.data import event_with_articles
from geo.ui.graphic import cell
from geo.ui.permission import may_write
from geo.ui.plain import plain_markdown
from geo.ui.review_actions import remember_name, reviewer, take
from geo.ui.review_form import PEOPLE, correction_form
from geo.ui.review_place import choose_place

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.model import Decision, Event, Report
    from geo.ui.page import Page

_NEAR_DAYS = 3
_NEAR_DEGREES = 0.5
_MOST_NEAR = 30


def tabs(page: Page, event: Event, after: str | None) -> None:
    """Draw the ways to change the event.

    Parameters
    ----------
    page : Page
    event : Event
    after : str or None
        Event to open once this one is dealt with.
    """
    rows = review_data.made(page.data.folder, page.data.generation)
    if not may_write(page.data.folder):
        _told_so_far(event, rows)
        return
    ready = bool(reviewer())
    if not ready:
        st.caption("Write your name above to decide.")
    fix, join, part, talk = st.tabs(["Correct", "Same as …", "Several events", "Notes and history"])
    with fix:
        _correct(page, event, rows, after)
    with join:
        _join(page, event, ready=ready)
    with part:
        _part(page, event, ready=ready)
    with talk:
        _history(page, event, rows, ready=ready)


def _correct(page: Page, event: Event, rows: tuple[Decision, ...], after: str | None) -> None:
    place, precision = choose_place(event, rows, dark=page.dark)
    written = written_name(event.best)
    keep_name = place not in (None, event.best.place) and written is not None
    keep_name = keep_name and st.checkbox(
        f"Let “{plain_markdown(written)}” mean this place in every article read from now on",
        key=f"remember_{event.id}",
    )
    fields, why, sent = correction_form(event)
    if not sent:
        return
    after_fields = correction(event, {**fields, "place": place, "geo_precision": precision})
    if not after_fields:
        st.warning("Nothing differs from what is there. To confirm it, accept it.")
    elif turned := [words for people, words in PEOPLE.items() if _turned(fields, people)]:
        st.error(f"{turned[0]}: at least more than at most. Exchange the two figures.")
    elif not reviewer():
        st.error("Write your name above first.")
    else:
        if keep_name and written is not None and place is not None:
            remember_name(page.data.folder, written, place)
        take(page.data.folder, Action.CORRECT, [event], after, after=after_fields, why=why.strip() or None)
        st.rerun()


def _turned(fields: dict[str, Any], people: str) -> bool:
    low, high = fields[f"{people}_low"], fields[f"{people}_high"]
    return low is not None and high is not None and bool(low > high)


def _join(page: Page, event: Event, *, ready: bool) -> None:
    near = _near(page.data.events, event)
    if near.empty:
        st.caption(f"No other event lies within {_NEAR_DAYS} days and about 50 km of this one.")
        return
    label = {row.event_id: _event_words(row) for row in near.itertuples()}
    chosen = st.multiselect("It is the same event as", list(label), format_func=label.__getitem__, placeholder="choose")
    why = st.text_input("Why they are one", max_chars=500, key=f"join_why_{event.id}")
    if st.button("Join them", disabled=not (ready and chosen), width="stretch"):
        found = [event_with_articles(page.data, key) for key in chosen]
        others = [one[0] for one in found if one is not None]
        take(page.data.folder, Action.MERGE, [event, *others], None, why=why.strip() or None)
        st.rerun()


def _near(events: GeoDataFrame, event: Event) -> GeoDataFrame:
    """Events about the same day and place, or of the same place where the day is unknown."""
    best = event.best
    rows = events[events["event_id"] != event.id]
    if best.day_start is not None and best.day_end is not None:
        slack = pd.Timedelta(days=_NEAR_DAYS)
        first, last = pd.Timestamp(best.day_start) - slack, pd.Timestamp(best.day_end) + slack
        rows = rows[rows["day_start"].isna() | ((rows["day_start"] <= last) & (rows["day_end"] >= first))]
    if best.place is not None:
        lon, lat = (rows["lon"] - best.place.lon).abs(), (rows["lat"] - best.place.lat).abs()
        rows = rows[(rows["place_id"] == best.place.id) | ((lon < _NEAR_DEGREES) & (lat < _NEAR_DEGREES))]
    return rows.head(_MOST_NEAR)


def _event_words(row: Any) -> str:
    day = "no day" if pd.isna(row.day_start) else f"{row.day_start:%Y-%m-%d}"
    place = "no place" if pd.isna(row.place) else row.place
    actor = "" if pd.isna(row.actor1) else f", {row.actor1}"
    return f"{day} {row.sub_event_type}, {place}{actor} ({row.event_id[:6]})"


def _part(page: Page, event: Event, *, ready: bool) -> None:
    if len(event.reports) < 2:
        st.caption("There is one report of this event, so there is nothing to part.")
        return
    st.caption("Tick the reports that tell of another event.")
    told = [(report.id, plain_markdown(cell(report.quote))) for report in event.reports]
    away = [key for key, words in told if st.checkbox(words, key=f"part_{key}")]
    kept = [report.id for report in event.reports if report.id not in away]
    if st.button("Part them", disabled=not (ready and away and kept), width="stretch"):
        take(page.data.folder, Action.SPLIT, [event], None, groups=(tuple(kept), tuple(away)))
        st.rerun()


def _history(page: Page, event: Event, rows: tuple[Decision, ...], *, ready: bool) -> None:
    words = st.text_area("Comment", max_chars=1000, height=80, key=f"comment_{event.id}_{event.review.last}")
    if st.button("Keep the comment", disabled=not (ready and words.strip()), width="stretch"):
        take(page.data.folder, Action.COMMENT, [event], event.id, why=words.strip())
        st.rerun()
    mine, held = _told_so_far(event, rows)
    undoable = [made for made in mine if made.number in held and made.action is not Action.COMMENT]
    if undoable:
        last = undoable[-1]
        st.button(
            f"Undo: {last.action} by {plain_markdown(last.who)}", shortcut="u", width="stretch", disabled=not ready,
            on_click=take, args=(page.data.folder, Action.UNDO, [event], None), kwargs={"undoes": last.number},
        )  # fmt: skip


def _told_so_far(event: Event, rows: tuple[Decision, ...]) -> tuple[tuple[Decision, ...], set[int]]:
    """Draw what was decided about the event; give it, and the numbers of the decisions that stand."""
    mine, held = about(event, rows), {made.number for made in standing(rows)}
    for made in reversed(mine):
        struck = made.number not in held and made.action is not Action.UNDO
        st.markdown(("~~" if struck else "") + _told(made) + ("~~ (undone)" if struck else ""))
    if not mine:
        st.caption("Nobody has decided about this event yet.")
    return mine, held


def _told(made: Decision) -> str:
    changed = "; ".join(f"{name.replace('_', ' ')}: {_change(made, name)}" for name in made.after)
    parts = [f"{made.action} by {made.who}, {made.at[:16].replace('T', ' ')} UTC", changed, made.why or ""]
    return plain_markdown(" — ".join(part for part in parts if part))


def _change(made: Decision, name: str) -> str:
    before: Report = made.reports[0]
    return f"{_shown(name, getattr(before, name))} → {_shown(name, made.after[name])}"


def _shown(name: str, value: Any) -> str:
    if value is None:
        return "not known"
    if name == "place":
        return place_words(value)
    if name.startswith("day_"):
        return day_words(value, value)
    return range_words(value, value) if name.startswith(tuple(PEOPLE)) else str(value)
