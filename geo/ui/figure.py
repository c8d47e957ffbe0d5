"""The figure of what is on screen: drawn when it is asked for, by the same code as the command line."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from geo.export import About
from geo.query import default_period
from geo.reports import Material
from geo.reports.figure import pictures
from geo.snapshot.options import Options
from geo.ui import state
from geo.ui.data import zones

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from geo.query import Query
    from geo.snapshot.options import Bounds
    from geo.ui.data import Data
    from geo.ui.page import Page

MIME = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


def figure_button(page: Page) -> None:
    """Offer a PNG of what is on screen: the filters, the period and the part of the map that is seen.

    Parameters
    ----------
    page : Page
    """
    st.download_button(
        "Snapshot (PNG)",
        data=figure_file(page, "png", looks=Options(bounds=seen_bounds())),
        file_name=file_name(page, "png"),
        mime=MIME["png"],
        on_click="ignore",
        icon=":material/photo_camera:",
        width="stretch",
        key="snapshot",
    )


def figure_file(page: Page, form: str, *, with_zones: bool = True, looks: Options | None = None) -> Callable[[], bytes]:
    """Return what makes the file of a figure, to be called when it is wanted.

    Parameters
    ----------
    page : Page
    form : {"png", "svg", "pdf"}
    with_zones : bool
        Draw the zones in force.
    looks : Options, optional
        Title, size, resolution, and what part of the map.
    """
    data, query, about = page.data, page.query, About(page.data.fingerprint, today())
    return lambda: _drawn(data, data.generation, query, form, with_zones, looks, about)


@st.cache_data(max_entries=24, show_spinner=False)
def _drawn(
    _data: Data,
    generation: str,  # noqa: ARG001 - the cache's key
    query: Query,
    form: str,
    with_zones: bool,
    looks: Options | None,
    about: About,
) -> bytes:
    material = Material(_data.events, {}, query, zones(), about, looks, with_zones)
    return pictures(material, form)[form]


def seen_bounds() -> Bounds | None:
    """Return what the map shows, where it has told and the figure can show the same."""
    bounds = state.view().bounds
    if bounds is None:
        return None
    west, south, east, north = bounds
    return bounds if -180 <= west < east <= 180 and -90 <= south < north <= 90 else None


def file_name(page: Page, form: str) -> str:
    """Name a figure after its period and the day it was made."""
    first, last = page.query.period or (None, None)
    whole = default_period(page.data.events)
    first, last = first or (whole and whole[0]), last or (whole and whole[1])
    span = f"_{first.isoformat()}_to_{last.isoformat()}" if first and last else ""
    return f"borderlines{span}_made_{today().isoformat()}.{form}"


def today() -> date:
    """Return the day on this machine's calendar."""
    return datetime.now().astimezone().date()
