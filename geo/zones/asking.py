"""Asks a set of zones about a chunk of points: the cells first, and the polygons where the cells do not know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from geo.zones.cells import EDGE, WITHIN
from geo.zones.cover import MAX_RADIUS_KM, Cover, Part
from geo.zones.model import BORDER_TOLERANCE_KM, BuiltZone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

POSSIBLE_CODE = 1
INSIDE_CODE = 2
KM_PER_DEGREE = 110.5
"""Of latitude, at its shortest: a padding computed with it is never too small."""


class Found(NamedTuple):
    """What one zone, or one version of it, holds of a chunk."""

    zone: int
    point: NDArray[np.int64]
    answer: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Points:
    """Points, their radius in kilometres, and their days as day numbers."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    radius_km: NDArray[np.float64] | None
    first: NDArray[np.int64]
    last: NDArray[np.int64]

    def part(self, chosen: slice) -> Points:
        """Give some of them."""
        radius = None if self.radius_km is None else self.radius_km[chosen]
        first = self.first[chosen]
        last = first if self.last is self.first else self.last[chosen]
        return Points(self.lon[chosen], self.lat[chosen], radius, first, last)


class Asked:
    """The zones of a cover as one thread asks them.

    GEOS completes a prepared shape when it is first asked, and PROJ keeps state in a projection: two threads that share
    either corrupt memory, seldom and without a trace. So each thread has shapes of its own.

    Parameters
    ----------
    cover : Cover
        The zones.
    """

    def __init__(self, cover: Cover) -> None:
        self._cover = cover
        self._own: dict[int, BuiltZone] = {}
        self._measured: dict[int, BuiltZone] = {}

    def __call__(self, points: Points) -> Iterator[Found]:
        """Find the zones of points.

        Yields
        ------
        Found
            At most one row per point and zone.
        """
        grid = self._cover.grid
        column, row = grid.column(points.lon), grid.row(points.lat)
        cell = row.astype(np.int64) * grid.columns + column
        _, begun, lasting = self._cover.calendar
        early = self._cover.stretch_of(points.first)
        late = early if points.last is points.first else self._cover.stretch_of(points.last)
        versions: list[tuple[Part, Found]] = []
        for word in range(self._cover.words):
            possible = begun[word][late] & lasting[word][early]
            sure = possible if late is early else begun[word][early] & lasting[word][late]
            for index, point, answer in self._by_place(points, word, possible, cell=cell, at=(row, column)):
                part = self._cover.parts[index]
                # The versions of a zone come one after the other.
                if versions and versions[0][0].zone != part.zone:
                    yield _together(versions, points)
                    versions = []
                if part.alone:
                    bit = np.uint64(1 << (index % 64))
                    answer = np.where(sure[point] & bit, answer, np.uint8(POSSIBLE_CODE))
                    yield Found(part.zone, point, answer.astype(np.uint8, copy=False))
                else:
                    versions.append((part, Found(part.zone, point, answer)))
        if versions:
            yield _together(versions, points)

    def _by_place(
        self, points: Points, word: int, possible: NDArray[np.uint64], *, cell: NDArray[np.int64], at: Any
    ) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.uint8]]]:
        """Give for each part of a word the points that it holds by place and may hold by day."""
        within = self._cover.inside[word][cell] & possible
        edge = self._cover.edge[word][cell] & possible
        unsure, far = np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
        if points.radius_km is not None:
            vague = points.radius_km > 0
            wide = points.radius_km > MAX_RADIUS_KM
            exact = ~vague
            within, edge = np.where(exact, within, 0), np.where(exact, edge, 0)
            unsure = np.where(vague & ~wide, self._cover.near[word][cell] & possible, 0)
            far = np.flatnonzero(wide)
        columns = [_bytes(bits) for bits in (within, edge, unsure)]
        for bit, index in self._cover.bits(word):
            inside, near, beside = (_having(item, bit) for item in columns)
            near = near[self._covers(index, points.lon[near], points.lat[near])] if len(near) else near
            answers = [np.full(len(inside) + len(near), INSIDE_CODE, dtype=np.uint8)]
            chosen = [inside, near]
            if points.radius_km is not None:
                wide_here = far[(possible[far] & np.uint64(1 << bit)) > 0]
                wide_here = wide_here[_in_reach(self._cover.parts[index].built, points, wide_here)]
                radius = points.radius_km[beside]
                answers.append(self._beside(index, points, beside, radius, at=at))
                answers.append(self._measure(index, points, wide_here))
                chosen += [beside, wide_here]
            point, answer = np.concatenate(chosen), np.concatenate(answers)
            kept = answer > 0
            if kept.any():
                yield index, point[kept], answer[kept]

    def _covers(self, index: int, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
        if index not in self._own:
            # A thread that only asks for covering needs no projection.
            self._own[index] = _copied(self._cover.parts[index].built)
        return np.asarray(shapely.intersects_xy(self._own[index].geometry, lon, lat), dtype=bool)

    def _measure(self, index: int, points: Points, chosen: NDArray[np.int64]) -> NDArray[np.uint8]:
        if not len(chosen) or points.radius_km is None:
            return np.zeros(0, dtype=np.uint8)
        if index not in self._own:
            self._own[index] = _copied(self._cover.parts[index].built)
        zone = self._own[index]
        if index not in self._measured:
            self._measured[index] = zone
            shapely.prepare(zone.metric)
            shapely.prepare(zone.metric_edge)
        return place_answers(zone, points.lon[chosen], points.lat[chosen], points.radius_km[chosen])

    def _beside(
        self, index: int, points: Points, chosen: NDArray[np.int64], radius: NDArray[np.float64], *, at: Any
    ) -> NDArray[np.uint8]:
        """Answer for points with a radius by how far the cells say the outline is; measure only between the two."""
        answer = np.zeros(len(chosen), dtype=np.uint8)
        if not len(chosen):
            return answer
        cells = self._cover.cells[index]
        spot = (at[0][chosen] - cells.row, at[1][chosen] - cells.column)
        kind, low, high = cells.kinds[spot], cells.edge_km[0][spot], cells.edge_km[1][spot]
        outer, inner = radius + BORDER_TOLERANCE_KM, radius - BORDER_TOLERANCE_KM
        within = kind == WITHIN
        answer[within & ((inner <= 0) | (inner < low))] = INSIDE_CODE
        answer[inner >= high] = POSSIBLE_CODE
        answer[~within & (kind != EDGE) & (outer >= high)] = POSSIBLE_CODE
        unknown = (answer == 0) & (within | (kind == EDGE) | (outer >= low))
        asked = np.flatnonzero(unknown)
        answer[asked] = self._measure(index, points, chosen[asked])
        return answer


def place_answers(
    zone: BuiltZone, lon: NDArray[np.float64], lat: NDArray[np.float64], radius_km: NDArray[np.float64] | None
) -> NDArray[np.uint8]:
    """Tell for points near a zone whether they are inside it, by place alone.

    Parameters
    ----------
    zone : BuiltZone
        The zone.
    lon, lat : ndarray
        Degrees.
    radius_km : ndarray or None
        Radius of uncertainty; 0 = the point itself.

    Returns
    -------
    ndarray of uint8
        0 outside, 1 possible, 2 inside.
    """
    if len(lon) == 1:
        # intersects_xy prepares the shape behind one's back; a single point may come for zones that threads share.
        covered = np.asarray(shapely.intersects(zone.geometry, shapely.points(lon, lat)), dtype=bool)
    else:
        covered = shapely.intersects_xy(zone.geometry, lon, lat)
    answers = np.where(covered, np.uint8(INSIDE_CODE), np.uint8(0))
    if radius_km is None:
        return answers
    # Distances cost far more than the test above, so each is measured only where it can change the answer.
    beside = np.flatnonzero(~covered & (radius_km > 0))
    if len(beside):
        reach = (radius_km[beside] + BORDER_TOLERANCE_KM) * 1000
        answers[beside[_within(zone.metric, zone, lon[beside], lat[beside], reach)]] = POSSIBLE_CODE
    wide = np.flatnonzero(covered & (radius_km > BORDER_TOLERANCE_KM))
    if len(wide):
        reach = (radius_km[wide] - BORDER_TOLERANCE_KM) * 1000
        answers[wide[_within(zone.metric_edge, zone, lon[wide], lat[wide], reach)]] = POSSIBLE_CODE
    return answers


# -------------------------------------------------------------------------------------------------------------- steps


def _within(
    shape: Any, zone: BuiltZone, lon: NDArray[np.float64], lat: NDArray[np.float64], metres: Any
) -> NDArray[np.bool_]:
    spots: Any = shapely.points(*zone.frame.points(lon, lat))
    return np.asarray(shapely.dwithin(shape, spots, metres), dtype=bool)


def _copied(zone: BuiltZone) -> BuiltZone:
    own = replace(zone, geometry=shapely.from_wkb(shapely.to_wkb(zone.geometry)), versions=())
    shapely.prepare(own.geometry)
    return own


def _bytes(bits: Any) -> NDArray[np.uint8]:
    """Turn words into rows of bytes, the lowest first: a byte is searched four times as fast as a word."""
    return np.ascontiguousarray(np.asarray(bits, dtype="<u8").view(np.uint8).reshape(len(bits), 8).T)


def _having(rows: NDArray[np.uint8], bit: int) -> NDArray[np.int64]:
    return np.flatnonzero((rows[bit // 8] & np.uint8(1 << (bit % 8))) != 0)


def _in_reach(zone: BuiltZone, points: Points, chosen: NDArray[np.int64]) -> Any:
    """Tell for which of some points the bounding box of a zone is in reach."""
    if points.radius_km is None or not len(chosen):
        return np.zeros(len(chosen), dtype=bool)
    lon, lat = points.lon[chosen], points.lat[chosen]
    pad_lat = (points.radius_km[chosen] + BORDER_TOLERANCE_KM) / KM_PER_DEGREE
    pad_lon = pad_lat / np.maximum(np.cos(np.radians(np.minimum(np.abs(lat) + pad_lat, 90))), 0.01)
    west, south, east, north = zone.geometry.bounds
    here = (lon >= west - pad_lon) & (lon <= east + pad_lon)
    return here & (lat >= south - pad_lat) & (lat <= north + pad_lat)


def _together(versions: list[tuple[Part, Found]], points: Points) -> Found:
    """Make one answer of those of several versions: inside if on each day it may have been it was inside that day's."""
    point = np.concatenate([found.point for _, found in versions])
    days = np.concatenate(
        [
            np.where(
                found.answer == INSIDE_CODE,
                np.minimum(points.last[found.point], part.end) - np.maximum(points.first[found.point], part.start) + 1,
                0,
            )
            for part, found in versions
        ]
    )
    each, place = np.unique(point, return_inverse=True)
    inside = np.bincount(place, weights=days) == points.last[each] - points.first[each] + 1
    return Found(versions[0][0].zone, each, np.where(inside, np.uint8(INSIDE_CODE), np.uint8(POSSIBLE_CODE)))
