"""A large store that answers questions instead of being loaded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import pyarrow as pa

from geo.errors import QueryError, StoreError
from geo.query.query import FACETS, Query
from geo.warehouse.compiled import compiled
from geo.warehouse.schema import EVENT_COLUMNS, EVENTS, TILE_ZOOM
from geo.warehouse.view import View

if TYPE_CHECKING:
    from datetime import date

    from geopandas import GeoDataFrame

    from geo.warehouse.engines import Engine

Step = Literal["day", "week", "month"]
STEPS: Final = ("day", "week", "month")
MOST_POINTS: Final = 200_000
"""Single events that a map is given; more are shown as counts."""
NO_LIMIT: Final = 2**31 - 1
MOST_PAGED: Final = 1_000
"""Events of a page of a list; its days are found first, so that no more than they are sorted."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many events are under a query, and what they cost."""

    events: int
    certain: int
    """Those that the query holds for beyond doubt; the others are possible."""
    on_map: int
    """Those with a day and a drawable place; the others stand in the tray."""
    deaths_low: int
    """Sum of the least numbers told; where nothing is told nothing is added."""
    deaths_high: int
    injured_low: int
    injured_high: int

    @property
    def possible(self) -> int:
        """Events that the query may hold for."""
        return self.events - self.certain

    @property
    def off_map(self) -> int:
        """Events without a day or a drawable place."""
        return self.events - self.on_map


