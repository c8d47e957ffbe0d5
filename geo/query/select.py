"""Events under a query, and how many."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.errors import QueryError
from geo.query.query import FACETS
from geo.query.text import matches

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    from geo.query.query import Period, Query

    Mask = NDArray[np.bool_]

_COLUMNS: Final = {
    "event_types": ("event_type",),
    "sub_event_types": ("sub_event_type",),
    "actors": ("actor1", "actor2"),
    "actor_types": ("actor1_type", "actor2_type"),
    "statuses": ("status",),
}


def select(frame: GeoDataFrame, query: Query) -> GeoDataFrame:
    """Take the events under a query.

    Parameters
    ----------
    frame : GeoDataFrame
        One row per event, see :mod:`geo.frame`.
    query : Query
        Events whose span of days overlaps its period are taken. So are those without a day: they stand in the tray
        under every period, since none can be ruled out.

    Returns
    -------
    GeoDataFrame
        The same columns and index labels, fewer rows.
    """
    wanted = np.ones(len(frame), dtype=bool)
    for mask in _masks(frame, query).values():
        wanted &= mask
    return frame if wanted.all() else frame[wanted]


def certain(frame: GeoDataFrame, query: Query) -> pd.Series[bool]:
    """Tell which events the query holds for beyond doubt.

    Parameters
    ----------
    frame : GeoDataFrame
        Events under the query, from :func:`select`.
    query : Query

    Returns
    -------
    Series of bool
        On the frame's index. True where the whole span of days lies in the period and, where zones are asked for, the
        event is inside one of them. Any other event of the frame is a possible one.
    """
    sure = np.ones(len(frame), dtype=bool)
    if query.period is not None:
        first, last = _bounds(query.period)
        sure &= ((frame["day_start"] >= first) & (frame["day_end"] <= last)).to_numpy()
    if query.zones:
        sure &= _in_zones(frame["zones_inside"], query.zones)
    return pd.Series(sure, index=frame.index, dtype=bool)


def on_map(frame: GeoDataFrame) -> GeoDataFrame:
    """Take the events that have a day and a drawable place."""
    return frame[_drawn(frame)]


def tray(frame: GeoDataFrame) -> GeoDataFrame:
    """Take the events that are not on the map.

    Parameters
    ----------
    frame : GeoDataFrame

    Returns
    -------
    GeoDataFrame
        With a column ``reason`` more: "no place", "only a country or wide region", "no day", or two of them joined by
        "; ". Together with :func:`on_map` it is the whole frame.
    """
    off = frame[~_drawn(frame)]
    where = np.select(
        [off["geometry"].notna(), off["place_id"].notna()], ["", "only a country or wide region"], default="no place"
    )
    when = np.where(off["day_start"].isna(), "no day", "")
    reason = ["; ".join(filter(None, pair)) for pair in zip(where, when, strict=True)]
    return off.assign(reason=pd.Series(reason, index=off.index, dtype="str"))


def counts(frame: GeoDataFrame, query: Query, field: str) -> pd.Series[int]:
    """Count the events of each value of a field, under every other filter of the query.

    Parameters
    ----------
    frame : GeoDataFrame
        Every event.
    query : Query
        Its filter on the field itself is left out: the count is what choosing that value would show.
    field : str
        One of :data:`geo.query.FACETS`.

    Returns
    -------
    Series of int
        Value -> events, most frequent first, then by name. A value that occurs only in events the other filters hide
        counts 0. An event with the same actor on both sides counts once; one inside two zones counts in both.

    Raises
    ------
    QueryError
        There is no such field.
    """
    if field not in FACETS:
        raise QueryError(f"no field {field!r} to count; there are {', '.join(FACETS)}")
    return _count(frame, query, field, _masks(frame, query))


def facets(frame: GeoDataFrame, query: Query) -> dict[str, pd.Series[int]]:
    """Count every field of :data:`geo.query.FACETS` at once, each as :func:`counts` does, in about the time of one."""
    masks = _masks(frame, query)
    return {field: _count(frame, query, field, masks) for field in FACETS}


def default_period(frame: GeoDataFrame) -> tuple[date, date] | None:
    """Return the first and last day of what happened; None for a frame without days.

    Parameters
    ----------
    frame : GeoDataFrame
        History told as background is not what happened; where there is nothing else it counts all the same.
    """
    dated = frame[frame["day_start"].notna()]
    news = dated[dated["status"] != "background"]
    chosen = dated if news.empty else news
    if chosen.empty:
        return None
    return chosen["day_start"].min().date(), chosen["day_end"].max().date()


def in_window(frame: GeoDataFrame, first: date, last: date) -> pd.Series[bool]:
    """Tell which events begin on one of these days.

    Parameters
    ----------
    frame : GeoDataFrame
    first, last : date
        Both included.

    Returns
    -------
    Series of bool
        Windows that partition the days partition the dated events: each is in exactly one.
    """
    inside: pd.Series[bool] = frame["day_start"].between(np.datetime64(first, "s"), np.datetime64(last, "s"))
    return inside


def _drawn(frame: GeoDataFrame) -> Mask:
    return np.asarray(frame["geometry"].notna() & frame["day_start"].notna())


def _bounds(period: Period) -> tuple[np.datetime64, np.datetime64]:
    first, last = period
    return np.datetime64(first or date.min, "s"), np.datetime64(last or date.max, "s")


def _masks(frame: GeoDataFrame, query: Query) -> dict[str, Mask]:
    """Rows that pass each filter that is set."""
    masks: dict[str, Mask] = {}
    if query.period is not None:
        first, last = _bounds(query.period)
        overlaps = (frame["day_start"] <= last) & (frame["day_end"] >= first)
        masks["period"] = (overlaps | frame["day_start"].isna()).to_numpy()
    for field, columns in _COLUMNS.items():
        if chosen := getattr(query, field):
            masks[field] = np.logical_or.reduce([_among(frame[name], chosen) for name in columns])
    if query.zones:
        masks["zones"] = _in_zones(frame["zones_inside"], query.zones)
        if query.possible:
            masks["zones"] |= _in_zones(frame["zones_possible"], query.zones)
    if query.min_confidence is not None:
        # Confidence is kept as float32: 0.3 must pass "at least 0.3".
        masks["min_confidence"] = (frame["confidence"] >= np.float32(query.min_confidence)).to_numpy()
    if query.text is not None:
        masks["text"] = matches(frame, query.text)
    return masks


def _among(column: pd.Series[Any], chosen: Iterable[str]) -> Mask:
    names = {str(value) for value in chosen}
    # Code -1 is unknown and finds the False at the end.
    hits = np.array([value in names for value in column.cat.categories] + [False])
    return np.asarray(hits[column.cat.codes.to_numpy()])


def _in_zones(column: pd.Series[Any], chosen: frozenset[str]) -> Mask:
    # Few sets of zones stand behind many rows, so each is tested once.
    rows = column.to_list()
    inside = {zones: not chosen.isdisjoint(zones) for zones in set(rows)}
    return np.fromiter(map(inside.__getitem__, rows), dtype=bool, count=len(rows))


def _count(frame: GeoDataFrame, query: Query, field: str, masks: dict[str, Mask]) -> pd.Series[int]:
    wanted = np.ones(len(frame), dtype=bool)
    for name, mask in masks.items():
        if name != field:
            wanted &= mask
    found = _zone_counts(frame, query, wanted) if field == "zones" else _value_counts(frame, _COLUMNS[field], wanted)
    order = sorted(found, key=lambda value: (-found[value], value))
    return pd.Series([found[value] for value in order], index=pd.Index(order, dtype="str", name=field), dtype="int64")


def _value_counts(frame: GeoDataFrame, columns: tuple[str, ...], wanted: Mask) -> dict[str, int]:
    total: Counter[str] = Counter()
    for name in columns:
        column = frame[name].cat
        codes = column.codes.to_numpy()
        every = np.bincount(codes + 1, minlength=len(column.categories) + 1)[1:]
        chosen = np.bincount(codes[wanted] + 1, minlength=len(column.categories) + 1)[1:]
        # A category that no row of this frame has is left over from a larger one.
        total.update({value: int(n) for value, n, there in zip(column.categories, chosen, every, strict=True) if there})
    if len(columns) == 2:
        first, second = (frame.loc[wanted, name].astype("str") for name in columns)
        total.subtract(first[(first == second).fillna(value=False)].value_counts().to_dict())
    return dict(total)


def _zone_counts(frame: GeoDataFrame, query: Query, wanted: Mask) -> dict[str, int]:
    total: Counter[str] = Counter()
    for name in ["zones_inside", "zones_possible"] if query.possible else ["zones_inside"]:
        total.update(dict.fromkeys((zone for zones in set(frame[name].to_list()) for zone in zones), 0))
        for zones, n in Counter(frame.loc[wanted, name].to_list()).items():
            total.update(dict.fromkeys(zones, n))
    return dict(total)
