"""The file of protected places and sources: what is protected, and how coarsely it is shown."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from geo.errors import InputError, ZoneError
from geo.zones.marks import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from geo.model import Place

FILE: Final = "protected.yaml"
MAX_BYTES: Final = 2_000_000
LEAST_KM, MOST_KM = 1.0, 500.0
_KEYS: Final = {"places", "names", "discs", "sources", "show", "why"}
_REMEDY: Final = "See docs/protection.md"
_KM_PER_DEGREE: Final = 111.195


class Action(StrEnum):
    """What is done, the strongest last."""

    ROUND = "round"
    """The point is moved to the middle of a cell of a grid."""
    ADMIN1 = "admin-1"
    """Only the province is shown."""
    WITHHOLD = "withhold"
    """The event is not shown at all; it is counted."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What one entry protects."""

    action: Action
    km: float = 0.0
    """Side of a cell, for :attr:`Action.ROUND`."""
    places: frozenset[str] = frozenset()
    """Ids of the gazetteer."""
    names: frozenset[str] = frozenset()
    """Names, without regard to case."""
    discs: tuple[tuple[float, float, float], ...] = ()
    """Longitude, latitude in degrees, radius in km."""
    sources: frozenset[str] = frozenset()
    """Outlets, without regard to case; their names are not shown either."""

    def covers(self, place: Place | None, source: str | None) -> bool:
        """Tell whether a report of this place and source is protected."""
        if source is not None and source.casefold() in self.sources:
            return True
        if place is None:
            return False
        return (
            place.id in self.places
            or place.name.casefold() in self.names
            or any(distance_km(place.lon, place.lat, lon, lat) <= km for lon, lat, km in self.discs)
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """Every rule that holds."""

    rules: tuple[Rule, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.rules)

    def strongest(self, told: Iterable[tuple[Place | None, str | None]]) -> Rule | None:
        """Give the rule that hides most of an event told of these places by these sources; None where none does."""
        pairs = tuple(told)
        found = [rule for rule in self.rules if any(rule.covers(place, source) for place, source in pairs)]
        return max(found, key=lambda rule: (list(Action).index(rule.action), rule.km), default=None)

    def hides_source(self, source: str | None) -> bool:
        """Tell whether the name of an outlet is protected."""
        return source is not None and any(source.casefold() in rule.sources for rule in self.rules)


_FAR = 1e6
"""Larger than any number of a rule."""


def distance_km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Measure between two points on a sphere; infinite where one is unknown."""
    if not all(map(math.isfinite, (lon, lat, other_lon, other_lat))):
        return math.inf
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * math.degrees(math.asin(min(1.0, math.sqrt(half)))) * _KM_PER_DEGREE


def read(path: Path) -> tuple[Rule, ...]:
    """Read a file of rules.

    Parameters
    ----------
    path : Path

    Returns
    -------
    tuple of Rule

    Raises
    ------
    InputError
        The first thing that is wrong, with its line.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"larger than {MAX_BYTES:,} bytes", path=path, remedy=_REMEDY)
        value, lines = load(path.read_text(encoding="utf-8"), path)
    except ZoneError as error:
        raise InputError(error.problem, path=path, line=error.line, remedy=_REMEDY) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read ({error})", path=path, remedy=_REMEDY) from error
    entries = value.get("protected") if isinstance(value, dict) and set(value) == {"protected"} else None
    if not isinstance(entries, list):
        raise InputError("holds no list `protected:`", path=path, line=1, remedy=_REMEDY)
    rules = []
    for number, entry in enumerate(entries):
        for key, problem in _wrong(entry):
            trail = ("protected", number, *((key,) if key else ()))
            line = lines.get(trail, lines.get(("protected", number)))
            raise InputError(problem, path=path, line=line, remedy=_REMEDY)
        rules.append(_rule(entry))
    return tuple(rules)


def _wrong(entry: Any) -> Iterator[tuple[str | None, str]]:
    if not isinstance(entry, dict):
        yield None, "an entry is no set of keys"
        return
    for key in sorted(set(entry) - _KEYS):
        yield key, f"{key[:40]!r} is not known here; known are {', '.join(sorted(_KEYS))}"
    if not any(entry.get(key) for key in ("places", "names", "discs", "sources")):
        yield None, "an entry protects nothing: give places, names, discs or sources"
    for key in ("places", "names", "sources"):
        found = entry.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, str) and one.strip() for one in found):
            yield key, f"{key} is no list of texts"
    discs = entry.get("discs", [])
    if not isinstance(discs, list) or not all(map(_is_disc, discs)):
        yield "discs", "discs is no list of [longitude, latitude, kilometres]"
    show = entry.get("show")
    if show not in ("admin-1", "nothing") and not (_is_number(show) and LEAST_KM <= float(show) <= MOST_KM):
        yield "show", f"show is neither kilometres from {LEAST_KM:g} to {MOST_KM:g}, nor admin-1, nor nothing"


def _is_number(value: Any) -> TypeGuard[float]:
    # A whole number may be too large to be asked whether it is finite.
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _FAR


def _is_disc(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 3
        and all(map(_is_number, value))
        and abs(value[0]) <= 180
        and abs(value[1]) <= 90
        and 0 < value[2] <= MOST_KM
    )


def _rule(entry: dict[str, Any]) -> Rule:
    show: Any = entry["show"]
    action = {"admin-1": Action.ADMIN1, "nothing": Action.WITHHOLD}.get(show, Action.ROUND)
    return Rule(
        action,
        float(show) if action is Action.ROUND else 0.0,
        frozenset(entry.get("places", ())),
        frozenset(name.strip().casefold() for name in entry.get("names", ())),
        tuple((float(lon), float(lat), float(km)) for lon, lat, km in entry.get("discs", ())),
        frozenset(name.strip().casefold() for name in entry.get("sources", ())),
    )
