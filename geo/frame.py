"""Events as one table: a GeoDataFrame with a fixed schema, checked when it is made and when it is read.

One row per event, in EPSG:4326, sorted by first day, then event id; events without a day come last. An event without a
place, or without a day, is a row too: it stands in the tray (:func:`geo.query.tray`), not on the map.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pandas.api.types import union_categoricals

from geo.errors import GeoError
from geo.model import EVENT_TYPE_OF, POINT_KINDS, ActorType, EventType, PlaceKind, ReviewState, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.model import Article, Event, Place
    from geo.store import Store

CRS: Final = "EPSG:4326"
COLUMNS: Final[dict[str, str]] = {
    "event_id": "str",
    "event_type": "category",
    "sub_event_type": "category",
    "day_start": "datetime64[s]",
    "day_end": "datetime64[s]",
    "time_precision": "Int8",
    "place": "category",
    "place_id": "category",
    "country": "category",
    "admin1": "category",
    "lon": "float64",
    "lat": "float64",
    "radius_km": "float64",
    "geo_precision": "Int8",
    "shape": "category",
    "actor1": "category",
    "actor1_type": "category",
    "actor2": "category",
    "actor2_type": "category",
    "status": "category",
    "fatalities_low": "Int32",
    "fatalities_high": "Int32",
    "injured_low": "Int32",
    "injured_high": "Int32",
    "zones_inside": "object",
    "zones_possible": "object",
    "confidence": "float32",
    "review": "category",
    "reports": "Int16",
    "sources": "Int16",
    "title": "category",
    "source": "category",
    "quote": "str",
    "geometry": "geometry",
}
"""Columns and their types, in order. Unknown is None, NaN, NaT or <NA>; zones are tuples of ids, empty for none."""

LATER: Final = ("injured_low", "injured_high")
"""Columns that imports and exports of before do not have; there they are unknown."""

SHAPES: Final = ("point", "line", "area")
"""How a placed event is drawn; unknown for one that is not placed."""

WIDEST_DISC_KM: Final = 150.0
"""A region or mountain without an outline is drawn as a disc of its radius up to this; a wider one is not placed."""

_CLOSED: Final[dict[str, frozenset[str]]] = {
    "event_type": frozenset(map(str, EventType)),
    "sub_event_type": frozenset(EVENT_TYPE_OF),
    "actor1_type": frozenset(map(str, ActorType)),
    "actor2_type": frozenset(map(str, ActorType)),
    "status": frozenset(map(str, Status)),
    "review": frozenset(map(str, ReviewState)),
    "shape": frozenset(SHAPES),
}
_NEVER_PLACED: Final = frozenset({PlaceKind.COUNTRY, PlaceKind.CONTINENT})
_KM_PER_DEGREE: Final = 111.195


def load_frame(store: Store) -> gpd.GeoDataFrame:
    """Read the events of a store.

    Parameters
    ----------
    store : Store

    Returns
    -------
    GeoDataFrame
        One row per event, EPSG:4326, columns as in :data:`COLUMNS`.

    Raises
    ------
    StoreError
        The store cannot be read.
    GeoError
        The events do not hold to the schema.
    """
    from geo.protection import shown

    events, articles, *_ = shown(store)
    return events_frame(events, articles)


def events_frame(events: Iterable[Event], articles: Iterable[Article] | Mapping[str, Article] = ()) -> gpd.GeoDataFrame:
    """Make the table of events.

    Parameters
    ----------
    events : iterable of Event
    articles : iterable of Article, or mapping of Article by id
        Where titles and sources come from; an event of an unknown article has neither.

    Returns
    -------
    GeoDataFrame
        One row per event, EPSG:4326, columns as in :data:`COLUMNS`.

    Raises
    ------
    GeoError
        A value does not hold to the schema; names the event and the column.
    """
    by_id = {article.id: article for article in (articles.values() if isinstance(articles, Mapping) else articles)}
    records = [_record(event, by_id.get(event.best.article_id)) for event in events]
    columns = {name: [record[i] for record in records] for i, name in enumerate(COLUMNS)}
    geometry = columns.pop("geometry")
    table = pd.DataFrame({name: _series(name, values) for name, values in columns.items()})
    frame = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(geometry, crs=CRS))
    frame = frame.sort_values(["day_start", "event_id"], na_position="last", ignore_index=True)
    return check_frame(frame)


def together(frames: Sequence[gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Put tables of events into one.

    Parameters
    ----------
    frames : sequence of GeoDataFrame
        Columns as in :data:`COLUMNS`; at least one table.

    Returns
    -------
    GeoDataFrame
        Sorted and checked like any other.

    Raises
    ------
    GeoError
        Two events have one id.
    """
    if len(frames) == 1:
        return frames[0]
    columns: dict[str, Any] = {}
    for name, kind in COLUMNS.items():
        parts = [frame[name] for frame in frames]
        if kind == "category":
            columns[name] = union_categoricals([part.array for part in parts], sort_categories=True)
        elif kind != "geometry":
            columns[name] = pd.concat(parts, ignore_index=True)
    geometry = np.concatenate([frame.geometry.array.to_numpy() for frame in frames])
    frame = gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries(geometry, crs=CRS))
    frame = frame[list(COLUMNS)].sort_values(["day_start", "event_id"], na_position="last", ignore_index=True)
    return check_frame(frame)


