"""What the small maps of a sheet show: one query for each month, quarter, year, actor, type or zone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from geo.errors import InputError
from geo.model import EventType
from geo.query import Query, counts, default_period, on_map, select
from geo.query.words import period_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geopandas import GeoDataFrame

    from geo.query.query import Period
    from geo.zones import BuiltZone

TIMES: Final = {"month": "M", "quarter": "Q", "year": "Y"}
"""Step and its code in pandas."""
FIELDS: Final = {"actor": "actors", "type": "event_types", "zone": "zones"}
"""Word and the query's field."""
BY: Final = (*TIMES, *FIELDS)
"""What a series may be by."""
MOST_TIMES: Final = 24
"""Maps through time on one sheet at most."""
MOST_NAMES: Final = 12
"""Actors, types or zones on one sheet at most, those with most events; how many more there are is said."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One small map."""

    title: str
    query: Query


def cells_by(frame: GeoDataFrame, query: Query, by: str, zones: Mapping[str, BuiltZone]) -> tuple[list[Cell], int]:
    """Split a query into those of the small maps.

    Parameters
    ----------
    frame : GeoDataFrame
        Every event.
    query : Query
    by : str
        One of :data:`BY`.
    zones : mapping of str to BuiltZone
        For their names.

    Returns
    -------
    cells : list of Cell
        In time's order, or those with most events first; at least one.
    left_out : int
        How many more names have events.

    Raises
    ------
    InputError
        There is no such series, or the period has too many steps.
    """
    if by not in BY:
        raise InputError(f"no series by {by!r}", remedy=f"Choose one of {', '.join(BY)}")
    if by in TIMES:
        return _through_time(frame, query, by), 0
    return _by_name(frame, query, by, zones)


def days_of(frame: GeoDataFrame, query: Query) -> tuple[date, date] | None:
    """Return the first and last day a query's placed events have, cut to its period; None where it has none."""
    whole = default_period(on_map(select(frame, query)))
    if whole is None:
        return None
    first, last = query.period or (None, None)
    return max(whole[0], first or date.min), min(whole[1], last or date.max)


def _through_time(frame: GeoDataFrame, query: Query, by: str) -> list[Cell]:
    days = days_of(frame, query)
    if days is None:
        return [Cell(period_words(query.period), query)]
    first, last = query.period or (None, None)
    start, end = first or days[0], last or days[1]
    steps = pd.period_range(pd.Period(start, TIMES[by]), pd.Period(end, TIMES[by]), freq=TIMES[by])
    if len(steps) > MOST_TIMES:
        raise InputError(
            f"{len(steps)} maps by {by} do not fit one sheet; {MOST_TIMES} do",
            remedy="Choose a shorter period or a longer step",
        )
    return [
        Cell(
            _name(step, by), replace(query, period=(max(step.start_time.date(), start), min(step.end_time.date(), end)))
        )
        for step in steps
    ]


def _name(step: Any, by: str) -> str:
    if by == "month":
        return f"{step.start_time:%B} {step.year}"
    return f"{step.start_time:%B}–{step.end_time:%B} {step.year}" if by == "quarter" else str(step.year)


def _by_name(frame: GeoDataFrame, query: Query, by: str, zones: Mapping[str, BuiltZone]) -> tuple[list[Cell], int]:
    field = FIELDS[by]
    chosen = getattr(query, field)
    found = counts(on_map(select(frame, query)), query, field)
    names = [str(name) for name, n in found.items() if n and (chosen is None or name in chosen)]
    if by == "zone":
        names = [name for name in names if name in zones]
    if not names:
        return [Cell(f"no {by}", query)], 0
    title: Callable[[str], str] = (lambda name: zones[name].zone.name) if by == "zone" else str
    shown = names[:MOST_NAMES]
    if by == "type":
        shown.sort(key=[str(kind) for kind in EventType].index)
    return [Cell(title(name), _only(query, field, name)) for name in shown], len(names) - len(shown)


def _only(query: Query, field: str, name: str) -> Query:
    chosen: dict[str, Any] = {field: {name}}
    return replace(query, **chosen)


def two_periods(query: Query, before: Period, after: Period) -> list[Cell]:
    """Make the two maps of a before-and-after pair.

    Raises
    ------
    InputError
        The periods have a day in common.
    """
    if (before[1] or date.max) >= (after[0] or date.min):
        raise InputError(
            f"the period before ends on {before[1]}, and the one after begins on {after[0]}",
            remedy="Give two periods, the earlier one first, without a day in common",
        )
    return [
        Cell(f"{word}: {period_words(period)}", replace(query, period=period))
        for word, period in (("Before", before), ("After", after))
    ]
