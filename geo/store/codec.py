"""The nouns as JSON and back, exactly.

Days are ISO text, enumerations their values, tuples lists. A geometry is too large to be repeated in every report of
the same province, so it is kept once, as WKB under the hash of its bytes, and the JSON holds ``{"wkb": hash}``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

import shapely
from shapely.geometry.base import BaseGeometry

from geo.model import (
    ActorType,
    Article,
    Candidate,
    EventType,
    GeoPrecision,
    Place,
    PlaceKind,
    Report,
    Review,
    ReviewState,
    Status,
    TimePrecision,
    ZoneMembership,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")

Shapes = dict[str, bytes]
"""WKB by hash."""


def canonical(value: Any) -> str:
    """Write JSON the one way: keys sorted, no spaces, text as it is.

    Parameters
    ----------
    value : JSON-ready value

    Returns
    -------
    str

    Raises
    ------
    ValueError
        A number is not finite.
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def encode(value: Any, shapes: Shapes) -> Any:
    """Turn a noun, or a part of one, into a JSON-ready value.

    Parameters
    ----------
    value : Article, Report, ZoneMembership or any part of them
    shapes : dict of str to bytes
        Filled with the WKB of every geometry met.

    Returns
    -------
    JSON-ready value
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [encode(item, shapes) for item in value]
    if isinstance(value, BaseGeometry):
        wkb = shapely.to_wkb(value, include_srid=False)
        key = shape_key(wkb)
        shapes[key] = wkb
        return {"wkb": key}
    return {name: encode(getattr(value, name), shapes) for name in _NAMES[type(value)]}


def shape_key(wkb: bytes) -> str:
    """Name a geometry by its bytes.

    Parameters
    ----------
    wkb : bytes

    Returns
    -------
    str
        32 hexadecimal digits.
    """
    return hashlib.blake2b(wkb, digest_size=16).hexdigest()


def article(data: Mapping[str, Any]) -> Article:
    """Rebuild an article from :func:`encode`'s value."""
    return _build(Article, data, {"published": _day, "captions": tuple})


def place(data: Mapping[str, Any], shapes: Mapping[str, BaseGeometry]) -> Place:
    """Rebuild a place; ``shapes`` holds its geometry by hash."""
    return _build(Place, data, {"kind": PlaceKind, "geometry": lambda shape: shapes[shape["wkb"]]})


def zone_membership(data: Mapping[str, Any]) -> ZoneMembership:
    """Rebuild a zone membership from :func:`encode`'s value."""
    return _build(ZoneMembership, data, {})


def review(data: Mapping[str, Any]) -> Review:
    """Rebuild a review from :func:`encode`'s value."""
    return _build(Review, data, {"state": ReviewState, "corrected": tuple})


def report(data: Mapping[str, Any], shapes: Mapping[str, BaseGeometry]) -> Report:
    """Rebuild a report; ``shapes`` holds the geometries of its places by hash."""
    return _build(Report, data, _report_turns(shapes))


def report_fields(data: Mapping[str, Any], shapes: Mapping[str, BaseGeometry]) -> dict[str, Any]:
    """Rebuild some fields of a report, as a correction holds them."""
    return _values(Report, data, _report_turns(shapes))


def _report_turns(shapes: Mapping[str, BaseGeometry]) -> dict[str, Callable[[Any], Any]]:
    def to_place(value: Mapping[str, Any]) -> Place:
        return place(value, shapes)

    def to_candidates(values: list[Mapping[str, Any]]) -> tuple[Candidate, ...]:
        return tuple(_build(Candidate, value, {"place": to_place}) for value in values)

    return {**_REPORT, "place": to_place, "candidates": to_candidates}


_day = date.fromisoformat

_REPORT: dict[str, Callable[[Any], Any]] = {
    "event_type": EventType,
    "status": Status,
    "trigger": tuple,
    "day_start": _day,
    "day_end": _day,
    "time_precision": TimePrecision,
    "time_span": tuple,
    "place_span": tuple,
    "geo_precision": GeoPrecision,
    "actor1_type": ActorType,
    "actor2_type": ActorType,
    "actor_spans": lambda spans: tuple(tuple(span) for span in spans),
    "tags": tuple,
}


_NAMES: dict[object, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind))
    for kind in (Article, Place, Candidate, Report, Review, ZoneMembership)
}


def _build(kind: type[T], data: Mapping[str, Any], turn: Mapping[str, Callable[[Any], Any]]) -> T:
    """Make a noun of JSON values. A field this version does not know is left; one it lacks takes its default."""
    return kind(**_values(kind, data, turn))


def _values(kind: object, data: Mapping[str, Any], turn: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    values = {}
    for name in _NAMES[kind]:
        if name in data:
            value = data[name]
            values[name] = turn[name](value) if value is not None and name in turn else value
    return values
