"""What a reviewer's buttons do: write the decision, make the events anew, go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.errors import GeoError
from geo.layers.words import place_words
from geo.model import Action
from geo.protection import is_protected
from geo.review import decision
from geo.store import Store, decide
from geo.ui import state
from geo.ui.permission import demand
from geo.ui.plain import plain_markdown
from geo.ui.reviewer_name import written_name
from geo.ui.sign_in import person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.model import Event, Place

SEEN = "review_seen"
"""Key of the event that the review page itself opened last; another one was opened elsewhere."""
_REFUSED, _DONE, _WENT_ON = "review_refused", "review_done", "review_went_on"
_TO_THE_TOP = """<script>
document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 });
</script>"""
"""A constant: nothing of a reader's or an article's is ever put into it."""


def take(folder: Path, action: Action, events: Sequence[Event], after_id: str | None, **rest: Any) -> None:
    """Write a decision about events and open what comes next.

    Parameters
    ----------
    folder : Path
        The store's folder.
    action : Action
    events : sequence of Event
        As the reviewer saw them; what was decided about them since is not passed over.
    after_id : str or None
        Event to open afterwards; None stays with the first of these.
    **rest
        As in :func:`geo.review.decision`.
    """
    # The reading half is only loaded by whoever decides something.
    from geo.pipeline import open_resources, rebuild_events

    seen = max(event.review.last for event in events)
    try:
        demand(folder)
        if any(map(is_protected, events)):
            raise GeoError(
                "a rule protects this event: what is shown of it is not what is known. Decide without the rule"
            )
        with Store(folder) as store:
            made = decide(store, decision(action, events, reviewer(), **rest), seen=seen)
            rebuild_events(store, open_resources())
            told = {report.id for report in made.reports}
            home = next((e.id for e in store.events() if told & {report.id for report in e.reports}), None)
    except GeoError as error:
        st.session_state[_REFUSED] = error
        return
    st.session_state[_DONE] = _told(action, events[0])
    st.session_state[_WENT_ON] = action in _GOES_ON
    state.set_view(event_id=after_id or home)
    st.session_state[SEEN] = state.view().event_id


def _told(action: Action, event: Event) -> str:
    """Say what was done to which event: the next one is on the page by then."""
    best = event.best
    which = f"{best.sub_event_type}, {place_words(best.place, best.geo_precision)}"
    return plain_markdown(_WORDS[action].format(which))


def reviewer() -> str:
    """Tell whose decision it is: the address of who is signed in, else the name they wrote; "" for none."""
    return person().name or written_name()


def remember_name(folder: Path, name: str, place: Place) -> None:
    """Let a written name mean a place in every article read from now on; what goes wrong is shown with the outcome."""
    from geo.review.names import remember

    try:
        demand(folder)
        remember(name, place)
    except GeoError as error:
        st.session_state[_REFUSED] = error


def show_outcome() -> None:
    """Say once what became of the last button."""
    error = st.session_state.pop(_REFUSED, None)
    if error is not None:
        from geo.ui.page import show_error

        show_error(error)
    if (done := st.session_state.pop(_DONE, None)) is not None:
        st.toast(done, icon=":material/check:", duration="long")
    if st.session_state.pop(_WENT_ON, False):
        # The next event's card is at the top; the button that was pressed may have been far below.
        st.html(_TO_THE_TOP, unsafe_allow_javascript=True)


_GOES_ON = frozenset({Action.ACCEPT, Action.CORRECT, Action.REJECT})
_WORDS = {
    Action.ACCEPT: "Accepted: {}. To undo: Reviewed, then Notes and history.",
    Action.CORRECT: "Corrected: {}. To undo: Reviewed, then Notes and history.",
    Action.REJECT: "Rejected: {}. It is no longer counted. To undo: Rejected, then Take back.",
    Action.MERGE: "Joined into one event",
    Action.SPLIT: "Parted into two events",
    Action.COMMENT: "Comment kept",
    Action.UNDO: "Undone",
}
