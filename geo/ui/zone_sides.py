"""Two sides of a comparison, counted honestly: what is certain, what is possible, what of the difference is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo.model import EventType
from geo.query import certain, select

if TYPE_CHECKING:
    from datetime import date

    from geopandas import GeoDataFrame

    from geo.query import Query
    from geo.zones import BuiltZone

Pair = tuple[int, int]
"""Certain events, and how many there may be at most."""
MOST_ACTORS = 8
DAYS_OF_RATE = 30


@dataclass(frozen=True, eq=False)
class Side:
    """The events of one zone over one period."""

    name: str
    """Told over its column."""
    built: BuiltZone
    query: Query
    events: GeoDataFrame
    sure: pd.Series[bool]
    """On the index of the events: which are certain."""

    @property
    def pair(self) -> Pair:
        """How many events."""
        return int(self.sure.sum()), len(self.events)

    def days(self, told: tuple[date, date]) -> int:
        """Count the days on which the zone was in force in the period.

        Parameters
        ----------
        told : tuple of date
            First and last day of all events: a period without an end does not reach beyond them.

        Returns
        -------
        int
            0 where the zone was not in force.
        """
        firsts = [told[0], *(day for day in (self._period[0], self.built.zone.valid[0]) if day)]
        lasts = [told[1], *(day for day in (self._period[1], self.built.zone.valid[1]) if day)]
        return max(0, (min(lasts) - max(firsts)).days + 1)

    @property
    def _period(self) -> tuple[date | None, date | None]:
        return self.query.period or (None, None)


def side(name: str, built: BuiltZone, frame: GeoDataFrame, query: Query) -> Side:
    """Take one side.

    Parameters
    ----------
    name : str
    built : BuiltZone
    frame : GeoDataFrame
        Every event of the store.
    query : Query
        With the zone and the period of this side.

    Returns
    -------
    Side
    """
    events = select(frame, query)
    return Side(name, built, query, events, certain(events, query))


def difference_words(one: Pair, other: Pair) -> str:
    """Say how many more events one side has than the other, as far as that is known.

    Parameters
    ----------
    one, other : tuple of int
        Certain and possible events.

    Returns
    -------
    str
        An event that is only possible may or may not be there, on each side.

    Examples
    --------
    >>> difference_words((14, 19), (3, 4)), difference_words((3, 3), (3, 3))
    ('10 to 16 more', 'the same')
    >>> difference_words((3, 8), (5, 5)), difference_words((2, 2), (3, 6))
    ('not known: 2 fewer to 3 more', '1 to 4 fewer')
    """
    low, high = one[0] - other[1], one[1] - other[0]
    if low == high == 0:
        return "the same"
    if low >= 0:
        return f"{_span(low, high)} more" if low else f"the same, or up to {high:,} more"
    if high <= 0:
        return f"{_span(-high, -low)} fewer" if high else f"the same, or up to {-low:,} fewer"
    return f"not known: {-low:,} fewer to {high:,} more"


def _span(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def pair_words(pair: Pair) -> str:
    """Say a count: "14, up to 19"."""
    return f"{pair[0]:,}" if pair[0] == pair[1] else f"{pair[0]:,}, up to {pair[1]:,}"


def rate_words(pair: Pair, days: int) -> str:
    """Say events per 30 days; a dash where the zone was not in force."""
    if not days:
        return "–"
    low, high = (f"{DAYS_OF_RATE * count / days:.1f}" for count in pair)
    return low if low == high else f"{low}, up to {high}"


def by_type(one: Side, other: Side) -> pd.DataFrame:
    """Count both sides by event type.

    Parameters
    ----------
    one, other : Side

    Returns
    -------
    DataFrame
        One row per event type that either side has, in the order of the types, and "All" first: `what`, `one`,
        `other`, `difference`, in words.
    """
    left, right = (_pairs(each, each.events["event_type"].astype(str)) for each in (one, other))
    kinds = [str(kind) for kind in EventType if str(kind) in left or str(kind) in right]
    told = [(kind, left.get(kind, (0, 0)), right.get(kind, (0, 0))) for kind in kinds]
    return _table([("All", one.pair, other.pair), *told])


def by_actor(one: Side, other: Side) -> pd.DataFrame:
    """Count both sides by actor, those with most events first.

    Parameters
    ----------
    one, other : Side

    Returns
    -------
    DataFrame
        As :func:`by_type`; an event counts for each of its actors.
    """
    columns = []
    for each in (one, other):
        names = pd.concat([each.events["actor1"], each.events["actor2"]]).dropna().astype(str)
        # One actor on both sides of an event is still one event.
        names = names[~pd.MultiIndex.from_arrays([names.index, names]).duplicated()]
        columns.append(_pairs(each, names))
    every = sorted(
        {name for column in columns for name in column},
        key=lambda name: (-sum(column.get(name, (0, 0))[1] for column in columns), name),
    )
    left, right = columns
    return _table([(name, left.get(name, (0, 0)), right.get(name, (0, 0))) for name in every[:MOST_ACTORS]])


def shared(one: Side, other: Side) -> int:
    """Count the events that stand on both sides."""
    return len(one.events.index.intersection(other.events.index))


def _pairs(each: Side, values: pd.Series[str]) -> dict[str, Pair]:
    sure = values[each.sure.reindex(values.index).to_numpy(dtype=bool)].value_counts()
    return {str(name): (int(sure.get(name, 0)), int(most)) for name, most in values.value_counts().items()}


def _table(rows: list[tuple[str, Pair, Pair]]) -> pd.DataFrame:
    return pd.DataFrame(
        [(what, pair_words(one), pair_words(other), difference_words(one, other)) for what, one, other in rows],
        columns=["what", "one", "other", "difference"],
    )
