"""Reads the files of a theatre against their schema; every error names file, line and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo import paths
from geo.errors import InputError, ZoneError
from geo.schemas import troubles, validator
from geo.theatre.theatre import LISTS, Theatre

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


Trail = tuple[str | int, ...]
"""Keys and positions from the top of a file to a value."""
FILE = "theatre.yaml"
SCHEMA = paths.SOURCES / "theatre.schema.json"
MAX_BYTES = 8_000_000
"""A larger file is no list written by hand."""


def read(folder: Path) -> Theatre:
    """Read a theatre's description.

    Parameters
    ----------
    folder : Path
        Folder with ``theatre.yaml``.

    Returns
    -------
    Theatre
        Its lists are read when they are needed.

    Raises
    ------
    InputError
        The file is missing, is not YAML, or says something that a theatre has not.
    """
    path = folder / FILE
    record, lines = _document(path)
    # The one that the program comes with is held to the schema by its test: the validator is a tenth of the start-up.
    if folder != paths.SOURCES:
        for problem in _wrong(record, lines, path):
            raise problem
    bounds, view = (tuple(map(float, record.get(name, record["bounds"]))) for name in ("bounds", "view"))
    for name, (west, south, east, north) in (("bounds", bounds), ("view", view)):
        if not (west < east and south < north):
            remedy = "Give west, south, east, north in this order"
            raise InputError(f"{name}: {record[name]} is no box", path=path, line=lines[(name,)], remedy=remedy)
    return Theatre(
        id=record["id"],
        name=record["name"],
        folder=folder,
        languages=tuple(record["languages"]),
        bounds=bounds,  # type: ignore[arg-type]  # four numbers by the schema
        view=view,  # type: ignore[arg-type]
        countries=tuple((iso3, float(weight)) for iso3, weight in record["countries"].items()),
        about=record.get("about"),
    )


def problems(theatre: Theatre) -> Iterator[InputError]:
    """Find what is wrong in the lists of a theatre, zones apart: they have a language and a check of their own.

    Parameters
    ----------
    theatre : Theatre

    Yields
    ------
    InputError
        Every wrong entry, file by file.
    """
    for name in LISTS:
        path = theatre.file(name)
        if path is None or name == "zones.yaml":
            continue
        try:
            value, lines = _document(path)
            wrong = list(_wrong(value, lines, path))
            yield from wrong or _swapped(value, lines, path, theatre)
        except InputError as error:
            yield error


def _swapped(value: Any, lines: dict[Trail, int], path: Path, theatre: Theatre) -> Iterator[InputError]:
    """Find points that lie outside the theatre and would lie inside with latitude and longitude exchanged."""
    west, south, east, north = theatre.bounds
    for name in ("places", "regions"):
        for number, entry in enumerate(value.get(name, ()) if isinstance(value, dict) else ()):
            x, y = entry["at"]
            inside, turned = west <= x <= east and south <= y <= north, west <= y <= east and south <= x <= north
            if turned and not inside:
                problem = f"{entry['id']}: {entry['at']} lies outside the bounds of {FILE}"
                remedy = f"Longitude comes first: [{y}, {x}]?"
                yield InputError(problem, path=path, line=lines.get((name, number, "at")), remedy=remedy)


def listed(path: Path) -> Any:
    """Read one file of a theatre that must be right.

    Parameters
    ----------
    path : Path
        One of :data:`geo.theatre.theatre.LISTS`, or ``theatre.yaml``.

    Returns
    -------
    dict or list
        Days stay text.

    Raises
    ------
    InputError
        The first thing that is wrong.
    """
    value, lines = _document(path)
    for problem in _wrong(value, lines, path):
        raise problem
    return value


def line_of(path: Path, *trail: str | int) -> int | None:
    """Give the line of a value in a file of a theatre, by the keys and positions that lead to it."""
    return _document(path)[1].get(trail)


def _document(path: Path) -> tuple[Any, dict[Trail, int]]:
    # Imported here: the zones' package needs the theatre.
    from geo.zones.marks import load

    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"larger than {MAX_BYTES // 1_000_000} MB", path=path, remedy="Split it, or take less")
        return load(path.read_text(encoding="utf-8"), path)
    except ZoneError as error:
        remedy = error.remedy or "Mend the line named; spaces at its beginning count"
        raise InputError(error.problem, path=path, line=error.line, remedy=remedy) from error
    except UnicodeDecodeError as error:
        raise InputError("not UTF-8 text", path=path, remedy="Save it as UTF-8") from error
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        raise InputError(problem, path=path, remedy="Make one: python -m geo theatre new PATH") from error


def _wrong(value: Any, lines: dict[Trail, int], path: Path) -> Iterator[InputError]:
    for trouble in troubles(value, validator(SCHEMA, path.stem)):
        trail = (*trouble.at, *((trouble.key,) if trouble.key else ()))
        while trail and trail not in lines:
            trail = trail[:-1]
        at = ".".join(step for step in trouble.at if isinstance(step, str))
        told = f"{at}: {trouble.problem}" if at else trouble.problem
        yield InputError(told, path=path, line=lines.get(trail, 1), remedy=trouble.remedy or "See docs/theatres.md")
