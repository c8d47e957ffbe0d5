"""The basemap of a theatre, cut once out of the provinces, rivers and towns of the world."""

from __future__ import annotations

import hashlib
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from geo import paths
from geo.theatre.reading import FILE, listed

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.theatre.theatre import Theatre

    Shapes = list[tuple[BaseGeometry, dict[str, Any]]]

SOURCES: tuple[str, ...] = ("world_provinces", "world_rivers", "world_towns")
"""Layers of the world that every theatre but the default is cut from."""
VERSION = "1"
"""Raise it when the way of cutting changes."""


def built_folder(theatre: Theatre) -> Path:
    """Give the folder of a theatre's basemap, cut first if need be.

    Parameters
    ----------
    theatre : Theatre

    Returns
    -------
    Path
        ``data/built`` for the default; else a folder in the user's cache.

    Raises
    ------
    DataError
        The layers of the world are missing.
    InputError
        ``rivers.yaml`` of the theatre cannot be read.
    """
    return paths.BUILT if theatre.is_default else _cut(theatre)


@lru_cache(maxsize=16)
def _cut(theatre: Theatre) -> Path:
    from geo.basemap import path
    from geo.geocoders.unpack import cache_folder

    total = hashlib.blake2b(VERSION.encode(), digest_size=8)
    own = [found for name in (FILE, "rivers.yaml") if (found := theatre.file(name))]
    for file in own:
        total.update(file.read_bytes())
    for name in SOURCES:
        source = path(name, folder=paths.BUILT)
        total.update(str(source.stat().st_size if source.exists() else None).encode())
    folder = cache_folder() / "theatres" / f"{theatre.key}-{total.hexdigest()}"
    if not folder.exists():
        _make(theatre, folder)
    return folder


def _make(theatre: Theatre, folder: Path) -> None:
    """Write beside the target, then rename: another process sees the whole folder or none."""
    from geo.builddata import write_geojson

    box = shapely.box(*theatre.bounds)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        part = Path(work) / "built"
        provinces = _provinces(box)
        write_geojson(part / "provinces.geojson.gz", provinces)
        write_geojson(part / "countries.geojson.gz", _countries(provinces))
        write_geojson(part / "rivers.geojson.gz", _waters(theatre, box))
        write_geojson(part / "towns.geojson.gz", _towns(box))
        try:
            part.rename(folder)
        except OSError:
            if not folder.exists():
                raise


def _provinces(box: BaseGeometry) -> Shapes:
    found: Shapes = []
    for feature in _world("world_provinces"):
        if feature.geometry.intersects(box):
            inside = [p for p in shapely.get_parts(feature.geometry.intersection(box)) if p.geom_type == "Polygon"]
            if inside:
                found.append((shapely.union_all(inside), feature.properties))
    return found


def _countries(provinces: Shapes) -> Shapes:
    parts: dict[tuple[str, str], list[BaseGeometry]] = {}
    for shape, record in provinces:
        parts.setdefault((record["iso3"], record["country"]), []).append(shape)
    return [
        (shapely.union_all(shapes, grid_size=1e-4), {"iso3": iso3, "name": name})
        for (iso3, name), shapes in parts.items()
    ]


def _waters(theatre: Theatre, box: BaseGeometry) -> Shapes:
    own = theatre.file("rivers.yaml")
    record = listed(own) if own else {}
    found: Shapes = []
    drawn = {entry["name"] for entry in record.get("rivers", ())}
    for feature in _world("world_rivers"):
        if feature.properties["name"] not in drawn and feature.geometry.intersects(box):
            found.append((feature.geometry.intersection(box), feature.properties))
    for entry in record.get("rivers", ()):
        found.append((shapely.LineString(entry["course"]), _water(entry)))
    for entry in record.get("lakes", ()):
        found.append((shapely.make_valid(shapely.Polygon(entry["shore"])), _water(entry)))
    return found


def _water(entry: dict[str, Any]) -> dict[str, Any]:
    return {"name": entry["name"], "alts": entry.get("alts", []), "source": "own"}


def _towns(box: BaseGeometry) -> Shapes:
    return [(f.geometry, f.properties) for f in _world("world_towns") if f.geometry.intersects(box)]


def _world(layer: str) -> Any:
    from geo import basemap

    # Not kept in memory: it is cut once and not asked for again.
    return basemap.read(basemap.path(layer, folder=paths.BUILT))
