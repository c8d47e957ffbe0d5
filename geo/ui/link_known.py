"""What a link names that is not here: an event or a zone of another store, or one that was taken away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from geo.ui import state
from geo.ui.data import event_with_articles
from geo.ui.link_schema import SHOWN

if TYPE_CHECKING:
    from collections.abc import Collection

    from geo.ui.data import Data

_CARD = "zone_card"


def leave_out_unknown(data: Data, zones: Collection[str], *, arrived: bool) -> list[str]:
    """Take zones and the event that are not known here out of the query and the view.

    Parameters
    ----------
    data : Data
        Of a store that is not too large to load: only of these is known which zones their events name.
    zones : collection of str
        Ids of the zones that are defined.
    arrived : bool
        The reader came from another page, or from outside.

    Returns
    -------
    list of str
        A note on each thing left out.
    """
    notes = []
    query = state.query()
    card = st.query_params.get(_CARD) if arrived else None
    asked = [*sorted(query.zones or ()), *([card] if card else [])]
    if missing := [zone for zone in asked if zone not in zones]:
        named = set().union(*data.events["zones_inside"], *data.events["zones_possible"])
        missing = [zone for zone in missing if zone not in named]
        # An imported row may lie in a zone that nobody has defined here; it can be asked for, but has no card.
        notes += [_note("the zone", zone) for zone in dict.fromkeys(missing)]
        if query.zones is not None and not query.zones.isdisjoint(missing):
            state.set_query(replace(query, zones=(query.zones - set(missing)) or None))
    event_id = state.view().event_id
    # On an earlier day an event may not have been known yet, and still be one.
    if arrived and event_id is not None and data.known is None and event_with_articles(data, event_id) is None:
        notes.append(_note("the event", event_id))
        state.set_view(event_id=None)
    return notes


def _note(what: str, value: str) -> str:
    return f"Left out of the link: {what} {value[:SHOWN]!r} is not known here"
