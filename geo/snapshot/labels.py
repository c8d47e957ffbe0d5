"""Names on the map, each only where there is room for it: zones, places of events, countries, towns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from geo import basemap
from geo.snapshot.ground import Z_LABEL, halo
from geo.snapshot.symbols import CROWD
from geo.snapshot.text import INK, PLAIN, Box, Room, shown, width_pt

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from shapely.geometry.base import BaseGeometry

    from geo.snapshot.symbols import Symbol
    from geo.snapshot.view import View
    from geo.snapshot.zones import DrawnZone

PLACE_PT: Final = 7.0
TOWN_PT: Final = 6.0
COUNTRY_PT: Final = 9.5
MOST_PLACES: Final = 60
MOST_TOWNS: Final = 30
WIDEST_WITH_TOWNS_KM: Final = 2_000.0
"""The basemap has towns of the theatre only; on a wider map they would look like all there are."""


class Labels:
    """Puts names on one map.

    Parameters
    ----------
    axes : Axes
        In the view's metres.
    view : View
    """

    def __init__(self, axes: Axes, view: View) -> None:
        self.axes, self.view = axes, view
        x0, x1, y0, y1 = view.extent
        self.room = Room((x1 - x0) / view.metres_per_point, (y1 - y0) / view.metres_per_point)
        self.most_places, self.most_towns, self.country_pt = MOST_PLACES, MOST_TOWNS, COUNTRY_PT

    def take_symbols(self, symbols: list[Symbol]) -> None:
        """Keep names off the events' symbols."""
        for symbol in symbols[:CROWD]:
            x, y = self.points(symbol.x, symbol.y)
            self.room.take(Box(x - symbol.r, y - symbol.r, x + symbol.r, y + symbol.r))

    def zones(self, zones: list[DrawnZone]) -> dict[str, list[Artist]]:
        """Put each zone's letter inside it, or beside it where there is no room; returns what was drawn, by zone."""
        made: dict[str, list[Artist]] = {}
        for zone in zones:
            part = max(shapely.get_parts(zone.shape), key=lambda shape: shape.area)
            spot = shapely.point_on_surface(part)
            middle = shapely.maximum_inscribed_circle(part).coords[0] if part.geom_type == "Polygon" else spot.coords[0]
            (x, y), tie = self._letter_spot((middle, spot.coords[0], *_along(part)), zone.colour)
            looks = {"boxstyle": "circle,pad=0.22", "facecolor": "white", "edgecolor": zone.colour, "linewidth": 0.9}
            letter = self.axes.text(
                x, y, zone.key, size=7, color=zone.colour, weight="bold", ha="center", va="center", bbox=looks,
                zorder=Z_LABEL, **PLAIN,
            )  # fmt: skip
            made[zone.id] = [*tie, letter]
        return made

    def _letter_spot(
        self, inside: tuple[tuple[float, ...], ...], colour: str
    ) -> tuple[tuple[float, float], list[Artist]]:
        """Find room for a letter within its zone; else near its middle, tied to it by a line."""
        for x, y in inside:
            px, py = self.points(x, y)
            if self.room.is_free(box := Box(px - 7, py - 7, px + 7, py + 7)):
                self.room.take(box)
                return (x, y), []
        px, py = self.points(*inside[0])
        for step in range(240):
            far, turn = 14 + step * 0.6, step * 2.4
            cx, cy = px + far * math.cos(turn), py + far * math.sin(turn)
            if self.room.is_free(box := Box(cx - 7, cy - 7, cx + 7, cy + 7)):
                break
        self.room.take(box)
        there = self.metres(cx, cy)
        tie = self.axes.plot(*zip(inside[0], there, strict=True), color=colour, linewidth=0.6, zorder=Z_LABEL)
        return there, list(tie)

    def places(self, symbols: list[Symbol]) -> set[str]:
        """Name the places of events, those with most events first; returns the names written."""
        by_place: dict[tuple[str, float, float], list[Symbol]] = {}
        for symbol in symbols:
            by_place.setdefault((symbol.place, symbol.at_x, symbol.at_y), []).append(symbol)
        ordered = sorted(by_place.items(), key=lambda item: (-sum(s.n for s in item[1]), item[0]))
        written: set[str] = set()
        for (name, x, y), together in ordered[: self.most_places]:
            half = max(abs(s.x - x) / self.view.metres_per_point + s.r for s in together)
            if name and name not in written and self._write(name, x, y, size=PLACE_PT, gap=half + 2.5, colour=INK):
                written.add(name)
        return written

    def countries(self) -> None:
        """Write each country's name where most of it is to be seen."""
        whole = self.view.rectangle
        for feature in basemap.load("countries"):
            shape = shapely.intersection(self.view.project(feature.geometry), whole)
            if shape.area < 0.03 * whole.area:
                continue
            part = max(shapely.get_parts(shape), key=lambda p: p.area)
            text = " ".join(str(feature.properties["name"]).upper())
            for spot in (
                shapely.maximum_inscribed_circle(part, tolerance=5_000),
                shapely.centroid(part),
                *_shrunk(part),
            ):
                x, y = shapely.get_coordinates(spot)[0]
                if self._within(part, text, x, y) and self._centred(text, x, y):
                    break

    def _within(self, shape: BaseGeometry, text: str, x: float, y: float) -> bool:
        """Tell whether a country's name would stand in that country, from its first letter to its last."""
        half = width_pt(text, self.country_pt) / 2 * self.view.metres_per_point
        return bool(shapely.contains_xy(shape, x + half * np.array([-1, -0.5, 0, 0.5, 1]), y).all())

    def towns(self, written: set[str]) -> None:
        """Name the largest towns that are not named yet, with a small mark."""
        if not self.most_towns or self.room.width * self.view.metres_per_point > WIDEST_WITH_TOWNS_KM * 1000:
            return
        done = 0
        features = sorted(basemap.load("towns"), key=lambda f: (f.properties["rank"], -f.properties["population"]))
        spots = shapely.get_coordinates([feature.geometry for feature in features])
        x_of, y_of = self.view.xy(spots[:, 0], spots[:, 1])
        seen = self.view.holds(x_of, y_of)
        for number in seen.nonzero()[0]:
            name, x, y = str(features[number].properties["name"]), float(x_of[number]), float(y_of[number])
            if done == self.most_towns or name in written:
                continue
            px, py = self.points(x, y)
            if self.room.is_free(Box(px - 2, py - 2, px + 2, py + 2)) and self._write(
                name, x, y, size=TOWN_PT, gap=3, colour="#4a4a4a"
            ):
                self.axes.plot([x], [y], marker="s", markersize=1.8, color="#4a4a4a", zorder=Z_LABEL)
                done += 1

    def _write(self, text: str, x: float, y: float, *, size: float, gap: float, colour: str) -> bool:
        text = shown(text)
        px, py = self.points(x, y)
        box = self.room.beside(px, py, gap, (width_pt(text, size) + 2, size * 1.25))
        if box is None:
            return False
        mx, my = self.metres((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
        self._text(mx, my, text, size, colour)
        return True

    def _centred(self, text: str, x: float, y: float) -> bool:
        px, py = self.points(x, y)
        w, h = width_pt(text, self.country_pt) / 2 + 3, self.country_pt * 0.75
        box = Box(px - w, py - h, px + w, py + h)
        if not self.room.is_free(box):
            return False
        self.room.take(box)
        self._text(x, y, text, self.country_pt, "#8a8478")
        return True

    def _text(self, x: float, y: float, text: str, size: float, colour: str) -> None:
        looks: dict[str, Any] = {"ha": "center", "va": "center", "path_effects": halo(), "zorder": Z_LABEL, **PLAIN}
        self.axes.text(x, y, text, size=size, color=colour, **looks)

    def points(self, x: float, y: float) -> tuple[float, float]:
        """Turn metres into points from the map's lower left corner."""
        x0, _, y0, _ = self.view.extent
        return (x - x0) / self.view.metres_per_point, (y - y0) / self.view.metres_per_point

    def metres(self, x: float, y: float) -> tuple[float, float]:
        """Turn points from the map's lower left corner into metres."""
        x0, _, y0, _ = self.view.extent
        return x0 + x * self.view.metres_per_point, y0 + y * self.view.metres_per_point


def _along(shape: BaseGeometry) -> list[tuple[float, float]]:
    """Return more spots within a shape: where its middle lines from west to east and south to north lie in it."""
    west, south, east, north = shape.bounds
    lines = [
        shapely.LineString([(west, south + f * (north - south)), (east, south + f * (north - south))])
        for f in (0.3, 0.7)
    ]
    lines += [
        shapely.LineString([(west + f * (east - west), south), (west + f * (east - west), north)])
        for f in (0.15, 0.35, 0.65, 0.85)
    ]
    spots = [shapely.intersection(shape, line) for line in lines]
    inner = [shapely.get_coordinates(shapely.point_on_surface(spot))[0] for spot in spots if not spot.is_empty]
    return [(float(x), float(y)) for x, y in inner]


def _shrunk(shape: BaseGeometry) -> list[BaseGeometry]:
    west, south, east, north = shape.bounds
    return [
        shapely.Point(west + fx * (east - west), south + fy * (north - south))
        for fy in (0.5, 0.7, 0.3, 0.85, 0.15)
        for fx in (0.5, 0.3, 0.7, 0.2, 0.8)
    ]
