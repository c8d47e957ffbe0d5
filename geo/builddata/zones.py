"""Builds ``data/built/zones.geojson.gz`` from ``data/sources/zones.yaml``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.builddata import write_geojson
from geo.zones import build as build_zones
from geo.zones import read_definitions
from geo.zones.building import province_areas
from geo.zones.keeping import features, fingerprint

if TYPE_CHECKING:
    from pathlib import Path


def build(out: Path) -> None:
    """Build all zones.

    Parameters
    ----------
    out : Path
        Folder to write to.

    Raises
    ------
    ZoneError
        A definition is wrong; nothing is written.
    DataError
        The basemap is not built.
    """
    found = read_definitions()
    if found.errors:
        raise found.errors[0]
    built = build_zones(found.zones, places=found.places, path=found.path)
    extra = {"fingerprint": fingerprint(), "province_areas": province_areas()}
    write_geojson(out / "zones.geojson.gz", features(built, found.records), extra=extra)
