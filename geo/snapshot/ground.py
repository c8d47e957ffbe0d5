"""The ground: land and water, borders, provinces and rivers."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from matplotlib import patheffects

from geo import basemap, theatre
from geo.snapshot.shapes import fill, stroke

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from shapely.geometry.base import BaseGeometry

    from geo.snapshot.view import View

LAND: Final = "#f4f1ea"
WATER: Final = "#cfe0ec"
RIVER: Final = "#8fb6cf"
BORDER: Final = "#6d675f"
PROVINCE: Final = "#cfc8bb"

_DATE_LINE: Final = shapely.box(-180.0, -90.0, 180.0, 90.0).boundary.buffer(0.01)
"""Where land is parted though nothing parts it."""

# Order of drawing, bottom to top.
Z_LAND, Z_PROVINCE, Z_RIVER, Z_ZONE, Z_BORDER, Z_AREA, Z_LINE, Z_RING, Z_EVENT, Z_LABEL = range(1, 11)


class Ground:
    """The ground in one view, projected once and drawn as often as there are maps of it.

    Parameters
    ----------
    view : View
        Any view of the same extent will do: the shapes are in metres.
    """

    def __init__(self, view: View) -> None:
        self._view = view

    def _seen(self, layer: str) -> list[BaseGeometry]:
        """Shapes of a layer that reach into the view."""
        shapes = np.array([feature.geometry for feature in basemap.load(layer)], dtype=object)
        return list(shapes[shapely.intersects(shapely.envelope(shapes), shapely.box(*self._view.box))])

    @cached_property
    def _world(self) -> list[BaseGeometry]:
        # Beyond the bounds of the theatre stands the world in outline.
        inner = shapely.box(*theatre.current().bounds)
        if inner.contains(shapely.box(*self._view.box)):
            return []
        return [shapely.difference(shape, inner) for shape in self._seen("world")]

    @cached_property
    def _layers(self) -> dict[str, list[BaseGeometry]]:
        project = self._view.project
        countries = self._seen("countries")
        rivers = [project(shape) for shape in self._seen("rivers")]
        return {
            "land": [project(shape) for shape in (*self._world, *countries)],
            "far borders": [project(_outline(shape)) for shape in self._world],
            "provinces": [project(_outline(shape)) for shape in self._seen("provinces")],
            "rivers": [river for river in rivers if shapely.get_dimensions(river) == 1],
            "lakes": [river for river in rivers if shapely.get_dimensions(river) == 2],
            "borders": [project(_outline(shape)) for shape in countries],
        }

    def draw(self, axes: Axes, *, thin: float = 1.0) -> None:
        """Draw land, water, borders, provinces and rivers.

        Parameters
        ----------
        axes : Axes
            In the view's metres.
        thin : float, default 1
            Width of the lines, as a part of theirs on a large map.
        """
        layers = self._layers
        axes.set_facecolor(WATER)
        fill(axes, layers["land"], facecolor=LAND, edgecolor=LAND, linewidth=0.4, zorder=Z_LAND)
        stroke(axes, layers["far borders"], colors=BORDER, linewidths=0.5 * thin, zorder=Z_LAND)
        stroke(axes, layers["provinces"], colors=PROVINCE, linewidths=0.5 * thin, zorder=Z_PROVINCE)
        stroke(axes, layers["rivers"], colors=RIVER, linewidths=0.8 * thin, zorder=Z_RIVER)
        fill(axes, layers["lakes"], facecolor=WATER, edgecolor="none", zorder=Z_RIVER)
        stroke(axes, layers["borders"], colors=BORDER, linewidths=0.9 * thin, zorder=Z_BORDER)


def _outline(shape: BaseGeometry) -> BaseGeometry:
    """Outline of a shape without the cuts at the edge of the detailed basemap, which are no borders."""
    return coast(shape, cuts=_cuts(theatre.current().bounds))


def coast(shape: BaseGeometry, *, cuts: BaseGeometry = _DATE_LINE) -> BaseGeometry:
    """Outline of a shape without the cut at the date line, and other cuts that are no borders."""
    return shapely.difference(shape.boundary, cuts) if shape.intersects(cuts) else shape.boundary


@lru_cache(maxsize=8)
def _cuts(bounds: tuple[float, float, float, float]) -> BaseGeometry:
    cuts = shapely.union(shapely.box(*bounds).boundary.buffer(0.02), _DATE_LINE)
    # It is held against hundreds of shapes.
    shapely.prepare(cuts)
    return cuts


def halo(width: float = 2.2, colour: str = "white") -> list[patheffects.AbstractPathEffect]:
    """Return a light edge around text, so that it can be read over lines."""
    return [patheffects.withStroke(linewidth=width, foreground=colour, alpha=0.9)]
