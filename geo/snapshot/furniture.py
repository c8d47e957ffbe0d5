"""What stands in the map's corners, each where it hides the fewest events: scale bar, north arrow, inset locator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import shapely
from matplotlib.patches import Rectangle
from matplotlib_scalebar.scalebar import ScaleBar

from geo import basemap
from geo.snapshot import view as views
from geo.snapshot.ground import BORDER, LAND, WATER, coast
from geo.snapshot.shapes import fill, stroke
from geo.snapshot.text import INK, PLAIN, Box

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from geo.snapshot.paper import Sheet
    from geo.snapshot.text import Room
    from geo.snapshot.view import View

CORNERS: Final = ("lower left", "upper right", "lower right", "upper left")
Z_FURNITURE: Final = 15
SCALE_PT: Final = (0.2, 28.0)
"""Width as a part of the map's, and height in points, of what the scale bar takes."""
THINNEST_PT: Final = 1.6
"""Of the scale's bar, which on a small map would be less than a dot."""
NORTH_PT: Final = (26.0, 44.0)
LOCATOR_IN: Final = (1.12, 0.84)
LOCATOR_TIMES: Final = 5.5
"""How many times as wide as the map the locator reaches."""
NARROWEST_KM: Final = 2_400.0
WIDEST_KM: Final = 2_800.0
"""A map wider than this needs no locator: it shows where it lies."""
_IN_KM: Final = {"m": 0.001, "km": 1.0, "Mm": 1000.0}
MARK: Final = "#b3261e"


class Furniture:
    """Puts things into the corners of one map.

    Parameters
    ----------
    axes : Axes
        In the view's metres.
    view : View
    room : Room
        With the events' symbols taken; what is put is taken too.
    """

    def __init__(self, axes: Axes, view: View, room: Room) -> None:
        self.axes, self.view, self.room = axes, view, room
        self._used: set[str] = set()

    def _corner(self, size: tuple[float, float], wanted: tuple[str, ...]) -> tuple[str, Box, int]:
        """Choose the corner where the fewest events are hidden; how many they are."""
        free = [corner for corner in wanted if corner not in self._used]
        boxes = {corner: self._box(corner, size) for corner in free}
        best = min(free, key=lambda corner: (self.room.covered(boxes[corner]), wanted.index(corner)))
        return best, boxes[best], self.room.covered(boxes[best])

    def _box(self, corner: str, size: tuple[float, float]) -> Box:
        width, height = size
        x0 = self.room.width - width if "right" in corner else 0.0
        y0 = self.room.height - height if "upper" in corner else 0.0
        return Box(x0, y0, x0 + width, y0 + height)

    def _take(self, corner: str, box: Box) -> None:
        self._used.add(corner)
        self.room.take(box)

    def scale(self) -> None:
        """Draw the scale bar: true at the centre of the view, where the projection is."""
        wide = self.room.width * SCALE_PT[0] + 14
        corner, box, _ = self._corner((wide, SCALE_PT[1]), ("lower left", "lower right", "upper left"))
        bar = ScaleBar(
            0.001, "km", fixed_units="km", location=corner, length_fraction=SCALE_PT[0],
            width_fraction=max(0.008, THINNEST_PT / self.room.height),
            pad=0.4, border_pad=0.5, box_alpha=0.75, color=INK, font_properties={"size": 7}, scale_loc="top",
            scale_formatter=self._kilometres,
        )  # fmt: skip
        bar.set_zorder(Z_FURNITURE)
        self.axes.add_artist(bar)
        self._take(corner, box)

    def _kilometres(self, value: float, unit: str) -> str:
        """Write the bar's length; on a very wide map it is true at the centre only."""
        wide = (self.view.extent[1] - self.view.extent[0]) / 1000 > WIDEST_KM
        return f"{value * _IN_KM.get(unit, 1.0):,.6g} km" + (" at the centre" if wide else "")

    def north(self) -> None:
        """Draw an arrow to the north, as it is at the centre of the view."""
        corner, box, _ = self._corner(NORTH_PT, ("upper right", "upper left", "lower right"))
        x, y = (box.x0 + box.x1) / 2, box.y0 + 9
        place: dict[str, Any] = {
            "xycoords": "axes points", "textcoords": "axes points", "annotation_clip": False, "zorder": Z_FURNITURE,
        }  # fmt: skip
        arrow: dict[str, Any] = {
            "arrowstyle": "-|>,head_width=0.28,head_length=0.55", "color": INK, "linewidth": 1.1,
            "shrinkA": 0, "shrinkB": 0,
        }  # fmt: skip
        self.axes.annotate("", xy=(x, y + 19), xytext=(x, y), arrowprops=arrow, **place)
        looks: dict[str, Any] = {"size": 8, "weight": "bold", "ha": "center", "va": "center", "color": INK, **PLAIN}
        self.axes.annotate("N", xy=(x, y + 26), xytext=(x, y + 26), **looks, **place)
        self._take(corner, box)

    def locator(self, sheet: Sheet, map_box: tuple[float, float, float, float]) -> Axes | None:
        """Draw a small map of the wider region with this map's frame on it.

        Parameters
        ----------
        sheet : Sheet
        map_box : tuple of float
            Of the large map, inches.

        Returns
        -------
        Axes or None
            None where the map is wide enough to tell, small, or every corner has events.
        """
        width_km = (self.view.extent[1] - self.view.extent[0]) / 1000
        part = min(1.0, map_box[2] / 5.5)
        width, height = LOCATOR_IN[0] * part, LOCATOR_IN[1] * part
        if width_km > WIDEST_KM or part < 0.5:
            return None
        size = (width * 72 + 8, height * 72 + 8)
        corner, box, hidden = self._corner(size, ("lower right", "upper left", "upper right", "lower left"))
        if hidden:
            return None
        self._take(corner, box)
        left, bottom = map_box[0] + (box.x0 + 4) / 72, map_box[1] + (box.y0 + 4) / 72
        axes = sheet.place((left, bottom, width, height), framed=True)
        axes.set(label="locator", zorder=20)
        for spine in axes.spines.values():
            spine.set(color="#555555", linewidth=0.6)
        _draw_region(axes, self.view, max(width_km * LOCATOR_TIMES, NARROWEST_KM), (width, height))
        return axes


def _draw_region(axes: Axes, view: View, width_km: float, size_in: tuple[float, float]) -> None:
    x0, x1, y0, y1 = view.extent
    mid_x, mid_y = (x0 + x1) / 2, (y0 + y1) / 2
    half_x = width_km * 500
    half_y = half_x * size_in[1] / size_in[0]
    region = views.View(
        view.lon, view.lat, (mid_x - half_x, mid_x + half_x, mid_y - half_y, mid_y + half_y), size_in[0]
    )
    axes.set(xlim=region.extent[:2], ylim=region.extent[2:], autoscale_on=False, facecolor=WATER)
    seen = shapely.box(*region.box)
    world = [f.geometry for f in basemap.load("world") if shapely.box(*f.geometry.bounds).intersects(seen)]
    fill(axes, [region.project(shape) for shape in world], facecolor=LAND, edgecolor="none")
    stroke(axes, [region.project(coast(shape)) for shape in world], colors=BORDER, linewidths=0.3)
    frame = Rectangle((x0, y0), x1 - x0, y1 - y0, facecolor=(MARK, 0.14), edgecolor=MARK, linewidth=1.1, zorder=5)
    axes.add_artist(frame)
