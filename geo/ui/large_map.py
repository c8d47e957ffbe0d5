"""The map of a store too large to send: squares with counts from afar, single events from near."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo import theatre
from geo.timemap import (
    CellCommand,
    CellLayer,
    OfflineMap,
    OnlineTiles,
    parse_cells,
    shown_of,
)
from geo.ui import state
from geo.ui.data import zones_url
from geo.ui.ground import grounded, linked
from geo.ui.looking import around
from geo.ui.timed_map import middle
from geo.warehouse import View, area_of, look

if TYPE_CHECKING:
    from geo.ui.large import House
    from geo.ui.page import Page
    from geo.warehouse import Look

HEIGHT: Final = 560
"""CSS pixels."""
_KEY, _ORDER = "large_map", "large_map_order"
MARGIN: Final = 0.05
"""Share of the view left around the squares, which are wide themselves."""
_HOME_ZOOM: Final = 5
"""Zoom level of the cells that tell where the events lie."""


def draw(page: Page, house: House) -> None:
    """Draw the map and take what it answers.

    Parameters
    ----------
    page : Page
    house : House
    """
    chart = grounded(OfflineMap(), zones=zones_url())
    OnlineTiles().add_to(chart)
    CellLayer().add_to(chart)
    command, ids = _command(page, house)
    linked(chart, command, key=_KEY, height=HEIGHT, on_change=lambda: _take(ids))


def seen(page: Page, house: House) -> Look | None:
    """Return what the map shows; None until it has told where it looks.

    Raises
    ------
    StoreError
        The store does not answer.
    """
    where = state.view()
    if where.bounds is None or where.zoom is None:
        return None
    return look(house, View(query=page.query), area_of(where.bounds, where.zoom))


def _command(page: Page, house: House) -> tuple[CellCommand, list[str]]:
    """Return the order that stands, a new one only when there is something new to say, and the ids of its events."""
    found = seen(page, house)
    order: dict[str, Any] = {"theme": "dark" if page.dark else "light", "zones": _zones(page, house)}
    if found is not None:
        order["shown"] = shown_of(found)
    number, before, _, view = st.session_state.get(_ORDER, (0, None, [], {}))
    if page.arrived or not view:
        # A map that was just made knows nothing yet.
        view, before = _where(page, house), None
    if order != before:
        number += 1
    ids = found.points["event_id"].to_pylist() if found is not None and found.points is not None else []
    st.session_state[_ORDER] = (number, order, ids, view)
    return CellCommand(number, **order, view=view), ids


def _zones(page: Page, house: House) -> dict[str, Any]:
    """Tell which zones are in force, which are asked for, and how many events lie inside each."""
    period = page.query.period
    first, last = (None, None) if period is None else period
    told = house.zones(View(query=replace(page.query, possible=False)))
    return {
        "window": None if first is None or last is None else [first.isoformat(), last.isoformat()],
        "asked": sorted(page.query.zones or ()),
        "counts": list(map(list, zip(told["zone"].to_pylist(), told["events"].to_pylist(), strict=True))),
    }


def _where(page: Page, house: House) -> dict[str, Any]:
    return _where_of(state.view()) or {"bounds": _home(page, house)}


def _where_of(where: state.View) -> dict[str, Any]:
    """Say where a map looks; empty where nobody knows."""
    if where.lon is None or where.lat is None or where.zoom is None:
        return {}
    return {"center": (where.lon, where.lat), "zoom": where.zoom}


def _home(page: Page, house: House) -> tuple[float, float, float, float]:
    """Return bounds that hold nearly all events; a few far away must not shrink the rest to a blot."""
    cells = house.grid(View(query=page.query), zoom=_HOME_ZOOM)
    if not len(cells):
        return theatre.current().view
    return around(cells["lon"].to_numpy(), cells["lat"].to_numpy(), cells["events"].to_numpy())


def _take(ids: list[str]) -> None:
    """Take what the map answers into the view. It comes from a browser: nothing in it is trusted."""
    answer = parse_cells(st.session_state.get(_KEY), len(ids))
    if answer is None:
        return
    lon, lat = middle(answer.bounds)
    state.set_view(lon=(lon + 180) % 360 - 180, lat=lat, zoom=answer.zoom, bounds=answer.bounds)
    # A map that is made again looks where this one did.
    number, order, shown, _ = st.session_state[_ORDER]
    st.session_state[_ORDER] = (number, order, shown, _where_of(state.view()))
    # A row means something only in the order that it was chosen from.
    if answer.why == "click" and answer.clicked is not None and answer.ack == number:
        state.set_view(event_id=ids[answer.clicked])
