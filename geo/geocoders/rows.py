"""One place on its way into a gazetteer file, and what every source of places shares."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from geo.model import PlaceKind

PEOPLE_PER_KM2 = 5000
"""Density of a town, to turn its population into a radius."""
MIN_RADIUS_KM, MAX_RADIUS_KM = 1.0, 30.0
"""GeoNames points are good to about 1 km; no city is wider than 30."""
CITY, TOWN = 100_000, 5_000
"""Population from which a populated place is called a city or a town."""
_KEPT = re.compile(
    r"[\u0000-\u024f\u0250-\u036f\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0750-\u077f\u1e00-\u1fff\u2000-\u206f]+"
)
"""Latin, Greek, Cyrillic, Hebrew and Arabic, with their marks and punctuation."""
_CODE = re.compile(r"[A-Z]{2,4}|[A-Z]{3} ?[A-Z0-9]{3}")
"""Airport and trade codes that GeoNames lists among the names."""


@dataclass(frozen=True, slots=True)
class Row:
    """One place on its way into the file."""

    id: str
    name: str
    lon: float
    lat: float
    kind: PlaceKind
    radius_km: float
    country: str | None
    admin1_code: str | None
    """GeoNames' code without the country: "04" of "SY.04"."""
    population: int
    fame: float
    """Order among places of one name, best known first."""
    names: tuple[str, ...] = ()
    admin1: str | None = None
    shape: str | None = None
    """Where its geometry comes from: "admin1:SY04", "country:SYR", "region:badia"."""


def radius_of_town(population: int) -> float:
    """Radius of a populated place: that of a disc with its people at 5,000 per km², 1 to 30 km.

    Parameters
    ----------
    population : int
        0 where unknown.

    Returns
    -------
    float
        Kilometres.
    """
    return round(min(MAX_RADIUS_KM, max(MIN_RADIUS_KM, math.sqrt(population / PEOPLE_PER_KM2 / math.pi))), 1)


def kept(names: list[str]) -> tuple[str, ...]:
    """Leave out codes, scripts that are not read, and romanisations made letter by letter ("dmshq").

    Parameters
    ----------
    names : list of str
        As GeoNames gives them.

    Returns
    -------
    tuple of str
        Those that could stand in a text.
    """
    return tuple(
        name
        for name in names
        if _KEPT.fullmatch(name)
        and not _CODE.fullmatch(name)
        and not (name.isascii() and name[:1].islower() and "-" not in name[:4] and "'" not in name[:3])
    )


def kind_of_town(population: int) -> PlaceKind:
    """Kind of a populated place by its number of people, 0 where unknown."""
    return PlaceKind.CITY if population >= CITY else PlaceKind.TOWN if population >= TOWN else PlaceKind.VILLAGE
