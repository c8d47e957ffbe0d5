"""A figure to take away, with its caption."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.errors import GeoError
from geo.snapshot import FORMATS, SIZES
from geo.ui import state
from geo.reports.caption import caption
from geo.ui.data_files import data_files
from geo.ui.figure import MIME, figure_file, file_name, seen_bounds, today
from geo.ui.page import heading, show_error

if TYPE_CHECKING:
    from geo.ui.page import Page

SIZE_WORDS = {
    "a4-landscape": "A4, landscape",
    "slide": "Slide, 16:9",
    "journal": "Journal column",
}
"""Sizes by the names people use; a size without one is shown by its own."""
RESOLUTIONS = {150: "Screen, 150 dpi", 200: "Office, 200 dpi", 300: "Print, 300 dpi", 600: "Fine print, 600 dpi"}
PREVIEW_DPI = 110
_ALL, _SEEN = "All events", "What the map shows"
_HELP = {
    "png": "A picture, for documents and messages",
    "svg": "Drawing that can be edited",
    "pdf": "Sharp at any size, for print",
}


def report_page(page: Page) -> None:
    """Show the figure of the events under the filters, its caption, and the files to take away.

    Parameters
    ----------
    page : Page
    """
    heading(page)
    settings, preview = st.columns([1, 2.6], gap="medium")
    with settings:
        looks = _settings()
    dpi = looks.pop("dpi")
    with preview:
        try:
            with st.spinner("Drawing …"):
                picture = figure_file(page, "png", dpi=PREVIEW_DPI, **looks)()
        except GeoError as error:
            show_error(error)
            st.stop()
        st.image(picture, width="stretch")
        _words(page, looks["title"] or "")
    with settings:
        _files(page, {**looks, "dpi": dpi})
    state.write_link()


def _settings() -> dict[str, Any]:
    title = st.text_input("Title", max_chars=200, placeholder="made from the period", key="report_title")
    size = st.selectbox("Size", list(SIZES), format_func=lambda key: SIZE_WORDS.get(key, key), key="report_size")
    dpi = st.selectbox("Resolution of the PNG", list(RESOLUTIONS), index=2, format_func=RESOLUTIONS.__getitem__)
    seen = seen_bounds()
    area = st.radio(
        "Area",
        [_ALL, _SEEN],
        index=int(seen is not None),
        disabled=seen is None,
        horizontal=True,
        help=None if seen else "Move the map on the Map page to choose a part of it.",
    )
    with_zones = st.toggle("Draw the zones in force", value=True, key="report_zones")
    return {
        "title": title.strip() or None,
        "size": size,
        "dpi": dpi,
        "area": seen if area == _SEEN else None,
        "with_zones": with_zones,
    }


def _files(page: Page, looks: dict[str, Any]) -> None:
    st.html('<div class="bl-note">Take it away</div>')
    for column, form in zip(st.columns(len(FORMATS), gap="small"), FORMATS, strict=True):
        column.download_button(
            form.upper(),
            data=figure_file(page, form, **looks),
            file_name=file_name(page, form),
            mime=MIME[form],
            on_click="ignore",
            width="stretch",
            help=_HELP[form],
            key=f"download_{form}",
        )
    data_files(page)


def _words(page: Page, title: str) -> None:
    st.html('<div class="bl-note">Caption, to copy under the figure</div>')
    words = caption(
        page.selected,
        page.query,
        names=page.zone_names,
        made=today(),
        fingerprint=page.data.fingerprint,
        title=title,
    )
    st.code(words, language=None, wrap_lines=True)