class Warehouse:
    """The questions of a view, asked of an engine. Each means what it means in :mod:`geo.query`.

    Parameters
    ----------
    engine : Engine
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __enter__(self) -> Warehouse:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.close()

    def points(self, view: View, *, most: int = MOST_POINTS) -> pa.Table:
        """Return the newest events on the map.

        Parameters
        ----------
        view : View
        most : int, default 200,000

        Returns
        -------
        pyarrow.Table
            ``event_id``, ``day_start``, ``day_end``, ``lon``, ``lat`` (EPSG:4326), ``event_type``,
            ``sub_event_type``, ``status`` and ``certain``; newest first, then by id from the last.
        """
        return self._ask("points", view, most)

    def histogram(self, view: View, *, step: Step = "day") -> pa.Table:
        """Count the events on the map that begin in each day, week (from Monday) or month.

        Returns
        -------
        pyarrow.Table
            ``start`` (first day), ``event_type``, ``events``; only where there are some.
        """
        if step not in STEPS:
            raise QueryError(f"no step {step!r}; there are {', '.join(STEPS)}")
        return self._ask("histogram", view, step)

    def grid(self, view: View, *, zoom: int) -> pa.Table:
        """Count the events in each cell of the map, a cell being 64 CSS pixels wide.

        Parameters
        ----------
        view : View
        zoom : int
            Of the web map.

        Returns
        -------
        pyarrow.Table
            ``x``, ``y`` of the cell, ``events``, and ``lon``, ``lat`` of their middle (EPSG:4326).
        """
        found = self._ask("grid", view, int(zoom))
        n = found["events"].to_numpy()
        lon, lat = lonlat(found["sum_x"].to_numpy() / n + 0.5, found["sum_y"].to_numpy() / n + 0.5)
        return (
            found.select(["x", "y", "events"]).append_column("lon", pa.array(lon)).append_column("lat", pa.array(lat))
        )

    def zones(self, view: View) -> pa.Table:
        """Count the events of each zone, under every filter but that on zones.

        Returns
        -------
        pyarrow.Table
            ``zone``, ``events``, ``certain``: inside it with the whole span of days in the period.
        """
        return self._ask("zones", view)

    def facet(self, view: View, field: str) -> dict[str, int]:
        """Count the events of each value of a field, under every other filter, as :func:`geo.query.counts` does.

        Returns
        -------
        dict of str to int
            Most frequent first, then by name; 0 for what only the other filters hide.

        Raises
        ------
        QueryError
            There is no such field.
        """
        if field not in FACETS:
            raise QueryError(f"no field {field!r} to count; there are {', '.join(FACETS)}")
        found = self.zones(view) if field == "zones" else self._ask("facet", view, field)
        return dict(zip(found[0].to_pylist(), found["events"].to_pylist(), strict=True))

    def totals(self, view: View) -> Totals:
        """Count the events, and add up the dead and the injured."""
        return Totals(**self._ask("totals", view).to_pylist()[0])

    def days(self, view: View) -> tuple[date, date] | None:
        """Return the first and the last day of the events; None where no event has a day."""
        found = self._ask("days", view).to_pylist()[0]
        return None if found["first"] is None else (found["first"], found["last"])

    def event(self, event_id: str) -> GeoDataFrame:
        """Return one event as a table of one row; of none where there is no such event."""
        view, month = View(query=Query(statuses=None)), ()
        if self.engine.rolled:
            # None where there is no such event, which is nowhere then.
            month = tuple(self._ask("month_of", view, event_id)["month"].to_pylist()) or (None,)
        return self._whole("event", view, event_id, month)

    def events(self, view: View, *, most: int = NO_LIMIT, skip: int = 0, drawn: bool | None = None) -> GeoDataFrame:
        """Return whole events, as :func:`geo.query.select` does.

        Parameters
        ----------
        view : View
        most : int, optional
            The first so many, by day and id; undated ones come last.
        skip : int, default 0
            Leave out so many before them: the pages of a list.
        drawn : bool, optional
            Only those on the map, or only those that are not.

        Returns
        -------
        GeoDataFrame
            Columns as in :data:`geo.frame.COLUMNS`.
        """
        if drawn and self.engine.rolled and view.window is None and most <= MOST_PAGED:
            view, skip = self._days_of(view, most, skip)
        return self._whole("events", view, most, skip, drawn)

    def _days_of(self, view: View, most: int, skip: int) -> tuple[View, int]:
        """Narrow a view to the days on which a page's events begin; give it and how many of them stand before."""
        told = self.histogram(view)
        days, of = np.unique(told["start"].to_numpy(), return_inverse=True)
        ends = np.cumsum(np.bincount(of, weights=told["events"].to_numpy(), minlength=len(days))).astype("int64")
        first = int(np.searchsorted(ends, skip, side="right"))
        if first == len(days):
            return view, skip
        last = min(int(np.searchsorted(ends, skip + most)), len(days) - 1)
        before = int(ends[first - 1]) if first else 0
        return replace(view, window=(days[first].item(), days[last].item())), skip - before

    def _whole(self, question: str, view: View, *more: Any) -> GeoDataFrame:
        from geo.warehouse.frames import to_frame

        # The sets of zones are the same for every view: one text for all of them.
        return to_frame(self._ask(question, view, *more), self._ask("zone_sets", View()))

    def _ask(self, question: str, view: View, *more: Any) -> pa.Table:
        text = compiled(question, view, more, self.engine.dialect, self.engine.rolled)
        try:
            answer = self.engine.ask(text.sql)
        except StoreError as error:
            if missing := self._missing():
                raise _older(missing) from error
            raise
        if missing := [name for name in text.schema.names if name not in answer.column_names]:
            raise _older(missing)
        return as_told(answer, text.schema)

    def _missing(self) -> list[str]:
        """Name the columns that a table of before does not have."""
        try:
            there = self.engine.ask(f"SELECT * FROM {EVENTS} LIMIT 0").column_names  # noqa: S608 (our own constant)
        except StoreError:
            return []
        return [name for name in EVENT_COLUMNS if name not in there]


def _older(missing: list[str]) -> StoreError:
    problem = f"the events were put there by an older version, without {', '.join(missing)}"
    return StoreError(f"{problem}. Put them there again: python -m geo index --to ADDRESS")


def as_told(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Give an answer the types that the question promised; engines have their own ideas of them."""
    columns = []
    for name, kind in zip(schema.names, schema.types, strict=True):
        column = table[name]
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        columns.append(column.cast(kind))
    return pa.table(columns, names=schema.names)


def lonlat(x: Any, y: Any) -> tuple[Any, Any]:
    """Turn coordinates counted in tiles of :data:`~geo.warehouse.schema.TILE_ZOOM` into degrees."""
    side = 2**TILE_ZOOM
    return x / side * 360 - 180, np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y / side))))


def tiles(lon: Any, lat: Any) -> tuple[Any, Any]:
    """Turn degrees into tiles of :data:`~geo.warehouse.schema.TILE_ZOOM`; beyond the map's edge is the last one."""
    side = 2**TILE_ZOOM
    near = np.radians(np.clip(lat, -85.0511, 85.0511))
    x = (np.asarray(lon) + 180) / 360 * side
    y = (1 - np.arcsinh(np.tan(near)) / np.pi) / 2 * side
    return tuple(np.clip(np.floor(v), 0, side - 1) for v in (x, y))  # type: ignore[return-value]
