"""Which zones hold a point: inside, possible or outside, by place and by day.

By place, for a point with a radius of uncertainty: inside when all of its disc is inside (an overhang up to the border
tolerance is forgiven), possible when any of the disc, or the tolerance around it, touches the zone. A point without
radius is inside when the polygon covers it and outside otherwise. By day: see :meth:`Zone.in_force`. Both together:
inside only if inside by place and certain by day.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from geo.zones.model import BORDER_TOLERANCE_KM, BuiltZone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import ArrayLike, NDArray

CHUNK = 100_000
"""Points at a time: small enough for the processor's cache, and memory stays flat."""
POSSIBLE_CODE = 1
INSIDE_CODE = 2
KM_PER_DEGREE = 110.5
"""Of latitude, at its shortest: a padding computed with it is never too small."""
_EVER = np.int64(2**40)


class Pairs(NamedTuple):
    """Points and zones that go together; all arrays have one item per pair."""

    point: NDArray[np.int64]
    """Index of the point, ascending by chunk."""
    zone: NDArray[np.int16]
    """Index of the zone in the order of the mapping it came in."""
    answer: NDArray[np.uint8]
    """1 possible, 2 inside."""


@dataclass(frozen=True, slots=True)
class _Points:
    """A chunk of points; days as day numbers, padding in degrees."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    radius_km: NDArray[np.float64] | None
    first: NDArray[np.int64]
    last: NDArray[np.int64]

    def part(self, chosen: slice) -> _Points:
        radius = None if self.radius_km is None else self.radius_km[chosen]
        return _Points(self.lon[chosen], self.lat[chosen], radius, self.first[chosen], self.last[chosen])


def join(
    lon: ArrayLike,
    lat: ArrayLike,
    radius_km: ArrayLike | None,
    day_start: ArrayLike,
    day_end: ArrayLike,
    built: Mapping[str, BuiltZone],
    *,
    threads: int = 2,
) -> Pairs:
    """Find every zone of every point.

    Parameters
    ----------
    lon, lat : array_like of float
        Degrees, EPSG:4326. A point with NaN is in no zone.
    radius_km : array_like of float, or None
        Radius of uncertainty; 0, NaN or None = the point itself.
    day_start, day_end : array_like of datetime64
        First and last day; NaT = unknown. One alone stands for both.
    built : mapping of str to BuiltZone
        The zones.
    threads : int, optional
        Threads that share the chunks.

    Returns
    -------
    Pairs
        One per point and zone that are inside or possible.

    Raises
    ------
    ValueError
        The arrays differ in length.
    """
    points = _points(lon, lat, radius_km, day_start, day_end)
    starts = range(0, len(points.lon), CHUNK)
    own = threading.local()

    def start_thread() -> None:
        own.zones = _own_copies(built, with_radius=points.radius_km is not None)

    def work(start: int) -> list[Pairs]:
        found = _chunk(points.part(slice(start, start + CHUNK)), own.zones)
        return [Pairs(pairs.point + start, pairs.zone, pairs.answer) for pairs in found]

    if threads > 1 and len(starts) > 1:
        # shapely lets go of the interpreter lock while it works, so threads do share the load.
        with ThreadPoolExecutor(threads, initializer=start_thread) as pool:
            found = [pairs for part in pool.map(work, starts) for pairs in part]
    else:
        start_thread()
        found = [pairs for start in starts for pairs in work(start)]
    if not found:
        return Pairs(np.empty(0, np.int64), np.empty(0, np.int16), np.empty(0, np.uint8))
    return Pairs(*(np.concatenate(column) for column in zip(*found, strict=True)))


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


def _within(
    shape: Any, zone: BuiltZone, lon: NDArray[np.float64], lat: NDArray[np.float64], metres: Any
) -> NDArray[np.bool_]:
    spots: Any = shapely.points(*zone.frame.points(lon, lat))
    return np.asarray(shapely.dwithin(shape, spots, metres), dtype=bool)


# -------------------------------------------------------------------------------------------------------------- steps


def _points(lon: ArrayLike, lat: ArrayLike, radius_km: ArrayLike | None, start: ArrayLike, end: ArrayLike) -> _Points:
    first, last = _days(start), _days(end)
    unknown = np.iinfo(np.int64).min  # what NaT becomes
    first, last = np.where(first == unknown, last, first), np.where(last == unknown, first, last)
    nowhen = first == unknown
    radius = None
    if radius_km is not None:
        radius = np.nan_to_num(np.asarray(radius_km, dtype=np.float64), nan=0.0)
    points = _Points(
        np.asarray(lon, dtype=np.float64),
        np.asarray(lat, dtype=np.float64),
        radius,
        np.where(nowhen, -_EVER, first),
        np.where(nowhen, _EVER, last),
    )
    lengths = {len(array) for array in (points.lon, points.lat, points.first, points.last)}
    if radius is not None:
        lengths.add(len(radius))
    if len(lengths) != 1:
        raise ValueError(f"the arrays differ in length: {sorted(lengths)}")
    return points


def _days(days: ArrayLike) -> NDArray[np.int64]:
    return np.asarray(days, dtype="datetime64[D]").astype(np.int64)


def _day_number(day: date | None, otherwise: np.int64) -> np.int64:
    return otherwise if day is None else np.datetime64(day, "D").astype(np.int64)


def _own_copies(built: Mapping[str, BuiltZone], *, with_radius: bool) -> list[BuiltZone]:
    """Give a thread zones of its own, prepared.

    GEOS completes a prepared shape when it is first asked, and PROJ keeps state in a projection: two threads that share
    either corrupt memory, seldom and without a trace.
    """
    copies = [replace(zone, geometry=shapely.from_wkb(shapely.to_wkb(zone.geometry))) for zone in built.values()]
    for zone in copies:
        shapely.prepare(zone.geometry)
        if with_radius:
            shapely.prepare(zone.metric)
            shapely.prepare(zone.metric_edge)
    return copies


def _chunk(points: _Points, zones: list[BuiltZone]) -> list[Pairs]:
    pad_lon: Any = 0.0
    pad_lat: Any = 0.0
    if points.radius_km is not None:
        reach = np.where(points.radius_km > 0, points.radius_km + BORDER_TOLERANCE_KM, 0.0)
        pad_lat = reach / KM_PER_DEGREE
        pad_lon = pad_lat / np.maximum(np.cos(np.radians(np.abs(points.lat) + pad_lat)), 0.01)
    pairs = []
    for number, zone in enumerate(zones):
        west, south, east, north = zone.geometry.bounds
        start = _day_number(zone.zone.valid[0], -_EVER)
        end = _day_number(zone.zone.valid[1], _EVER)
        near = (points.lon >= west - pad_lon) & (points.lon <= east + pad_lon)
        near &= (points.lat >= south - pad_lat) & (points.lat <= north + pad_lat)
        near &= (points.last >= start) & (points.first <= end)
        chosen = np.flatnonzero(near)
        if not len(chosen):
            continue
        radius = None if points.radius_km is None else points.radius_km[chosen]
        answers = place_answers(zone, points.lon[chosen], points.lat[chosen], radius)
        certain = (points.first[chosen] >= start) & (points.last[chosen] <= end)
        answers = np.where(certain, answers, np.minimum(answers, POSSIBLE_CODE)).astype(np.uint8)
        kept = answers > 0
        hits = chosen[kept]
        pairs.append(Pairs(hits, np.full(len(hits), number, dtype=np.int16), answers[kept]))
    return pairs
