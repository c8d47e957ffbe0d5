"""Reads ``data/sources/zones.yaml`` into zones; every error names file, line and zone, and spoils only its own zone."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import ZoneError
from geo.schemas import troubles, unknown_key, validator
from geo.zones.marks import Trail, load
from geo.zones.model import Party, Published, Source, Span, Zone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SOURCES = Path(__file__).resolve().parents[2] / "data" / "sources"
DEFINITIONS = SOURCES / "zones.yaml"
SCHEMA = SOURCES / "zones.schema.json"
TOP = ("places", "zones")
"""Keys of a file of definitions."""
MAX_BYTES = 8_000_000
"""A larger file of definitions is no file of definitions."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """What one file of definitions holds."""

    path: Path
    zones: tuple[Zone, ...]
    records: dict[str, dict[str, Any]]
    """The checked entry of each zone, as plain JSON values."""
    places: dict[str, tuple[float, float]]
    """Anchors by id: (longitude, latitude)."""
    errors: tuple[ZoneError, ...]
    """What is wrong with the entries that are left out."""


def read(path: Path = DEFINITIONS, *, known: Collection[str] = ()) -> Definitions:
    """Read and check a file of zone definitions.

    Parameters
    ----------
    path : Path, optional
        YAML file.
    known : collection of str, optional
        Ids of zones defined elsewhere, which may be parents of these.

    Returns
    -------
    Definitions
        The good zones, and an error for each bad one.

    Raises
    ------
    ZoneError
        The file as a whole cannot be read.
    """
    return parse(_text(path), path, known=known)


def parse(text: str, path: Path, *, known: Collection[str] = ()) -> Definitions:
    """Check definitions that may not be in a file yet.

    Parameters
    ----------
    text : str
        YAML.
    path : Path
        Named in errors.
    known : collection of str, optional
        As for :func:`read`.

    Returns
    -------
    Definitions

    Raises
    ------
    ZoneError
        The text as a whole cannot be read.
    """
    document, lines = load(text, path)
    places, errors = _places(document, lines, path)
    zones: dict[str, Zone] = {}
    records: dict[str, dict[str, Any]] = {}
    for index, record in enumerate(document["zones"]):
        found = list(_problems(record, ("zones", index), lines, path))
        name = record.get("id", "") if isinstance(record, dict) else ""
        if not found and name in zones:
            line = lines[("zones", index)]
            found = [ZoneError("there is another zone with this id", zone=name, path=path, line=line)]
        errors.extend(found)
        if not found:
            zones[name] = zone_of(record, line=lines[("zones", index)])
            records[name] = record
    for zone in tuple(zones.values()):
        if zone.parent is not None and zone.parent not in {*records, *known}:
            problem = f"there is no zone {zone.parent!r} to be its parent"
            errors.append(ZoneError(problem, zone=zone.id, path=path, line=zone.line))
            del zones[zone.id]
    return Definitions(path, tuple(zones.values()), {name: records[name] for name in zones}, places, tuple(errors))


def load_zones(path: Path = DEFINITIONS) -> tuple[Zone, ...]:
    """Read zone definitions that must all be good.

    Parameters
    ----------
    path : Path, optional
        YAML file.

    Returns
    -------
    tuple of Zone
        In the order of the file.

    Raises
    ------
    ZoneError
        The first thing that is wrong.
    """
    found = read(path)
    if found.errors:
        raise found.errors[0]
    return found.zones


def kinds() -> tuple[str, ...]:
    """Name the kinds of zones, as the schema does."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return tuple(schema["$defs"]["zone"]["properties"]["kind"]["enum"])


def zone_of(record: dict[str, Any], *, line: int | None = None) -> Zone:
    """Make a zone of an entry that has passed the schema.

    Parameters
    ----------
    record : dict
        The entry; days as ISO text.
    line : int, optional
        Where it stands.

    Returns
    -------
    Zone
    """
    zone = Zone(
        id=record["id"],
        name=record["name"],
        kind=record["kind"],
        valid=_span(record["valid"]),
        definition=record["definition"].strip(),
        confidence_dates=record["confidence"]["dates"],
        confidence_geometry=record["confidence"]["geometry"],
        aliases=tuple((language, name) for language, names in record.get("aliases", {}).items() for name in names),
        parent=record.get("parent"),
        parties=tuple(
            Party(party["name"], *_span((party.get("from"), party.get("to")))) for party in record.get("parties", ())
        ),
        active=tuple(_span(span) for span in record.get("active", ())),
        sources=tuple(Source(**source) for source in record["sources"]),
        published=_published(record.get("published", {})),
        unconfirmed=tuple(record.get("unconfirmed", ())),
        expression=record.get("geometry", {}),
        line=line,
    )
    return replace(zone, versions=tuple(_version(zone, version) for version in record.get("versions", ())))


