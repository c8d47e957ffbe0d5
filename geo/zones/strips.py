"""Stretches of a border and the strips beside them, cut square."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
import shapely
from shapely.ops import substring

from geo.errors import ZoneError
from geo.zones.frame import Frame

if TYPE_CHECKING:
    from shapely import LineString, Point
    from shapely.geometry.base import BaseGeometry

    Position = tuple[float, float]

MAX_END_KM = 5.0
"""A place that begins or ends a stretch of border must lie this near to it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a border."""

    line: LineString
    """EPSG:4326."""
    metric: LineString
    """The same in `frame`, metres."""
    frame: Frame
    ends_km: tuple[float, ...]
    """How far the two places that cut it lie from the border."""


def border(one: BaseGeometry, other: BaseGeometry) -> LineString:
    """Give the longest unbroken border of two countries.

    Parameters
    ----------
    one, other : Polygon or MultiPolygon
        EPSG:4326, sharing their vertices along the border.

    Returns
    -------
    LineString

    Raises
    ------
    ZoneError
        They have no border.
    """
    shared = shapely.line_merge(one.boundary.intersection(other.boundary))
    lines = [part for part in shapely.get_parts(shared) if part.geom_type == "LineString"]
    if not lines:
        raise ZoneError("the two countries have no border with each other")
    return cast("LineString", max(lines, key=lambda line: line.length))


def stretch(line: LineString, *, ends: tuple[Position, ...], extend_km: tuple[float, ...] = (0, 0)) -> Stretch:
    """Cut a stretch out of a border.

    Parameters
    ----------
    line : LineString
        The border, EPSG:4326.
    ends : tuple of (longitude, latitude)
        Two places beside which the stretch begins and ends, or none for all of it.
    extend_km : (float, float), optional
        How much further it goes beyond each, along the border.

    Returns
    -------
    Stretch

    Raises
    ------
    ZoneError
        A place lies too far from the border, or both at one point of it.
    """
    if not ends:
        frame = Frame.around(line)
        return Stretch(line, cast("LineString", frame.forward(line)), frame, ())
    frame = Frame.around(shapely.LineString(ends))
    metric = cast("LineString", frame.forward(line))
    points = [cast("Point", frame.forward(shapely.Point(end))) for end in ends]
    away = tuple(round(metric.distance(point) / 1000, 2) for point in points)
    if max(away) > MAX_END_KM:
        raise ZoneError(
            f"{list(ends[away.index(max(away))])} lies {max(away):g} km from the border, more than {MAX_END_KM:g} km"
        )
    start, end = (metric.project(point) for point in points)
    before, after = (length * 1000 for length in extend_km)
    low, high = (start - before, end + after) if start <= end else (end - after, start + before)
    part = substring(metric, max(0.0, low), min(metric.length, high))
    if not isinstance(part, shapely.LineString):
        raise ZoneError("the stretch of border begins where it ends")
    return Stretch(cast("LineString", frame.inverse(part)), part, frame, away)


def strip(along: Stretch, *, land: BaseGeometry, depth_km: float, square: bool) -> BaseGeometry:
    """Give the land within a distance of a stretch of border.

    Parameters
    ----------
    along : Stretch
        The stretch.
    land : Polygon or MultiPolygon
        The side or sides wanted, EPSG:4326.
    depth_km : float
        How far from the border.
    square : bool
        Cut the ends by lines square to the chord between them. Round ends would reach beyond by the full depth.

    Returns
    -------
    Polygon
        Its largest part, EPSG:4326.
    """
    depth = depth_km * 1000
    band: BaseGeometry = along.metric.buffer(depth, quad_segs=16)
    if square:
        band = band.intersection(_between_ends(along.metric, reach=4 * depth + along.metric.length))
    near = shapely.box(*shapely.buffer(along.line, 0.02 * depth_km).bounds)
    band = band.intersection(along.frame.forward(land.intersection(near)))
    return along.frame.inverse(max(shapely.get_parts(band), key=lambda part: part.area))


def disc(center: Position, *, radius_km: float) -> BaseGeometry:
    """Give everything within a distance of a place.

    Parameters
    ----------
    center : (longitude, latitude)
        Degrees.
    radius_km : float
        On the ground.

    Returns
    -------
    Polygon
        EPSG:4326.
    """
    frame = Frame(*center)
    return frame.inverse(shapely.Point(0, 0).buffer(radius_km * 1000, quad_segs=32))


def _between_ends(line: BaseGeometry, *, reach: float) -> BaseGeometry:
    """Give the band square to the chord of a line, from its first point to its last."""
    coordinates = shapely.get_coordinates(line)
    first, last = coordinates[0], coordinates[-1]
    chord = (last - first) / np.linalg.norm(last - first)
    across = np.array([-chord[1], chord[0]]) * reach
    return shapely.Polygon([first - across, last - across, last + across, first + across])
