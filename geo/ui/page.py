"""How every page begins: its settings, its looks, its data and its filters, so that each page stands alone.

Streamlit may run a page's script without the router (a first visit straight to ``/zones``), so nothing may be left to
``dashboard.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import GeoError
from geo.layers._base import safe_text
from geo.protection_rows import said
from geo.query import counts, describe, select
from geo.ui import sidebar, sign_in, state, theatres
from geo.ui.data import Data, read_data, zone_names
from geo.ui.link_known import leave_out_unknown
from geo.ui.plain import plain_markdown

if TYPE_CHECKING:
    from typing import Literal

    from geopandas import GeoDataFrame

    from geo.query import Query
    from geo.ui.sidebar import Counted

    Large = Literal["asks", "loads", "own"]

_STYLE = Path(__file__).with_name("style.css")
_ICON = Path(__file__).with_name("icon.svg")
_SHOWN = "page_shown"


@dataclass(frozen=True)
class Page:
    """What a page works with."""

    title: str
    data: Data
    query: Query
    selected: GeoDataFrame
    """The events under the query, those not on the map among them."""
    zone_names: dict[str, str]
    """Name of each zone by its id."""
    arrived: bool
    """The reader came from another page, or from outside."""
    dark: bool
    """The reader's theme is dark."""


def page(title: str, *, large: Large = "own") -> Page:
    """Begin a page: set it up, draw the filters, select the events.

    Parameters
    ----------
    title : str
        What the page answers, for its heading and the browser's tab.
    large : {"asks", "loads", "own"}, default "own"
        What the page does with a store that is too large to load: it asks ``data.house`` itself, or it works on the
        events under the filters where they are few, or on what was read from articles.

    Returns
    -------
    Page
        A page whose data cannot be read, or that its reader may not see, says so and stops here.
    """
    st.set_page_config(page_title=f"{title} – Borderlines", page_icon=str(_ICON), layout="wide")
    st.html(_STYLE)
    sign_in.require()
    try:
        theatres.begin()
        data = read_data(state.query())
    except GeoError as error:
        show_error(error)
        st.stop()
    arrived = st.session_state.get(_SHOWN) != title
    st.session_state[_SHOWN] = title
    names = zone_names()
    gone: list[str] = []
    if data.house is None:
        gone = leave_out_unknown(data, names, arrived=arrived)
        query = sidebar.draw(counted_in(data.events), names)
    else:
        from geo.ui.large_pages import stand_in

        data, query = stand_in(title, data, names, large)
    if data.left_out:
        which = "article or row has" if data.left_out == 1 else "articles or rows have"
        st.sidebar.caption(
            f"{data.left_out:,} {which} no day of publication and cannot be said to have been out by then."
        )
    if (ruled := said(data.events)) is not None:
        st.sidebar.caption(ruled)
    for note in [*state.link_notes(), *gone]:
        # Not in the page itself: what comes and goes above the map would have Streamlit make the map again.
        st.toast(plain_markdown(note), icon=":material/link_off:", duration="infinite")
    dark = st.context.theme.type == "dark"
    return Page(title, data, query, select(data.events, query), names, arrived, dark)


def counted_in(events: GeoDataFrame) -> Counted:
    """Return what counts the values of a field in a table of events."""
    return lambda query, field: {str(value): int(n) for value, n in counts(events, query, field).items()}


def heading(current: Page, words: str | None = None) -> None:
    """Show the page's title and what is shown, in words: those of the query unless others are given."""
    corpus = "sample corpus" if current.data.is_sample else current.data.name
    st.html(
        f'<div class="bl-head"><h1>{safe_text(current.title)}</h1>'
        f"<p>{safe_text(words or describe(current.query, current.zone_names))} · {safe_text(corpus)}</p></div>"
    )


def show_error(error: GeoError) -> None:
    """Show what went wrong and what to do, in the words of the error."""
    st.error(plain_markdown(error), icon=":material/error:")
