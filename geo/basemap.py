"""The vector basemap: countries, provinces, rivers, towns of the theatre, and the world in outline.

The files in ``data/built`` are made by ``python -m geo.builddata basemap`` and read here with nothing but the standard
library and shapely, so the reading half can use them too. Coordinates are EPSG:4326, longitude first, 4 decimals.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from geo import theatre
from geo.errors import DataError
from geo.theatre import ground

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

BUILT = Path(__file__).resolve().parent.parent / "data" / "built"
"""Folder of the built files."""

LAYERS: tuple[str, ...] = ("countries", "provinces", "rivers", "towns", "world")
"""Layers that a map is drawn from."""
EVERYWHERE: tuple[str, ...] = ("world", *ground.SOURCES)
"""Layers that are the same for every theatre."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One shape of a layer."""

    geometry: BaseGeometry
    """EPSG:4326."""
    properties: dict[str, Any]
    """Names and codes; which ones depends on the layer, see ``data/README.md``."""


def path(layer: str, *, folder: Path | None = None) -> Path:
    """Where the built file of a layer lies.

    Parameters
    ----------
    layer : str
        One of :data:`LAYERS` or :data:`EVERYWHERE`.
    folder : Path, optional
        Folder of built files; by default that of the current theatre.

    Returns
    -------
    Path
        The gzipped GeoJSON, whether or not it exists.

    Raises
    ------
    ValueError
        There is no such layer.
    """
    if layer not in {*LAYERS, *EVERYWHERE}:
        raise ValueError(f"no basemap layer {layer!r}; there are {', '.join(LAYERS)}")
    if layer in EVERYWHERE:
        folder = folder or BUILT
    return (folder or ground.built_folder(theatre.current())) / f"{layer}.geojson.gz"


def load(layer: str, *, folder: Path | None = None) -> tuple[Feature, ...]:
    """Read a layer, once per process.

    Parameters
    ----------
    layer : str
        One of :data:`LAYERS`.
    folder : Path, optional
        Folder of built files; by default that of the current theatre.

    Returns
    -------
    tuple of Feature
        In the order of the file. Do not change their properties: they are shared.

    Raises
    ------
    ValueError
        There is no such layer.
    DataError
        The file is missing or damaged.

    Examples
    --------
    >>> sorted(f.properties["name"] for f in load("countries") if f.properties["iso3"] in {"SYR", "IRQ"})
    ['Iraq', 'Syria']
    """
    return _loaded(path(layer, folder=folder))


@lru_cache(maxsize=32)
def _loaded(file: Path) -> tuple[Feature, ...]:
    return read(file)


def read(file: Path) -> tuple[Feature, ...]:
    """Read a gzipped GeoJSON FeatureCollection that this package wrote.

    Parameters
    ----------
    file : Path
        The file.

    Returns
    -------
    tuple of Feature
        In the order of the file.

    Raises
    ------
    DataError
        The file is missing or damaged.
    """
    try:
        text = gzip.decompress(file.read_bytes()).decode()
        records = json.loads(text)["features"]
        # One call for all shapes is several times faster than one shape at a time.
        shapes = shapely.get_parts(shapely.from_geojson(text))
    except FileNotFoundError as error:
        raise DataError(f"{file} is missing. Make it with: python -m geo.builddata") from error
    except (OSError, EOFError, ValueError, KeyError, TypeError, shapely.errors.ShapelyError) as error:
        raise DataError(f"{file} is damaged ({error}). Make it again with: python -m geo.builddata") from error
    if len(shapes) != len(records):
        raise DataError(f"{file} is damaged: {len(records)} records, {len(shapes)} shapes")
    return tuple(Feature(shape, record["properties"]) for shape, record in zip(shapes, records, strict=True))
