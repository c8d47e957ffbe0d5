"""Reads the files of a theatre against their schema; every error names file, line and remedy."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo import paths
from geo.errors import InputError, ZoneError
from geo.theatre.theatre import LISTS, Theatre

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

Trail = tuple[str | int, ...]
"""Keys and positions from the top of a file to a value."""
FILE = "theatre.yaml"
SCHEMA = paths.SOURCES / "theatre.schema.json"
MAX_BYTES = 8_000_000
"""A larger file is no list written by hand."""
_FORMS = {
    "^[A-Z]{3}$": "Countries are told by three capitals, as COD (ISO 3166-1 alpha-3)",
    "^[a-z]{2}$": "Languages are told by two small letters, as en (ISO 639-1)",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "Days are written 2022-06-13",
    "^[a-z][a-z0-9-]{1,39}$": "Use small letters, digits and hyphens, up to 40",
    "^[a-z][a-z0-9_]{0,59}$": "Use small letters, digits and underscores, up to 60",
    "^(gn:[0-9]+|[a-z-]+:.+)$": "Find its id: python -m geo theatre find NAME",
}
"""What a pattern of the schema means, in words."""
SHOWN = 80
"""Characters of a wrong value that an error shows."""


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
    for best in _told(_validator(path.stem).iter_errors(value)):
        problem, key, remedy = _words(best)
        trail = (*best.absolute_path, *((key,) if key else ()))
        while trail and trail not in lines:
            trail = trail[:-1]
        at = ".".join(str(step) for step in best.absolute_path if isinstance(step, str))
        yield InputError(f"{at}: {problem}" if at else problem, path=path, line=lines.get(trail, 1), remedy=remedy)


def _told(errors: Iterator[ValidationError]) -> list[ValidationError]:
    """Take of each error what got furthest, unknown keys first; a key that is only misspelt is not missing, too."""
    # Imported here: the zones' package needs the theatre.
    from geo.zones.marks import meant

    found = []
    for error in errors:
        while error.context:
            error = max(error.context, key=lambda inner: len(inner.absolute_path))
        found.append(error)
    unknown = [error for error in found if error.validator == "additionalProperties"]
    misspelt = {(tuple(error.absolute_path), meant(key, keys)) for error in unknown for key, keys in [_unknown(error)]}
    others = [
        error
        for error in found
        if error.validator != "additionalProperties"
        and not (error.validator == "required" and (tuple(error.absolute_path), _missing(error)) in misspelt)
    ]
    return [*unknown, *others]


def _unknown(error: ValidationError) -> tuple[str, list[str]]:
    """Give the first key that may not stand there, and those that may."""
    value: Any = error.instance
    known = list(error.schema.get("properties", {}))  # type: ignore[union-attr]
    return next(key for key in value if key not in known), known


def _missing(error: ValidationError) -> str:
    return re.sub(r"^'(.*?)'.*", r"\1", error.message)


def _words(error: ValidationError) -> tuple[str, str | None, str]:
    """Say what is wrong, at which key of the value, and what to do."""
    from geo.zones.marks import unknown_key

    value: Any = error.instance
    allowed: Any = error.validator_value
    shown = str(value) if len(str(value)) <= SHOWN else f"{str(value)[: SHOWN - 1]}…"
    match error.validator:
        case "additionalProperties":
            key, known = _unknown(error)
            problem, remedy = unknown_key(key, known)
            return problem, key, remedy
        case "required":
            return f"{_missing(error)!r} is missing", None, f"Add it; needed are {', '.join(allowed)}"
        case "enum":
            return f"{shown!r} is none of them", None, f"Use one of {', '.join(map(str, allowed))}"
        case "type":
            kinds = {"array": "a list", "object": "keys with values", "string": "text", "number": "a number"}
            return f"{shown!r} is not {kinds.get(allowed, allowed)}", None, "See docs/theatres.md"
        case "pattern":
            return f"{shown!r} cannot stand here", None, _FORMS.get(allowed, "See docs/theatres.md")
        case "minimum" | "maximum":
            word = "below" if error.validator == "minimum" else "above"
            return f"{shown} is {word} {allowed}", None, "Longitude comes first, in degrees; kilometres for a radius"
        case _:
            return error.message[:200], None, "See docs/theatres.md"


@lru_cache(maxsize=16)
def _validator(part: str) -> Draft202012Validator:
    # Imported here: a run on the shared lists alone needs no schema.
    from jsonschema import Draft202012Validator

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return Draft202012Validator({"$ref": f"#/$defs/{part}", "$defs": schema["$defs"]})
