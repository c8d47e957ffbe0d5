"""A grid of cells over the zones that answers most points at once; the rest are asked of the polygons themselves.

Each cell is outside a zone, inside it, or on its edge. A cell not on the edge is on one side as a whole: pieces of the
outline shorter than a cell mark every cell that their bounding box touches, and cells between marked ones are told by
the middle of one of them. The grid therefore never changes an answer, it only saves asking.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

OUTSIDE, EDGE, WITHIN = 0, 1, 2
CELLS = 500_000
"""How many words of bits the grid of a set of zones holds, about: 4 MB for each thing it knows."""
FINEST_DEG = 0.004
"""Cells smaller than this save less than they cost."""
FAR_KM = 20.0
"""Up to this distance from an outline the cells know how far it is."""
_PIECE = 1 / 8
"""Longest piece of an outline, in cells."""
_ROUND = 1e-9
"""What floating-point numbers may be off, degrees."""
_KM_PER_DEGREE = 111.0


@dataclass(frozen=True, slots=True)
class Grid:
    """Square cells in degrees. The outermost ones hold no zone, and everything beyond falls into them."""

    west: float
    south: float
    step: float
    """Width and height of a cell, degrees."""
    columns: int
    rows: int

    @classmethod
    def over(cls, shapes: Sequence[BaseGeometry], *, cells: int = CELLS) -> Grid:
        """Lay a grid of about so many cells over shapes in EPSG:4326."""
        west, south, east, north = (float(side) for side in shapely.total_bounds(list(shapes)))
        step = max(math.sqrt((east - west) * (north - south) / cells), FINEST_DEG)
        # What falls into the outermost cells must be out of reach, not only outside.
        west, south, east, north = _padded((west, south, east, north), step)
        columns, rows = (int(np.ceil(size / step)) + 4 for size in (east - west, north - south))
        return cls(west - 2 * step, south - 2 * step, step, columns, rows)

    def column(self, lon: Any) -> NDArray[np.int32]:
        """Give the column of longitudes; NaN falls into the first, which holds no zone."""
        return _bounded((lon - self.west) / self.step, self.columns)

    def row(self, lat: Any) -> NDArray[np.int32]:
        """Give the row of latitudes, from the south."""
        return _bounded((lat - self.south) / self.step, self.rows)


@dataclass(frozen=True)
class ZoneCells:
    """What the cells say of one zone, in a window of the grid."""

    grid: Grid
    column: int
    """First column of the window."""
    row: int
    kinds: NDArray[np.uint8]
    """OUTSIDE, EDGE or WITHIN; rows from the south."""

    @property
    def window(self) -> tuple[slice, slice]:
        """Rows and columns of the grid."""
        height, width = self.kinds.shape
        return slice(self.row, self.row + height), slice(self.column, self.column + width)

    @property
    def _diagonal_km(self) -> float:
        return self.grid.step * _KM_PER_DEGREE * float(np.hypot(1, max(np.cos(np.radians(self._latitudes)))))

    @property
    def _latitudes(self) -> NDArray[np.float64]:
        rows = self.row + np.arange(self.kinds.shape[0], dtype=np.float64)
        return self.grid.south + (rows + 0.5) * self.grid.step

    @cached_property
    def edge_km(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """How far the outline is at least and at most from any point of each cell; infinite beyond FAR_KM."""
        step = self.grid.step
        across = _nearest_in_row(self.kinds == EDGE)
        squared = (across * (step * 111.3 * np.cos(np.radians(self._latitudes)))[:, None]).astype(np.float32) ** 2
        best = squared.copy()
        for rows in range(1, min(int(1.15 * FAR_KM / (step * _KM_PER_DEGREE)) + 4, len(best))):
            up = np.float32((rows * step * _KM_PER_DEGREE) ** 2)
            np.minimum(best[rows:], squared[:-rows] + up, out=best[rows:])
            np.minimum(best[:-rows], squared[rows:] + up, out=best[:-rows])
        far = np.sqrt(best, out=best)
        # A degree is not the same everywhere within reach; then a cell's middle stands for all of it.
        off = np.float32(0.01 + np.tan(np.radians(np.abs(self._latitudes).max())) * FAR_KM / 6371)
        low = np.maximum(far * (1 - off) - np.float32(self._diagonal_km), np.float32(0))
        high = far * (1 + off) + np.float32((1 + _PIECE) * self._diagonal_km)
        beyond = low > FAR_KM
        low[beyond], high[beyond] = np.inf, np.inf
        return low, high


def cells_of(shape: BaseGeometry, grid: Grid, *, with_reach: bool = False) -> ZoneCells:
    """Mark the cells of a shape.

    Parameters
    ----------
    shape : Polygon or MultiPolygon
        EPSG:4326.
    grid : Grid
        Laid over this shape, perhaps with others.
    with_reach : bool, optional
        Go as far beyond the shape as a radius may reach. Without it distances are not to be asked for.

    Returns
    -------
    ZoneCells
    """
    west, south, east, north = _padded(shape.bounds, grid.step) if with_reach else shape.bounds
    left, right = (int(grid.column(lon)) for lon in (west, east))
    bottom, top = (int(grid.row(lat)) for lat in (south, north))
    left, bottom = max(0, left - 1), max(0, bottom - 1)
    right, top = min(grid.columns - 1, right + 1), min(grid.rows - 1, top + 1)
    edge = np.zeros((top - bottom + 1, right - left + 1), dtype=bool)
    _mark(edge, shape, grid, corner=(left, bottom))
    kinds = _sides(edge, shape, grid, corner=(left, bottom))
    return ZoneCells(grid, left, bottom, kinds)


# -------------------------------------------------------------------------------------------------------------- steps


def _padded(bounds: tuple[float, float, float, float], step: float) -> tuple[float, float, float, float]:
    """Widen a bounding box until no cell beyond it can be within FAR_KM of what it holds."""
    west, south, east, north = bounds
    lat = 1.15 * FAR_KM / _KM_PER_DEGREE + 3 * step
    lon = lat / max(math.cos(math.radians(min(max(abs(south), abs(north)) + lat, 89))), 0.01)
    return west - lon, south - lat, east + lon, north + lat


def _bounded(position: Any, count: int) -> NDArray[np.int32]:
    # fmax and fmin, unlike clip, put NaN at the first cell.
    return np.asarray(np.fmin(np.fmax(position, 0), count - 1)).astype(np.int32)


def _mark(edge: NDArray[np.bool_], shape: BaseGeometry, grid: Grid, *, corner: tuple[int, int]) -> None:
    rings = shapely.get_rings(shapely.get_parts(shapely.segmentize(shape, grid.step * _PIECE)))
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[1:] == ring[:-1]
    low = np.minimum(xy[1:], xy[:-1])[joined] - _ROUND
    high = np.maximum(xy[1:], xy[:-1])[joined] + _ROUND
    columns = [grid.column(ends[:, 0]) - corner[0] for ends in (low, high)]
    rows = [grid.row(ends[:, 1]) - corner[1] for ends in (low, high)]
    for column in columns:
        for row in rows:
            edge[row, column] = True


def _sides(edge: NDArray[np.bool_], shape: BaseGeometry, grid: Grid, *, corner: tuple[int, int]) -> NDArray[np.uint8]:
    """Tell the cells between marked ones: neighbours in a row with no mark between them are on one side."""
    begins = ~edge
    begins[:, 1:] &= edge[:, :-1]
    row, column = np.nonzero(begins)
    lon = grid.west + (corner[0] + column + 0.5) * grid.step
    lat = grid.south + (corner[1] + row + 0.5) * grid.step
    # A copy, because the call prepares it and others may share it.
    own = shapely.from_wkb(shapely.to_wkb(shape))
    sides = np.where(shapely.contains_xy(own, lon, lat), np.uint8(WITHIN), np.uint8(OUTSIDE))
    run = np.cumsum(begins.ravel()) - 1
    return np.where(edge, np.uint8(EDGE), sides[run].reshape(edge.shape))


def _nearest_in_row(edge: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Count the columns to the nearest marked cell of the same row; infinite where the row has none."""
    columns = np.arange(edge.shape[1], dtype=np.float32)[None, :]
    left = np.maximum.accumulate(np.where(edge, columns, np.float32(-np.inf)), axis=1)
    right = np.minimum.accumulate(np.where(edge, columns, np.float32(np.inf))[:, ::-1], axis=1)[:, ::-1]
    return np.minimum(columns - left, right - columns)