def _version(zone: Zone, record: dict[str, Any]) -> Zone:
    """Give the zone as a version has it: what the version does not say is as the zone says."""
    return replace(
        zone,
        valid=_span(record["valid"]),
        definition=record.get("definition", zone.definition).strip(),
        published=_published(record.get("published", {})),
        expression=record["geometry"],
    )


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ZoneError(f"this is larger than {MAX_BYTES // 1_000_000} MB", path=path)
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ZoneError(f"cannot be read: {error.strerror}", path=path) from error
    except UnicodeDecodeError as error:
        raise ZoneError("this is not UTF-8", path=path, remedy="Save it as UTF-8") from error


def _places(
    document: Any, lines: dict[Trail, int], path: Path
) -> tuple[dict[str, tuple[float, float]], list[ZoneError]]:
    unknown = [key for key in document if key not in TOP] if isinstance(document, dict) else []
    if unknown:
        problem, remedy = unknown_key(unknown[0], TOP)
        raise ZoneError(problem, path=path, line=lines[(unknown[0],)], remedy=remedy)
    if not isinstance(document, dict) or not isinstance(document.get("zones"), list):
        raise ZoneError("there is no list `zones`", path=path, line=1)
    good: dict[str, tuple[float, float]] = {}
    errors: list[ZoneError] = []
    entries = document.get("places", {})
    if not isinstance(entries, dict):
        raise ZoneError("`places` must map an id to [longitude, latitude]", path=path, line=lines[("places",)])
    for name, position in entries.items():
        if validator(SCHEMA, "position").is_valid(position):
            good[name] = (float(position[0]), float(position[1]))
        else:
            problem = f"place {name}: {position!r} is not [longitude, latitude]"
            errors.append(ZoneError(problem, path=path, line=lines[("places", name)]))
    return good, errors


def _problems(record: Any, trail: Trail, lines: dict[Trail, int], path: Path) -> Iterator[ZoneError]:
    name = record.get("id", "without id") if isinstance(record, dict) else "without id"
    sound = True
    for trouble in troubles(record, validator(SCHEMA, "zone")):
        sound = False
        inside = ".".join(map(str, trouble.at))
        where = _line((*trail, *trouble.at, *((trouble.key,) if trouble.key else ())), lines)
        told = f"{inside}: {trouble.problem}" if inside else trouble.problem
        yield ZoneError(told, zone=name, path=path, line=where, remedy=trouble.remedy)
    if sound:
        for key, problem in _date_problems(record):
            yield ZoneError(problem, zone=name, path=path, line=_line((*trail, *key), lines))


def _date_problems(record: dict[str, Any]) -> Iterator[tuple[Trail, str]]:
    spans: list[tuple[Trail, Any]] = [(("valid",), record["valid"])]
    spans += [(("active", index), span) for index, span in enumerate(record.get("active", ()))]
    spans += [
        (("parties", index), (party.get("from"), party.get("to")))
        for index, party in enumerate(record.get("parties", ()))
    ]
    spans += [(("versions", index), version["valid"]) for index, version in enumerate(record.get("versions", ()))]
    for key, span in spans:
        try:
            first, last = _span(span)
        except ValueError as error:
            yield key, f"{' to '.join(str(day) for day in span)} is not a span of days ({error})"
            return
        if first and last and first > last:
            yield key, f"the days are reversed: {first} is after {last}"
            return
    yield from _version_problems(record)


def _version_problems(record: dict[str, Any]) -> Iterator[tuple[Trail, str]]:
    spans = [_span(version["valid"]) for version in record.get("versions", ())]
    if not spans:
        return
    whole = _span(record["valid"])
    if (spans[0][0], spans[-1][1]) != whole:
        days = " to ".join(record["valid"][end] or "open" for end in (0, 1))
        yield ("versions",), f"the versions do not begin and end with the zone, {days}"
    for index, (before, after) in enumerate(pairwise(spans), start=1):
        end, begin = before[1], after[0]
        if end is None or begin is None or begin != end + timedelta(days=1):
            told = f"begins on {begin}" if begin else "has no first day"
            yield ("versions", index), f"a version {told}, and the one before ends {f'on {end}' if end else 'never'}"


def _span(days: Any) -> Span:
    first, last = (None if day is None else date.fromisoformat(day) for day in days)
    return first, last


def _published(record: dict[str, Any]) -> Published:
    figures = {
        key: (float(value[0]), float(value[1])) if isinstance(value, list) else (float(value), float(value))
        for key, value in record.items()
        if key.endswith("_km") or key.endswith("_km2")
    }
    return Published(**figures, tolerance_pct=record.get("tolerance_pct", 10.0), note=record.get("note"))


def _line(trail: Trail, lines: dict[Trail, int]) -> int | None:
    while trail and trail not in lines:
        trail = trail[:-1]
    return lines.get(trail)
