"""The gazetteer with a theatre's own places, names and regions laid over it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo import sources
from geo.errors import InputError
from geo.geocoders import names
from geo.geocoders.gazetteer import ALIAS, EXACT, distance_km
from geo.geocoders.joined import Joined
from geo.model import POINT_KINDS, Place, PlaceKind
from geo.theatre.reading import line_of, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geo.geocoders.gazetteer import Gazetteer
    from geo.theatre import Theatre


class TheatreGazetteer(Joined):
    """The places of the world under those of a theatre: its own names come first, and its names for GeoNames' places.

    Parameters
    ----------
    path : Path
        The SQLite file of the world.
    more : sequence of Gazetteer
        A user's own.
    theatre : Theatre
        Whose ``places.yaml``, ``aliases.yaml`` and ``regions.yaml`` are read, where it has them.
    shapes : callable
        Gives the geometry of a shape key.

    Raises
    ------
    DataError
        The file is missing, damaged, or of another layout.
    InputError
        A list of the theatre is wrong; names file and line.
    """

    def __init__(
        self,
        path: Path,
        more: Sequence[Gazetteer],
        *,
        theatre: Theatre,
        shapes: Callable[[str], BaseGeometry | None],
    ) -> None:
        super().__init__(path, more, shapes=shapes)
        self._renamed: dict[str, str] = {}
        self._own: dict[str, Place] = {}
        self._keys: dict[str, list[Place]] = {}
        self._heads: dict[str, list[Place]] = {}
        written: list[str] = []
        for place, spellings in (*self._aliased(theatre), *self._placed(theatre), *self._regions(theatre)):
            self._own.setdefault(place.id, place)
            written += (place.name, *spellings)
            _note(self._keys, place, (place.name, *spellings))
        self.spellings = tuple(dict.fromkeys(written))
        self._near = theatre.near
        # What was looked up above still has the world's names.
        self._place.cache_clear()
        self._matched = lru_cache(maxsize=16384)(self._with_own)

    def match(self, name: str, *, loose: bool = False) -> tuple[tuple[Place, str], ...]:
        """Find the places of a name, the theatre's own first, each with how it was found."""
        return self._matched(name, loose)

    def get(self, place_id: str) -> Place | None:
        """Give the place of an id, the theatre's own first."""
        return self._own.get(place_id) or super().get(place_id)

    def near_with_distance(self, lon: float, lat: float, km: float) -> list[tuple[float, Place]]:
        """Find the points around a point with their distance in kilometres, nearest first."""
        own = [
            (distance, place)
            for place in self._own.values()
            if place.kind in POINT_KINDS and (distance := distance_km(lon, lat, place.lon, place.lat)) <= km
        ]
        others = [found for found in super().near_with_distance(lon, lat, km) if found[1].id not in self._own]
        return sorted([*own, *others], key=lambda found: found[0])

    def names_exist(self, keys: Iterable[str]) -> set[str]:
        """Tell which exact keys name a place."""
        wanted = list(keys)
        return super().names_exist(wanted) | (self._keys.keys() | self._heads.keys()) & set(wanted)

    # ------------------------------------------------------------------------------------------------ private steps

    def _with_own(self, name: str, loose: bool) -> tuple[tuple[Place, str], ...]:
        key = names.fold(name)
        own = {p.id: (p, EXACT if names.fold(p.name) == key else ALIAS) for p in self._keys.get(key, ())}
        world = super().match(name, loose=loose)
        # "Zamzam" alone is Zamzam camp where no town in reach has the name; "Khartoum" is the town, not its airport.
        if not own and not any(place.country in self._near for place, _how in world):
            own = {place.id: (place, ALIAS) for place in self._heads.get(key, ())}
        for place, how in world:
            own.setdefault(place.id, (place, how))
        return tuple(own.values())

    def _row(self, number: int) -> Place:
        place = super()._row(number)
        name = self._renamed.get(place.id)
        return place if name is None else replace(place, name=name)

    def _aliased(self, theatre: Theatre) -> Iterator[tuple[Place, list[str]]]:
        path = theatre.file("aliases.yaml")
        for number, entry in enumerate(listed(path)["aliases"] if path else ()):
            place = super().get(entry["place"])
            if place is None:
                raise InputError(
                    f"there is no place {entry['place']!r}",
                    path=path,
                    line=line_of(path, "aliases", number, "place") if path else None,
                    remedy="Find its id: python -m geo theatre find NAME",
                )
            if "name" in entry:
                self._renamed[place.id] = entry["name"]
            people = entry.get("population", place.population)
            known = replace(place, name=entry.get("name", place.name), population=people)
            yield known, [place.name, *entry.get("aliases", ())]

    def _placed(self, theatre: Theatre) -> Iterator[tuple[Place, list[str]]]:
        path = theatre.file("places.yaml")
        if path is None:
            return
        words: dict[str, Any] = sources.load("places.yaml")["kind_words"]
        for entry in listed(path)["places"]:
            patterns = words.get(entry["kind"], ())
            full = [pattern.replace("*", head) for head in entry.get("heads", ()) for pattern in patterns]
            place = self._place_of(entry)
            _note(self._heads, place, entry.get("heads", ()))
            yield place, [*entry.get("aliases", ()), *full]

    def _place_of(self, entry: dict[str, Any]) -> Place:
        lon, lat = map(float, entry["at"])
        return Place(
            id=f"own:{entry['id']}",
            name=entry["name"],
            lon=lon,
            lat=lat,
            kind=PlaceKind(entry["kind"]),
            radius_km=float(entry["within_km"]),
            country=entry["country"],
            admin1=entry.get("admin1") or self._province(lon, lat, entry["country"]),
            population=entry.get("population", 0),
        )

    def _province(self, lon: float, lat: float, country: str) -> str | None:
        """Name the province of the nearest town of a country, as the gazetteer's own places have it."""
        for km in (30.0, 100.0, 250.0):
            for _, place in super().near_with_distance(lon, lat, km):
                if place.country == country and place.admin1:
                    return place.admin1
        return None

    def _regions(self, theatre: Theatre) -> Iterator[tuple[Place, list[str]]]:
        path = theatre.file("regions.yaml")
        for entry in listed(path)["regions"] if path else ():
            lon, lat = map(float, entry["at"])
            place = Place(
                id=f"own:{entry['id']}",
                name=entry["name"],
                lon=lon,
                lat=lat,
                kind=PlaceKind(entry.get("kind", "region")),
                radius_km=float(entry["radius_km"]),
                country=entry.get("country"),
                admin1=None,
                population=0,
                geometry=self._shapes(f"region:{entry['id']}") if "area" in entry else None,
            )
            yield place, list(entry.get("aliases", ()))


def _note(index: dict[str, list[Place]], place: Place, spellings: Iterable[str]) -> None:
    """File a place under its names."""
    for key in dict.fromkeys(map(names.fold, spellings)):
        if key and place not in (found := index.setdefault(key, [])):
            found.append(place)
