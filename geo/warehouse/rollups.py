"""Tables that hold answers in advance, and which of them can answer a question. Only DuckDB keeps them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from geo.warehouse.schema import EVENT_COLUMNS, EVENTS, TILE_ZOOM

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

_DAYS: Final = ("day_start", "day_end", "week", "month", "event_type", "status", "placed")
PEOPLE: Final = {"deaths": "fatalities", "injured": "injured"}
"""People who are added up, and the beginning of the columns that count them."""
TOLD: Final = tuple(f"{people}_{end}" for people in PEOPLE for end in ("low", "high"))
"""Sums of the fewest and the most told."""
_SUMS: Final = dict.fromkeys(("n", *TOLD), "int64")
_MONTHLY: Final = "_monthly"
COARSE: Final = 9
"""Zoom level of the tiles in the rollup of places; grids of finer cells are counted event by event."""


MONTHS_FROM: Final = 100
"""Days from which on a period is counted by whole months, and by the day only in the months that it cuts."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table that can answer."""

    name: str
    columns: dict[str, str]
    rolled: bool = False
    """Whether a row stands for `n` events."""
    by_actor: bool = False
    """Whether an event has a row for each of its actors."""
    depth: int = 99
    """Finest grid it can answer, as a zoom level."""
    monthly: bool = False
    """Whether ``day_start`` is the first day of its month and ``day_end`` the last of its."""


def _rollup(name: str, *more: str) -> Source:
    kinds = {**EVENT_COLUMNS, "actor": "string"}
    return Source(f"borderlines_{name}", {**{c: kinds[c] for c in (*_DAYS, *more)}, **_SUMS}, rolled=True)


BASE: Final = Source(EVENTS, EVENT_COLUMNS)
ROLLUPS: Final = {
    "days": _rollup("days"),
    "days_kinds": _rollup("days_kinds", "sub_event_type"),
    "days_zones": _rollup("days_zones", "zone_set"),
    "days_actors": _rollup("days_actors", "actor"),
    "days_actor_types": _rollup("days_actor_types", "actor1_type", "actor2_type"),
}
"""What is counted in advance, by day."""
_TILE_COLUMNS: Final = {name: EVENT_COLUMNS[name] for name in _DAYS if name not in ("week", "month")}
TILES: Final = Source(
    "borderlines_tiles",
    {**_TILE_COLUMNS, "cell_x": "int32", "cell_y": "int32", "n": "int64", "sum_x": "int64", "sum_y": "int64"},
    rolled=True,
    depth=COARSE,
)
_ASKED: Final = (
    *("event_id", *_DAYS, "sub_event_type", "lon", "lat", "tile_x", "tile_y"),
    *("actor1", "actor1_type", "actor2", "actor2_type", "zone_set", "confidence"),
    *(f"{people}_{end}" for people in PEOPLE.values() for end in ("low", "high")),
)
"""What is asked about the events of an actor; whole events are read from their own table."""
BY_ACTOR: Final = Source(
    "borderlines_by_actor",
    {
        "actor": "string",
        "first_side": "boolean",
        **{name: EVENT_COLUMNS[name] for name in _ASKED},
    },
    by_actor=True,
)
"""An event once for each of its actors, sorted by them."""
IDS: Final = Source("borderlines_ids", {"event_id": "string", "month": "date"})
"""The month of each event, sorted by their ids: where to look for one."""


def monthly(source: Source) -> Source:
    """Return the rollup that keeps months where another keeps days."""
    columns = {name: kind for name, kind in source.columns.items() if name != "week"}
    return replace(source, name=f"{source.name}{_MONTHLY}", columns=columns, monthly=True)


def by_day_around(source: Source, days: Collection[date]) -> Any:
    """Take a rollup by months, but by days what begins or ends in the month of one of these days.

    What neither begins nor ends in such a month is before, after or within a period that these days bound as a whole.

    Parameters
    ----------
    source : Source
        From :func:`monthly`.
    days : collection of date

    Returns
    -------
    Ibis table
        With the columns of the rollup by months.
    """
    import ibis

    whole = ibis.table(source.columns, name=source.name)
    found = next(one for one in (*ROLLUPS.values(), TILES) if monthly(one) == source)
    # Columns are put together by their place, so they are named one by one.
    daily = ibis.table(found.columns, name=found.name).select(*source.columns)
    firsts = sorted({day.replace(day=1) for day in days})
    months = [(first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)) for first in firsts]
    parts = [whole.filter(*(~_touches(whole, *month) for month in months))]
    for n, month in enumerate(months):
        parts.append(daily.filter(*_touching(daily, *month), *(~_touches(daily, *other) for other in months[:n])))
    return ibis.union(*parts)


def _touches(table: Any, first: date, last: date) -> Any:
    """Tell what begins or ends in these days; nothing does that has no day."""
    import ibis

    begins, ends = table.day_start.between(first, last), table.day_end.between(first, last)
    return ibis.coalesce(begins | ends, False)


