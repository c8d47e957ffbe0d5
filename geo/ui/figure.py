"""The figure of what is on screen: drawn when it is asked for, by the same code as the command line.

What draws is imported when it is asked for, too: the map does not wait for it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo import theatre
from geo.export import About
from geo.query import default_period
from geo.ui import state
from geo.ui.data import zones, zones_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from geo.query import Query
    from geo.snapshot.options import Bounds
    from geo.ui.data import Data
    from geo.ui.page import Page
    from geo.ui.report_settings import Figure

MIME = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf", "gif": "image/gif", "mp4": "video/mp4"}


def figure_button(page: Page) -> None:
    """Offer a PNG of what is on screen: the filters, the period and the part of the map that is seen.

    Parameters
    ----------
    page : Page
    """
    st.download_button(
        "Snapshot (PNG)",
        data=_as_seen(page),
        file_name=file_name(page, "png"),
        mime=MIME["png"],
        on_click="ignore",
        icon=":material/photo_camera:",
        width="stretch",
        key="snapshot",
    )


def _as_seen(page: Page) -> Callable[[], bytes]:
    bounds = seen_bounds()

    def made() -> bytes:
        from geo.snapshot import Options
        from geo.ui.report_settings import Figure

        return figure_file(page, "png", figure=Figure(Options(bounds=bounds)))()

    return here(made)


def figure_file(page: Page, form: str, *, figure: Figure | None = None) -> Callable[[], bytes]:
    """Return what makes the file of a figure, to be called when it is wanted.

    Parameters
    ----------
    page : Page
    form : str
        One of :data:`MIME`.
    figure : Figure, optional
        What is to be drawn; one map of all events unless given.
    """
    data, query, about = page.data, page.query, About(page.data.fingerprint, today())
    ground = (data.generation, zones_key())
    return here(lambda: _drawn(data, ground, query, form, figure, about))


@st.cache_data(max_entries=24, show_spinner=False)
def _drawn(
    _data: Data,
    ground: tuple[str, str],  # noqa: ARG001 - the cache's key
    query: Query,
    form: str,
    figure: Figure | None,
    about: About,
) -> bytes:
    from geo.reports import Material
    from geo.reports.figure import film_bytes, pictures
    from geo.snapshot import FILMS

    material = Material(_data.events, {}, query, zones(), about, **drawn(figure))
    return film_bytes(material, form) if form in FILMS else pictures(material, form)[form]


def here(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return what makes a file for the theatre that the reader looks at now.

    A file is made when its button is pressed, on a thread that knows of no reader.
    """
    current = theatre.current()

    def made() -> bytes:
        with theatre.use(current):
            return make()

    return made


def drawn(figure: Figure | None) -> dict[str, Any]:
    """Say a figure as :class:`geo.reports.Material` takes it."""
    return {} if figure is None else vars(figure)


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
