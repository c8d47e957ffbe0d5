"""Where a map looks when nobody has said: at nearly all of its events, not at the few that lie far away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.ui.timed_map import MARGIN

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    Bounds = tuple[float, float, float, float]

MIDDLE: Final = (0.02, 0.98)
"""Shares of the events between which a map looks."""


def around(lons: ArrayLike, lats: ArrayLike, weights: ArrayLike | None = None) -> Bounds:
    """Return bounds that hold nearly all places, with room around them.

    Parameters
    ----------
    lons, lats : array_like of float, shape (n,)
        Degrees; at least one place.
    weights : array_like of float, shape (n,), optional
        Events at each place; one each unless given.

    Returns
    -------
    tuple of float
        West, south, east, north, degrees.

    Examples
    --------
    >>> west, south, east, north = around([36, *[39.0] * 99, -30], [36, *[37.0] * 99, 50])
    >>> round(west, 1), round(east, 1)
    (38.5, 39.5)
    """
    west, east = span(lons, weights)
    south, north = span(lats, weights)
    dx, dy = max(0.5, (east - west) * MARGIN), max(0.4, (north - south) * MARGIN)
    return max(-180.0, west - dx), max(-85.0, south - dy), min(180.0, east + dx), min(85.0, north + dy)


def span(values: ArrayLike, weights: ArrayLike | None = None) -> tuple[float, float]:
    """Return the least and the greatest of the values between the shares of :data:`MIDDLE`."""
    every = np.asarray(values, dtype=float)
    each = np.ones(len(every)) if weights is None else np.asarray(weights, dtype=float)
    order = np.argsort(every)
    share = np.cumsum(each[order]) / each.sum()
    at = np.searchsorted(share, MIDDLE)
    low, high = (float(every[order][min(k, len(every) - 1)]) for k in at)
    return low, high