def _touching(table: Any, first: date, last: date) -> list[Any]:
    """Say the same so that an engine can skip what lies before and after."""
    return [table.day_start <= last, table.day_end >= first, (table.day_start >= first) | (table.day_end <= last)]


def source_for(needs: Collection[str], *, depth: int, actors: Collection[str], months: bool, rolled: bool) -> Source:
    """Return the smallest table that can answer.

    Parameters
    ----------
    needs : collection of str
        Columns that a question reads; ``actor`` stands for either actor.
    depth : int
        Zoom level of a grid's cells.
    actors : collection of str
        Actors the question is about; an event of two of them stands twice in a rollup of actors.
    months : bool
        Whether counts by whole months help, see :func:`by_day_around`.
    rolled : bool
        Whether there is more than the table of events.
    """
    if not rolled:
        return BASE
    needs = set(needs)
    tiles = needs & {"tile_x", "tile_y"}
    able = (TILES,) if tiles and depth <= COARSE else () if tiles or len(actors) > 1 else tuple(ROLLUPS.values())
    for source in able:
        if needs - tiles <= set(source.columns):
            return monthly(source) if months and not needs & {"day_start", "week"} else source
    known = set(BY_ACTOR.columns) | set(TOLD)
    return BY_ACTOR if actors and needs <= known else BASE


def by_actor(actors: Collection[str]) -> Any:
    """Write the rows of :data:`BY_ACTOR` about some actors, as an Ibis expression over the events."""
    import ibis

    events = ibis.table(EVENT_COLUMNS, name=EVENTS)
    one = events.filter(events.actor1.isin(actors))
    two = events.filter(events.actor2.isin(actors) & (events.actor1.isnull() | (events.actor1 != events.actor2)))
    sides = ibis.union(
        one.select(actor=one.actor1, first_side=ibis.literal(True), **{c: one[c] for c in _ASKED}),
        two.select(actor=two.actor2, first_side=ibis.literal(False), **{c: two[c] for c in _ASKED}),
    )
    return sides.order_by("actor", "day_start")


def definitions() -> dict[str, Any]:
    """Write what each rollup is made of, as Ibis expressions over the events, those by actor and the rollups before it.

    Returns
    -------
    dict of str to Ibis table
        In the order in which they can be made.
    """
    import ibis

    events = ibis.table(EVENT_COLUMNS, name=EVENTS)
    of_actors = ibis.table(BY_ACTOR.columns, name=BY_ACTOR.name)
    made = {}
    for source in ROLLUPS.values():
        table = of_actors if "actor" in source.columns else events
        keys = [name for name in source.columns if name not in _SUMS]
        sums = {"n": table.count(), **{name: told(table, name).sum() for name in TOLD}}
        made[source.name] = table.group_by(keys).agg(**{k: v.cast("int64") for k, v in sums.items()}).order_by(keys)
    made[TILES.name] = _tiles(events)
    made[IDS.name] = events.select(*IDS.columns).order_by("event_id")
    for source in (*ROLLUPS.values(), TILES):
        made[monthly(source).name] = _by_month(source)
    return made


def told(table: Any, name: str) -> Any:
    """Give what one of :data:`TOLD` adds up, event by event: where only the fewest are told, they are the most."""
    import ibis

    people, end = name.split("_")
    low, high = table[f"{PEOPLE[people]}_low"], table[f"{PEOPLE[people]}_high"]
    return low if end == "low" else ibis.coalesce(high, low)


def _by_month(source: Source) -> Any:
    import ibis

    table = ibis.table(source.columns, name=source.name)
    sums = [name for name in source.columns if name in (*_SUMS, "sum_x", "sum_y")]
    keys = {name: table[name] for name in monthly(source).columns if name not in sums}
    keys["day_start"] = table.day_start.truncate("M").cast("date")
    keys["day_end"] = (table.day_end.truncate("M").cast("date") + ibis.interval(months=1) - ibis.interval(days=1)).cast(
        "date"
    )
    return table.group_by(**keys).agg(**{name: table[name].sum().cast("int64") for name in sums}).order_by(list(keys))


def _tiles(events: Any) -> Any:
    """Sum up the tiles' coordinates, too: the middle of a cell's events is then known exactly."""
    placed = events.filter(events.placed & events.day_start.notnull())
    shift = TILE_ZOOM - COARSE
    keys = {name: placed[name] for name in _TILE_COLUMNS}
    cells = {"cell_x": (placed.tile_x >> shift).cast("int32"), "cell_y": (placed.tile_y >> shift).cast("int32")}
    return placed.group_by(**keys, **cells).agg(
        n=placed.count().cast("int64"),
        sum_x=placed.tile_x.cast("int64").sum().cast("int64"),
        sum_y=placed.tile_y.cast("int64").sum().cast("int64"),
    )
