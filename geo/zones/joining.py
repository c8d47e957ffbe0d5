"""Which zones hold a point: inside, possible or outside, by place and by day.

By place, for a point with a radius of uncertainty: inside when all of its disc is inside (an overhang up to the border
tolerance is forgiven), possible when any of the disc, or the tolerance around it, touches the zone. A point without
radius is inside when the polygon covers it and outside otherwise. By day: see :meth:`Zone.in_force`. Both together:
inside only if inside by place and certain by day. A zone with versions is tried by the version of each day.
"""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geo.zones.asking import Asked, Found, Points
from geo.zones.cover import EVER, cover

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    from geo.zones.model import BuiltZone

CHUNK = 100_000
"""Points at a time: small enough for the processor's cache, and memory stays flat."""


class Pairs(NamedTuple):
    """Points and zones that go together; all arrays have one item per pair."""

    point: NDArray[np.int64]
    """Index of the point; chunk by chunk, in a chunk zone by zone."""
    zone: NDArray[np.int16]
    """Index of the zone in the order of the mapping it came in."""
    answer: NDArray[np.uint8]
    """1 possible, 2 inside."""


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
    starts = range(0, len(points.lon) if built else 0, CHUNK)
    if not starts:
        return _gathered([])
    ready = cover(built, with_radius=points.radius_km is not None)
    own = threading.local()

    def start_thread() -> None:
        own.asked = Asked(ready)

    def work(start: int) -> list[Pairs]:
        return [_shifted(found, start) for found in own.asked(points.part(slice(start, start + CHUNK)))]

    if threads > 1 and len(starts) > 1:
        # shapely and numpy let go of the interpreter lock while they work, so threads do share the load.
        with ThreadPoolExecutor(threads, initializer=start_thread) as pool:
            return _gathered([pairs for part in pool.map(work, starts) for pairs in part])
    start_thread()
    return _gathered([pairs for start in starts for pairs in work(start)])


# -------------------------------------------------------------------------------------------------------------- steps


def _points(lon: ArrayLike, lat: ArrayLike, radius_km: ArrayLike | None, start: ArrayLike, end: ArrayLike) -> Points:
    first = _days(start)
    last = first if end is start else _days(end)
    unknown = np.iinfo(np.int64).min  # what NaT becomes
    if last is first:
        nowhen = first == unknown
    else:
        first, last = np.where(first == unknown, last, first), np.where(last == unknown, first, last)
        nowhen = first == unknown
    if nowhen.any():
        first, last = np.where(nowhen, -EVER, first), np.where(nowhen, EVER, last)
    radius = None
    if radius_km is not None:
        radius = np.nan_to_num(np.asarray(radius_km, dtype=np.float64), nan=0.0)
    points = Points(np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64), radius, first, last)
    lengths = {len(array) for array in (points.lon, points.lat, points.first, points.last)}
    if radius is not None:
        lengths.add(len(radius))
    if len(lengths) != 1:
        raise ValueError(f"the arrays differ in length: {sorted(lengths)}")
    return points


def _days(days: ArrayLike) -> NDArray[np.int64]:
    return np.asarray(days, dtype="datetime64[D]").astype(np.int64)


def _shifted(found: Found, start: int) -> Pairs:
    zone = np.full(len(found.point), found.zone, dtype=np.int16)
    return Pairs(found.point + start, zone, found.answer)


def _gathered(found: list[Pairs]) -> Pairs:
    if not found:
        return Pairs(np.empty(0, np.int64), np.empty(0, np.int16), np.empty(0, np.uint8))
    return Pairs(*(np.concatenate(column) for column in zip(*found, strict=True)))
