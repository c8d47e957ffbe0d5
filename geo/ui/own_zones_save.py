"""What a reader says of a new zone, and keeping it: the form under a drawing, an upload or a definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import GeoError
from geo.rezoning import rejoin
from geo.store import Store
from geo.ui import state
from geo.ui.data import read_data, zones
from geo.ui.page import show_error
from geo.ui.permission import demand
from geo.ui.roles import Role
from geo.ui.zone_card import kind_words
from geo.zones.claims import DEFAULT_KIND, Claim, definition_of
from geo.zones.definitions import kinds
from geo.zones.files_kept import free_id
from geo.zones.own import keep

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from shapely.geometry.base import BaseGeometry

    from geo.ui.page import Page

TOLD = "own_zones_told"
"""What to say when the page is drawn next."""
REFUSED = "own_zones_refused"
"""What was wrong with what was sent last."""
_MOST = 300
"""Characters of a name, a source or a publisher."""


def claim_form(key: str, *, name: str = "", named: bool = True) -> Claim | None:
    """Draw the form; give what was said when it is sent, else None.

    Parameters
    ----------
    key : str
        Of the form's widgets.
    name : str, optional
        What to call it until the reader says otherwise.
    named : bool, optional
        Ask for a name; zones that a file names already have theirs.
    """
    with st.form(key, border=True):
        called = st.text_input("Name", value=name, max_chars=_MOST, key=f"{key}_name") if named else ""
        first, last = st.columns(2)
        start = first.date_input(
            "In force from", value=None, min_value="1900-01-01", format="YYYY-MM-DD", key=f"{key}_from"
        )
        end = last.date_input("to", value=None, min_value="1900-01-01", format="YYYY-MM-DD", key=f"{key}_to")
        st.caption("A day left empty means open.")
        source = st.text_input(
            "Source",
            max_chars=_MOST,
            key=f"{key}_source",
            placeholder="what it rests on; without one it is drawn dashed",
        )
        publisher = st.text_input("Published by", max_chars=_MOST, key=f"{key}_publisher")
        note = st.text_area("Note", max_chars=4_000, height=80, key=f"{key}_note", placeholder="what the zone is")
        every = kinds()
        kind = st.selectbox("Kind", every, index=every.index(DEFAULT_KIND), format_func=kind_words, key=f"{key}_kind")
        sent = st.form_submit_button("Save the zone" if named else "Save the zones", type="primary")
    if not sent:
        return None
    st.session_state.pop(REFUSED, None)
    return Claim(called or name, start, end, source=source, publisher=publisher, note=note, kind=kind)


def refuse(error: GeoError | None) -> None:
    """Keep what is wrong with what was sent, until it is sent again or, with None, until it is put right.

    It is not said at once: a map that answers runs the page again, and the words would be gone.
    """
    if error is None:
        st.session_state.pop(REFUSED, None)
    else:
        st.session_state[REFUSED] = error


def show_refused() -> None:
    """Say what is wrong with what was sent last."""
    if (error := st.session_state.get(REFUSED)) is not None:
        show_error(error)


def save_shapes(page: Page, claims: Sequence[tuple[Claim, BaseGeometry]]) -> None:
    """Keep shapes as zones, and run the page again to show the first.

    Parameters
    ----------
    page : Page
    claims : sequence of (Claim, geometry)
    """
    before = set(zones())
    taken = set(before)
    try:
        demand(page.data.folder, Role.ADMIN)
        definitions = []
        for claim, shape in claims:
            key = free_id(claim.name, taken)
            taken.add(key)
            definitions.append((definition_of(claim, key), {key: shape}))
        for text, shapes in definitions:
            kept = keep(page.data.folder, text, outlines=shapes)
            st.session_state["zone_chosen"] = kept[0].id
        rejoined(page)
    except (GeoError, OSError) as error:
        refuse(error if isinstance(error, GeoError) else GeoError(str(error)))
        return
    names = ", ".join(claim.name for claim, _ in claims[:5])
    _again(f"Saved: {names}{', …' if len(claims) > 5 else ''}.", set(zones()) - before)


def save_text(page: Page, text: str) -> None:
    """Keep definitions in place of those of the same id, and run the page again to show the first.

    Parameters
    ----------
    page : Page
    text : str
        YAML.
    """
    try:
        demand(page.data.folder, Role.ADMIN)
        kept = keep(page.data.folder, text, replacing=True)
        rejoined(page)
    except (GeoError, OSError) as error:
        show_error(error if isinstance(error, GeoError) else GeoError(str(error)))
        return
    st.session_state["zone_chosen"] = kept[0].id
    _again(f"Saved: {', '.join(zone.name for zone in kept)}.", {zone.id for zone in kept})


def rejoined(page: Page) -> None:
    """Try the events against the zones that changed."""
    with Store(page.data.folder) as store:
        rejoin(store)


def counted_words(keys: Set[str]) -> str:
    """Say how many events of the whole store lie in one of some zones, and how many may.

    A store that is too large to load is counted on its page alone: of it nothing is said.
    """
    data = read_data(state.query())
    if data.house is not None:
        return ""
    inside = data.events["zones_inside"].map(lambda among: not keys.isdisjoint(among)).astype(bool)
    possible = data.events["zones_possible"].map(lambda among: not keys.isdisjoint(among)).astype(bool)
    sure, most = int(inside.sum()), int((inside | possible).sum())
    it = "it" if len(keys) == 1 else "them"
    few = f"{sure:,} event{' lies' if sure == 1 else 's lie'} in {it}"
    return f" The events were counted anew: {few}" + (f", up to {most:,}." if most > sure else ".")


def _again(told: str, keys: Set[str]) -> None:
    st.session_state[TOLD] = [told + counted_words(keys)]
    # The next drawing begins with an empty map and an empty form.
    st.session_state["own_zone_round"] = st.session_state.get("own_zone_round", 0) + 1
    st.rerun()
