"""What part of the earth a map shows, and its projection: Lambert azimuthal equal-area, centred on the view, metres."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely
from pyproj import Transformer

from geo import theatre

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.snapshot.options import Bounds

SMALLEST_KM: Final = 90.0
"""A map is never narrower or lower than this."""

WIDEST_KM: Final = 1_100.0
"""Where all events spread wider than this, the outermost are left outside the map, and counted there."""

WORLD_WIDE: Final = 180.0
"""Degrees of longitude from which a view shows half the world or more."""
NEAR: Final = 0.25
"""How far beyond the others, as a part of their spread, an event still belongs to them."""

POINTS_PER_INCH: Final = 72.0


@dataclass(frozen=True)
class View:
    """A rectangle on the projected plane.

    Parameters
    ----------
    lon, lat : float
        Centre of the projection, degrees.
    extent : tuple of float
        x0, x1, y0, y1 in metres, matplotlib's order.
    width_in : float
        Width of the map on paper, inches.
    """

    lon: float
    lat: float
    extent: tuple[float, float, float, float]
    width_in: float

    @cached_property
    def _to_plane(self) -> Transformer:
        return Transformer.from_crs("EPSG:4326", _crs(self.lon, self.lat), always_xy=True)

    @property
    def metres_per_point(self) -> float:
        """Length of a typographic point on the map, metres."""
        return (self.extent[1] - self.extent[0]) / (self.width_in * POINTS_PER_INCH)

    def xy(self, lon: Any, lat: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Project degrees to metres."""
        x, y = self._to_plane.transform(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
        return np.asarray(x), np.asarray(y)

    def project(self, geometry: BaseGeometry) -> BaseGeometry:
        """Project a shape, cut to the view and some ground around it; it may come out empty."""
        cut = shapely.clip_by_rect(geometry, *self.box)
        if self.box[2] - self.box[0] > WORLD_WIDE:
            # A long straight edge, as along the date line, is a curve on this map.
            cut = shapely.segmentize(shapely.difference(cut, self._antipode), 1.0)
        return shapely.transform(cut, lambda points: np.column_stack(self.xy(points[:, 0], points[:, 1])))

    @cached_property
    def box(self) -> Bounds:
        """West, south, east, north of the view and a margin, degrees."""
        x0, x1, y0, y1 = self.extent
        edge = np.linspace(0, 1, 21)
        x = np.concatenate([x0 + edge * (x1 - x0), x0 + edge * (x1 - x0), np.full(21, x0), np.full(21, x1)])
        y = np.concatenate([np.full(21, y0), np.full(21, y1), y0 + edge * (y1 - y0), y0 + edge * (y1 - y0)])
        lon, lat = self._to_plane.transform(x, y, direction="INVERSE")
        known = np.isfinite(lon) & np.isfinite(lat)
        if not known.all():
            # The rectangle reaches beyond the globe's edge: everything on this side of it may be seen.
            return (-180.0, -90.0, 180.0, 90.0)
        margin = 0.05 * max(np.ptp(lon), np.ptp(lat))
        return (
            float(max(lon.min() - margin, -180)),
            float(max(lat.min() - margin, -90)),
            float(min(lon.max() + margin, 180)),
            float(min(lat.max() + margin, 90)),
        )

    @cached_property
    def _antipode(self) -> BaseGeometry:
        """The ground around the point at the other end of the earth, which this projection tears into a circle."""
        lon, lat = (self.lon + 360.0) % 360.0 - 180.0, -self.lat
        # Many corners: what is small there is the rim of the whole map.
        return shapely.union_all([shapely.Point(lon + turn, lat).buffer(0.5, 90) for turn in (-360.0, 0.0, 360.0)])

    @cached_property
    def rectangle(self) -> BaseGeometry:
        """The view as a shape, metres."""
        x0, x1, y0, y1 = self.extent
        return shapely.box(x0, y0, x1, y1)

    def holds(self, x: Any, y: Any) -> NDArray[np.bool_]:
        """Tell which projected points the map shows."""
        x0, x1, y0, y1 = self.extent
        return np.asarray((x >= x0) & (x <= x1) & (y >= y0) & (y <= y1))


def make(bounds: Bounds, *, width_in: float, height_in: float, margin: float = 0.0) -> View:
    """Fit a view around bounds, as wide and high as the paper wants.

    Parameters
    ----------
    bounds : tuple of float
        West, south, east, north, degrees; all of it is inside the view.
    width_in, height_in : float
        The map on paper, inches.
    margin : float, default 0
        Ground to add on each side, as a part of the size.

    Returns
    -------
    View
    """
    west, south, east, north = bounds
    lon, lat = (west + east) / 2, (south + north) / 2
    to_plane = Transformer.from_crs("EPSG:4326", _crs(lon, lat), always_xy=True)
    edge = np.linspace(0, 1, 21)
    lons = np.concatenate([west + edge * (east - west)] * 2 + [np.full(21, west), np.full(21, east)])
    lats = np.concatenate([np.full(21, south), np.full(21, north), *[south + edge * (north - south)] * 2])
    x, y = (np.asarray(v)[np.isfinite(v)] for v in to_plane.transform(lons, lats))
    half_x = max((x.max() - x.min()) / 2 * (1 + 2 * margin), SMALLEST_KM * 500)
    half_y = max((y.max() - y.min()) / 2 * (1 + 2 * margin), SMALLEST_KM * 500)
    mid_x, mid_y = (x.max() + x.min()) / 2, (y.max() + y.min()) / 2
    half_x = max(half_x, half_y * width_in / height_in)
    half_y = half_x * height_in / width_in
    return View(lon, lat, (mid_x - half_x, mid_x + half_x, mid_y - half_y, mid_y + half_y), width_in)


def bounds_of(events: GeoDataFrame) -> Bounds:
    """Find the bounds of placed events, with their lines and areas.

    Parameters
    ----------
    events : GeoDataFrame
        Events on the map; none give the theatre.

    Returns
    -------
    tuple of float
        West, south, east, north, degrees.
    """
    if events.empty:
        return theatre.current().view
    corners = shapely.bounds(events["geometry"].to_numpy())
    west, south, east, north = corners[:, 0].min(), corners[:, 1].min(), corners[:, 2].max(), corners[:, 3].max()
    if (east - west) * 111.2 * np.cos(np.radians((south + north) / 2)) > WIDEST_KM or (
        north - south
    ) * 111.2 > WIDEST_KM:
        lon, lat = _in_theatre(events["lon"].to_numpy(), events["lat"].to_numpy())
        west, east = np.quantile(lon, (0.04, 0.96), method="nearest")
        south, north = np.quantile(lat, (0.04, 0.96), method="nearest")
        # What lies just beyond comes in: it would else stand on the map's frame.
        across, up = NEAR * (east - west), NEAR * (north - south)
        near = (lon >= west - across) & (lon <= east + across) & (lat >= south - up) & (lat <= north + up)
        west, south, east, north = lon[near].min(), lat[near].min(), lon[near].max(), lat[near].max()
    return (float(west), float(south), float(east), float(north))


def _in_theatre(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Take the points in the theatre; what was said in a capital beyond it is no reason to draw half a continent."""
    west, south, east, north = theatre.current().bounds
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return (lon[inside], lat[inside]) if inside.any() else (lon, lat)


def _crs(lon: float, lat: float) -> str:
    return f"+proj=laea +lat_0={lat:.6f} +lon_0={lon:.6f} +datum=WGS84 +units=m +no_defs"
