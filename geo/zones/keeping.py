"""Keeps built zones in ``data/built/zones.geojson.gz`` and loads them, or builds them anew where the file is old."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import shapely

from geo import basemap, theatre
from geo.errors import DataError, ZoneError
from geo.zones import definitions
from geo.zones.building import build, province_areas, provinces
from geo.zones.model import BuiltZone

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geo.theatre import Theatre
    from geo.zones.model import Zone

FILE = basemap.BUILT / "zones.geojson.gz"
FORMAT = "2"
"""Raise it when the way of building or keeping changes: older files are then built anew."""
_MEASURES = ("area_km2", "length_km", "depth_km", "radius_km")


def load_built(
    path: Path | None = None, *, file: Path = FILE, errors: list[ZoneError] | None = None
) -> dict[str, BuiltZone]:
    """Load every zone of the current theatre with its shape, the provinces of its countries after them.

    Parameters
    ----------
    path : Path, optional
        Definitions; by default the theatre's.
    file : Path, optional
        Built file. Where it is missing, damaged or made from other definitions, the zones are built in memory.
    errors : list, optional
        Collects the definitions that cannot be built, while the others are. Without it the first one is raised.

    Returns
    -------
    dict
        Zones by id, in the order of the file; provinces have ids such as "SYR-04" and the kind "province".

    Raises
    ------
    ZoneError
        A definition is wrong, and no list was given for it.
    DataError
        The basemap is missing.
    """
    here = theatre.current()
    zones, found = _loaded(path or here.folder / "zones.yaml", file, fingerprint(path), here)
    if errors is None and found:
        raise found[0]
    if errors is not None:
        errors.extend(found)
    return dict(zones)


def fingerprint(path: Path | None = None) -> str:
    """Hash all that the shape of a zone depends on.

    Parameters
    ----------
    path : Path, optional
        Definitions; by default those of the current theatre, which may have none.

    Returns
    -------
    str
        32 hexadecimal digits.

    Raises
    ------
    ZoneError
        The definitions cannot be read.
    """
    total = hashlib.blake2b(FORMAT.encode(), digest_size=16)
    layers = [basemap.path(layer) for layer in ("countries", "provinces", "rivers")]
    here = theatre.current()
    # A theatre without zones of its own still has the provinces of its countries.
    own = [path or here.folder / "zones.yaml"] if path or here.is_default or here.file("zones.yaml") else []
    if not here.is_default:
        total.update(repr(here.countries).encode())
    for source in (*own, definitions.SCHEMA, *layers):
        try:
            total.update(hashlib.blake2b(source.read_bytes()).digest())
        except OSError as error:
            kind = ZoneError if source in own else DataError
            raise kind(f"{source} cannot be read: {error.strerror}") from error
    return total.hexdigest()


def features(
    zones: dict[str, BuiltZone], records: dict[str, dict[str, Any]]
) -> list[tuple[BaseGeometry, dict[str, Any]]]:
    """Turn built zones into what the file keeps.

    Parameters
    ----------
    zones : dict
        Built zones.
    records : dict
        Their entries in the definitions.

    Returns
    -------
    list of (geometry, properties)
    """
    found = []
    for name, item in zones.items():
        for version, part in enumerate((item, *item.versions)):
            record = {
                "id": name,
                **{measure: getattr(part, measure) for measure in _MEASURES},
                "countries": part.countries,
                "ends_km": part.ends_km,
                # Well-known text is the shortest: 4 decimals and no keys.
                "line": None if part.line is None else shapely.to_wkt(part.line, rounding_precision=4),
            }
            # The zone itself comes first and says what it is; its versions, if any, follow.
            record |= {"version": version} if version else {"source_line": item.zone.line, "record": records[name]}
            found.append((part.geometry, record))
    return found


@lru_cache(maxsize=4)
def _loaded(
    path: Path,
    file: Path,
    mark: str,
    here: Theatre,
) -> tuple[dict[str, BuiltZone], tuple[ZoneError, ...]]:
    kept = _kept(file, mark)
    if kept is not None:
        return kept, ()
    if not here.is_default and path == here.folder / "zones.yaml" and not path.exists():
        return provinces(province_areas()), ()
    try:
        found = definitions.read(path)
    except ZoneError as error:
        return provinces(province_areas()), (error,)
    errors = list(found.errors)
    zones = build(found.zones, places=found.places, errors=errors, path=path)
    return {**zones, **provinces(province_areas())}, tuple(errors)


def _kept(file: Path, mark: str) -> dict[str, BuiltZone] | None:
    """Read the built file, or None if it is not the one wanted: it can always be made anew from the definitions."""
    try:
        text = gzip.decompress(file.read_bytes()).decode()
        body = json.loads(text)
        if body["fingerprint"] != mark:
            return None
        shapes = shapely.get_parts(shapely.from_geojson(text))
        pairs = zip(body["features"], shapes, strict=True)
        zones: dict[str, BuiltZone] = {}
        for item, shape in pairs:
            record = item["properties"]
            name, version = record["id"], record.get("version")
            if version is None:
                zone = definitions.zone_of(record["record"], line=record["source_line"])
                zones[name] = _zone(zone, record, shape)
            else:
                whole = zones[name]
                part = _zone(whole.zone.versions[version - 1], record, shape)
                zones[name] = replace(whole, versions=(*whole.versions, part))
        return {**zones, **provinces(body["province_areas"])}
    except (OSError, EOFError, ValueError, LookupError, TypeError, shapely.errors.ShapelyError):
        return None


def _zone(zone: Zone, record: dict[str, Any], shape: BaseGeometry) -> BuiltZone:
    return BuiltZone(
        zone=zone,
        geometry=shape,
        countries=tuple(record["countries"]),
        ends_km=tuple(record["ends_km"]),
        line=None if record["line"] is None else shapely.from_wkt(record["line"]),
        **{measure: record[measure] for measure in _MEASURES},
    )
