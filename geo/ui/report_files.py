"""The files of a report on the page: each is made when it is asked for, by the same code as the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.export import About
from geo.known import Known
from geo.protection import shown
from geo.reports import KINDS, Material, told_of
from geo.standalone import MOST_EVENTS
from geo.store import Store
from geo.ui.data import zones, zones_key
from geo.ui.figure import drawn, file_name, here, today

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.query import Query
    from geo.reports import Told
    from geo.ui.data import Data
    from geo.ui.page import Page
    from geo.ui.report_settings import Figure


def report_files(page: Page, figure: Figure) -> None:
    """Offer every kind of report of the events under the filters.

    Parameters
    ----------
    page : Page
    figure : Figure
        What is drawn.
    """
    st.html('<div class="bl-note">Report: figure, counts, events with their sentences</div>')
    for column, (name, kind) in zip(st.columns(len(KINDS), gap="small"), KINDS.items(), strict=True):
        too_many = name == "page" and len(page.selected) > MOST_EVENTS
        column.download_button(
            kind.label,
            data=report_file(page, name, figure),
            file_name=file_name(page, kind.suffix.lstrip(".")),
            mime=kind.mime,
            on_click="ignore",
            width="stretch",
            disabled=too_many,
            help=f"Up to {MOST_EVENTS:,} events: narrow the filters" if too_many else kind.purpose,
            key=f"report_file_{name}",
        )


def report_file(page: Page, kind: str, figure: Figure) -> Callable[[], bytes]:
    """Return what makes a report of the events under the filters, to be called when it is wanted.

    Parameters
    ----------
    page : Page
    kind : str
        Name in :data:`geo.reports.KINDS`.
    figure : Figure
        What is drawn.
    """
    about = About(page.data.fingerprint, today())
    data = page.data
    ground = (data.generation, zones_key())
    return here(lambda: _made(data, ground, page.query, kind, figure, about))


@st.cache_data(max_entries=6, show_spinner=False)
def _made(_data: Data, ground: tuple[str, str], query: Query, kind: str, figure: Figure, about: About) -> bytes:
    told = _told(_data, ground[0])
    return KINDS[kind].make(Material(_data.events, told, query, zones(), about, **drawn(figure)))


@st.cache_resource(max_entries=2, show_spinner=False)
def _told(_data: Data, generation: str) -> Mapping[str, tuple[Told, ...]]:  # noqa: ARG001 - the cache's key
    if _data.on_server:
        return {}
    if _data.known is not None:
        return told_of(_data.known)
    with Store(_data.folder, readonly=True) as store:
        events, articles, *_ = shown(store)
    return told_of(Known(events, articles))
