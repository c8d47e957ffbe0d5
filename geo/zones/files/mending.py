"""Makes of rings as they come a shape that can be a zone: mended where that is safe, and told; else refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import shapely
from shapely.affinity import translate

from geo import basemap
from geo.errors import ZoneError
from geo.zones.files.crs import to_degrees
from geo.zones.files.thinning import MAX_KEPT, crossings, thinned

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.zones.files.limits import RawShape, Ring

    Polygons = list[list[Ring]]

MAX_CROSSINGS = 5_000
"""An outline that crosses itself more often is a scribble, and would take minutes to mend."""
SMALLEST = 1e-10
"""Square degrees, about a square metre: what is smaller is a line that rounding has opened."""


def mend(raw: RawShape, *, latitude_first: bool | None = None) -> tuple[BaseGeometry, tuple[str, ...]]:
    """Make a valid shape.

    Parameters
    ----------
    raw : RawShape
        What the file has.
    latitude_first : bool, optional
        The file gives latitude before longitude. None: it does not, and is refused where it looks as if it did.

    Returns
    -------
    geometry : Polygon or MultiPolygon
        EPSG:4326, valid, within 180 degrees west and east.
    notes : tuple of str
        What was changed, each a sentence without its stop.

    Raises
    ------
    ZoneError
        It is no area, or cannot be mended safely.
    """
    notes: list[str] = []
    polygons = [[ring for ring in rings if len(ring)] for rings in raw.polygons]
    polygons = [rings for rings in polygons if rings]
    if not polygons:
        raise ZoneError("is empty")
    polygons = _each(polygons, _finite)
    if any(not np.array_equal(ring[0], ring[-1]) for rings in polygons for ring in rings):
        polygons = _each(polygons, _closed)
        notes.append("A ring was not closed and was closed")
    if raw.crs is not None:
        polygons, name = _projected(polygons, raw.crs)
        notes += [f"Converted from {name} to longitude and latitude"] if name else []
    if latitude_first:
        polygons = _each(polygons, lambda ring: ring[:, ::-1])
        notes.append("Read with latitude first")
    _refuse_outside(polygons, asked=latitude_first is None)
    polygons, note = thinned(polygons)
    notes += [note] if note else []
    shape, told = _joined(polygons)
    return shape, (*notes, *told)


def _each(polygons: Polygons, change: object) -> Polygons:
    return [[change(ring) for ring in rings] for rings in polygons]  # type: ignore[operator]


def _projected(polygons: Polygons, named: str) -> tuple[Polygons, str | None]:
    turned, name = to_degrees([ring for rings in polygons for ring in rings], named)
    rest = iter(turned)
    return [[next(rest) for _ in rings] for rings in polygons], name


def _finite(ring: Ring) -> Ring:
    if not np.isfinite(ring).all():
        raise ZoneError("has a coordinate that is no number (NaN or infinite)")
    return ring


def _closed(ring: Ring) -> Ring:
    return ring if np.array_equal(ring[0], ring[-1]) else np.vstack([ring, ring[:1]])


def _refuse_outside(polygons: Polygons, *, asked: bool) -> None:
    every = np.vstack([ring for rings in polygons for ring in rings])
    (west, south), (east, north) = every.min(axis=0), every.max(axis=0)
    if max(abs(south), abs(north)) > 90 or max(abs(west), abs(east)) > 360:
        if max(abs(west), abs(east)) <= 90 and max(abs(south), abs(north)) <= 180:
            raise ZoneError(
                f"has {north if abs(north) > 90 else south:g} where the latitude should be: it seems to give latitude "
                "first",
                remedy="Say so (“latitude comes first”), or swap them in the file",
            )
        raise ZoneError(
            f"has coordinates that are no degrees ({west:g}, {south:g})",
            remedy="Export it in EPSG:4326 (WGS 84), longitude and latitude in degrees",
        )
    if asked and _is_swapped(west, south, east, north):
        raise ZoneError(
            "lies outside the map, and inside it with latitude and longitude swapped",
            remedy="Say which comes first, latitude or longitude",
        )


def _is_swapped(west: float, south: float, east: float, north: float) -> bool:
    """Tell whether a box misses every country of the basemap, but would meet one with its axes swapped."""
    land = [feature.geometry for feature in basemap.load("countries")]
    left, bottom, right, top = shapely.total_bounds(land)

    def apart(w: float, s: float, e: float, n: float) -> bool:
        return bool(w > right or e < left or s > top or n < bottom)

    return apart(west, south, east, north) and not apart(south, west, north, east)


def _joined(polygons: Polygons) -> tuple[BaseGeometry, list[str]]:
    parts: list[BaseGeometry] = []
    notes: dict[str, None] = {}
    for rings in polygons:
        unrolled, crosses = _unrolled(rings)
        part, told = _polygon(unrolled)
        if crosses:
            part = _cut_at_180(part)
            told.append("It crosses the 180th meridian and was cut there in two")
        parts.append(part)
        notes |= dict.fromkeys(told)
    whole = parts[0] if len(parts) == 1 else shapely.MultiPolygon(_areas(parts))
    if not whole.is_valid:
        whole = shapely.union_all(parts)
        notes["Its parts lie over each other and were joined"] = None
    whole = shapely.union_all(_areas([whole]))
    if whole.is_empty or whole.area < SMALLEST:
        raise ZoneError("has no area: its corners lie on one line, or it spans the whole world")
    return shapely.normalize(whole), list(notes)


def _areas(shapes: list[BaseGeometry]) -> list[shapely.Polygon]:
    found = [part for shape in shapes for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return cast("list[shapely.Polygon]", [part for part in found if part.area > 0])


def _unrolled(rings: list[Ring]) -> tuple[list[Ring], bool]:
    """Let longitudes run on where a ring steps over the 180th meridian, and lay its holes beside it."""
    found: list[Ring] = []
    for ring in rings:
        lon = ring[:, 0]
        if (np.abs(np.diff(lon)) > 180).any():
            lon = np.unwrap(lon, period=360)
            if abs(lon[-1] - lon[0]) > 1:
                raise ZoneError("goes around a pole, which cannot be a zone here")
        if found:
            lon = lon + 360 * np.round((found[0][:, 0].mean() - lon.mean()) / 360)
        found.append(np.column_stack([lon, ring[:, 1]]))
    low, high = found[0][:, 0].min(), found[0][:, 0].max()
    if high - low > 350:
        raise ZoneError("spans the whole world", remedy="Draw the part that is meant")
    return found, bool(low < -180 or high > 180)


def _polygon(rings: list[Ring]) -> tuple[BaseGeometry, list[str]]:
    for ring in rings:
        if len(np.unique(ring, axis=0)) < 3:
            raise ZoneError(f"has a ring of {len(np.unique(ring, axis=0))} different corners, and three are needed")
    shape: BaseGeometry = shapely.Polygon(rings[0], rings[1:])
    if shape.is_valid:
        return shape, []
    if sum(map(crossings, rings)) > MAX_CROSSINGS:
        raise ZoneError("crosses itself thousands of times: it is no outline")
    notes = []
    outer, *holes = (shapely.Polygon(ring) for ring in rings)
    if not all(ring.is_valid for ring in (outer, *holes)):
        notes.append("It crossed itself and was mended")
    whole = shapely.make_valid(outer)
    for hole in map(shapely.make_valid, holes):
        if not whole.covers(hole):
            notes.append("A hole reached out of it; what lay outside was left out")
        whole = whole.difference(hole)
    return whole, notes or ["Its rings touched and were mended"]


def _cut_at_180(shape: BaseGeometry) -> BaseGeometry:
    parts = []
    for turn in (-360, 0, 360):
        piece = shape.intersection(shapely.box(turn - 180, -90, turn + 180, 90))
        parts.append(translate(piece, xoff=-turn))
    return shapely.union_all(parts)


__all__ = ["MAX_CROSSINGS", "MAX_KEPT", "mend"]
