"""GeoJSON, RFC 7946, and the `crs` member of the version before it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import ZoneError
from geo.zones.files.limits import MAX_VERTICES, Counter, RawShape, attributes

if TYPE_CHECKING:
    from geo.zones.files.limits import Ring

# Python needs up to a hundred times the bytes of a file of nothing but brackets: they are counted before.
_MOST = {b"[": MAX_VERTICES + 50_000, b"{": 100_000, b",": 4 * MAX_VERTICES, b":": 400_000}
_COLLECTIONS_DEEP = 3


def read(data: bytes) -> list[RawShape]:
    """Read the areas of a GeoJSON file.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    list of RawShape

    Raises
    ------
    ZoneError
        The file as a whole cannot be read.
    """
    for mark, most in _MOST.items():
        if data.count(mark) > most:
            raise ZoneError(
                f"has more than {most:,} {mark.decode()!r}: more than {MAX_VERTICES:,} corners are not read",
                remedy="Simplify it, or take out what is not needed",
            )
    document = _document(data)
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        features = document["features"]
    elif isinstance(kind, str):
        features = [document]
    else:
        raise ZoneError("is no GeoJSON: it has no `type`", remedy="Export it as GeoJSON again")
    crs, counter = _crs(document), Counter()
    return [_feature(feature, number, crs, counter) for number, feature in enumerate(features, start=1)]


def _document(data: bytes) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise ZoneError("is not UTF-8", remedy="Save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise ZoneError(f"is no JSON: {error.msg} in line {error.lineno}") from error
    except RecursionError as error:
        raise ZoneError("nests too deep") from error
    except ValueError as error:
        raise ZoneError(f"is no JSON: {error}"[:200]) from error


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _crs(document: dict[str, Any]) -> str | None:
    named = document.get("crs")
    if named is None:
        return None
    inner = named.get("properties") if isinstance(named, dict) else None
    name = inner.get("name") if isinstance(inner, dict) else None
    return name if isinstance(name, str) else "unreadable"


def _feature(feature: Any, number: int, crs: str | None, counter: Counter) -> RawShape:
    counter.feature()
    shape = RawShape(f"feature {number}", crs=crs)
    try:
        if not isinstance(feature, dict):
            raise ZoneError("is no feature")
        is_feature = feature.get("type") == "Feature"
        shape.attributes = attributes(feature.get("properties")) if is_feature else {}
        shape.polygons = _polygons(feature.get("geometry") if is_feature else feature, counter)
    except ZoneError as error:
        shape.trouble = error
    return shape


def _polygons(geometry: Any, counter: Counter, depth: int = 0) -> list[list[Ring]]:
    if not isinstance(geometry, dict):
        raise ZoneError("has no geometry")
    kind, value = geometry.get("type"), geometry.get("coordinates")
    if kind == "Polygon":
        return [_polygon(value, counter)]
    if kind == "MultiPolygon":
        return [_polygon(part, counter) for part in _list(value)]
    if kind == "GeometryCollection" and depth < _COLLECTIONS_DEEP:
        parts = _list(geometry.get("geometries"))
        areas = [p for p in parts if not isinstance(p, dict) or p.get("type") not in {"Point", "LineString"}]
        return [polygon for part in areas for polygon in _polygons(part, counter, depth + 1)]
    raise ZoneError(f"is a {str(kind)[:40]}, and only areas can be zones", remedy="Draw it as a polygon")


def _polygon(value: Any, counter: Counter) -> list[Ring]:
    return [_ring(ring, counter) for ring in _list(value)]


def _ring(value: Any, counter: Counter) -> Ring:
    positions = _list(value)
    counter.vertices(len(positions))
    for position in positions:
        if (
            not isinstance(position, list)
            or len(position) < 2
            or not all(type(v) in (int, float) for v in position[:2])
        ):
            raise ZoneError(f"{str(position)[:60]} is no position", remedy="[longitude, latitude] is asked for")
    try:
        return np.array([(position[0], position[1]) for position in positions], dtype=np.float64).reshape(-1, 2)
    except OverflowError as error:
        raise ZoneError("a coordinate is too large") from error


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ZoneError("its coordinates are no list")
    return value
