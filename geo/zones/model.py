"""What a zone is: a claim with a name, a shape, two days and sources.

A validity has both days included: a zone in force to 8 December 2024 is in force on that day and not on the next.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import shapely

from geo.zones.frame import Frame

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

CERTAIN = "certain"
POSSIBLE = "possible"
INSIDE = "inside"

BORDER_TOLERANCE_KM = 2.0
"""How far the borders of the source may lie from the true ones: border towns fall up to 1 km on the wrong side."""

Span = tuple[date | None, date | None]
"""First and last day, both included; None = open."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who holds a zone or answers for it, over which days."""

    name: str
    start: date | None = None
    """First day; None = since before the zone or unknown."""
    end: date | None = None
    """Last day; None = still."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a definition or a date comes from."""

    title: str
    publisher: str
    date: str | None = None
    """ISO 8601 day, month or year of the source itself; None where it has none."""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """Figures that others give, each as (low, high)."""

    area_km2: tuple[float, float] | None = None
    length_km: tuple[float, float] | None = None
    depth_km: tuple[float, float] | None = None
    radius_km: tuple[float, float] | None = None
    tolerance_pct: float = 10.0
    """How far ours may lie outside, in percent of the nearer bound."""
    note: str | None = None
    """Why ours differs, where it is known to."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as defined, before it has a shape."""

    id: str
    name: str
    kind: str
    """One of the kinds of ``data/sources/zones.schema.json``, or "province"."""
    valid: Span
    """First and last day in force, both included."""
    definition: str
    """What it is, in our own words."""
    confidence_dates: str
    """high, medium or low."""
    confidence_geometry: str
    """high, medium or low."""
    aliases: tuple[tuple[str, str], ...] = ()
    """(ISO 639-1 language, name)."""
    parent: str | None = None
    """Id of the zone that this one is a part or a reading of."""
    parties: tuple[Party, ...] = ()
    active: tuple[Span, ...] = ()
    """Parts of the validity in which what the zone is for went on; empty = all of it."""
    sources: tuple[Source, ...] = ()
    published: Published = field(default_factory=Published)
    unconfirmed: tuple[str, ...] = ()
    """"dates", "geometry": what no source was looked up for. Drawn dashed."""
    expression: dict[str, Any] = field(default_factory=dict, hash=False)
    """Geometry expression; empty for provinces."""
    versions: tuple[Zone, ...] = ()
    """The zone over parts of its validity, first to last and each following the one before; empty where it never
    changed. Each has the same id; the zone itself then has no expression."""
    line: int | None = field(default=None, compare=False)
    """Line of the definition's file where it begins, from 1."""
    path: Path | None = field(default=None, compare=False)
    """That file, for a zone of the user's own; None for those that come with the program."""

    @property
    def is_own(self) -> bool:
        """It is one of the user's own."""
        return self.path is not None

    @property
    def is_province(self) -> bool:
        """It is a first-order division: there are many, they are always in force, and a map does not outline them."""
        return self.kind == "province"

    def in_force(self, day_start: date | None, day_end: date | None) -> str | None:
        """Tell whether the zone was in force over a span of days.

        Parameters
        ----------
        day_start, day_end : date or None
            First and last day the event may have been; None = unknown. One alone stands for both.

        Returns
        -------
        str or None
            "certain" if on every day of the span, "possible" if on some, None if on none. A span not known at all is
            "certain" only for a zone without limits in time.
        """
        first, last = day_start or day_end, day_end or day_start
        return _overlap(self.valid, (first, last))

    def parties_on(self, day: date) -> tuple[Party, ...]:
        """Tell who held the zone or answered for it on a day.

        Parameters
        ----------
        day : date
            The day.

        Returns
        -------
        tuple of Party
            In the order of the definition.
        """
        return tuple(party for party in self.parties if _overlap((party.start, party.end), (day, day)))


def _overlap(validity: Span, span: Span) -> str | None:
    start, end = (validity[0] or date.min, validity[1] or date.max)
    first, last = (span[0] or date.min, span[1] or date.max)
    if start <= first and last <= end:
        return CERTAIN
    return POSSIBLE if start <= last and first <= end else None


@dataclass(frozen=True)
class BuiltZone:
    """A zone with its shape and its measures.

    Its shapes are never prepared: threads share them, and a prepared shape is not safe to share.
    """

    zone: Zone
    geometry: BaseGeometry
    """Polygon or MultiPolygon, EPSG:4326, 4 decimals."""
    area_km2: float
    """On the ellipsoid."""
    countries: tuple[str, ...] = ()
    """ISO codes of the countries it was drawn in: a slip over a coarse border does not count."""
    line: BaseGeometry | None = None
    """Border, road or river that it was drawn along, EPSG:4326, for profiles."""
    length_km: float | None = None
    """Length of that line."""
    depth_km: float | None = None
    """How far it reaches from that line at most."""
    radius_km: float | None = None
    """How far it reaches from its centre at most, where it has one."""
    ends_km: tuple[float, ...] = ()
    """How far the places that begin and end its line lie from it."""
    versions: tuple[BuiltZone, ...] = ()
    """The zone as it was over parts of its validity, first to last; empty where it never changed. Each has the zone's
    id, and the shape, days and parties of its own; the zone itself then has the land of all of them."""

    @property
    def parts(self) -> tuple[BuiltZone, ...]:
        """Its versions, or itself where it never changed: what was in force on a day is one of them."""
        return self.versions or (self,)

    @cached_property
    def frame(self) -> Frame:
        """Its metric frame."""
        return Frame.around(self.geometry)

    @cached_property
    def metric(self) -> BaseGeometry:
        """Its shape in its metric frame, metres."""
        return self.frame.forward(self.geometry)

    @cached_property
    def metric_wide(self) -> BaseGeometry:
        """Its shape and the border tolerance around it, metres."""
        return shapely.buffer(self.metric, BORDER_TOLERANCE_KM * 1000)

    @cached_property
    def metric_edge(self) -> BaseGeometry:
        """Its outline in its metric frame, metres."""
        return shapely.boundary(self.metric)