def check_frame(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Hold a table to the schema.

    Parameters
    ----------
    frame : GeoDataFrame

    Returns
    -------
    GeoDataFrame
        The same object.

    Raises
    ------
    GeoError
        Names the column, and where there is one the event, its value and what is allowed.
    """
    if list(frame.columns) != list(COLUMNS):
        missing, extra = set(COLUMNS) - set(frame.columns), set(frame.columns) - set(COLUMNS)
        raise GeoError(f"events table: columns missing {sorted(missing)}, unknown {sorted(extra)}, or in another order")
    if frame.crs is None or frame.crs.to_epsg() != 4326:
        raise GeoError(f"events table: coordinates are in {frame.crs}, not {CRS}")
    for name, kind in COLUMNS.items():
        if str(frame[name].dtype) != kind and not (kind == "str" and len(frame) == 0):
            raise GeoError(f"events table: column {name} is {frame[name].dtype}, not {kind}")
    for name, allowed in _CLOSED.items():
        for value in set(frame[name].cat.categories) - allowed:
            _demand(frame, name, frame[name] != value, f"one of {', '.join(sorted(allowed))}")
    for name, right, rule in _rules(frame):
        _demand(frame, name, right, rule)
    return frame


def _rules(frame: gpd.GeoDataFrame) -> Iterable[tuple[str, Any, str]]:
    """Column, where it is right, and the rule in words."""
    start, end = frame["day_start"], frame["day_end"]
    yield "event_id", ~frame["event_id"].duplicated() & frame["event_id"].notna(), "there once"
    for name in ("event_type", "status", "review"):
        yield name, frame[name].notna(), "known"
    yield "day_end", start.isna() == end.isna(), "known exactly where day_start is"
    yield "day_start", start.isna() | (start <= end), "not after day_end"
    placed = frame["geometry"].notna()
    for name, most in (("lon", 180.0), ("lat", 90.0)):
        yield name, np.where(placed, frame[name].abs() <= most, frame[name].isna()), f"within ±{most:g} where placed"
    yield (
        "radius_km",
        frame["radius_km"].isna() | ((frame["radius_km"] >= 0) & np.isfinite(frame["radius_km"])),
        "0 or more",
    )
    yield "shape", frame["shape"].notna() == placed, "known exactly where there is a geometry"
    for people in ("fatalities", "injured"):
        low, high = frame[f"{people}_low"], frame[f"{people}_high"]
        ordered = (low.isna() | high.isna() | (low <= high)).fillna(value=True)
        yield f"{people}_low", low.isna() | (low >= 0).fillna(value=False), "0 or more"
        yield f"{people}_high", ordered, f"not less than {people}_low"
    yield "confidence", frame["confidence"].between(0, 1), "between 0 and 1"


def _demand(frame: gpd.GeoDataFrame, name: str, right: Any, rule: str) -> None:
    right = np.asarray(right, dtype=bool)
    if not right.all():
        row = frame.iloc[int(np.argmin(right))]
        raise GeoError(f"event {row['event_id']}: {name} is {row[name]}, it must be {rule}")


def _series(name: str, values: list[Any]) -> pd.Series[Any]:
    kind = COLUMNS[name]
    if kind == "category":
        codes, found = pd.factorize(np.array([None if v is None else str(v) for v in values], dtype=object), sort=True)
        return pd.Series(pd.Categorical.from_codes(codes, categories=pd.Index(found, dtype="str")))
    if kind == "object":
        # Equal tuples are one object, which saves memory and time.
        same: dict[Any, Any] = {}
        column = np.empty(len(values), dtype=object)
        column[:] = [same.setdefault(value, value) for value in values]
        return pd.Series(column, dtype=object)
    try:
        if kind == "datetime64[s]":
            return pd.Series(np.array([np.datetime64("NaT") if v is None else v for v in values], dtype=kind))
        return pd.Series(values, dtype=kind)
    except (OverflowError, TypeError, ValueError) as error:
        raise GeoError(f"events table: a value of {name} cannot be kept ({error})") from error


def _record(event: Event, article: Article | None) -> tuple[Any, ...]:
    best = event.best
    place = best.place
    shape, geometry = drawn(place)
    return (
        event.id,
        best.event_type,
        best.sub_event_type,
        best.day_start,
        best.day_end,
        best.time_precision,
        place and place.name,
        place and place.id,
        place and place.country,
        place and place.admin1,
        place.lon if place and shape else math.nan,
        place.lat if place and shape else math.nan,
        place.radius_km if place else math.nan,
        best.geo_precision,
        shape,
        best.actor1,
        best.actor1_type,
        best.actor2,
        best.actor2_type,
        best.status,
        best.fatalities_low,
        best.fatalities_high,
        best.injured_low,
        best.injured_high,
        tuple(z.zone_id for z in event.zones if z.answer == "inside"),
        tuple(z.zone_id for z in event.zones if z.answer == "possible"),
        best.confidence,
        event.review.state,
        len(event.reports),
        event.independent_sources,
        article and article.title,
        article and article.source,
        best.quote,
        geometry,
    )


def drawn(place: Place | None) -> tuple[str | None, BaseGeometry | None]:
    """Tell how a place is drawn on a map.

    Parameters
    ----------
    place : Place or None

    Returns
    -------
    shape : {"point", "line", "area"} or None
        None for no place, a country or continent, and a wide region without an outline: they stand in the tray.
    geometry : shapely geometry or None
        EPSG:4326.
    """
    if place is None or place.kind in _NEVER_PLACED or not (math.isfinite(place.lon) and math.isfinite(place.lat)):
        return None, None
    if place.geometry is not None and not place.geometry.is_empty:
        return SHAPES[int(shapely.get_dimensions(place.geometry))], place.geometry
    if place.kind in POINT_KINDS:
        return "point", shapely.Point(place.lon, place.lat)
    if place.radius_km <= WIDEST_DISC_KM:
        return "area", _disc(place)
    return None, None


def _disc(place: Place) -> BaseGeometry:
    turn = np.linspace(0, 2 * np.pi, 65)
    lat = place.lat + place.radius_km / _KM_PER_DEGREE * np.sin(turn)
    lon = place.lon + place.radius_km / _KM_PER_DEGREE * np.cos(turn) / math.cos(math.radians(place.lat))
    return shapely.Polygon(np.column_stack([lon, lat]))
