"""Is it right? Each event beside its evidence, to be accepted, corrected, joined, parted or rejected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from geo.model import Action, ReviewState
from geo.protection import MARK
from geo.ui import review_data, state
from geo.ui.data import event_with_articles
from geo.ui.event_card import event_card
from geo.ui.may_be_same import may_be_same
from geo.ui.page import heading
from geo.ui.permission import may_write, why_not
from geo.ui.plain import plain_markdown
from geo.ui.review_actions import SEEN, reviewer, show_outcome, take
from geo.ui.review_lists import rejected_list, reread_list
from geo.ui.review_tabs import tabs
from geo.ui.reviewer_name import keep_name, name_box
from geo.ui.sign_in import person
from geo.ui.tables import event_table
from geo.wording import many

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.model import Event
    from geo.ui.page import Page

TO_REVIEW, REVIEWED, REJECTED, REREAD = "To review", "Reviewed", "Rejected", "Read otherwise since"
_EMPTY = {
    TO_REVIEW: "Nothing is left to review under these filters.",
    REVIEWED: "Nothing under these filters has been reviewed yet.",
}
_MODE, _ORDER = "review_mode", "review_order"
_ORDERS = {
    "Least sure first": (["confidence", "event_id"], [True, True]),
    "Newest first": (["day_start", "event_id"], [False, True]),
    "Most deaths first": (["fatalities_low", "confidence", "event_id"], [False, True, True]),
}


def review_page(page: Page) -> None:
    """Show the queue of events under the filters, and the one at hand.

    Parameters
    ----------
    page : Page
    """
    # Imported rows have no report of ours: they are corrected where they come from.
    closed = page.selected["place_id"].astype(str).str.startswith(MARK)
    page = replace(page, selected=page.selected[(page.selected["reports"] > 0) & ~closed])
    done = int((page.selected["review"] != ReviewState.UNREVIEWED).sum())
    heading(page)
    show_outcome()
    if page.data.known is not None:
        st.info("What was known on an earlier day cannot be changed. Clear “As known on” to review.")
        return
    if (reason := why_not(page.data.folder)) is not None:
        st.info(reason, icon=":material/lock:")
    if number := int(closed.sum()):
        st.caption(f"{number:,} more are protected by rule. They are decided about where the rule does not hold.")
    _follow(page)
    mode = _controls(page, done)
    if mode == REJECTED:
        rejected_list(page)
    elif mode == REREAD:
        reread_list(page)
    else:
        _queue(page, _rows(page, mode), _EMPTY[mode])
    keep_name()
    state.write_link()


def _follow(page: Page) -> None:
    """Choose the list that holds the open event where it was opened elsewhere, as by a link or on the map."""
    event_id = state.view().event_id
    if event_id == st.session_state.get(SEEN):
        return
    opened = page.selected.loc[page.selected["event_id"] == event_id, "review"]
    if len(opened):
        st.session_state[_MODE] = TO_REVIEW if opened.iloc[0] == ReviewState.UNREVIEWED else REVIEWED


def _controls(page: Page, done: int) -> str:
    who, queue, order = st.columns([1, 2.2, 1], gap="medium", vertical_alignment="bottom")
    with who:
        _name(page)
    drifted = len(review_data.drifted(page.data.folder, page.data.generation))
    modes = [TO_REVIEW, REVIEWED, REJECTED, *([REREAD] if drifted else [])]
    st.session_state.setdefault(_MODE, TO_REVIEW)
    chosen = queue.segmented_control("Events", modes, key=_MODE, width="stretch")
    order.selectbox("Order", list(_ORDERS), key=_ORDER)
    total = len(page.selected)
    if total:
        st.progress(done / total, text=f"{done:,} of {total:,} events under these filters reviewed")
    return chosen or TO_REVIEW


def _name(page: Page) -> None:
    if not may_write(page.data.folder):
        return
    if person().name is not None:
        st.caption(plain_markdown(f"You decide as {reviewer()}"))
        return
    name_box("Your name, kept with each decision")


def _rows(page: Page, mode: str) -> GeoDataFrame:
    open_ones = page.selected["review"] == ReviewState.UNREVIEWED
    rows = page.selected[open_ones if mode == TO_REVIEW else ~open_ones]
    names, upwards = _ORDERS[st.session_state.get(_ORDER) or next(iter(_ORDERS))]
    return rows.sort_values(names, ascending=upwards, na_position="last")


def _queue(page: Page, rows: GeoDataFrame, nothing: str) -> None:
    ids = list(rows["event_id"])
    event_id = _at_hand(ids)
    found = event_with_articles(page.data, event_id) if event_id else None
    if found is None:
        st.success(nothing, icon=":material/done_all:")
        return
    event, articles = found
    place = ids.index(event.id)
    after = ids[place + 1] if place + 1 < len(ids) else None
    evidence, work = st.columns([1, 1.15], gap="medium")
    with evidence, st.container(key="review_evidence"):
        _buttons(page, event, ids[place - 1] if place > 0 else None, after)
        st.html(event_card(event, articles, page.zone_names, dark=page.dark))
        may_be_same(page, event.id)
    with work:
        tabs(page, event, after)
    st.caption(f"{many(len(ids), 'event')} in this list. Choose a row to open it.")
    event_table(rows, key="review_table")


def _at_hand(ids: list[str]) -> str | None:
    """Return the open event where the list holds it, else the list's first: what is shown is always one of the list."""
    opened = state.view().event_id
    shown = opened if opened in ids else ids[0] if ids else None
    if opened not in (None, shown):
        state.set_view(event_id=shown)
    st.session_state[SEEN] = state.view().event_id
    return shown


def _buttons(page: Page, event: Event, before: str | None, after: str | None) -> None:
    folder = page.data.folder
    writes = may_write(folder)
    named = writes and bool(reviewer())
    row = st.container(horizontal=True, gap="small", key="review_buttons")
    if writes:
        row.button(
            "Accept", type="primary", shortcut="a", width="stretch", disabled=not named, on_click=take,
            args=(folder, Action.ACCEPT, [event], after), help=None if named else "Write your name above first",
        )  # fmt: skip
        row.button(
            "Reject", shortcut="x", width="stretch", disabled=not named, on_click=take,
            args=(folder, Action.REJECT, [event], after),
            help="Not an event, or not one for this map. It can be undone.",
        )  # fmt: skip
    for label, key, goal in (("Back", "b", before), ("Next", "n", after)):
        row.button(label, shortcut=key, width="stretch", disabled=goal is None, on_click=_open, args=(goal,))


def _open(event_id: str | None) -> None:
    state.set_view(event_id=event_id)
