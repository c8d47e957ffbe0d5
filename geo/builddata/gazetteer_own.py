"""Reads the project's own files of places and lays them over what the packages give.

``provinces.yaml`` and ``rivers.yaml`` hold our spellings, ``places.yaml`` and ``regions.yaml`` places that no package
has, ``aliases.yaml`` names that a place has in the news and not in GeoNames.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import yaml

from geo.builddata import gazetteer_rows as rows
from geo.errors import DataError
from geo.geocoders.rows import Row, kind_of_town, radius_of_town
from geo.model import PlaceKind
from geo.paths import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


PROVINCE_WORDS = ("province", "governorate", "countryside", "region")
IN_THE_NEWS, REGION_FAME, RIVER_OF_THEATRE, OWN_FAME = 50_000.0, 30_000.0, 40_000.0, 1_000.0
"""How well known our own places are taken to be, in people; see ``Row.fame``."""
ARABIC_BLOCK = 0x600
"""First letter of the Arabic script: before it all our river names are Latin."""


def own_provinces(every: Iterable[Row]) -> Iterator[Row]:
    """Give the provinces of ``provinces.yaml`` our spelling, and to every place in them the name of its province."""
    ours = read_yaml(SOURCES / "provinces.yaml")
    # "Damascus countryside" is not the countryside of the province of Damascus but the one around it.
    taken = {spelling for entry in ours.values() for spelling in entry["alts"]}
    for row in every:
        key = f"{row.country}-{(row.admin1_code or '')[3:]}"
        entry = ours.get(key)
        if not entry:
            yield row
        elif row.kind is PlaceKind.ADMIN1:
            spellings = {entry["name"], row.name, *entry["alts"]}
            kinds = [f"{name} {kind}" for name in sorted(spellings) for kind in PROVINCE_WORDS]
            kinds = [name for name in kinds if name not in taken]
            names_ = (*row.names, *sorted(spellings), *kinds)
            yield replace(row, name=entry["name"], admin1=entry["name"], names=names_)
        else:
            yield replace(row, admin1=entry["name"])


def english(every: Iterable[Row], words: Mapping[str, Mapping[str, str]]) -> Iterator[Row]:
    """Give the divisions also the names that English texts make of them: "Nord-Kivu" is North Kivu.

    Parameters
    ----------
    every : iterable of Row
        Rows of any kind; others than divisions are passed on.
    words : mapping
        ``direction_words`` of ``regions.yaml``.

    Yields
    ------
    Row
        The same, with further names.
    """
    for row in every:
        if row.kind is not PlaceKind.ADMIN1:
            yield row
            continue
        said = {name for told in (row.name, *row.names) for name in _in_english(told, words)}
        yield replace(row, names=(*row.names, *sorted(said))) if said else row


def _in_english(name: str, words: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Translate a direction at the beginning or the end of a name, and put it first."""
    for direction, meaning in words["before"].items():
        rest = name.removeprefix(direction)
        if rest != name and rest[:1] in {"-", " "} and rest[1:]:
            yield f"{meaning} {rest[1:]}"
        elif not rest and "-" in direction:
            yield meaning
    for direction, meaning in words["after"].items():
        rest = name.removesuffix(f" {direction}")
        if rest != name:
            yield f"{meaning} {words['names'].get(rest, rest)}"


