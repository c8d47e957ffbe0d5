"""The built gazetteer with a user's own beside it, asked as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.geocoders.gazetteer import LOOSE, Gazetteer, distance_km
from geo.geocoders.names import fold
from geo.model import POINT_KINDS, Place, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

SAME_KM = 5.0
"""Two points of one name so near one another are one place; villages of one name lie farther apart."""
_SETTLEMENTS = frozenset({PlaceKind.CITY, PlaceKind.TOWN, PlaceKind.VILLAGE, PlaceKind.DISTRICT})


class Joined(Gazetteer):
    """One gazetteer made of several: what the first has is not doubled by the others.

    Parameters
    ----------
    path : Path
        The built file, whose places come first.
    more : sequence of Gazetteer
        A user's own, in the order in which they are asked.
    shapes : callable, optional
        As for :class:`Gazetteer`.

    Raises
    ------
    DataError
        The built file is missing, damaged, or of another layout.
    """

    def __init__(
        self, path: Path, more: Sequence[Gazetteer], *, shapes: Callable[[str], BaseGeometry | None] | None = None
    ) -> None:
        super().__init__(path, shapes=shapes)
        self.more = tuple(more)

    def close(self) -> None:
        """Let go of the files."""
        super().close()
        for other in self.more:
            other.close()

    def match(self, name: str, *, loose: bool = False) -> tuple[tuple[Place, str], ...]:
        """Find the places of a name in all of them, each with how it was found; loose ones last."""
        found = list(super().match(name, loose=loose))
        for other in self.more:
            found += [(place, how) for place, how in other.match(name, loose=loose) if _is_new(place, found)]
        # Sorting keeps the order within: the built ones first, each file's best known first.
        return tuple(sorted(found, key=lambda pair: pair[1] == LOOSE)) if self.more else tuple(found)

    def alike(self, name: str) -> tuple[tuple[Place, float], ...]:
        """Find the places of another spelling in all of them, most alike first."""
        found = list(super().alike(name))
        for other in self.more:
            found += [(place, likeness) for place, likeness in other.alike(name) if _is_new(place, found)]
        return tuple(sorted(found, key=lambda pair: -round(pair[1], 2)))

    def get(self, place_id: str) -> Place | None:
        """Give the place of an id, from the first that has it."""
        found = super().get(place_id)
        for other in self.more:
            found = found or other.get(place_id)
        return found

    def near_with_distance(self, lon: float, lat: float, km: float) -> list[tuple[float, Place]]:
        """Find the points around a point in all of them, with their distance in kilometres, nearest first."""
        found = super().near_with_distance(lon, lat, km)
        for other in self.more:
            known = {place.id for _km, place in found}
            named: dict[str, list[tuple[Place, object]]] = {}
            for _km, place in found:
                named.setdefault(fold(place.name), []).append((place, None))
            found = found + [
                (apart, place)
                for apart, place in other.near_with_distance(lon, lat, km)
                if place.id not in known and _is_new(place, named.get(fold(place.name), ()))
            ]
        return sorted(found, key=lambda pair: pair[0])

    def names_exist(self, keys: Iterable[str]) -> set[str]:
        """Tell which exact keys name a place in one of them."""
        wanted = list(keys)
        return super().names_exist(wanted).union(*(other.names_exist(wanted) for other in self.more))


def _is_new(place: Place, found: Iterable[tuple[Place, object]]) -> bool:
    """Tell that a place is none of those found under the same name."""
    return not any(_same(place, other) for other, _how in found)


def _same(one: Place, other: Place) -> bool:
    if one.id == other.id:
        return True
    if one.country != other.country and one.country is not None and other.country is not None:
        return False
    apart = distance_km(one.lon, one.lat, other.lon, other.lat)
    if one.kind in POINT_KINDS and other.kind in POINT_KINDS:
        both = one.kind in _SETTLEMENTS and other.kind in _SETTLEMENTS
        return (both or one.kind is other.kind) and apart <= max(SAME_KM, one.radius_km, other.radius_km)
    return one.kind is other.kind and apart <= one.radius_km + other.radius_km
