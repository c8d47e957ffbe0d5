"""Views brought back on the report page: from a figure that is dropped on it, or from a preset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import GeoError
from geo.layers.words import day_words
from geo.reports.reopening import SUFFIXES, reopened
from geo.ui import presets as kept
from geo.ui import state
from geo.ui.data import zones
from geo.ui.page import show_error
from geo.ui.plain import plain_markdown

if TYPE_CHECKING:
    from geo.query import Query
    from geo.snapshot import Options, Reopened
    from geo.ui.page import Page

KEY = {name: f"report_{name}" for name in ("title", "size", "dpi", "graticule", "locator", "histogram", "zones")}
"""Widget of each look."""
AREA, BOUNDS = "report_area", "report_bounds"
ALL, SEEN, KEPT = "All events", "What the map shows", "As it was kept"
"""Parts of the map that the figure can show."""
_DROP, _SAID = "report_drop", "report_said"
_NAME, _CHOSEN = "preset_name", "preset_chosen"


def dropped(page: Page) -> None:
    """Offer to bring back the view of a figure, and say what became of it.

    Parameters
    ----------
    page : Page
    """
    st.file_uploader(
        "Bring back a view: drop a figure, a query file, a bundle or a web page of Borderlines",
        type=list(SUFFIXES),
        key=_DROP,
        on_change=_take_dropped,
        args=(page,),
    )
    said: tuple[str, str] | GeoError | None = st.session_state.get(_SAID)
    if isinstance(said, GeoError):
        show_error(said)
    elif said is not None:
        icon, words = said
        (st.warning if icon == "warning" else st.info)(plain_markdown(words), icon=f":material/{icon}:")


def presets(page: Page, looks: Options, *, with_zones: bool) -> None:
    """Offer the presets of the store, and to keep what is shown as one.

    Parameters
    ----------
    page : Page
    looks : Options
        Of the figure.
    with_zones : bool
        The figure has zones.
    """
    folder = page.data.folder
    found = kept.load(folder)
    with st.expander(f"Presets ({len(found)})"):
        if found:
            name = st.selectbox("Preset", list(found), key=_CHOSEN)
            use, delete = st.columns(2, gap="small")
            use.button("Show", on_click=_show, args=(found[name],), width="stretch", key="preset_show")
            delete.button(
                "Delete", on_click=_attempt, args=(kept.forget, folder, name), width="stretch", key="preset_delete"
            )
        st.text_input("Name", max_chars=kept.LONGEST_NAME, placeholder="weekly map of the strip", key=_NAME)
        st.button(
            "Keep filters and looks", on_click=_keep, args=(page, looks, with_zones), width="stretch", key="preset_keep"
        )


def _keep(page: Page, looks: Options, with_zones: bool) -> None:
    name = " ".join(str(st.session_state.get(_NAME, "")).split())
    _attempt(lambda: kept.keep(page.data.folder, kept.Preset(name, page.query, looks, with_zones)))


def _attempt(change: object, *given: object) -> None:
    st.session_state[_SAID] = None
    try:
        change(*given)  # type: ignore[operator]
    except GeoError as error:
        st.session_state[_SAID] = error


def _show(preset: kept.Preset) -> None:
    st.session_state[_SAID] = None
    _set(preset.query, preset.looks, with_zones=preset.with_zones)


def _take_dropped(page: Page) -> None:
    given = st.session_state.get(_DROP)
    st.session_state[_SAID] = None
    if given is None:
        return
    try:
        found = reopened(given.getvalue(), fingerprint=page.data.fingerprint, zones=zones())
    except GeoError as error:
        st.session_state[_SAID] = error
        return
    _set(found.query, found.options, with_zones=bool(found.record.get("zones", True)))
    st.session_state[_SAID] = said_of(found)


def said_of(found: Reopened) -> tuple[str, str]:
    """Say what a dropped file is, and whether it still holds.

    Parameters
    ----------
    found : Reopened

    Returns
    -------
    icon : {"warning", "history"}
    words : str
    """
    day = str(found.record.get("exported") or "")[:10]
    parts = [f"This view is back. The file was made{f' on {_day(day)}' if day else ''}, code {found.code}."]
    doubt = not found.genuine or bool(found.changed) or bool(found.zones_changed) or bool(found.notes)
    if not found.genuine:
        parts.append("Its record was changed by somebody: the code does not fit the query.")
    if found.changed is None:
        parts.append("It does not tell of which data, so nobody can say whether they changed.")
    else:
        parts.append("The data have changed since: counts may differ." if found.changed else "The data are the same.")
    if found.zones_changed:
        parts.append(f"Zones drawn otherwise now: {', '.join(found.zones_changed)}.")
    parts += found.notes
    return ("warning" if doubt else "history"), " ".join(parts)


def _day(text: str) -> str:
    from datetime import date

    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day_words(day, day)


def _set(query: Query, looks: Options, *, with_zones: bool) -> None:
    """Make page and filters show a view; widgets may only be set between two runs, as here."""
    state.set_query(query)
    st.session_state[KEY["title"]] = (looks.title or "")[:200]
    for name in ("size", "graticule", "locator", "histogram"):
        st.session_state[KEY[name]] = getattr(looks, name)
    st.session_state[KEY["dpi"]] = looks.dpi or 0
    st.session_state[KEY["zones"]] = with_zones
    st.session_state[BOUNDS] = looks.bounds
    st.session_state[AREA] = KEPT if looks.bounds else ALL
