"""Compares what was built with what others publish."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.zones.model import BuiltZone

FIGURES = ("area_km2", "length_km", "depth_km", "radius_km")
"""What is compared, where it is published."""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One figure of one zone."""

    zone_id: str
    """For a version of a zone, "@" and its first day are added."""
    figure: str
    """One of :data:`FIGURES`."""
    computed: float | None
    """km2 or km; None where the zone is not drawn along a line or around a centre."""
    published: tuple[float, float]
    """Lowest and highest published value."""
    tolerance_pct: float
    off_pct: float | None
    """How far the computed value lies outside the published ones, percent of the nearer; 0 within them."""
    ok: bool
    """It lies within the tolerance."""
    note: str | None


def check(built: Mapping[str, BuiltZone]) -> tuple[CheckRow, ...]:
    """Compare computed with published figures.

    Parameters
    ----------
    built : mapping of str to BuiltZone
        The zones.

    Returns
    -------
    tuple of CheckRow
        One per published figure. Zones without any have no row.
    """
    rows = []
    named = (
        (f"{name}@{part.zone.valid[0]}" if item.versions else name, part)
        for name, item in built.items()
        for part in item.parts
    )
    for name, item in named:
        published = item.zone.published
        for figure in FIGURES:
            bounds = getattr(published, figure)
            if bounds is None:
                continue
            computed = getattr(item, figure)
            off = None if computed is None else _off_pct(computed, bounds)
            ok = off is not None and abs(off) <= published.tolerance_pct
            rows.append(CheckRow(name, figure, computed, bounds, published.tolerance_pct, off, ok, published.note))
    return tuple(rows)


def _off_pct(value: float, bounds: tuple[float, float]) -> float:
    low, high = bounds
    if low <= value <= high:
        return 0.0
    nearer = low if value < low else high
    return round(100 * (value - nearer) / nearer, 1)
