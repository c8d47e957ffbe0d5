"""A reader's own zones on the zones page: which there are, and three ways to add one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import GeoError, ZoneError
from geo.layers._base import safe_text
from geo.ui.data import zones
from geo.ui.own_zones_add import draw_zone, send_zone, write_zone
from geo.ui.own_zones_save import TOLD, rejoined
from geo.ui.page import show_error
from geo.ui.permission import demand, may_write, why_not
from geo.ui.plain import plain_markdown
from geo.ui.roles import Role
from geo.ui.zone_card import validity_words
from geo.zones.own import load_all, remove

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.ui.page import Page
    from geo.zones import BuiltZone

WAYS: dict[str, Callable[[Page], None]] = {
    "Draw it": draw_zone,
    "Send a file": send_zone,
    "Write it": write_zone,
}
"""How a zone can be added, and what draws it."""
SHOWN = 50
"""Zones that are listed."""
_WAY, _ASKED = "own_zone_way", "own_zone_asked"


def own_zones(page: Page) -> None:
    """Draw the section.

    Parameters
    ----------
    page : Page
    """
    st.html(
        '<div class="bl-head" id="your-zones"><h1>Your zones</h1><p>Beside those that come with the program</p></div>'
    )
    for told in st.session_state.pop(TOLD, []):
        # Not in the page itself: a map that answers runs the page again at once, and the words would be gone.
        st.toast(plain_markdown(told), icon=":material/layers:", duration="long")
    own = {key: built for key, built in zones().items() if built.zone.is_own}
    for error in _errors(page):
        show_error(error)
    if not own:
        st.caption("None yet. A zone of your own counts, filters and colours like any other, here and in every export.")
    for key, built in list(own.items())[:SHOWN]:
        _row(page, key, built)
    if len(own) > SHOWN:
        st.caption(f"The first {SHOWN} of {len(own)} are listed; `python -m geo zones list` lists all.")
    if (reason := why_not(page.data.folder, Role.ADMIN)) is not None:
        st.caption(reason)
        return
    way = st.segmented_control("Add a zone", list(WAYS), key=_WAY)
    if way is not None:
        WAYS[way](page)


def _errors(page: Page) -> list[ZoneError]:
    """Tell what is wrong with files beside the store that were written by hand."""
    errors: list[ZoneError] = []
    load_all(page.data.folder, errors=errors)
    return [error for error in errors if error.path is not None and error.path.parent == page.data.folder / "zones"]


def _row(page: Page, key: str, built: BuiltZone) -> None:
    words, show, take = st.columns([4, 1, 1], vertical_alignment="center", gap="small")
    with words:
        area = f"{built.area_km2:,.0f} km²"
        st.html(
            f"<b>{safe_text(built.zone.name)}</b> "
            f'<span class="bl-note">{safe_text(validity_words(built.zone))} · {area} · {safe_text(key)}</span>'
        )
    show.button("Show", key=f"own_show_{key}", on_click=_show, args=(key,), width="stretch")
    if may_write(page.data.folder, Role.ADMIN):
        take.button("Remove", key=f"own_remove_{key}", on_click=_ask, args=(key,), width="stretch")
        if st.session_state.get(_ASKED) == key:
            _question(page, key, built.zone.name)


def _question(page: Page, key: str, name: str) -> None:
    """Ask before a zone is taken away: its definition is kept nowhere else."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"Remove **{plain_markdown(name)}** for good?", width="content")
        st.button("Yes, remove it", key=f"own_remove_yes_{key}", on_click=_remove, args=(page, key, name))
        st.button("Keep it", key=f"own_remove_no_{key}", on_click=_ask, args=(None,))


def _ask(key: str | None) -> None:
    st.session_state[_ASKED] = key


def _show(key: str) -> None:
    st.session_state["zone_chosen"] = key


def _remove(page: Page, key: str, name: str) -> None:
    _ask(None)
    try:
        demand(page.data.folder, Role.ADMIN)
        remove(page.data.folder, key)
        rejoined(page)
    except (GeoError, OSError) as error:
        st.session_state[TOLD] = [f"{name} could not be removed: {error}"]
        return
    st.session_state[TOLD] = [f"{name} is removed. The events were counted anew without it."]
