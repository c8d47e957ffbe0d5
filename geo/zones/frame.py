"""A metric frame for one zone: azimuthal equidistant on the ellipsoid, centred on the zone, metres.

Distances from the centre are exact; across a zone 800 km long they are off by less than 0.1 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyproj import Proj
    from shapely.geometry.base import BaseGeometry

    Floats = NDArray[np.float64]

SEGMENT_DEG = 0.02
"""Edges are cut this fine before they are projected, so that a straight edge in degrees stays where it was."""


@dataclass(frozen=True)
class Frame:
    """A plane that touches the Earth at one point."""

    lon: float
    lat: float

    @classmethod
    def around(cls, shape: BaseGeometry) -> Frame:
        """Make the frame centred on a shape in EPSG:4326.

        Parameters
        ----------
        shape : shapely geometry
            Not empty.

        Returns
        -------
        Frame
            Centred on the middle of the shape's bounding box.
        """
        west, south, east, north = shape.bounds
        if east - west > 180:
            # It lies on both sides of the 180th meridian: count on beyond it.
            lon = shapely.get_coordinates(shape)[:, 0] % 360
            west, east = float(lon.min()), float(lon.max())
            return cls(((west + east) / 2 + 180) % 360 - 180, (south + north) / 2)
        return cls((west + east) / 2, (south + north) / 2)

    @cached_property
    def _projection(self) -> Proj:
        # Imported when first used: it takes 90 ms, and most readers of a zone never measure in it.
        from pyproj import Proj

        return Proj(proj="aeqd", lon_0=self.lon, lat_0=self.lat, ellps="WGS84")

    def points(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Turn degrees into metres.

        Parameters
        ----------
        lon, lat : ndarray
            Degrees.

        Returns
        -------
        x, y : ndarray
            Metres east and north of the centre.
        """
        x, y = self._projection(lon, lat)
        return np.asarray(x), np.asarray(y)

    def forward(self, shape: BaseGeometry) -> BaseGeometry:
        """Turn a shape in EPSG:4326 into metres."""
        fine = shapely.segmentize(shape, SEGMENT_DEG)
        return shapely.transform(fine, lambda xy: np.column_stack(self._projection(xy[:, 0], xy[:, 1])))

    def inverse(self, shape: BaseGeometry) -> BaseGeometry:
        """Turn a shape in metres into EPSG:4326."""
        return shapely.transform(shape, lambda xy: np.column_stack(self._projection(xy[:, 0], xy[:, 1], inverse=True)))
