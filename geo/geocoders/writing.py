"""Writes a gazetteer file: rows of any number and order in, one SQLite file out, memory flat.

The rows and their names go to a file beside it for the time being, and SQLite sorts them from there, so that thirteen
million places need no more memory than ten. Places are numbered by how well known they are: a reader sorts nothing.
"""

from __future__ import annotations

import math
import sqlite3
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING

from geo.geocoders import names
from geo.model import POINT_KINDS, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from geo.geocoders.rows import Row

VERSION = "1"
"""Of the file's layout; a reader refuses another."""
SCHEMA = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
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
_STAGED = """
PRAGMA staged.journal_mode = OFF;
PRAGMA staged.synchronous = OFF;
CREATE TABLE staged.place (
    row INTEGER PRIMARY KEY, fame, id, ref, name, lon, lat, kind, radius, country, admin1, population, shape, cell
);
CREATE TABLE staged.key (row INTEGER, key TEXT);
CREATE TABLE staged.loose (row INTEGER, key TEXT, spelling TEXT);
"""
_TWICE = """
CREATE INDEX staged.place_id ON place (id, row);
DELETE FROM staged.place WHERE row IN (
    SELECT row FROM (SELECT row, row_number() OVER (PARTITION BY id ORDER BY row) AS time FROM staged.place)
    WHERE time > 1
);
"""
_SORTED = """
CREATE TABLE staged.rank (number INTEGER PRIMARY KEY, row INTEGER);
INSERT INTO staged.rank (row) SELECT row FROM staged.place ORDER BY fame DESC, id;
CREATE INDEX staged.rank_row ON rank (row, number);
INSERT INTO main.place
    SELECT number, ref, name, lon, lat, kind, radius, country, admin1, population, shape, cell
    FROM staged.rank JOIN staged.place USING (row) ORDER BY number;
INSERT OR IGNORE INTO main.name
    SELECT key, number FROM staged.key CROSS JOIN staged.rank USING (row) ORDER BY key, number;
INSERT OR IGNORE INTO main.loose
    SELECT key, spelling, number FROM staged.loose CROSS JOIN staged.rank USING (row) ORDER BY key, spelling, number;
"""
_ARABIC = "SYR IRQ JOR LBN PSE EGY SAU YEM KWT ARE QAT OMN BHR LBY TUN DZA MAR SDN"
ARABIC = frozenset(_ARABIC.split())
"""Countries whose names carry the Arabic article, which writers leave out."""
THEATRE = frozenset({"SYR", "IRQ", "TUR", "LBN", "JOR", "IRN", "ISR", "PSE"})
"""Countries whose places are also found by skeleton."""
KINDS = list(PlaceKind)
SMALL_FILE = 100_000_000
"""Bytes up to which a file is packed once more at the end: a twentieth smaller, for a second's work."""
_BATCH = 2000
"""Rows handed to SQLite at once."""


def write(
    path: Path,
    every: Iterable[Row],
    *,
    more_names: Iterable[tuple[str, str]] = (),
    about: Mapping[str, str] | None = None,
) -> int:
    """Write rows to a new SQLite file.

    Parameters
    ----------
    path : Path
        File that does not exist yet.
    every : iterable of Row
        In any order; of two with one id the first counts.
    more_names : iterable of (str, str)
        Ids and further names of theirs; read after all rows. Those of other ids are passed over.
    about : mapping, optional
        What to note in the file about itself.

    Returns
    -------
    int
        Number of places written.
    """
    staged = path.with_name(f".{path.name}.staged")
    staged.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as database:
            database.executescript(SCHEMA)
            database.execute("ATTACH ? AS staged", (str(staged),))
            database.executescript(_STAGED)
            _stage_places(database, every)
            database.executescript(_TWICE)
            _stage_names(database, more_names)
            database.executescript(_SORTED)
            (count,) = database.execute("SELECT count(*) FROM main.place").fetchone()
            noted = {"version": VERSION, **(about or {}), **({"places": str(count)} if about else {})}
            database.executemany("INSERT INTO meta VALUES (?,?)", noted.items())
            database.commit()
            database.execute("DETACH staged")
            if path.stat().st_size < SMALL_FILE:
                database.execute("VACUUM")
    finally:
        staged.unlink(missing_ok=True)
    return int(count)


def exact_keys(row: Row) -> set[str]:
    """Every key under which a place is found exactly; in Arabic countries also without and with the article."""
    return _exact((row.name, *row.names), row.country)


def loose_keys(row: Row) -> set[tuple[str, str]]:
    """Every skeleton of a place of the theatre, with the spelling it comes from."""
    return _loose((row.name, *row.names), row.country, row.kind)


def _exact(every: Iterable[str], country: str | None) -> set[str]:
    told = tuple(every)
    keys = {names.fold(name) for name in told}
    if country in ARABIC:
        bare = {names.without_article(name) or "" for name in told}
        keys |= bare | {f"al{key}" for key in keys if country in THEATRE and key.isascii() and not key.startswith("al")}
    return {key for key in keys if len(key) > 1 or not key.isascii()} - {""}


def _loose(every: Iterable[str], country: str | None, kind: PlaceKind) -> set[tuple[str, str]]:
    if country not in THEATRE or not (kind in POINT_KINDS or kind is PlaceKind.ADMIN1):
        return set()
    return {(key, names.spelling(name)) for name in every for key in names.skeletons(name)}


def _stage_places(database: sqlite3.Connection, every: Iterable[Row]) -> None:
    admin1: dict[str, int] = {}
    numbered = enumerate(every, 1)
    while some := list(islice(numbered, _BATCH)):
        marks = ",".join("?" * 14)
        database.executemany(
            f"INSERT INTO staged.place VALUES ({marks})",  # noqa: S608 - marks only
            [_values(number, row, admin1) for number, row in some],
        )
        database.executemany(
            "INSERT INTO staged.key VALUES (?,?)", [(number, key) for number, row in some for key in exact_keys(row)]
        )
        database.executemany(
            "INSERT INTO staged.loose VALUES (?,?,?)",
            [(number, *pair) for number, row in some for pair in loose_keys(row)],
        )
    database.executemany("INSERT INTO main.admin1 VALUES (?,?)", [(number, name) for name, number in admin1.items()])


def _stage_names(database: sqlite3.Connection, more_names: Iterable[tuple[str, str]]) -> None:
    told = iter(more_names)
    while some := list(islice(told, _BATCH)):
        keys: list[tuple[int, str]] = []
        loose: list[tuple[int, str, str]] = []
        for row, country, kind, name in _known(database, some):
            keys += [(row, key) for key in _exact((name,), country)]
            loose += [(row, *pair) for pair in _loose((name,), country, kind)]
        database.executemany("INSERT INTO staged.key VALUES (?,?)", keys)
        database.executemany("INSERT INTO staged.loose VALUES (?,?,?)", loose)


def _known(
    database: sqlite3.Connection, some: Iterable[tuple[str, str]]
) -> Iterator[tuple[int, str | None, PlaceKind, str]]:
    for place_id, name in some:
        found = database.execute("SELECT row, country, kind FROM staged.place WHERE id = ?", (place_id,)).fetchone()
        if found is not None:
            yield found[0], found[1], KINDS[found[2]], name


def _values(number: int, row: Row, admin1: dict[str, int]) -> tuple[object, ...]:
    ref: object = int(row.id[3:]) if row.id.startswith("gn:") else row.id
    return (
        number,
        row.fame,
        row.id,
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
