"""Meridians and parallels, with their degrees at the map's edge."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo.snapshot.ground import Z_LABEL, Z_PROVINCE, halo
from geo.snapshot.shapes import stroke
from geo.snapshot.text import PLAIN, Box, width_pt

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.snapshot.labels import Labels
    from geo.snapshot.view import View

STEPS: Final = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
"""Degrees between two lines."""
LINES: Final = 5
"""About so many meridians."""
LABEL_PT: Final = 5.8
COLOUR: Final = "#857f74"


def draw_graticule(labels: Labels) -> None:
    """Draw the graticule on a map, and write its degrees where they meet the frame, below and at the left.

    Parameters
    ----------
    labels : Labels
        Of the map, before any name is written.
    """
    view = labels.view
    west, south, east, north = view.box
    step = next((s for s in STEPS if (east - west) / s <= LINES * 1.6), STEPS[-1])
    meridians = {
        lon: _line(view, [(lon, lat) for lat in np.linspace(south, north, 80)]) for lon in _ticks(west, east, step)
    }
    parallels = {
        lat: _line(view, [(lon, lat) for lon in np.linspace(west, east, 120)]) for lat in _ticks(south, north, step)
    }
    lines = [*meridians.values(), *parallels.values()]
    stroke(labels.axes, lines, colors=COLOUR, linewidths=0.35, alpha=0.65, zorder=Z_PROVINCE)
    for value, line in meridians.items():
        _label(labels, line, degrees(value, "E", "W"), across=False)
    for value, line in parallels.items():
        _label(labels, line, degrees(value, "N", "S"), across=True)


def degrees(value: float, positive: str, negative: str) -> str:
    """Write degrees as on a map: "36°E", "36°30′N", "0°".

    Parameters
    ----------
    value : float
    positive, negative : str
        Letters of the two hemispheres.
    """
    minutes = round(abs(value) * 60)
    text = f"{minutes // 60}°" + (f"{minutes % 60:02}′" if minutes % 60 else "")
    return text + (positive if value > 0 else negative if value < 0 else "")


def _ticks(low: float, high: float, step: float) -> list[float]:
    return [i * step for i in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _line(view: View, points: list[tuple[float, float]]) -> BaseGeometry:
    x, y = view.xy([p[0] for p in points], [p[1] for p in points])
    known = np.isfinite(x) & np.isfinite(y)
    if known.sum() < 2:
        return shapely.LineString()
    return shapely.intersection(shapely.LineString(np.column_stack([x[known], y[known]])), view.rectangle)


def _label(labels: Labels, line: BaseGeometry, text: str, *, across: bool) -> None:
    """Write the degrees at the lower or left end of a line, or at its other end where there is no room."""
    if line.is_empty:
        return
    x0, x1, y0, y1 = labels.view.extent
    ends = shapely.get_coordinates(line)
    ends = ends[np.argsort(ends[:, 0 if across else 1], kind="stable")][[0, -1]]
    near = 0.002 * (x1 - x0)
    width, height = width_pt(text, LABEL_PT), LABEL_PT * 1.15
    for x, y in ends:
        if min(abs(x - x0), abs(x - x1)) > near if across else min(abs(y - y0), abs(y - y1)) > near:
            continue
        px, py = labels.points(float(x), float(y))
        px = min(max(px, width / 2 + 4), labels.room.width - width / 2 - 4)
        py = min(max(py, height / 2 + 4), labels.room.height - height / 2 - 4)
        box = Box(px - width / 2, py - height / 2, px + width / 2, py + height / 2)
        if labels.room.is_free(box):
            labels.room.take(box)
            looks: dict[str, Any] = {
                "ha": "center",
                "va": "center",
                "path_effects": halo(1.6),
                "zorder": Z_LABEL,
                **PLAIN,
            }
            labels.axes.text(*labels.metres(px, py), text, size=LABEL_PT, color="#6b655b", **looks)
            return
