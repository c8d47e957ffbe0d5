"""Coordinate systems that files name: turned into degrees, or refused. None is ever guessed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from geo.errors import ZoneError

if TYPE_CHECKING:
    from pyproj import CRS, Transformer

    from geo.zones.files.limits import Ring

_NAMED = re.compile(r"(?:urn:ogc:def:crs:)?(EPSG|OGC):(?:[0-9.]{0,8}:)?([A-Za-z0-9]{1,8})", re.IGNORECASE)
_WKT = ("GEOGCS[", "PROJCS[", "GEOGCRS[", "PROJCRS[", "GEODCRS[", "COMPD_CS[", "BOUNDCRS[")
_REMEDY = "Export it in EPSG:4326 (WGS 84), longitude and latitude in degrees"


def to_degrees(rings: list[Ring], named: str) -> tuple[list[Ring], str | None]:
    """Turn coordinates into longitude and latitude.

    Parameters
    ----------
    rings : list of ndarray
        Coordinates of shape (n, 2); east or longitude first, as files have them.
    named : str
        "EPSG:32637", "urn:ogc:def:crs:OGC:1.3:CRS84" or well-known text.

    Returns
    -------
    rings : list of ndarray
        Degrees, EPSG:4326.
    name : str or None
        Name of the system they were in; None where it was WGS 84 already.

    Raises
    ------
    ZoneError
        The system is not known, or the coordinates cannot be in it.
    """
    found = _transformer(named.strip()[:10_000])
    if found is None:
        return rings, None
    transformer, name, projected = found
    most = max(float(np.abs(ring).max()) for ring in rings)
    if projected and most <= 360:
        raise ZoneError(f"says its coordinates are metres ({name}), and they look like degrees", remedy=_REMEDY)
    turned = [np.column_stack(transformer.transform(ring[:, 0], ring[:, 1])) for ring in rings]
    if not all(np.isfinite(ring).all() for ring in turned):
        raise ZoneError(f"has coordinates that are none in the system it names ({name})", remedy=_REMEDY)
    return turned, name


@lru_cache(maxsize=16)
def _transformer(named: str) -> tuple[Transformer, str, bool] | None:
    from pyproj import CRS, Transformer

    system = _system(named)
    known = CRS.from_epsg(4326)
    if system.equals(known, ignore_axis_order=True) or system.to_epsg(min_confidence=90) == 4326:
        return None
    transformer = Transformer.from_crs(system, known, always_xy=True)
    return transformer, system.name, bool(system.is_projected)


def _system(named: str) -> CRS:
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    shown = "".join(c for c in named if c.isprintable())[:60]
    match = _NAMED.fullmatch(named)
    try:
        if match and match[1].upper() == "OGC" and match[2].upper() == "CRS84":
            return CRS.from_epsg(4326)
        if match and match[1].upper() == "EPSG" and match[2].isdigit():
            system = CRS.from_epsg(int(match[2]))
        elif named.startswith(_WKT):
            system = CRS.from_wkt(named)
        else:
            raise ZoneError(f"names a coordinate system that is not known ({shown!r})", remedy=_REMEDY)
    except (CRSError, ValueError) as error:
        if isinstance(error, ZoneError):
            raise
        raise ZoneError(f"names a coordinate system that is not known ({shown!r})", remedy=_REMEDY) from error
    datum = "" if system.datum is None else system.datum.name.lower()
    if not (system.is_geographic or system.is_projected) or not datum or "unknown" in datum or "not specified" in datum:
        raise ZoneError(f"names a coordinate system that is not clear ({shown!r})", remedy=_REMEDY)
    return system
