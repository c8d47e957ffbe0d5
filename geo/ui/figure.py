"""The figure of what is on screen: drawn when it is asked for, by the same code as the command line."""

from __future__ import annotations

from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.query import default_period
from geo.ui import state
from geo.ui.data import zones

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from geo.query import Query
    from geo.snapshot.options import Bounds
    from geo.ui.data import Data
    from geo.ui.page import Page
    from geo.zones import BuiltZone

MIME = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
# matplotlib's fonts and settings belong to the process, and each reader of the dashboard is a thread of it.
_ONE_AT_A_TIME = Lock()


def figure_button(page: Page) -> None:
    """Offer a PNG of what is on screen: the filters, the period and the part of the map that is seen.

    Parameters
    ----------
    page : Page
    """
    st.download_button(
        "Snapshot (PNG)",
        data=figure_file(page, "png", area=seen_bounds()),
        file_name=file_name(page, "png"),
        mime=MIME["png"],
        on_click="ignore",
        icon=":material/photo_camera:",
        width="stretch",
        key="snapshot",
    )


def figure_file(
    page: Page, form: str, *, with_zones: bool = True, area: Bounds | None = None, **looks: Any
) -> Callable[[], bytes]:
    """Return what makes the file of a figure, to be called when it is wanted.

    Parameters
    ----------
    page : Page
    form : {"png", "svg", "pdf"}
    with_zones : bool
        Draw the zones in force.
    area : tuple of float or None
        West, south, east, north, degrees; None for all events.
    **looks
        Title, size and resolution, as :class:`geo.snapshot.Options` takes them.
    """
    options = {"bounds": area, "exported": today(), "fingerprint": page.data.fingerprint, **looks}
    data, query = page.data, page.query
    return lambda: _drawn(data, data.generation, query, form, with_zones, **options)


@st.cache_data(max_entries=24, show_spinner=False)
def _drawn(_data: Data, generation: str, query: Query, form: str, with_zones: bool, **looks: Any) -> bytes:  # noqa: ARG001
    # matplotlib takes a third of a second to load, which every first page would wait for.
    from geo.snapshot import Options, draw, to_bytes

    with _ONE_AT_A_TIME:
        shown = _zones(_data, query) if with_zones else {}
        return to_bytes(draw(_data.events, query, zones=shown, options=Options(**looks)), form=form)


def _zones(data: Data, query: Query) -> dict[str, BuiltZone]:
    """Zones to draw: those asked for, then those with most events inside."""
    asked = query.zones or frozenset()
    found = data.events["zones_inside"].explode().value_counts()
    every = {key: built for key, built in zones().items() if not built.zone.is_province or key in asked}
    order = sorted(every, key=lambda key: (key not in asked, -int(found.get(key, 0)), key))
    return {key: every[key] for key in order}


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
