"""Reads a GeoNames dump line by line: ``SY.txt``, ``allCountries.txt``, ``alternateNamesV2.txt``, or a zip of one.

Memory stays flat whatever the length of the file. A line that cannot be used is told with its number, and the rest
goes on. Of a zip only the member called like the file is read ("SY.txt" of ``SY.zip``), and never more than it says it
holds.
"""

from __future__ import annotations

import math
import zipfile
from contextlib import contextmanager
from functools import cache
from typing import IO, TYPE_CHECKING, NamedTuple

from geo import damage, sources
from geo.errors import InputError
from geo.geocoders.rows import Row, kept, kind_of_town, radius_of_town
from geo.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    Progress = Callable[[int], object]
    Problem = Callable[[InputError], object]

COLUMNS, NAME_COLUMNS = 19, 4
"""Of a dump; at least, of alternate names."""
LONGEST_LINE = 1 << 20
"""Bytes; the longest line of allCountries.txt has about 20,000."""
LARGEST = 8 << 30
"""Bytes a zip may unpack to; allCountries.txt has 1.7 GB."""
HIGHEST_RATIO = 100
"""A zip that unpacks to more than this many times its size is no dump: text packs to a quarter or a fifth."""
MAX_PEOPLE = 10**9
SEAT_FAME = 10.0
"""What being the seat of a division is worth beside a number of people, to order places of one name."""
_REMEDY = "The line is passed over; a dump is the text file of download.geonames.org/export/dump"


class Feature(NamedTuple):
    """What a feature code stands for here."""

    kind: PlaceKind | None
    """None for a populated place, whose kind follows from its people."""
    radius_km: float


class Meaning(NamedTuple):
    """What the columns of a dump mean here."""

    features: Mapping[str, Feature]
    countries: Mapping[str, str]
    languages: frozenset[str]


@cache
def meaning() -> Meaning:
    """Load what the columns of a dump mean, from ``data/sources/geonames.yaml``.

    Returns
    -------
    Meaning

    Raises
    ------
    DataError
        The file is missing.
    """
    told = sources.load("geonames.yaml")
    features = {code: Feature(None, 0.0) for code in told["populated"].split()}
    features |= {code: Feature(PlaceKind(kind), float(km)) for code, (kind, km) in told["kinds"].items()}
    return Meaning(features, told["countries"], frozenset(told["languages"].split()))


class Dump:
    """A dump of places.

    Parameters
    ----------
    path : Path
        A ``.txt`` or ``.zip``.
    divisions : mapping
        Names of first-order divisions by "SYR-04".
    progress : callable, optional
        Given the bytes of each stretch read.
    problem : callable, optional
        Given an :class:`InputError` for each line that cannot be used.
    """

    def __init__(
        self,
        path: Path,
        *,
        divisions: Mapping[str, str],
        progress: Progress = lambda _bytes: None,
        problem: Problem = lambda _error: None,
    ) -> None:
        self.path = path
        self.read = 0
        """Lines read so far."""
        self.passed_over = 0
        """Lines of a kind that is not read."""
        self.bad = 0
        """Lines that could not be used."""
        self._divisions = dict(divisions)
        self._progress = progress
        self._problem = problem

    def rows(self) -> Iterator[Row]:
        """Read the places.

        Yields
        ------
        Row
            One per line of a kind that is read.

        Raises
        ------
        InputError
            The file cannot be read, or the zip holds no such member or too much.
        """
        for number, line in _lines(self.path, self._progress):
            self.read += 1
            try:
                row = self._row(line.decode("utf-8").rstrip("\r\n").split("\t"))
            except (ValueError, IndexError) as error:
                self.bad += 1
                self._problem(InputError(_plainly(error), path=self.path, line=number, remedy=_REMEDY))
                continue
            if row is None:
                self.passed_over += 1
            else:
                yield row

    def names(self, path: Path) -> Iterator[tuple[str, str]]:
        """Read the further names of a file of alternate names.

        Parameters
        ----------
        path : Path
            ``alternateNamesV2.txt``, or it zipped.

        Yields
        ------
        tuple of str
            A place's id and a name, in the languages that are read; historic ones are left out.

        Raises
        ------
        InputError
            As :meth:`rows`.
        """
        languages = meaning().languages
        for number, line in _lines(path, self._progress):
            try:
                cells = line.decode("utf-8").rstrip("\r\n").split("\t")
                if len(cells) < NAME_COLUMNS:
                    raise ValueError(f"{len(cells)} columns where there should be at least {NAME_COLUMNS}")
                place, language, name = int(cells[1]), cells[2], cells[3]
            except ValueError as error:
                self.bad += 1
                self._problem(InputError(_plainly(error), path=path, line=number, remedy=_REMEDY))
                continue
            historic = len(cells) > 7 and cells[7] == "1"
            if language in languages and not historic and name and kept([name]):
                yield f"gn:{place}", name

    def _row(self, cells: list[str]) -> Row | None:
        if len(cells) != COLUMNS:
            raise ValueError(f"{len(cells)} columns where there should be {COLUMNS}")
        feature = meaning().features.get(cells[7])
        if feature is None:
            return None
        number, name, lat, lon = int(cells[0]), cells[1].strip(), _degrees(cells[4], 90), _degrees(cells[5], 180)
        people = int(cells[14] or 0)
        if number <= 0 or not name or not 0 <= people < MAX_PEOPLE:
            raise ValueError(f"number {cells[0]!r}, name {name!r}, {cells[14]!r} people: one of them cannot be")
        country = meaning().countries.get(cells[8])
        if country is None and cells[8]:
            raise ValueError(f"country {cells[8]!r} is not in ISO 3166-1")
        division = f"{country}-{cells[10]}"
        if cells[7] == "ADM1":
            self._divisions.setdefault(division, name)
        alternates = [other for other in (cells[2].strip(), *cells[3].split(",")) if other and other != name]
        return Row(
            id=f"gn:{number}",
            name=name,
            lon=lon,
            lat=lat,
            kind=feature.kind or kind_of_town(people),
            radius_km=feature.radius_km or radius_of_town(people),
            country=country,
            admin1_code=None,
            population=people,
            fame=people + SEAT_FAME * (cells[7].startswith(("PPLA", "PPLC", "ADM"))),
            names=kept(alternates),
            admin1=self._divisions.get(division),
        )


