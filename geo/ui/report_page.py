"""A figure to take away, with its caption, its data and its sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import GeoError
from geo.reports.caption import caption
from geo.snapshot.options import SIZES, Options
from geo.ui import state
from geo.ui.data_files import data_files
from geo.ui.figure import MIME, figure_file, file_name, seen_bounds, today
from geo.ui.page import heading, show_error
from geo.ui.report_files import report_files
from geo.ui.report_views import ALL, AREA, BOUNDS, KEPT, KEY, SEEN, dropped, presets

if TYPE_CHECKING:
    from geo.ui.page import Page

RESOLUTIONS = {
    0: "As the size wants",
    150: "Screen, 150 dpi",
    200: "Office, 200 dpi",
    300: "Print, 300 dpi",
    600: "Fine print, 600 dpi",
}
PREVIEW_DPI = 110
SWITCHES = {
    "zones": ("Zones in force", True),
    "graticule": ("Lines of latitude and longitude", False),
    "locator": ("Small map of where this lies", True),
    "histogram": ("Events through time", True),
}
"""Parts of the figure that can be left out: words, and what they are at first."""
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
    settings, preview = st.columns([1, 2.4], gap="medium")
    with settings:
        dropped(page)
        looks, with_zones = _settings()
        presets(page, looks, with_zones=with_zones)
    with preview:
        try:
            with st.spinner("Drawing …"):
                small = replace(looks, dpi=min(PREVIEW_DPI, looks.resolution))
                picture = figure_file(page, "png", looks=small, with_zones=with_zones)()
        except GeoError as error:
            show_error(error)
            st.stop()
        st.image(picture, width="stretch")
        _words(page, looks.title or "")
    with settings:
        _files(page, looks, with_zones=with_zones)
    state.write_link()


def _settings() -> tuple[Options, bool]:
    title = st.text_input("Title", max_chars=200, placeholder="made from the period", key=KEY["title"])
    size = st.selectbox("Size", list(SIZES), format_func=lambda key: SIZES[key].words, key=KEY["size"])
    dpi = st.selectbox(
        "Resolution of the PNG",
        sorted({*RESOLUTIONS, st.session_state.get(KEY["dpi"], 0)}),
        format_func=lambda dpi: RESOLUTIONS.get(dpi, f"{dpi} dpi"),
        key=KEY["dpi"],
    )
    bounds = _area()
    looks = Options(
        title=title.strip() or None,
        size=size,
        dpi=dpi or None,
        bounds=bounds,
        graticule=_switch("graticule"),
        locator=_switch("locator"),
        histogram=_switch("histogram"),
    )
    return looks, _switch("zones")


def _switch(name: str) -> bool:
    words, first = SWITCHES[name]
    # Not the widget's own default: a preset sets it, too, and Streamlit takes only one of the two.
    st.session_state.setdefault(KEY[name], first)
    return st.toggle(words, key=KEY[name])


def _area() -> tuple[float, float, float, float] | None:
    seen, kept = seen_bounds(), st.session_state.get(BOUNDS)
    offered = [ALL, *([SEEN] if seen else []), *([KEPT] if kept else [])]
    if st.session_state.get(AREA) not in offered:
        st.session_state[AREA] = offered[-1]
    area = st.radio(
        "Area",
        offered,
        horizontal=True,
        key=AREA,
        help=None if seen else "Move the map on the Map page to choose a part of it.",
    )
    return seen if area == SEEN else kept if area == KEPT else None


def _files(page: Page, looks: Options, *, with_zones: bool) -> None:
    st.html('<div class="bl-note">The figure</div>')
    for column, form in zip(st.columns(len(MIME), gap="small"), MIME, strict=True):
        column.download_button(
            form.upper(),
            data=figure_file(page, form, looks=looks, with_zones=with_zones),
            file_name=file_name(page, form),
            mime=MIME[form],
            on_click="ignore",
            width="stretch",
            help=_HELP[form],
            key=f"download_{form}",
        )
    report_files(page, looks=looks, with_zones=with_zones)
    data_files(page, looks=looks, with_zones=with_zones)


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
