"""The events of what is on screen as files: made when they are asked for, by the same code as the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from geo.export import FORMATS, About, to_bytes
from geo.reports import Material
from geo.reports.figure import query_json
from geo.ui.data import zones
from geo.ui.figure import drawn, file_name, today

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.query import Query
    from geo.ui.data import Data
    from geo.ui.page import Page
    from geo.ui.report_settings import Figure

OFFERED = {
    "csv": "For spreadsheets; formulas in text are made harmless",
    "xlsx": "For Excel; days are days, and the query has a sheet",
    "geojson": "For web maps",
    "gpkg": "For QGIS and ArcGIS",
    "geoparquet": "For Python and R, keeps every type",
    "kml": "For Google Earth",
    "hxl": "CSV with the tags of the Humanitarian Data Exchange",
}
"""Formats on the page and what each is for; the command line has one more, for programs."""
_ABREAST = 4


def data_files(page: Page, figure: Figure | None = None) -> None:
    """Offer the events under the filters, those not on the map among them, in every format.

    Parameters
    ----------
    page : Page
    figure : Figure, optional
        What is drawn; the query file tells it too.
    """
    st.html('<div class="bl-note">Data: the events under the filters</div>')
    about = About(page.data.fingerprint, today())
    offers: list[tuple[str, str, str, str, Callable[[], bytes]]] = [
        (form, FORMATS[form].label, FORMATS[form].mime, purpose, data_file(page, form, about))
        for form, purpose in OFFERED.items()
    ]
    material = Material(page.data.events, {}, page.query, zones(), about, **drawn(figure))
    record = "Filters and settings of this page; drop it here to have them back"
    offers.append(
        (
            "query",
            "Query file",
            "application/json",
            record,
            lambda: query_json(material).encode(),
        )
    )
    for start in range(0, len(offers), _ABREAST):
        for column, offer in zip(st.columns(_ABREAST, gap="small"), offers[start : start + _ABREAST], strict=False):
            form, label, mime, purpose, make = offer
            suffix = FORMATS[form].suffix.lstrip(".") if form in FORMATS else "query.json"
            column.download_button(
                label,
                data=make,
                file_name=file_name(page, suffix),
                mime=mime,
                on_click="ignore",
                width="stretch",
                help=purpose,
                key=f"data_{form}",
            )


def data_file(page: Page, form: str, about: About) -> Callable[[], bytes]:
    """Return what makes a file of the events under the filters, to be called when it is wanted.

    Parameters
    ----------
    page : Page
    form : str
        Name in :data:`geo.export.FORMATS`.
    about : About
        What the file tells of the data.
    """
    data, query = page.data, page.query
    return lambda: _made(data, data.generation, query, form, about)


@st.cache_data(max_entries=8, show_spinner=False)
def _made(_data: Data, generation: str, query: Query, form: str, about: About) -> bytes:  # noqa: ARG001
    return to_bytes(_data.events, form, query=query, about=about)
