"""What the map tells Python, checked like anything that comes from outside."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.timemap.payload import Payload

VERSION: Final = 2
REASONS: Final = frozenset({"init", "window", "live", "filter", "click", "view", "ack"})
MOST_ROWS: Final = 50
MOST_CODES: Final = 400
MOST_TEXT: Final = 200
MOST: Final = 2**53
"""Whole numbers above this are not exact in JavaScript."""


@dataclass(frozen=True)
class MapState:
    """What was on screen when the map last spoke."""

    seq: int
    """Rises by one with each message of one map on one page."""
    why: str
    """"init", "window", "live" (the window while it plays), "filter", "click", "view" or "ack"."""
    window: tuple[date, date]
    """First and last day, within the payload's days."""
    types_off: tuple[int, ...]
    """Codes of the event types that the legend hides; names are in ``payload.meta["types"]``."""
    filters: Mapping[str, Any]
    """What the map's own filters ask for: `subs`, `actors`, `actor_types`, `zones`, `statuses` (ascending codes of the
    payload's lists, or None), `possible` (bool), `min_confidence` and `text` (or None)."""
    bounds: tuple[float, float, float, float]
    """West, south, east, north, degrees; west and east may lie beyond 180 where the map was dragged round the world."""
    zoom: float
    clicked: int | None
    """Row of the event whose card is open."""
    rows: tuple[int, ...]
    """Rows of the events at its place in the window, newest first, at most 50."""
    ack: int
    """Id of the last :class:`~geo.timemap.element.Command` carried out; 0 for none."""

    def event_ids(self, payload: Payload) -> tuple[str, ...]:
        """Ids of the events behind :attr:`rows`.

        Parameters
        ----------
        payload : Payload
            The payload that this state was checked against.

        Returns
        -------
        tuple of str
            In the same order.
        """
        return tuple(str(payload.row_ids[row]) for row in self.rows)


def parse(value: object, payload: Payload) -> MapState | None:
    """Check what ``st_folium`` returned.

    Parameters
    ----------
    value : object
        Anything at all.
    payload : Payload
        The payload the map shows now.

    Returns
    -------
    MapState or None
        None where the value is not a whole and sound message about this payload: before the first message, after the
        events changed, or from a page that was tampered with.

    Examples
    --------
    >>> parse({}, payload) is None  # doctest: +SKIP
    True
    """
    if not isinstance(value, dict) or value.get("v") != VERSION or value.get("payload") != payload.id:
        return None
    try:
        return MapState(
            seq=_whole(value["seq"], 0, MOST),
            why=_reason(value["why"]),
            window=_window(value["window"], payload),
            types_off=_codes(value["types_off"], len(payload.meta["types"]), len(payload.meta["types"])),
            filters=_filters(value["filters"], payload),
            bounds=_bounds(value["bounds"]),
            zoom=_number(value["zoom"], 0, 30),
            clicked=None if value["clicked"] is None else _whole(value["clicked"], 0, payload.n - 1),
            rows=_codes(value["rows"], payload.n, MOST_ROWS),
            ack=_whole(value["ack"], 0, MOST),
        )
    except (KeyError, ValueError, TypeError, OverflowError):
        return None


def _whole(value: Any, low: int, high: int) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ValueError("not a whole number in range")
    return value


def _number(value: Any, low: float, high: float) -> float:
    if (
        isinstance(value, bool)
        or not isinstance(value, (int, float))
        or not math.isfinite(value)
        or not low <= value <= high
    ):
        raise ValueError("not a number in range")
    return float(value)


def _reason(value: Any) -> str:
    if not isinstance(value, str) or value not in REASONS:
        raise ValueError("not a reason")
    return value


def _window(value: Any, payload: Payload) -> tuple[date, date]:
    if (
        not isinstance(value, list)
        or len(value) != 2
        or not all(isinstance(day, str) and len(day) == 10 for day in value)
    ):
        raise ValueError("not a window")
    first, last = (date.fromisoformat(day) for day in value)
    # fromisoformat reads more than what the map writes.
    if [first.isoformat(), last.isoformat()] != value:
        raise ValueError("not days as the map writes them")
    if not payload.epoch <= first <= last <= payload.last:
        raise ValueError("the window leaves the data")
    return first, last


def _codes(value: Any, below: int, most: int) -> tuple[int, ...]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError("not a list of codes")
    codes = tuple(_whole(code, 0, below - 1) for code in value)
    if len(set(codes)) != len(codes):
        raise ValueError("a code twice")
    return codes


def _filters(value: Any, payload: Payload) -> dict[str, Any]:
    if not isinstance(value, dict) or not isinstance(value["possible"], bool):
        raise ValueError("not filters")
    found: dict[str, Any] = {"possible": value["possible"]}
    for key in ("subs", "actors", "actor_types", "zones", "statuses"):
        codes = value[key]
        found[key] = None if codes is None else sorted(_codes(codes, len(payload.meta[key]), MOST_CODES))
    confidence, text = value["min_confidence"], value["text"]
    found["min_confidence"] = None if confidence is None else _number(confidence, 0, 1)
    if text is not None and (not isinstance(text, str) or len(text) > MOST_TEXT or not text.isprintable()):
        raise ValueError("not words")
    found["text"] = text or None
    return found


def _bounds(value: Any) -> tuple[float, float, float, float]:
    if not isinstance(value, list) or len(value) != 4:
        raise ValueError("not bounds")
    west, east = (_number(value[k], -1080, 1080) for k in (0, 2))
    south, north = (_number(value[k], -90, 90) for k in (1, 3))
    if west > east or south > north:
        raise ValueError("bounds the wrong way round")
    return west, south, east, north
