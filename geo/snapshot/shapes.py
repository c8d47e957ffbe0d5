"""Shapely shapes as matplotlib collections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.axes import Axes
    from shapely.geometry.base import BaseGeometry


def fill(axes: Axes, shapes: Iterable[BaseGeometry], **looks: Any) -> PathCollection:
    """Draw polygons, holes left open; what is no polygon is left out."""
    parts = [
        part
        for shape in shapes
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon" and not part.is_empty
    ]
    collection = PathCollection([_path(part) for part in parts], **looks)
    axes.add_collection(collection, autolim=False)
    return collection


def stroke(axes: Axes, shapes: Iterable[BaseGeometry], **looks: Any) -> LineCollection:
    """Draw lines, and the outlines of polygons."""
    lines = []
    for shape in shapes:
        outline = shape.boundary if shapely.get_dimensions(shape) == 2 else shape
        lines += [
            shapely.get_coordinates(part)
            for part in shapely.get_parts(outline)
            if part.geom_type in ("LineString", "LinearRing") and not part.is_empty
        ]
    collection = LineCollection(lines, **looks)
    axes.add_collection(collection, autolim=False)
    return collection


def _path(polygon: BaseGeometry) -> Path:
    rings = [shapely.get_coordinates(ring) for ring in (polygon.exterior, *polygon.interiors)]  # type: ignore[attr-defined]
    codes = [np.r_[Path.MOVETO, np.full(len(ring) - 2, Path.LINETO), Path.CLOSEPOLY] for ring in rings]
    return Path(np.concatenate(rings), np.concatenate(codes))
