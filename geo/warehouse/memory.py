"""The same questions asked of the events table in memory: what a small store does, and what every engine is held to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.query import certain, counts, on_map, people_told, select, tray
from geo.warehouse.schema import CELLS_PER_TILE, TILE_ZOOM
from geo.warehouse.warehouse import MOST_POINTS, NO_LIMIT, Totals, lonlat, tiles

if TYPE_CHECKING:
    from datetime import date

    from geopandas import GeoDataFrame

    from geo.warehouse.view import View
    from geo.warehouse.warehouse import Step


class Memory:
    """The methods of :class:`geo.warehouse.Warehouse` over an events table.

    Parameters
    ----------
    frame : GeoDataFrame
        Columns as in :data:`geo.frame.COLUMNS`.
    """

    def __init__(self, frame: GeoDataFrame) -> None:
        self.frame = frame

    def points(self, view: View, *, most: int = MOST_POINTS) -> pa.Table:
        """Return the newest events on the map."""
        chosen = on_map(self._chosen(view))
        chosen = chosen.assign(certain=certain(chosen, view.query))
        chosen = chosen.sort_values(["day_start", "event_id"], ascending=False).head(most)
        columns = ("event_id", "day_start", "day_end", "lon", "lat", "event_type", "sub_event_type", "status")
        return _table(chosen[[*columns, "certain"]])

    def histogram(self, view: View, *, step: Step = "day") -> pa.Table:
        """Count the events on the map that begin in each day, week or month."""
        chosen = on_map(self._chosen(view))
        day = chosen["day_start"].to_numpy().astype("datetime64[D]")
        start = {"day": day, "week": day - (day.astype("int64") + 3) % 7, "month": day.astype("datetime64[M]")}[step]
        found = pd.DataFrame({"start": start.astype("datetime64[s]"), "event_type": chosen["event_type"].astype("str")})
        return _table(found.groupby(["start", "event_type"]).size().rename("events").reset_index())

    def grid(self, view: View, *, zoom: int) -> pa.Table:
        """Count the events in each cell of the map."""
        chosen = on_map(self._chosen(view))
        shift = TILE_ZOOM - min(max(zoom, 0) + CELLS_PER_TILE, TILE_ZOOM)
        x, y = (v.astype("int64") for v in tiles(chosen["lon"].to_numpy(), chosen["lat"].to_numpy()))
        cells = pd.DataFrame({"x": x >> shift, "y": y >> shift, "sum_x": x, "sum_y": y, "events": 1})
        found = cells.groupby(["x", "y"], as_index=False).sum()
        lon, lat = lonlat(found["sum_x"] / found["events"] + 0.5, found["sum_y"] / found["events"] + 0.5)
        return _table(found[["x", "y", "events"]].assign(lon=lon, lat=lat))

    def zones(self, view: View) -> pa.Table:
        """Count the events of each zone."""
        frame = self._looked_at(view)
        every = counts(self.frame, replace(view.query, zones=None), "zones")
        query = replace(view.query, zones=None)
        chosen = select(frame, query)
        sure = certain(chosen, query).to_numpy()
        inside = [set(zones) for zones in chosen["zones_inside"]]
        possible = [set(zones) for zones in chosen["zones_possible"]] if query.possible else [set()] * len(chosen)
        rows = []
        for zone in every.index:
            there = np.fromiter((zone in zones for zones in inside), bool, len(chosen))
            maybe = np.fromiter((zone in zones for zones in possible), bool, len(chosen))
            rows.append((zone, int((there | maybe).sum()), int((there & sure).sum())))
        rows.sort(key=lambda row: (-row[1], row[0]))
        return _table(pd.DataFrame(rows, columns=["zone", "events", "certain"]))

    def facet(self, view: View, field: str) -> dict[str, int]:
        """Count the events of each value of a field."""
        found = dict.fromkeys(map(str, counts(self.frame, view.query, field).index), 0)
        found |= {str(k): int(v) for k, v in counts(self._looked_at(view), view.query, field).items()}
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def totals(self, view: View) -> Totals:
        """Count the events, and add up the dead and the injured."""
        chosen = self._chosen(view)
        dead, injured = (people_told(chosen, people) or (0, 0) for people in ("fatalities", "injured"))
        return Totals(
            events=len(chosen),
            certain=int(certain(chosen, view.query).sum()),
            on_map=len(on_map(chosen)),
            deaths_low=dead[0],
            deaths_high=dead[1],
            injured_low=injured[0],
            injured_high=injured[1],
        )

    def days(self, view: View) -> tuple[date, date] | None:
        """Return the first and the last day of the events."""
        chosen = self._chosen(view)
        if chosen["day_start"].isna().all():
            return None
        return chosen["day_start"].min().date(), chosen["day_end"].max().date()

    def event(self, event_id: str) -> GeoDataFrame:
        """Return one event as a table of one row."""
        return self.frame[self.frame["event_id"] == event_id]

    def events(self, view: View, *, most: int = NO_LIMIT, skip: int = 0, drawn: bool | None = None) -> GeoDataFrame:
        """Return whole events."""
        chosen = self._chosen(view)
        if drawn is not None:
            chosen = on_map(chosen) if drawn else tray(chosen).drop(columns="reason")
        return chosen[skip : skip + most]

    def _chosen(self, view: View) -> GeoDataFrame:
        return select(self._looked_at(view), view.query)

    def _looked_at(self, view: View) -> GeoDataFrame:
        frame = self.frame
        if view.bounds is not None:
            west, south, east, north = view.bounds
            lon = frame["lon"]
            across = lon.between(west, east) if west <= east else (lon >= west) | (lon <= east)
            frame = frame[across & frame["lat"].between(south, north)]
        if view.window is not None:
            first, last = (np.datetime64(day, "s") for day in view.window)
            frame = frame[frame["day_start"].between(first, last)]
        return frame


def _table(found: pd.DataFrame) -> pa.Table:
    columns: dict[str, Any] = {}
    for name in found.columns:
        array = pa.array(found[name], from_pandas=True)
        if pa.types.is_dictionary(array.type):
            array = array.dictionary_decode()
        if pa.types.is_timestamp(array.type):
            array = array.cast(pa.date32())
        if pa.types.is_large_string(array.type):
            array = array.cast(pa.string())
        columns[name] = array
    return pa.table(columns)
