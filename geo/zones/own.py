"""A user's own zones: kept beside the store, one file of definition each, and loaded with those of the theatre.

``<store>/zones/NAME.yaml`` holds one definition in the language of ``data/sources/zones.yaml``, ``NAME.geojson`` beside
it the shape of one that was drawn or sent. A file that is wrong is told, and the others are loaded.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import shapely
import yaml

from geo import theatre
from geo.errors import ZoneError
from geo.zones import definitions
from geo.zones.building import build, context_of
from geo.zones.expressions import Shape
from geo.zones.files_kept import checked_id, is_id, write, write_shape
from geo.zones.keeping import fingerprint, load_built

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geo.zones.definitions import Definitions
    from geo.zones.expressions import Context
    from geo.zones.model import BuiltZone, Zone

MOST_ZONES = 500
"""Zones of one's own in one store."""
MAX_TEXT = 200_000
"""Characters of a definition."""


def folder_of(store: Path) -> Path:
    """Tell where the zones of a store lie."""
    return store / "zones"


def load_all(store: Path | None, *, errors: list[ZoneError] | None = None) -> dict[str, BuiltZone]:
    """Load the zones of the current theatre and a user's own.

    Parameters
    ----------
    store : Path or None
        Folder of the store; None has no zones of its own.
    errors : list, optional
        Collects what cannot be built. Without it the first error in the theatre's definitions is raised; what is wrong
        with a zone of the user's own never keeps the others from loading.

    Returns
    -------
    dict
        Zones by id: those of the theatre, its provinces, and the user's own.

    Raises
    ------
    ZoneError
        A definition of the theatre is wrong, and no list was given for it.
    DataError
        The basemap is missing.
    """
    built = load_built(errors=errors)
    if store is None:
        return built
    own, found = _own(store, stamp(store), fingerprint(), theatre.current())
    if errors is not None:
        errors.extend(found)
    return {**built, **own}


def broken() -> tuple[ZoneError, ...]:
    """Tell what is wrong with the zones of the current theatre: those that are left out wherever zones are used."""
    found: list[ZoneError] = []
    load_built(errors=found)
    return tuple(found)


def stamp(store: Path) -> str:
    """Tell one state of a store's own zones from another, cheaply: by name, size and time of every file.

    Parameters
    ----------
    store : Path
        Folder of the store.

    Returns
    -------
    str
        Empty where there are none.
    """
    try:
        with os.scandir(folder_of(store)) as entries:
            files = sorted(
                (entry.name, entry.stat()) for entry in entries if entry.name.endswith((".yaml", ".geojson"))
            )
    except OSError:
        return ""
    told = [(name, about.st_size, about.st_mtime_ns) for name, about in files]
    return hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest() if told else ""


def preview(
    text: str, store: Path, *, outlines: Mapping[str, BaseGeometry] | None = None, label: Path | None = None
) -> tuple[Definitions, dict[str, BuiltZone], list[ZoneError]]:
    """Build definitions that are not kept yet.

    Parameters
    ----------
    text : str
        YAML, as the file would have it.
    store : Path
        Folder of the store whose zones they may refer to.
    outlines : mapping of str to geometry, optional
        Shapes that go with them, by id.
    label : Path, optional
        Named in errors.

    Returns
    -------
    found : Definitions
    built : dict
        What could be built, by id.
    errors : list of ZoneError
        What is wrong, with the line.

    Raises
    ------
    ZoneError
        The text as a whole cannot be read.
    """
    if len(text) > MAX_TEXT:
        raise ZoneError(f"this is longer than {MAX_TEXT:,} characters", path=label)
    others = load_all(store, errors=[])
    found = definitions.parse(text, label or folder_of(store) / "definition.yaml", known=others)
    errors = list(found.errors)
    ours = {zone.id for zone in found.zones}
    good = [zone for zone in found.zones if _fits(zone, others, found.path, errors)]
    known = {key: zone for key, zone in others.items() if key not in ours}
    context = _context(known, _places(found.places), {**_kept_outlines(store), **(outlines or {})})
    return found, build(good, places={}, errors=errors, path=found.path, context=context), errors


def keep(
    store: Path,
    text: str,
    *,
    outlines: Mapping[str, BaseGeometry] | None = None,
    replacing: bool = False,
    label: Path | None = None,
) -> tuple[Zone, ...]:
    """Keep zones.

    Parameters
    ----------
    store : Path
        Folder of the store.
    text : str
        YAML with one or more definitions.
    outlines : mapping of str to geometry, optional
        Shapes that go with them, by id; EPSG:4326.
    replacing : bool, optional
        They may take the place of zones of one's own that have the same id.
    label : Path, optional
        Named in errors.

    Returns
    -------
    tuple of Zone
        What was kept.

    Raises
    ------
    ZoneError
        Something is wrong; then nothing is kept.
    """
    found, _, errors = preview(text, store, outlines=outlines, label=label)
    if errors:
        raise errors[0]
    if not found.zones:
        raise ZoneError("there is no zone in it", path=label)
    folder = folder_of(store)
    for zone in found.zones:
        if not replacing and (folder / f"{checked_id(zone.id)}.yaml").exists():
            raise ZoneError("you have a zone with this id already", zone=zone.id, path=label, line=zone.line)
    folder.mkdir(parents=True, exist_ok=True)
    if len({file.stem for file in folder.glob("*.yaml")} | {zone.id for zone in found.zones}) > MOST_ZONES:
        raise ZoneError(f"there are more than {MOST_ZONES} zones of your own already", remedy="Remove some first")
    # Shapes first: a definition never stands there without what it refers to.
    for name, shape in (outlines or {}).items():
        write_shape(folder / f"{checked_id(name)}.geojson", shape)
    for zone in found.zones:
        write(folder / f"{checked_id(zone.id)}.yaml", text if len(found.zones) == 1 else _alone(found, zone.id))
    return found.zones


