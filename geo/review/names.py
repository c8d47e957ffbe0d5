"""Names that reviewers gave places: kept as a list a person can edit, and asked like a gazetteer of the user's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from geo import paths
from geo.errors import InputError
from geo.geocoders.names import fold
from geo.geocoders.rows import Row
from geo.model import Place, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

NAME: Final = "reviewed"
"""Name of the gazetteer, for ``python -m geo gazetteer``."""
LONGEST_NAME: Final = 80
_FAME: Final = 1e9
"""A name that a person gave comes before namesakes elsewhere."""


def remember(name: str, place: Place, *, folder: Path | None = None) -> None:
    """Let a name mean a place in every article read from now on.

    Parameters
    ----------
    name : str
        As articles write it.
    place : Place
        What it means.
    folder : Path, optional
        Where a user's own gazetteers lie.

    Raises
    ------
    InputError
        The name has no letters, or is too long.
    """
    # Writing needs more than asking, and every command asks.
    from geo.geocoders.writing import write

    words = " ".join(name.split())
    if not fold(words) or len(words) > LONGEST_NAME:
        raise InputError(f"{words[:LONGEST_NAME]!r} is no name of 1 to {LONGEST_NAME} characters")
    folder = folder or paths.OWN_GAZETTEERS
    folder.mkdir(parents=True, exist_ok=True)
    entries = {fold(entry["name"]): entry for entry in names(folder)}
    entries[fold(words)] = _entry(words, place)
    kept = sorted(entries.values(), key=lambda entry: str(entry["name"]))
    _replace(folder / f"{NAME}.json", lambda part: part.write_text(_text(kept), encoding="utf-8"))
    about = {"source": f"{NAME}.json"}
    _replace(folder / f"{NAME}.sqlite", lambda part: write(part, map(_row, kept), about=about))


def names(folder: Path | None = None) -> list[dict[str, Any]]:
    """List what is remembered.

    Raises
    ------
    InputError
        The list was edited and is not JSON any more, or lacks something.
    """
    path = (folder or paths.OWN_GAZETTEERS) / f"{NAME}.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        for entry in found:
            _row(entry)
    except FileNotFoundError:
        return []
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"not a list of names and places ({error})", path=path, remedy="Mend or remove it") from error
    return list(found)


def _entry(name: str, place: Place) -> dict[str, Any]:
    return {
        "name": name,
        "place": place.name,
        "lon": place.lon,
        "lat": place.lat,
        "kind": place.kind.value,
        "radius_km": place.radius_km,
        "country": place.country,
        "admin1": place.admin1,
    }


def _row(entry: dict[str, Any]) -> Row:
    key = fold(entry["name"]).replace(" ", "_")
    return Row(
        id=f"own:{NAME}:{key}",
        name=str(entry["place"]),
        lon=float(entry["lon"]),
        lat=float(entry["lat"]),
        kind=PlaceKind(entry["kind"]),
        radius_km=float(entry["radius_km"]),
        country=entry["country"],
        admin1_code=None,
        population=0,
        fame=_FAME,
        names=(str(entry["name"]),),
        admin1=entry["admin1"],
    )


def _text(entries: Iterable[dict[str, Any]]) -> str:
    return "[\n" + ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries) + "\n]\n"


def _replace(path: Path, fill: Any) -> None:
    """Write a file whole before it takes its name."""
    part = path.with_name(f".{path.name}.tmp")
    part.unlink(missing_ok=True)
    try:
        fill(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
