"""The questions of a view as Ibis expressions: written once, compiled for every engine.

Ibis only compiles here; each engine runs the text itself. An event counts as in :mod:`geo.query.select`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis

from geo.warehouse.asked import Asked
from geo.warehouse.rollups import COARSE, IDS, TOLD
from geo.warehouse.schema import (
    CELLS_PER_TILE,
    EVENT_COLUMNS,
    EVENTS,
    FACET_COLUMNS,
    NAMES,
    TABLES,
    TILE_ZOOM,
    ZONE_SETS,
)

if TYPE_CHECKING:
    from datetime import date

    from geo.warehouse.view import View

_NAMES = ibis.table(TABLES[NAMES], name=NAMES)
_ZONE_SETS = ibis.table(TABLES[ZONE_SETS], name=ZONE_SETS)


def points(view: View, rolled: bool, most: int) -> Any:
    """Ask for the newest events on the map."""
    asked = Asked(view, rolled, {"event_id", "lon", "lat", "sub_event_type"}, drawn=True)
    table = asked.chosen()
    table = table.mutate(certain=asked.certain(table))
    columns = ("event_id", "day_start", "day_end", "lon", "lat", "event_type", "sub_event_type", "status", "certain")
    return table.select(*columns).order_by(ibis.desc("day_start"), ibis.desc("event_id")).limit(most)


def events(view: View, rolled: bool, most: int, skip: int, drawn: bool | None) -> Any:  # noqa: ARG001 - rollups hold no events
    """Ask for whole events, in the order of the events table: all, only those on the map, or only the others."""
    asked = Asked(view, False, set(EVENT_COLUMNS), drawn=bool(drawn))
    table = asked.chosen()
    if drawn is False:
        table = table.filter(~table.placed | table.day_start.isnull())
    return table.order_by("day_start", "event_id").limit(most, offset=skip)


def month_of(view: View, rolled: bool, event_id: str) -> Any:  # noqa: ARG001 - whatever the view
    """Ask where one event stands, of an engine that keeps that."""
    table = ibis.table(IDS.columns, name=IDS.name)
    return table.filter(table.event_id == event_id).select("month").limit(1)


def event(view: View, rolled: bool, event_id: str, month: tuple[date | None, ...]) -> Any:  # noqa: ARG001 - whatever the view
    """Ask for one whole event; its month, where that is known, saves looking through the others."""
    table = ibis.table(EVENT_COLUMNS, name=EVENTS)
    there = [table.month.isnull() if one is None else table.month == one for one in month]
    return table.filter(table.event_id == event_id, *there).limit(1)


def days(view: View, rolled: bool) -> Any:
    """Ask for the first and the last day on which something happened."""
    asked = Asked(view, rolled, {"day_start", "day_end"})
    table = asked.chosen()
    return table.agg(first=table.day_start.min(), last=table.day_end.max())


def zone_sets(view: View, rolled: bool) -> Any:  # noqa: ARG001 - the same for every view
    """Ask which zones stand in which set."""
    return _ZONE_SETS.order_by("zone_set", "inside", "rank")


def histogram(view: View, rolled: bool, step: str) -> Any:
    """Ask how many events on the map begin in each day, week or month, by type."""
    column = {"day": "day_start", "week": "week", "month": "month"}[step]
    asked = Asked(view, rolled, {column, "event_type"}, drawn=True)
    table = asked.chosen()
    grouped = table.group_by(start=table[column], event_type=table.event_type.cast("string"))
    return grouped.agg(events=asked.count(table)).order_by("start", "event_type")


def grid(view: View, rolled: bool, zoom: int) -> Any:
    """Ask how many events lie in each cell of the map, and about where."""
    depth = min(max(zoom, 0) + CELLS_PER_TILE, TILE_ZOOM)
    asked = Asked(view, rolled, {"tile_x", "tile_y"}, drawn=True, depth=depth)
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
    asked = Asked(view, rolled, {"zone_set"}, without="zones")
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
        asked = Asked(view, rolled, {"actor"}, without="actors")
        table = asked.chosen()
        found = _two(asked, table, "actor1", "actor2") if "actor" not in table.columns else _one(asked, table, "actor")
    else:
        columns = FACET_COLUMNS[field]
        asked = Asked(view, rolled, set(columns), without=field)
        table = asked.chosen()
        found = _one(asked, table, *columns) if len(columns) == 1 else _two(asked, table, *columns)
    names = _NAMES.filter(_NAMES.field == field)
    joined = names.left_join(found, names.value == found.found)
    counted = joined.select(value=joined.value, events=ibis.coalesce(joined.n, 0).cast("int64"))
    return counted.order_by(ibis.desc("events"), "value")


def totals(view: View, rolled: bool) -> Any:
    """Ask how many events there are, certain and not on the map, and how many were killed and injured."""
    asked = Asked(view, rolled, set(TOLD))
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
    for question in (points, events, event, month_of, zone_sets, days, histogram, grid, zones, facet, totals)
}
"""Name of a question and what writes it."""


def _one(asked: Asked, table: Any, column: str) -> Any:
    known = table.filter(table[column].notnull())
    return known.group_by(found=known[column].cast("string")).agg(n=asked.count(known))


def _two(asked: Asked, table: Any, first: str, second: str) -> Any:
    """Count values of two columns; an event with the same on both sides counts once."""
    again = table.filter(table[first].isnull() | (table[first] != table[second]))
    both = ibis.union(_one(asked, table, first), _one(asked, again, second))
    return both.group_by("found").agg(n=both.n.sum().cast("int64"))
