"""The questions of a view as Ibis expressions: written once, compiled for every engine.

Ibis only compiles here; each engine runs the text itself. An event counts as in :mod:`geo.query.select`.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np

from geo.query.text import fold
from geo.warehouse.rollups import COARSE, MONTHS_FROM, TOLD, by_day_around, source_for, told
from geo.warehouse.schema import (
    CELLS_PER_TILE,
    EVENT_COLUMNS,
    EVENTS,
    FACET_COLUMNS,
    NAMES,
    SEARCHED,
    TABLES,
    TILE_ZOOM,
    ZONE_SETS,
)

if TYPE_CHECKING:
    from geo.query.query import Query
    from geo.warehouse.rollups import Source
    from geo.warehouse.view import View

_NAMES = ibis.table(TABLES[NAMES], name=NAMES)
_ZONE_SETS = ibis.table(TABLES[ZONE_SETS], name=ZONE_SETS)


def points(view: View, rolled: bool, most: int) -> Any:
    """Ask for the newest events on the map."""
    asked = _Asked(view, rolled, {"event_id", "lon", "lat", "sub_event_type"}, drawn=True)
    table = asked.chosen()
    table = table.mutate(certain=asked.certain(table))
    columns = ("event_id", "day_start", "day_end", "lon", "lat", "event_type", "sub_event_type", "status", "certain")
    return table.select(*columns).order_by(ibis.desc("day_start"), ibis.desc("event_id")).limit(most)


def events(view: View, rolled: bool, most: int, skip: int, drawn: bool | None) -> Any:  # noqa: ARG001 - rollups hold no events
    """Ask for whole events, in the order of the events table: all, only those on the map, or only the others."""
    asked = _Asked(view, False, set(EVENT_COLUMNS), drawn=bool(drawn))
    table = asked.chosen()
    if drawn is False:
        table = table.filter(~table.placed | table.day_start.isnull())
    return table.order_by("day_start", "event_id").limit(most, offset=skip)


def event(view: View, rolled: bool, event_id: str) -> Any:  # noqa: ARG001 - whatever the view
    """Ask for one whole event."""
    table = ibis.table(EVENT_COLUMNS, name=EVENTS)
    return table.filter(table.event_id == event_id).limit(1)


def days(view: View, rolled: bool) -> Any:
    """Ask for the first and the last day on which something happened."""
    asked = _Asked(view, rolled, {"day_start", "day_end"})
    table = asked.chosen()
    return table.agg(first=table.day_start.min(), last=table.day_end.max())


def zone_sets(view: View, rolled: bool) -> Any:  # noqa: ARG001 - the same for every view
    """Ask which zones stand in which set."""
    return _ZONE_SETS.order_by("zone_set", "inside", "rank")


def histogram(view: View, rolled: bool, step: str) -> Any:
    """Ask how many events on the map begin in each day, week or month, by type."""
    column = {"day": "day_start", "week": "week", "month": "month"}[step]
    asked = _Asked(view, rolled, {column, "event_type"}, drawn=True)
    table = asked.chosen()
    grouped = table.group_by(start=table[column], event_type=table.event_type.cast("string"))
    return grouped.agg(events=asked.count(table)).order_by("start", "event_type")


def grid(view: View, rolled: bool, zoom: int) -> Any:
    """Ask how many events lie in each cell of the map, and about where."""
    depth = min(max(zoom, 0) + CELLS_PER_TILE, TILE_ZOOM)
    asked = _Asked(view, rolled, {"tile_x", "tile_y"}, drawn=True, depth=depth)
    table = asked.chosen()
    here, of = ("cell_x", "cell_y"), COARSE
    sums = {"sum_x": "sum_x", "sum_y": "sum_y"}
    if not asked.source.rolled:
        here, of = ("tile_x", "tile_y"), TILE_ZOOM
        sums = {"sum_x": "tile_x", "sum_y": "tile_y"}
    x, y = (table[name] >> (of - depth) if of > depth else table[name] for name in here)
    table = table.mutate(x=x.cast("int32"), y=y.cast("int32"))
    totals_of = {name: asked.total(table, column) for name, column in sums.items()}
    return table.group_by("x", "y").agg(events=asked.count(table), **totals_of).order_by("x", "y")


def zones(view: View, rolled: bool) -> Any:
    """Ask how many events lie in each zone, certainly and possibly, under every other filter."""
    asked = _Asked(view, rolled, {"zone_set"}, without="zones")
    table = asked.chosen()
    sets = table.group_by("zone_set").agg(n=asked.count(table), sure=asked.count(table, asked.within(table)))
    of = _ZONE_SETS if view.query.possible else _ZONE_SETS.filter(_ZONE_SETS.inside)
    joined = of.left_join(sets, of.zone_set == sets.zone_set)
    n, sure = ibis.coalesce(joined.n, 0), ibis.coalesce(joined.sure, 0)
    sure = ibis.ifelse(joined.inside, sure, 0)
    joined = joined.select(zone=joined.zone, events=n, certain=sure)
    found = joined.group_by("zone").agg(
        events=joined.events.sum().cast("int64"), certain=joined.certain.sum().cast("int64")
    )
    return found.order_by(ibis.desc("events"), "zone")


def facet(view: View, rolled: bool, field: str) -> Any:
    """Ask how many events there are of each value of a field, under every other filter."""
    if field == "actors":
        asked = _Asked(view, rolled, {"actor"}, without="actors")
        table = asked.chosen()
        found = _two(asked, table, "actor1", "actor2") if "actor" not in table.columns else _one(asked, table, "actor")
    else:
        columns = FACET_COLUMNS[field]
        asked = _Asked(view, rolled, set(columns), without=field)
        table = asked.chosen()
        found = _one(asked, table, *columns) if len(columns) == 1 else _two(asked, table, *columns)
    names = _NAMES.filter(_NAMES.field == field)
    joined = names.left_join(found, names.value == found.found)
    counted = joined.select(value=joined.value, events=ibis.coalesce(joined.n, 0).cast("int64"))
    return counted.order_by(ibis.desc("events"), "value")


def totals(view: View, rolled: bool) -> Any:
    """Ask how many events there are, certain and not on the map, and how many were killed and injured."""
    asked = _Asked(view, rolled, set(TOLD))
    table = asked.chosen()
    on_map = table.placed & table.day_start.notnull()
    return table.agg(
        events=asked.count(table),
        certain=asked.count(table, asked.certain(table)),
        on_map=asked.count(table, on_map),
        **{name: asked.total(table, name) for name in TOLD},
    )


QUESTIONS = {
    question.__name__: question
    for question in (points, events, event, zone_sets, days, histogram, grid, zones, facet, totals)
}
"""Name of a question and what writes it."""


class _Asked:
    """A view over the smallest table that can answer for it."""

    def __init__(
        self, view: View, rolled: bool, needs: set[str], *, without: str = "", drawn: bool = False, depth: int = 99
    ) -> None:
        self.view, self.without, self.drawn = view, without, drawn
        needs = needs | self._filtered()
        actors = view.query.actors if without != "actors" else None
        ragged = _ragged_days(view)
        self.source: Source = source_for(
            needs, depth=depth, actors=actors or (), months=ragged is not None, rolled=rolled
        )
        self.table = ibis.table(self.source.columns, name=self.source.name)
        if self.source.monthly and ragged:
            self.table = by_day_around(self.source, ragged)

    def chosen(self) -> Any:
        """Take the events under the view's filters."""
        conditions = [*self._query(self.table), *self._window(self.table), *self._bounds(self.table)]
        if self.drawn:
            conditions = [self.table.placed, self.table.day_start.notnull(), *conditions]
        return self.table.filter(*conditions) if conditions else self.table

    def count(self, table: Any, where: Any = None) -> Any:
        """Count events, or those of them for which `where` holds."""
        if self.source.rolled:
            return ibis.coalesce(table.n.sum(where=where), 0).cast("int64")
        return table.count(where=where).cast("int64")

    def total(self, table: Any, name: str) -> Any:
        """Add up a column that a rollup keeps as a sum."""
        if self.source.rolled:
            return ibis.coalesce(table[name].sum(), 0).cast("int64")
        column = told(table, name) if name in TOLD else table[name]
        return ibis.coalesce(column.cast("int64").sum(), 0).cast("int64")

    def within(self, table: Any) -> Any:
        """Tell whether the whole span of days lies in the period."""
        if self.view.query.period is None:
            return ibis.literal(True)
        first, last = self.view.query.period
        sure = table.day_start.notnull()
        if first is not None:
            sure = sure & (table.day_start >= first)
        if last is not None:
            sure = sure & (table.day_end <= last)
        return ibis.coalesce(sure, False)

    def certain(self, table: Any) -> Any:
        """Tell whether the query holds beyond doubt."""
        sure = self.within(table)
        if self.view.query.zones:
            sure = sure & table.zone_set.isin(_sets_of(self.view.query, possible=False))
        return sure

    def _filtered(self) -> set[str]:
        """Columns that the view's filters read."""
        query, columns = self.view.query, set()
        for field, names in FACET_COLUMNS.items():
            if getattr(query, field) and field != self.without:
                columns |= {"actor"} if field == "actors" else set(names)
        if query.zones and self.without != "zones":
            columns.add("zone_set")
        if query.min_confidence is not None:
            columns.add("confidence")
        if query.text is not None:
            columns.add("quote")
        if self.view.bounds is not None:
            columns |= {"lon", "lat"}
        return columns

    def _query(self, t: Any) -> list[Any]:
        query, found = self.view.query, []
        if query.period is not None:
            found.append(self._overlaps(t))
        for field, columns in FACET_COLUMNS.items():
            chosen = getattr(query, field)
            if chosen and field != self.without:
                found.append(self._among(t, field, columns, sorted(map(str, chosen))))
        if query.zones and self.without != "zones":
            found.append(t.zone_set.isin(_sets_of(query, possible=query.possible)))
        if query.min_confidence is not None:
            # Confidence is kept as float32: 0.3 must pass "at least 0.3".
            found.append(t.confidence >= float(np.float32(query.min_confidence)))
        if query.text is not None:
            found += [_holds(t, word) for word in fold(query.text).split()]
        return found

    def _overlaps(self, t: Any) -> Any:
        first, last = self.view.query.period or (None, None)
        overlaps = ibis.and_(
            *([t.day_start <= last] if last is not None else []), *([t.day_end >= first] if first is not None else [])
        )
        return overlaps if self.drawn else overlaps | t.day_start.isnull()

    def _among(self, t: Any, field: str, columns: tuple[str, ...], chosen: list[str]) -> Any:
        if field == "actors" and "actor" in self.source.columns and not self.source.by_actor:
            return t.actor.isin(chosen)
        if field == "actors" and self.source.by_actor:
            # One row an actor of an event: an event of two chosen actors must not count twice.
            return t.actor.isin(chosen) & (t.first_side | ibis.coalesce(t.actor1.notin(chosen), True))
        return ibis.or_(*[t[name].isin(chosen) for name in columns])

    def _window(self, t: Any) -> list[Any]:
        return [] if self.view.window is None else [t.day_start.between(*self.view.window)]

    def _bounds(self, t: Any) -> list[Any]:
        if self.view.bounds is None:
            return []
        west, south, east, north = self.view.bounds
        across = t.lon.between(west, east) if west <= east else (t.lon >= west) | (t.lon <= east)
        return [t.placed, t.lat.between(south, north), across]


