"""A view as conditions on the smallest table that can answer for it, as Ibis expressions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np

from geo.query.text import fold
from geo.warehouse.rollups import MONTHS_FROM, TOLD, by_day_around, source_for, told
from geo.warehouse.schema import FACET_COLUMNS, NAMES, SEARCHED, TABLES, ZONE_SETS

if TYPE_CHECKING:
    from geo.query.query import Query
    from geo.warehouse.rollups import Source
    from geo.warehouse.view import View

_NAMES = ibis.table(TABLES[NAMES], name=NAMES)
_ZONE_SETS = ibis.table(TABLES[ZONE_SETS], name=ZONE_SETS)


class Asked:
    """A view over the smallest table that can answer for it."""

    def __init__(
        self, view: View, rolled: bool, needs: set[str], *, without: str = "", drawn: bool = False, depth: int = 99
    ) -> None:
        self.view, self.without, self.drawn, self.rolled = view, without, drawn, rolled
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
            found += [_holds(t, word, ready=self.rolled) for word in fold(query.text).split()]
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


def _holds(t: Any, word: str, *, ready: bool) -> Any:
    """Tell whether an event holds a word anywhere; `ready` where sentences stand as search reads them."""
    sentence = t.quote_folded
    if not ready:
        sentence = ibis.coalesce(sentence, t.quote.lower().replace("'", "").replace("`", ""))
    found = [ibis.coalesce(sentence.contains(word), False)]
    for field, column in SEARCHED:
        names = _NAMES.filter(_NAMES.field == field, _NAMES.folded.contains(word))
        found.append(t[column].notnull() & t[column].isin(names.value))
    return ibis.or_(*found)
