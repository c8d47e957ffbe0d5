"""What a view asks: a query, and the part of the map and of time that is looked at."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.errors import QueryError
from geo.query.query import Query

if TYPE_CHECKING:
    from datetime import date

Bounds = tuple[float, float, float, float]
"""West, south, east, north, degrees; west of more than east crosses the date line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A query and where it is looked at. Frozen and hashable, so it can be a cache's key.

    Raises
    ------
    QueryError
        A bound is no place on Earth, the window is turned round, or the query asks as of an earlier day.
    """

    query: Query = field(default_factory=Query)
    bounds: Bounds | None = None
    """Only events whose point lies in here."""
    window: tuple[date, date] | None = None
    """Only events that begin on one of these days, both included."""

    def __post_init__(self) -> None:
        if self.query.known_on is not None:
            raise QueryError(
                f"an index holds what is known now, not what was known on {self.query.known_on}. Ask the store itself"
            )
        if self.bounds is not None:
            west, south, east, north = map(float, self.bounds)
            if not (all(map(math.isfinite, (west, east))) and -90 <= south <= north <= 90):
                raise QueryError(f"bounds are {self.bounds}, they must be west, south, east, north in degrees")
            object.__setattr__(self, "bounds", (west, south, east, north))
        if self.window is not None and self.window[0] > self.window[1]:
            raise QueryError(f"window begins on {self.window[0]} and ends before, on {self.window[1]}")