def _ragged_days(view: View) -> tuple[date, ...] | None:
    """Return the ends of the period that cut a month in two; None where months would not help."""
    if view.window is not None and _cuts(*view.window):
        return None
    first, last = view.query.period or (None, None)
    days = _cuts(first, last)
    few = first is not None and last is not None and (last - first).days < MONTHS_FROM
    return None if days and few else days


def _cuts(first: date | None, last: date | None) -> tuple[date, ...]:
    begins = first is None or first.day == 1
    ends = last is None or last == date.max or (last + timedelta(days=1)).day == 1
    return tuple(day for day, whole in ((first, begins), (last, ends)) if day is not None and not whole)


def _sets_of(query: Query, *, possible: bool) -> Any:
    sets = _ZONE_SETS.filter(_ZONE_SETS.zone.isin(sorted(query.zones or ())))
    return (sets if possible else sets.filter(sets.inside)).zone_set


def _holds(t: Any, word: str) -> Any:
    """Tell whether an event holds a word anywhere that is searched."""
    plain = t.quote.lower().replace("'", "").replace("`", "")
    found = [ibis.coalesce(ibis.coalesce(t.quote_folded, plain).contains(word), False)]
    for field, column in SEARCHED:
        names = _NAMES.filter(_NAMES.field == field, _NAMES.folded.contains(word))
        found.append(t[column].notnull() & t[column].isin(names.value))
    return ibis.or_(*found)


def _one(asked: _Asked, table: Any, column: str) -> Any:
    known = table.filter(table[column].notnull())
    return known.group_by(found=known[column].cast("string")).agg(n=asked.count(known))


def _two(asked: _Asked, table: Any, first: str, second: str) -> Any:
    """Count values of two columns; an event with the same on both sides counts once."""
    again = table.filter(table[first].isnull() | (table[first] != table[second]))
    both = ibis.union(_one(asked, table, first), _one(asked, again, second))
    return both.group_by("found").agg(n=both.n.sum().cast("int64"))
