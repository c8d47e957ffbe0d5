"""What each page works with where the store is too large to load, or on a server; what it cannot do is said."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import GeoError
from geo.layers._base import safe_text
from geo.ui import sidebar, state
from geo.ui.data import own_events
from geo.ui.large import FRESH_S, MOST_LOADED
from geo.ui.limits import LARGE_FROM
from geo.ui.page import counted_in, show_error
from geo.ui.plain import plain_markdown
from geo.warehouse import View
from geo.wording import many

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.query import Query
    from geo.ui.data import Data
    from geo.ui.large import House
    from geo.ui.page import Large


def stand_in(title: str, data: Data, zone_names: Mapping[str, str], large: Large) -> tuple[Data, Query]:
    """Draw the filters and give the page what it can work with; where there is nothing, say so and stop.

    Parameters
    ----------
    title : str
        Of the page, which is shown where the page cannot be.
    data : Data
        With a `house`.
    zone_names : mapping of str to str
        Name of each zone by its id.
    large : {"asks", "loads", "own"}
        As for :func:`geo.ui.page.page`.

    Returns
    -------
    (Data, Query)
    """
    _forget_knowledge()
    try:
        return _stand_in(title, data, zone_names, large)
    except GeoError as error:
        show_error(error)
        st.stop()


def _stand_in(title: str, data: Data, zone_names: Mapping[str, str], large: Large) -> tuple[Data, Query]:
    house = data.house
    if house is None:
        raise ValueError("a store that is loaded needs no stand-in")
    if large == "own":
        data = _own(title, data, house)
        return data, sidebar.draw(counted_in(data.events), zone_names, knows_days=False)
    query = sidebar.draw(lambda query, field: house.facet(View(query=query), field), zone_names, knows_days=False)
    return (_loaded(title, data, house, query) if large == "loads" else data), query


def _forget_knowledge() -> None:
    if state.query().known_on is not None:
        state.set_query(replace(state.query(), known_on=None))
        st.toast(
            "This store is too large to be shown as it was known on an earlier day. All that is known is shown.",
            icon=":material/history:",
        )


def _own(title: str, data: Data, house: House) -> Data:
    """Take what was read from articles: the rows of imported tables are no articles and are not reviewed."""
    if data.on_server:
        sidebar.draw(lambda query, field: house.facet(View(query=query), field), {}, knows_days=False)
        _headed(title)
        st.info(
            f"This page needs the folder of a store. {plain_markdown(house.name)} is a server: it holds the events, "
            "but no articles and no decisions. Map, Zones and Report work on it.",
            icon=":material/dns:",
        )
        st.stop()
    own = own_events(data.folder, data.generation)
    if len(own.events) > LARGE_FROM:
        _headed(title)
        st.info(f"{len(own.events):,} events were read from articles: too many for this page.", icon=":material/dns:")
        st.stop()
    st.info(
        f"This store is too large to load. This page shows the {many(len(own.events), 'event')} "
        "read from articles; imported rows are on Map, Zones and Report.",
        icon=":material/dns:",
    )
    return own


def _loaded(title: str, data: Data, house: House, query: Query) -> Data:
    """Load the events under the filters, where they are few."""
    found = house.totals(View(query=query)).events
    if found > MOST_LOADED:
        _headed(title)
        st.info(
            f"Figures and files are made here of at most {MOST_LOADED:,} events; these filters leave {found:,}. "
            "Choose a shorter period on the Map page, or fewer actors, types or zones. For all of them: "
            "`python -m geo export`.",
            icon=":material/dns:",
        )
        st.stop()
    return _events(house, data, house.key, query)


@st.cache_resource(max_entries=2, ttl=FRESH_S, show_spinner="Reading the events under these filters …")
def _events(_house: House, _data: Data, key: str, query: Query) -> Data:
    events = _house.events(View(query=query))
    ids = hashlib.sha256("\n".join(sorted(events["event_id"])).encode()).hexdigest()
    return replace(_data, generation=f"{key} {ids}", events=events, fingerprint=ids)


def _headed(title: str) -> None:
    """Show the heading of a page that shows nothing else."""
    st.html(f'<div class="bl-head"><h1>{safe_text(title)}</h1></div>')