def remove(store: Path, zone_id: str) -> bool:
    """Take a zone of one's own away.

    Parameters
    ----------
    store : Path
        Folder of the store.
    zone_id : str

    Returns
    -------
    bool
        False where there is none of this id.
    """
    if not is_id(zone_id):
        return False
    file = folder_of(store) / f"{zone_id}.yaml"
    known = file.exists()
    for path in (file, file.with_suffix(".geojson")):
        path.unlink(missing_ok=True)
    return known


def mark_of(zone: BuiltZone) -> str:
    """Hash what membership in a zone depends on: its land and its days."""
    digest = hashlib.blake2b(digest_size=8)
    for part in zone.parts:
        digest.update(repr((part.zone.valid, part.countries)).encode() + shapely.to_wkb(part.geometry))
    return digest.hexdigest()


# -------------------------------------------------------------------------------------------------------------- steps


@lru_cache(maxsize=8)
def _own(store: Path, state: str, mark: str, here: Any) -> tuple[dict[str, BuiltZone], tuple[ZoneError, ...]]:  # noqa: ARG001
    """Read and build what lies beside a store; the other arguments are the cache's key."""
    if not state:
        return {}, ()
    built, errors = load_built(errors=[]), list[ZoneError]()
    zones: dict[str, Zone] = {}
    places: dict[str, tuple[float, float]] = {}
    files = sorted(folder_of(store).glob("*.yaml"))
    names = {file.stem for file in files}
    for file in files[:MOST_ZONES]:
        try:
            found = definitions.read(file, known={*built, *names})
        except ZoneError as error:
            errors.append(error)
            continue
        errors.extend(found.errors)
        for zone in found.zones:
            if zone.id != file.stem:
                errors.append(
                    ZoneError(f"its file must be named {zone.id}.yaml", zone=zone.id, path=file, line=zone.line)
                )
            elif _fits(zone, built, file, errors):
                zones[zone.id] = _from(zone, file)
                places |= found.places
    context = _context(built, _places(places), _kept_outlines(store))
    return build(zones.values(), places={}, errors=errors, context=context), tuple(errors)


def _from(zone: Zone, file: Path) -> Zone:
    return replace(zone, path=file, versions=tuple(replace(version, path=file) for version in zone.versions))


def _fits(zone: Zone, others: Mapping[str, BuiltZone], path: Path, errors: list[ZoneError]) -> bool:
    """Tell whether a zone may have the id it has."""
    problem = None
    if zone.id in others and not others[zone.id].zone.is_own:
        problem = "this id is that of a zone that comes with the program"
    elif not is_id(zone.id):
        problem = "this id cannot be the name of a file"
    if problem:
        errors.append(ZoneError(problem, zone=zone.id[:80], path=path, line=zone.line, remedy="Choose another id"))
    return problem is None


def _places(own: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    file = theatre.current().folder / "zones.yaml"
    return {**(_places_of(file, fingerprint()) if file.exists() else {}), **own}


@lru_cache(maxsize=4)
def _places_of(file: Path, mark: str) -> dict[str, tuple[float, float]]:  # noqa: ARG001
    return definitions.read(file).places


def _context(
    known: Mapping[str, BuiltZone], places: dict[str, tuple[float, float]], outlines: dict[str, BaseGeometry]
) -> Context:
    context = context_of(places)
    context.outlines.update(outlines)
    for name, zone in known.items():
        context.zones[name] = tuple((part.zone, Shape(part.geometry, part.line)) for part in zone.parts)
    return context


def _kept_outlines(store: Path) -> dict[str, BaseGeometry]:
    """Read every shape that lies there; one that cannot be read is missing to the zone that needs it."""
    # Imported here: most runs read no file of zones, and its formats take longer to import than all else.
    from geo.zones.files import read_outlines

    found = {}
    for file in sorted(folder_of(store).glob("*.geojson"))[:MOST_ZONES]:
        if is_id(file.stem):
            try:
                shapes, _ = read_outlines(file.name, file.read_bytes(), latitude_first=False)
            except (ZoneError, OSError):
                continue
            found[file.stem] = shapely.union_all([shape.geometry for shape in shapes])
    return found


def _alone(found: Definitions, zone_id: str) -> str:
    document = {"places": {name: list(at) for name, at in found.places.items()}, "zones": [found.records[zone_id]]}
    if not found.places:
        del document["places"]
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=110)