def own_rivers(world: Iterable[Row]) -> Iterator[Row]:
    """Lay ``rivers.yaml`` over the world's rivers; one that Natural Earth has not is added."""
    ours = read_yaml(SOURCES / "rivers.yaml")["rivers"]
    known = {piece: entry for entry in ours for piece in (*entry.get("natural_earth", ()), entry["name"])}
    done: set[str] = set()
    for row in world:
        entry = known.get(row.name)
        if not entry:
            # "?" stands where the file lost a letter.
            if "?" not in row.name:
                yield row
        elif entry["name"] not in done:
            done.add(entry["name"])
            yield _river(entry, row.lon, row.lat, row.radius_km, row.fame)
    for entry in ours:
        if entry["name"] not in done:
            course = entry["course"]
            lon, lat = course[len(course) // 2]
            reach = math.dist(course[0], course[-1]) / 2 * rows.KM_PER_DEGREE
            yield _river(entry, lon, lat, round(reach, 1), rows.RIVER_FAME)


def _river(entry: dict[str, Any], lon: float, lat: float, radius_km: float, fame: float) -> Row:
    spellings = (entry["name"], *entry["alts"])
    latin = [name for name in spellings if ord(name[0]) < ARABIC_BLOCK]
    return Row(
        id=f"ne:river-{entry['name'].replace(' ', '-')}",
        name=entry["name"],
        lon=lon,
        lat=lat,
        kind=PlaceKind.RIVER,
        radius_km=radius_km,
        country=None,
        admin1_code=None,
        population=0,
        fame=max(fame, RIVER_OF_THEATRE),
        names=(*spellings, *(f"{name} River" for name in latin), *(f"River {name}" for name in latin)),
        shape=f"river:{entry['name']}",
    )


def own_regions(entries: Iterable[dict[str, Any]]) -> Iterator[Row]:
    """Read the regions, seas and lines of ``regions.yaml``."""
    for entry in entries:
        kind = PlaceKind(entry.get("kind", "region"))
        yield Row(
            id=f"own:{entry['id']}",
            name=entry["name"],
            lon=entry["at"][0],
            lat=entry["at"][1],
            kind=kind,
            radius_km=entry["radius_km"],
            country=entry.get("country"),
            admin1_code=None,
            population=0,
            fame=rows.COUNTRY_FAME if kind is PlaceKind.CONTINENT else REGION_FAME,
            names=tuple(entry["aliases"]),
            shape=f"region:{entry['id']}" if "area" in entry else None,
        )


def overlaid(every: Iterable[Row]) -> Iterator[Row]:
    """Lay ``aliases.yaml`` over the rows; refuse an alias for a place that is not there."""
    path = SOURCES / "aliases.yaml"
    overlays = {entry["place"]: entry for entry in read_yaml(path)["aliases"]}
    for row in every:
        entry = overlays.pop(row.id, None)
        if entry:
            spellings = (*row.names, row.name, *entry.get("aliases", ()))
            # Who is in this list is in the news, whatever the register says of its people.
            fame = max(row.fame, IN_THE_NEWS)
            row = replace(_peopled(row, entry), name=entry.get("name", row.name), names=spellings, fame=fame)
        yield row
    if overlays:
        raise DataError(f"{path}: no such place: {', '.join(sorted(overlays))}")


def _peopled(row: Row, entry: Mapping[str, Any]) -> Row:
    """Give a town the number of people that GeoNames does not tell, and what follows from it."""
    people = int(entry.get("population", row.population))
    if people == row.population:
        return row
    return replace(row, population=people, kind=kind_of_town(people), radius_km=radius_of_town(people))


def own_places(near: list[Row]) -> Iterator[Row]:
    """Read ``places.yaml``. The province of an entry is that of the nearest town of its country."""
    book = read_yaml(SOURCES / "places.yaml")
    for entry in book["places"]:
        lon, lat = entry["at"]
        neighbours = [row for row in near if row.country == entry["country"]]
        town = min(neighbours, key=lambda row: math.hypot((row.lon - lon) * 0.8, row.lat - lat))
        words = book["kind_words"].get(entry["kind"], ())
        full = [pattern.replace("*", str(head)) for head in entry.get("heads", ()) for pattern in words]
        yield Row(
            id=f"own:{entry['id']}",
            name=entry["name"],
            lon=lon,
            lat=lat,
            kind=PlaceKind(entry["kind"]),
            radius_km=entry["within_km"],
            country=entry["country"],
            admin1_code=None if "admin1" in entry else town.admin1_code,
            population=0,
            fame=entry.get("fame", OWN_FAME),
            names=(*map(str, entry.get("aliases", ())), *full),
            admin1=entry.get("admin1", town.admin1),
        )


def read_yaml(path: Path) -> dict[str, Any]:
    """Read one of our files.

    Parameters
    ----------
    path : Path
        A YAML file whose top is a mapping.

    Returns
    -------
    dict
        Its content.

    Raises
    ------
    DataError
        It is not YAML.
    """
    try:
        return dict(yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506 - safe loaders
    except yaml.YAMLError as error:
        raise DataError(f"{path} is not YAML: {error}") from error
