"""A user's own gazetteers: put beside the built one, used from then on, taken away again.

Each is one SQLite file in ``store/gazetteers``, made from a GeoNames dump by ``python -m geo gazetteer import``. The
file appears when it is whole; a broken import leaves what was there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from geo import paths
from geo.errors import InputError
from geo.geocoders.gazetteer import Gazetteer

if TYPE_CHECKING:
    from pathlib import Path

    from geo.geocoders.geonames import Problem, Progress

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_SUFFIX = ".sqlite"


@dataclass(frozen=True, slots=True)
class Installed:
    """One gazetteer of the user's own."""

    name: str
    path: Path
    places: int
    source: str
    """Name of the file it was made from."""
    imported: str
    """When, in UTC."""

    @property
    def megabytes(self) -> float:
        """Size of the file."""
        return round(self.path.stat().st_size / 1e6, 1)


@dataclass(slots=True)
class Imported:
    """How an import went."""

    name: str
    places: int = 0
    passed_over: int = 0
    """Lines of kinds that are not read, such as wells and schools."""
    bad: int = 0
    """Lines that could not be used."""
    path: Path | None = field(default=None)


def files(folder: Path | None = None) -> list[Path]:
    """Give the files of all gazetteers of the user's own, in the order of their names."""
    return sorted((folder or paths.OWN_GAZETTEERS).glob(f"[!.]*{_SUFFIX}"))


def opened(folder: Path | None = None) -> list[Gazetteer]:
    """Open all gazetteers of the user's own.

    Raises
    ------
    DataError
        One of them is damaged.
    """
    return [
        Gazetteer(file, remedy=f"Import it again, or: python -m geo gazetteer remove {file.stem}")
        for file in files(folder)
    ]


def listed(folder: Path | None = None) -> list[Installed]:
    """Tell what is installed.

    Returns
    -------
    list of Installed
        By name.

    Raises
    ------
    DataError
        One of them is damaged.
    """
    found = []
    for gazetteer in opened(folder):
        about = gazetteer.about()
        gazetteer.close()
        path = gazetteer.path
        found.append(
            Installed(path.stem, path, int(about.get("places", 0)), about.get("source", ""), about.get("imported", ""))
        )
    return found


def install(
    dump: Path,
    *,
    divisions: dict[str, str],
    alternate_names: Path | None = None,
    name: str | None = None,
    folder: Path | None = None,
    progress: Progress = lambda _bytes: None,
    problem: Problem = lambda _error: None,
) -> Imported:
    """Make a gazetteer of a GeoNames dump.

    Parameters
    ----------
    dump : Path
        ``SY.txt``, ``allCountries.txt`` or one of them zipped.
    divisions : dict
        Names of first-order divisions by "SYR-04".
    alternate_names : Path, optional
        ``alternateNamesV2.txt``, or it zipped.
    name : str, optional
        What to call it; by default the dump's name. One of the same name is replaced.
    folder : Path, optional
        Where to put it.
    progress, problem : callable, optional
        As for :class:`geo.geocoders.geonames.Dump`.

    Returns
    -------
    Imported

    Raises
    ------
    InputError
        The dump cannot be read, or there is no place in it.
    """
    # Only an import needs these, and every command opens what is installed.
    from geo.geocoders import geonames
    from geo.geocoders.writing import write

    result = Imported(checked(name or dump.stem))
    folder = folder or paths.OWN_GAZETTEERS
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{result.name}{_SUFFIX}"
    part = folder / f".{target.name}.tmp"
    part.unlink(missing_ok=True)
    source = geonames.Dump(dump, divisions=divisions, progress=progress, problem=problem)
    about = {"source": dump.name, "imported": datetime.now(UTC).isoformat(timespec="seconds")}
    more = source.names(alternate_names) if alternate_names else ()
    try:
        result.places = write(part, source.rows(), more_names=more, about=about)
        if not result.places:
            raise InputError("holds no place that could be used", path=dump, remedy="Give a dump of GeoNames")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    result.passed_over, result.bad, result.path = source.passed_over, source.bad, target
    return result


def remove(name: str, *, folder: Path | None = None) -> None:
    """Take a gazetteer away.

    Parameters
    ----------
    name : str
        As :func:`listed` gives it.
    folder : Path, optional
        Where it lies.

    Raises
    ------
    InputError
        There is none of that name.
    """
    known = {file.stem: file for file in files(folder)}
    if name not in known:
        raise InputError(
            f"no gazetteer is called {name!r}",
            remedy=f"There is {', '.join(sorted(known))}" if known else "None is installed",
        )
    known[name].unlink()


def checked(name: str) -> str:
    """Give a name back if a file may be called by it.

    Raises
    ------
    InputError
        It has other characters than letters, digits, - and _.
    """
    if not _NAME.fullmatch(name):
        raise InputError(
            f"{name!r} is no name for a gazetteer", remedy="Give one of letters, digits, - and _ with --name"
        )
    return name