def size(path: Path) -> int:
    """Tell how many bytes a file holds, unpacked, for a progress bar.

    Parameters
    ----------
    path : Path
        A ``.txt`` or ``.zip``.

    Returns
    -------
    int
        Bytes.

    Raises
    ------
    InputError
        The file cannot be read, or the zip holds no such member or too much.
    """
    with _opened(path) as (_stream, length):
        return length


def _lines(path: Path, progress: Progress) -> Iterator[tuple[int, bytes]]:
    with _opened(path) as (stream, _length):
        number, pending, begins = 0, 0, True
        try:
            while line := stream.readline(LONGEST_LINE):
                # What is longer than a line can be comes in pieces, all of them with the number of the one line.
                number += begins
                begins = line.endswith(b"\n")
                pending += len(line)
                if pending >= LONGEST_LINE:
                    progress(pending)
                    pending = 0
                if line.strip():
                    yield number, line
        except damage.OF_A_ZIP as error:
            raise InputError(f"cannot be read to its end ({error})", path=path, line=number) from error
        progress(pending)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """Open a text file, or the one member of a zip that is called like it."""
    try:
        if path.suffix.lower() != ".zip":
            with path.open("rb") as stream:
                yield stream, path.stat().st_size
            return
        with zipfile.ZipFile(path) as packed, packed.open(_member(packed, path)) as stream:
            yield stream, _member(packed, path).file_size
    except damage.OF_A_ZIP as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"cannot be opened ({error})", path=path, remedy="Give a .txt or a .zip of GeoNames"
        ) from error


def _member(packed: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    wanted = f"{path.stem}.txt"
    info = next((member for member in packed.infolist() if member.filename == wanted), None)
    if info is None:
        raise InputError(f"holds no {wanted}", path=path, remedy="Give the zip the name it was downloaded under")
    if info.file_size > LARGEST or info.file_size > HIGHEST_RATIO * max(1, info.compress_size):
        raise InputError(
            f"{wanted} would unpack from {info.compress_size:,} to {info.file_size:,} bytes, more than a dump does",
            path=path,
            remedy="Download it again from download.geonames.org",
        )
    return info


def _degrees(text: str, most: float) -> float:
    value = float(text)
    if not math.isfinite(value) or abs(value) > most:
        raise ValueError(f"{text!r} degrees is no place on Earth")
    return value


def _plainly(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    return str(error)
