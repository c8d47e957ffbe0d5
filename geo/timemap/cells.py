"""Counts by cell or single events on the map, where a store is too large to send: Python says what is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.errors import DataError
from geo.layers import palette
from geo.timemap.message import MOST, VERSION, _bounds, _number, _whole
from geo.timemap.offline import _Part
from geo.timemap.order import Order
from geo.timemap.tables import TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.timemap.element import Theme
    from geo.warehouse import Look

_NAME: Final = "cells"
_REASONS: Final = frozenset({"init", "view", "click", "ack"})
_CODE: Final = {str(kind): code for code, kind in enumerate(TYPES)}


class CellLayer(_Part):
    """Squares with counts, or single events, on an :class:`~geo.timemap.offline.OfflineMap`; empty until told.

    Examples
    --------
    >>> CellLayer().add_to(OfflineMap())  # doctest: +SKIP
    """

    part = "addCells"

    def __init__(self) -> None:
        light, dark = palette.EVENT_TYPE_COLOURS, palette.EVENT_TYPE_COLOURS_DARK
        super().__init__({"types": [[str(kind), light[kind], dark[kind]] for kind in TYPES]})


class CellCommand(Order):
    """An order to a :class:`CellLayer`.

    Parameters
    ----------
    id : int
        A number that has not been used for another order to this map.
    shown : mapping, optional
        What :func:`shown_of` gave.
    zones : mapping, optional
        ``window`` (first and last day as ISO text, or None), ``asked`` (ids that the filter asks for) and ``counts``
        (pairs of id and events inside), for the :class:`~geo.timemap.offline.ZoneLayer`.
    view : mapping, optional
        Either ``{"center": (lon, lat), "zoom": 9}`` or ``{"bounds": (west, south, east, north)}``, degrees: where a map
        looks that has just been made.
    theme : {"auto", "light", "dark"}, optional
    """

    def __init__(
        self,
        id: int,  # noqa: A002 (it is the command's id)
        *,
        shown: Mapping[str, Any] | None = None,
        zones: Mapping[str, Any] | None = None,
        view: Mapping[str, Any] | None = None,
        theme: Theme = "auto",
    ) -> None:
        super().__init__(id, {"shown": shown, "zones": zones, "view": view, "theme": theme})


def shown_of(look: Look) -> dict[str, Any]:
    """Write what is shown for the browser.

    Parameters
    ----------
    look : Look

    Returns
    -------
    dict
        For ``CellCommand(shown=...)``.

    Raises
    ------
    DataError
        An event type is not of our closed list.
    """
    shown: dict[str, Any] = {"events": look.events, "depth": look.area.depth}
    if look.points is None:
        columns = (look.cells[name].to_pylist() for name in ("x", "y", "events"))
        return shown | {"cells": [list(cell) for cell in zip(*columns, strict=True)]}
    points = look.points.to_pylist()
    if strange := {row["event_type"] for row in points} - set(_CODE):
        raise DataError(f"unknown event type {sorted(strange)[0]!r}; there are {', '.join(_CODE)}")
    return shown | {
        "points": [
            [
                round(row["lon"], 5),
                round(row["lat"], 5),
                _CODE[row["event_type"]],
                int(bool(row["certain"])),
                row["day_start"].isoformat(),
                row["sub_event_type"] or row["event_type"],
            ]
            for row in points
        ]
    }


@dataclass(frozen=True)
class CellState:
    """What was on screen when the map last spoke."""

    why: str
    """"init", "view", "click" or "ack"."""
    bounds: tuple[float, float, float, float]
    """West, south, east, north, degrees; may go round the world."""
    zoom: float
    clicked: int | None
    """Row of the chosen event among the points that were shown."""
    ack: int
    """Id of the last :class:`CellCommand` carried out; 0 for none."""


def parse_cells(value: object, points: int) -> CellState | None:
    """Check what ``st_folium`` returned.

    Parameters
    ----------
    value : object
        Anything at all.
    points : int
        Single events that the map was last told to show.

    Returns
    -------
    CellState or None
        None where the value is not a whole and sound message.
    """
    if not isinstance(value, dict) or value.get("v") != VERSION or value.get("payload") != _NAME:
        return None
    try:
        if value["why"] not in _REASONS:
            return None
        return CellState(
            why=value["why"],
            bounds=_bounds(value["bounds"]),
            zoom=_number(value["zoom"], 0, 30),
            clicked=None if value["clicked"] is None else _whole(value["clicked"], 0, points - 1),
            ack=_whole(value["ack"], 0, MOST),
        )
    except (KeyError, ValueError, TypeError, OverflowError):
        return None
