"""Reads the gazetteer file: places by name, by id and by nearness.

The file is made by ``python -m geo.builddata gazetteer`` and never changed afterwards, so it is opened immutable and
mapped into memory: opening costs a few milliseconds, and only the pages that are asked for are read.
"""

from __future__ import annotations

import math
import sqlite3
import threading
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from geo.errors import DataError
from geo.geocoders import names
from geo.geocoders.writing import VERSION
from geo.model import POINT_KINDS, Place, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

KM_PER_DEGREE = 111.195
MIN_LIKENESS = 0.62
"""Two spellings with one skeleton less alike than this are two names."""
EXACT, ALIAS, LOOSE = "exact name", "alias", "loose"
"""How a place was found."""
_KINDS = tuple(PlaceKind)
_COLUMNS = (
    "place.id, ref, place.name, lon, lat, kind, radius, country, admin1.name, population, shape"
    " FROM place LEFT JOIN admin1 ON admin1.id = place.admin1"
)
_BATCH = 500
"""Parameters in one statement; SQLite takes 999 at least."""


class Gazetteer:
    """Places of the world, and of the theatre down to villages, bases and crossings.

    Parameters
    ----------
    path : Path
        The SQLite file.
    shapes : callable, optional
        Gives the geometry of a shape key ("admin1:SY04"), or None; by default no place has one.
    remedy : str, optional
        What to tell whoever has a damaged file.

    Raises
    ------
    DataError
        The file is missing, damaged, or of another layout.

    Examples
    --------
    >>> from geo.geocoders import open_gazetteer
    >>> [place.name for place in open_gazetteer().lookup("Girê Spî")][:1]
    ['Tal Abyad']
    """

    spellings: tuple[str, ...] = ()
    """Names that somebody listed for a theatre, as written there: what they say is a place, whatever its letters."""

    def __init__(
        self,
        path: Path,
        *,
        shapes: Callable[[str], BaseGeometry | None] | None = None,
        remedy: str | None = None,
    ) -> None:
        self.path = path
        self._remedy = remedy or f"Remove it; it is made again from {path.name}.xz"
        self._shapes = shapes or (lambda _key: None)
        # One connection for all threads, one statement at a time.
        self._lock = threading.Lock()
        self._database = _opened(path, self._remedy)
        self._find = lru_cache(maxsize=16384)(self._match)
        self._place = lru_cache(maxsize=16384)(self._row)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def lookup(self, name: str, *, loose: bool = False) -> tuple[Place, ...]:
        """Find the places of a name.

        Parameters
        ----------
        name : str
            As written, in any script.
        loose : bool, optional
            Also those of the theatre whose name is this one transliterated another way.

        Returns
        -------
        tuple of Place
            Best known first, loose ones last; empty if there is none.
        """
        return tuple(place for place, _how in self.match(name, loose=loose))

    def match(self, name: str, *, loose: bool = False) -> tuple[tuple[Place, str], ...]:
        """Find the places of a name, each with how it was found.

        Parameters
        ----------
        name : str
            As written, in any script.
        loose : bool, optional
            Also by skeleton, in the theatre.

        Returns
        -------
        tuple of (Place, str)
            The second is "exact name", "alias" or "loose".
        """
        return self._find(name, loose)

    def get(self, place_id: str) -> Place | None:
        """Give the place of an id.

        Parameters
        ----------
        place_id : str
            Such as "gn:172955" or "own:tower_22".

        Returns
        -------
        Place or None
            None if there is no such place.
        """
        ref: object = int(place_id[3:]) if place_id.startswith("gn:") and place_id[3:].isdigit() else place_id
        found = self._ask("SELECT id FROM place WHERE ref = ?", (ref,))
        return self._place(found[0][0]) if found else None

    def near(self, lon: float, lat: float, km: float) -> tuple[Place, ...]:
        """Find the points around a point; areas and lines are left out.

        Parameters
        ----------
        lon, lat : float
            Degrees.
        km : float
            Radius, up to 300.

        Returns
        -------
        tuple of Place
            Nearest first.
        """
        return tuple(place for _km, place in self.near_with_distance(lon, lat, km))

    def near_with_distance(self, lon: float, lat: float, km: float) -> list[tuple[float, Place]]:
        """Find the points around a point with their distance in kilometres, nearest first."""
        high = km / KM_PER_DEGREE
        wide = high / max(0.05, math.cos(math.radians(min(89.0, abs(lat) + high))))
        cells = [
            row * 360 + column % 360
            for row in range(math.floor(lat - high + 90), math.floor(lat + high + 90) + 1)
            for column in range(math.floor(lon - wide + 180), math.floor(lon + wide + 180) + 1)
        ]
        found = []
        for start in range(0, len(cells), _BATCH):
            some = cells[start : start + _BATCH]
            marks = ",".join("?" * len(some))
            for number, east, north, kind in self._ask(
                f"SELECT id, lon, lat, kind FROM place WHERE cell IN ({marks})",  # noqa: S608 - marks only
                some,
            ):
                distance = distance_km(lon, lat, east / 1e5, north / 1e5)
                if distance <= km and _KINDS[kind] in POINT_KINDS:
                    found.append((distance, number))
        return [(distance, self._place(number)) for distance, number in sorted(found)]

    def names_exist(self, keys: Iterable[str]) -> set[str]:
        """Tell which exact keys name a place.

        Parameters
        ----------
        keys : iterable of str
            From :func:`geo.geocoders.names.fold`.

        Returns
        -------
        set of str
            Those that do.
        """
        wanted = list(dict.fromkeys(keys))
        known: set[str] = set()
        for start in range(0, len(wanted), _BATCH):
            some = wanted[start : start + _BATCH]
            marks = ",".join("?" * len(some))
            known.update(key for (key,) in self._ask(f"SELECT DISTINCT key FROM name WHERE key IN ({marks})", some))  # noqa: S608 - marks only
        return known

    def division(self, place_id: str) -> str | None:
        """Give the code of a first-order division by the id of its place, as "SYR-04"; None for all other places."""
        ref: object = int(place_id[3:]) if place_id.startswith("gn:") and place_id[3:].isdigit() else place_id
        found = self._ask("SELECT shape FROM place WHERE ref = ? AND shape LIKE 'admin1:%'", (ref,))
        return found[0][0].removeprefix("admin1:") if found else None

    def divisions(self) -> dict[str, str]:
        """Give the names of first-order divisions by country and GeoNames' code, as "SYR-04"."""
        found = self._ask("SELECT shape, name FROM place WHERE shape LIKE 'admin1:%'")
        return {shape.removeprefix("admin1:"): name for shape, name in found}

    def about(self) -> dict[str, str]:
        """Give what the file says of itself."""
        return dict(self._ask("SELECT key, value FROM meta"))

    # ------------------------------------------------------------------------------------------------ private steps

    def _ask(self, statement: str, values: Iterable[object] = ()) -> list[Any]:
        with self._lock:
            try:
                return self._database.execute(statement, tuple(values)).fetchall()
            except sqlite3.DatabaseError as error:
                raise DataError(f"{self.path}: {error}. {self._remedy}") from error

    def _match(self, name: str, loose: bool) -> tuple[tuple[Place, str], ...]:
        key = names.fold(name)
        found: dict[str, tuple[Place, str]] = {}
        for (number,) in self._ask("SELECT place FROM name WHERE key = ? ORDER BY place", (key,)) if key else ():
            place = self._place(number)
            found[place.id] = (place, EXACT if names.fold(place.name) == key else ALIAS)
        if loose:
            for place, _likeness in self.alike(name):
                found.setdefault(place.id, (place, LOOSE))
        return tuple(found.values())

    def alike(self, name: str) -> tuple[tuple[Place, float], ...]:
        """Find the places of the theatre whose name is this one transliterated another way.

        Parameters
        ----------
        name : str
            As written, in Latin script.

        Returns
        -------
        tuple of (Place, float)
            With how alike the spellings are, 0 to 1; most alike first, then best known.
        """
        spelling = names.spelling(name)
        best: dict[int, float] = {}
        for key in names.skeletons(name):
            for written, number in self._ask("SELECT spelling, place FROM loose WHERE key = ?", (key,)):
                likeness = SequenceMatcher(None, spelling, written, autojunk=False).ratio()
                if likeness >= MIN_LIKENESS:
                    best[number] = max(best.get(number, 0.0), likeness)
        order = sorted(best, key=lambda number: (-round(best[number], 2), number))
        return tuple((self._place(number), best[number]) for number in order)

    def _row(self, number: int) -> Place:
        (row,) = self._ask(f"SELECT {_COLUMNS} WHERE place.id = ?", (number,))
        _number, ref, name, lon, lat, kind, radius, country, admin1, population, shape = row
        return Place(
            id=f"gn:{ref}" if isinstance(ref, int) else ref,
            name=name,
            lon=lon / 1e5,
            lat=lat / 1e5,
            kind=_KINDS[kind],
            radius_km=radius / 10,
            country=country,
            admin1=admin1,
            population=population,
            geometry=self._shapes(shape) if shape else None,
        )


def distance_km(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Distance over the sphere.

    Parameters
    ----------
    lon, lat, other_lon, other_lat : float
        Degrees.

    Returns
    -------
    float
        Kilometres.

    Examples
    --------
    >>> round(distance_km(38.95, 36.70, 40.07, 36.85))
    101
    """
    north, other_north = math.radians(lat), math.radians(other_lat)
    half = (
        math.sin((other_north - north) / 2) ** 2
        + math.cos(north) * math.cos(other_north) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 2 * 6371.0088 * math.asin(math.sqrt(min(1.0, half)))


def _opened(path: Path, remedy: str) -> sqlite3.Connection:
    if not path.is_file():
        raise DataError(f"{path} is missing. Make it with: python -m geo.builddata gazetteer")
    try:
        database = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        database.execute("PRAGMA mmap_size = 268435456")
        found = database.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    except sqlite3.DatabaseError as error:
        raise DataError(f"{path} cannot be read ({error}). {remedy}") from error
    if not found or found[0] != VERSION:
        database.close()
        raise DataError(f"{path} has layout {found and found[0]}, this program reads {VERSION}. {remedy}")
    return database
