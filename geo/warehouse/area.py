"""What a part of the map shows: counts by cell while there are many events, the events themselves once they are few.

A part is cut along the edges of cells, so both ways of showing count the same events.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geo.warehouse.rollups import COARSE
from geo.warehouse.schema import CELLS_PER_TILE, TILE_ZOOM
from geo.warehouse.warehouse import lonlat, tiles

if TYPE_CHECKING:
    import pyarrow as pa

    from geo.warehouse.view import Bounds, View
    from geo.warehouse.warehouse import Warehouse

MOST_SINGLE: Final = 2_000
"""Events that are shown one by one; more are shown as counts."""
_HAIR: Final = 1e-7
"""Degrees by which a question reaches over the edge; what is over it is then left out by its cell."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, the outer ones included."""

    depth: int
    """Zoom level of the tiles that are its cells."""
    west: int
    north: int
    east: int
    """Less than `west` where it crosses the date line."""
    south: int

    @property
    def bounds(self) -> Bounds:
        """West, south, east, north, degrees."""
        side = 1 << (TILE_ZOOM - self.depth)
        lons, lats = lonlat(
            np.array([self.west, self.east + 1], dtype=float) * side,
            np.array([self.south + 1, self.north], dtype=float) * side,
        )
        south, north = max(-90.0, lats[0] - _HAIR), min(90.0, lats[1] + _HAIR)
        if self.north == 0:
            # Beyond the edge of the map is its last row.
            north = 90.0
        if self.south == (1 << self.depth) - 1:
            south = -90.0
        return max(-180.0, float(lons[0]) - _HAIR), float(south), min(180.0, float(lons[1]) + _HAIR), float(north)

    def holds(self, x: Any, y: Any) -> Any:
        """Tell which cells lie in it."""
        across = (x >= self.west) & (x <= self.east) if self.west <= self.east else (x >= self.west) | (x <= self.east)
        return across & (y >= self.north) & (y <= self.south)


@dataclass(frozen=True, slots=True)
class Look:
    """What is shown of an area."""

    area: Area
    cells: pa.Table
    """As :meth:`~geo.warehouse.Warehouse.grid` gives them: those of the area."""
    points: pa.Table | None
    """As :meth:`~geo.warehouse.Warehouse.points` gives them, where they are few."""

    @property
    def events(self) -> int:
        """Events on the map in this area."""
        return int(np.sum(self.cells["events"].to_numpy()))


def area_of(bounds: Bounds, zoom: float) -> Area:
    """Return the cells that a part of the map touches.

    Parameters
    ----------
    bounds : tuple of float
        West, south, east, north, degrees; may go round the world.
    zoom : float
        Of the web map.
    """
    depth = min(max(round(zoom), 0) + CELLS_PER_TILE, TILE_ZOOM)
    last = (1 << depth) - 1
    west, south, east, north = bounds
    (x, y), shift = tiles(np.array([_turned(west), _turned(east)]), np.array([south, north])), TILE_ZOOM - depth
    columns, rows = x.astype("int64") >> shift, y.astype("int64") >> shift
    # Nearly round the world would begin and end in the same column.
    first, end = (0, last) if east - west >= 360 - 360 / (last + 1) else (int(columns[0]), int(columns[1]))
    return Area(depth, first, int(rows[1]), end, int(rows[0]))


def look(house: Warehouse, view: View, area: Area, *, most: int = MOST_SINGLE) -> Look:
    """Ask for what an area shows.

    Parameters
    ----------
    house : Warehouse
    view : View
        Its bounds are not looked at.
    area : Area
    most : int, default 2,000
        Events that are shown one by one.

    Returns
    -------
    Look
    """
    zoom = area.depth - CELLS_PER_TILE
    # Coarse cells are counted in advance for all of the map, and stay the same when it is moved.
    asked = view if area.depth <= COARSE else replace(view, bounds=area.bounds)
    grid = house.grid(asked, zoom=zoom)
    cells = grid.filter(area.holds(grid["x"].to_numpy(), grid["y"].to_numpy()))
    found = Look(area, cells, None)
    if found.events > most:
        return found
    points = house.points(replace(view, bounds=area.bounds), most=2 * most)
    x, y = tiles(points["lon"].to_numpy(), points["lat"].to_numpy())
    shift = TILE_ZOOM - area.depth
    points = points.filter(area.holds(x.astype("int64") >> shift, y.astype("int64") >> shift))
    # Thousands of events exactly on the edge would have pushed others out: then their counts are shown.
    return replace(found, points=points) if len(points) == found.events else found


def _turned(lon: float) -> float:
    return (lon + 180) % 360 - 180
