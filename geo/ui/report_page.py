"""A figure to take away, with its caption, its data and its sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import GeoError
from geo.reports.caption import caption
from geo.snapshot import FILMS
from geo.ui import state
from geo.ui.data_files import data_files
from geo.ui.figure import MIME, figure_file, file_name, today
from geo.ui.page import heading, show_error
from geo.ui.report_files import report_files
from geo.ui.report_settings import settings
from geo.ui.report_views import dropped, presets

if TYPE_CHECKING:
    from geo.ui.page import Page
    from geo.ui.report_settings import Figure

PREVIEW_DPI = 110
_HELP = {
    "png": "A picture, for documents and messages",
    "svg": "Drawing that can be edited",
    "pdf": "Sharp at any size, for print",
    "gif": "A film that plays everywhere, also in a document",
    "mp4": "A film, smaller and finer",
}


def report_page(page: Page) -> None:
    """Show the figure of the events under the filters, its caption, and the files to take away.

    Parameters
    ----------
    page : Page
    """
    heading(page)
    preview, side = st.columns([2.4, 1], gap="medium")
    with side:
        figure = settings(page)
        presets(page, figure)
        dropped(page)
    with preview:
        _preview(page, figure)
        _files(page, figure)
        _words(page, figure.looks.title or "")
        report_files(page, figure)
        data_files(page, figure)
    state.write_link()


def _preview(page: Page, figure: Figure) -> None:
    small = replace(figure.looks, dpi=min(PREVIEW_DPI, figure.looks.resolution))
    try:
        with st.spinner("Drawing …"):
            picture = figure_file(page, "png", figure=replace(figure, looks=small))()
    except GeoError as error:
        show_error(error)
        st.stop()
    st.image(picture, width="stretch")
    if figure.wish.motion is not None:
        st.caption("All days of the film on one map; the film itself is drawn when you press GIF or MP4.")


def _files(page: Page, figure: Figure) -> None:
    st.html('<div class="bl-note">The figure</div>')
    forms = [*FILMS, "png"] if figure.wish.motion is not None else ["png", "svg", "pdf"]
    for column, form in zip(st.columns(len(forms), gap="small"), forms, strict=True):
        column.download_button(
            form.upper(),
            data=figure_file(page, form, figure=figure),
            file_name=file_name(page, form),
            mime=MIME[form],
            on_click="ignore",
            width="stretch",
            help=_HELP[form],
            key=f"download_{form}",
        )


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
