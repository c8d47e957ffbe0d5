"""Views brought back on the report page: from a figure that is dropped on it, or from a preset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import GeoError
from geo.layers.words import day_words
from geo.reports.reopening import SUFFIXES, reopened
from geo.snapshot.wish import wish_of
from geo.ui import presets as kept
from geo.ui.data import zones
from geo.ui.page import show_error
from geo.ui.permission import may_write
from geo.ui.plain import plain_markdown
from geo.ui.report_settings import Figure, put

if TYPE_CHECKING:
    from geo.snapshot import Reopened
    from geo.ui.page import Page

_DROP, _SAID = "report_drop", "report_said"
_NAME, _CHOSEN = "preset_name", "preset_chosen"


def dropped(page: Page) -> None:
    """Offer to bring back the view of a figure, and say what became of it.

    Parameters
    ----------
    page : Page
    """
    st.file_uploader(
        "Open an earlier figure again: drop any file that was made here",
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


def presets(page: Page, figure: Figure) -> None:
    """Offer the presets of the store, and to keep what is shown as one.

    Parameters
    ----------
    page : Page
    figure : Figure
        What is shown.
    """
    folder = page.data.folder
    found, mine = kept.load(folder), may_write(folder)
    if not (found or mine):
        return
    with st.expander(f"Saved presets ({len(found)})"):
        if found:
            name = st.selectbox("Preset", list(found), key=_CHOSEN)
            use, delete = st.columns(2, gap="small")
            use.button("Show", on_click=_show, args=(found[name],), width="stretch", key="preset_show")
            if mine:
                delete.button(
                    "Delete", on_click=_attempt, args=(kept.forget, folder, name), width="stretch", key="preset_delete"
                )
        if not mine:
            return
        st.text_input(
            "Name of a new preset", max_chars=kept.LONGEST_NAME, placeholder="for example: weekly map", key=_NAME
        )
        st.button("Save filters and settings", on_click=_keep, args=(page, figure), width="stretch", key="preset_keep")


def _keep(page: Page, figure: Figure) -> None:
    name = " ".join(str(st.session_state.get(_NAME, "")).split())
    _attempt(
        lambda: kept.keep(page.data.folder, kept.Preset(name, page.query, figure.looks, figure.with_zones, figure.wish))
    )


def _attempt(change: object, *given: object) -> None:
    st.session_state[_SAID] = None
    try:
        change(*given)  # type: ignore[operator]
    except GeoError as error:
        st.session_state[_SAID] = error


def _show(preset: kept.Preset) -> None:
    st.session_state[_SAID] = None
    put(preset.query, Figure(preset.looks, preset.with_zones, preset.wish))


def _take_dropped(page: Page) -> None:
    given = st.session_state.get(_DROP)
    st.session_state[_SAID] = None
    if given is None:
        return
    try:
        found = reopened(given.getvalue(), fingerprint=page.data.fingerprint, zones=zones())
        wish = wish_of(found.record)
    except GeoError as error:
        st.session_state[_SAID] = error
        return
    put(found.query, Figure(found.options, bool(found.record.get("zones", True)), wish))
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
