"""Which events of other sources may be the same as the open one; a person says so, and can take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from geo.errors import GeoError
from geo.importers.segments import FOLDER
from geo.layers._base import safe_text
from geo.layers.words import day_words
from geo.linking import OWN, candidates, link, linked_to, links, told_again, unlink
from geo.store import Store
from geo.ui import state
from geo.ui.graphic import cell
from geo.ui.page import show_error
from geo.ui.permission import demand, may_write
from geo.ui.plain import plain_markdown
from geo.ui.review_actions import reviewer
from geo.ui.reviewer_name import keep_name, name_box
from geo.ui.sign_in import person

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from geopandas import GeoDataFrame

    from geo.linking import Candidate, Link
    from geo.ui.page import Page


def may_be_same(page: Page, event_id: str) -> None:
    """Show what is linked to an event and what may be the same, under its card.

    Parameters
    ----------
    page : Page
    event_id : str
    """
    folder = page.data.folder
    if page.data.known is not None or not (folder / FOLDER).exists():
        return
    made = linked_to(event_id, _links(folder, page.data.generation))
    others = [one.other if one.one == event_id else one.one for one in made]
    near = _candidates(page.data.events, folder, page.data.generation, event_id)
    found = [candidate for candidate in near if candidate.event_id not in others]
    if not made and not found:
        return
    ready = _name(folder)
    for one, other in zip(made, others, strict=True):
        _linked(page, event_id, one, other, ready=ready)
    if found:
        st.markdown("**May be the same as**")
    for candidate in found:
        _candidate(page, event_id, candidate, ready=ready)
    keep_name()


def linked_words(page: Page, ids: Collection[str]) -> str | None:
    """Say how many of some events only tell again what another source tells; None where none does."""
    if page.data.known is not None or not (page.data.folder / FOLDER).exists():
        return None
    again = told_again(set(ids), _links(page.data.folder, page.data.generation))
    return f"{again:,} linked: told again by another source, so {len(ids) - again:,} counted once" if again else None


def _name(folder: Path) -> bool:
    """Ask for the name that is kept with a link; tell whether there is one."""
    if not may_write(folder):
        return False
    if person().name is None:
        name_box("Your name, kept with each link", linking=True)
    return bool(reviewer())


def _linked(page: Page, event_id: str, made: Link, other: str, *, ready: bool) -> None:
    with st.container(border=True):
        st.html(f'<div class="bl-note">The same event, says {safe_text(made.who)}, {safe_text(made.at[:10])}</div>')
        st.markdown(_words(page.data.events, other))
        _buttons(page, other, "Take the link back", (page.data.folder, event_id, other, False), ready=ready)


def _candidate(page: Page, event_id: str, one: Candidate, *, ready: bool) -> None:
    with st.container(border=True):
        whose = "told by your articles" if one.origin == OWN else one.origin
        st.markdown(_words(page.data.events, one.event_id))
        st.caption(plain_markdown(f"{one.km:.0f} km away, {whose}"))
        _buttons(page, one.event_id, "The same event", (page.data.folder, event_id, one.event_id, True), ready=ready)


def _buttons(page: Page, other: str, label: str, args: tuple[Any, ...], *, ready: bool) -> None:
    look, say = st.columns(2, gap="small")
    look.button("Look at it", key=f"look_{other}", on_click=_open, args=(other,), width="stretch")
    say.button(
        label, key=f"link_{other}", on_click=_decide, args=args, width="stretch",
        disabled=not ready or page.data.is_sample, help=None if ready else "Write your name above first",
    )  # fmt: skip


def _words(events: GeoDataFrame, event_id: str) -> str:
    rows = events[events["event_id"] == event_id]
    if rows.empty:
        return "An event that is no longer in the store"
    row = rows.iloc[0]
    kind = row["event_type"] if pd.isna(row["sub_event_type"]) else row["sub_event_type"]
    days = [None if pd.isna(row[name]) else row[name].date() for name in ("day_start", "day_end")]
    parts = [kind, day_words(days[0], days[1]), row["place"], row["actor1"], row["title"]]
    return plain_markdown(", ".join(cell(str(part)) for part in parts if not pd.isna(part)))


def _open(event_id: str) -> None:
    state.set_view(event_id=event_id)


def _decide(folder: Path, one: str, other: str, same: bool) -> None:
    try:
        demand(folder)
        with Store(folder) as store:
            (link if same else unlink)(store, one, other, who=reviewer())
    except GeoError as error:
        show_error(error)


@st.cache_data(max_entries=4, show_spinner=False)
def _links(folder: Path, generation: str) -> tuple[Link, ...]:  # noqa: ARG001 - the generation is the cache's key
    with Store(folder, readonly=True) as store:
        return links(store)


@st.cache_data(max_entries=200, show_spinner=False)
def _candidates(_events: GeoDataFrame, folder: Path, generation: str, event_id: str) -> tuple[Candidate, ...]:  # noqa: ARG001
    with Store(folder, readonly=True) as store:
        return candidates(store, _events, event_id)
