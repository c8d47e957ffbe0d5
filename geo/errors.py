"""What can go wrong, in one tree.

``None`` means "no such place" or "unknown"; an exception means "could not be done". Every message names what was
wrong, the value, and the remedy; :class:`InputError` also names the file and the line.
"""

from __future__ import annotations

from pathlib import Path


class GeoError(Exception):
    """Root of every error this package raises on purpose. Its text is meant for the user."""


class InputError(GeoError, ValueError):
    """A file, line or value from outside cannot be used. The user mends the file; trying again does not help.

    Parameters
    ----------
    problem : str
        What is wrong, with the value, as a clause without a final stop.
    path : Path or str, optional
        The file.
    line : int, optional
        Its line, from 1.
    remedy : str, optional
        What to do about it.
    """

    def __init__(
        self, problem: str, *, path: Path | str | None = None, line: int | None = None, remedy: str | None = None
    ) -> None:
        self.problem = problem
        self.path = None if path is None else Path(path)
        self.line = line
        self.remedy = remedy
        named = "" if path is None else legible(path)
        where = "" if path is None else f"{named}:{line}: " if line is not None else f"{named}: "
        super().__init__(f"{where}{problem}" + (f". {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword arguments do not survive a process pool on their own.
        return (_rebuild_input_error, (type(self), self.problem, self.path, self.line, self.remedy))


def legible(path: Path | str) -> str:
    r"""Spell a file's name on one line, with what cannot be seen or would turn the line round spelt out.

    Parameters
    ----------
    path : Path or str

    Returns
    -------
    str
        As ``evil\u202etxt.exe``.
    """
    name = str(path)
    if name.isprintable():
        return name
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in name)


def _rebuild_input_error(
    kind: type[InputError], problem: str, path: Path | None, line: int | None, remedy: str | None
) -> InputError:
    return kind(problem, path=path, line=line, remedy=remedy)


class ZoneError(InputError):
    """A zone definition cannot be turned into a polygon. The other zones still build.

    Parameters
    ----------
    problem : str
        What is wrong, as in :class:`InputError`.
    zone : str, optional
        Id of the zone, where it is known; the text names it.
    path, line, remedy
        As in :class:`InputError`.
    """

    def __init__(
        self,
        problem: str,
        *,
        zone: str | None = None,
        path: Path | str | None = None,
        line: int | None = None,
        remedy: str | None = None,
    ) -> None:
        self.zone = zone
        super().__init__(problem if zone is None else f"zone {zone}: {problem}", path=path, line=line, remedy=remedy)

    def __reduce__(self) -> tuple[object, ...]:
        # The problem names the zone already; which one it is travels beside it.
        return (*super().__reduce__(), {"zone": self.zone})


class QueryError(InputError):
    """A filter value or a link cannot be read. The rest of the query still holds."""


class StoreError(GeoError):
    """The store cannot be opened, read or written as it is."""


class StoreBusyError(StoreError, TimeoutError):
    """Another writer holds the store. Trying again later helps."""


class ConflictError(StoreError):
    """Somebody else decided about the same thing meanwhile. Look at it again, then decide."""


class DataError(GeoError, FileNotFoundError):
    """A built data file is missing or damaged. ``python -m geo.builddata`` makes it again."""


class GeocodingError(GeoError, ConnectionError):
    """An online geocoder was asked and did not answer. Trying again later may help."""


class WorkersError(GeoError, ConnectionError):
    """Other processes or machines should have read articles and cannot. What was read before is kept; run it again."""


class ReaderError(GeoError, ConnectionError):
    """A reader that asks a service could not read an article now. Nothing of it was kept; trying again may help.

    Parameters
    ----------
    message : str
        What is wrong and what to do about it.
    final : bool, default False
        The next article would fare no better: no key, no such model, nobody there.
    """

    def __init__(self, message: str, *, final: bool = False) -> None:
        self.final = final
        super().__init__(message)
