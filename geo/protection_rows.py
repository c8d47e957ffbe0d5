"""Imported rows under the rules of protection: as :mod:`geo.protection` does with the store's own events."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.frame import CRS, drawn
from geo.model import GeoPrecision, Place, PlaceKind
from geo.protection import WITHHELD, coarse, rules_of, words
from geo.protection_rules import Action
from geo.zones import join

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geopandas import GeoDataFrame

    from geo.protection_rules import Rule, Rules
    from geo.zones import BuiltZone

TOLD: Final = "protection"
"""Where a table remembers how many of its events are withheld, and how many shown less exactly."""


def guarded(rows: GeoDataFrame, folder: Path, zones: Mapping[str, BuiltZone]) -> GeoDataFrame:
    """Show imported rows under the rules of a store.

    Parameters
    ----------
    rows : GeoDataFrame
        Columns as in :data:`geo.frame.COLUMNS`, and any others.
    folder : Path
        The store's.
    zones : mapping of str to BuiltZone

    Returns
    -------
    GeoDataFrame
        The same object where no rule holds.
    """
    rules = rules_of(folder)
    if not rules or rows.empty:
        return rows
    held = _held(rows, rules)
    away = [at for at, rule in held.items() if rule.action is Action.WITHHOLD]
    coarser = {at: rule for at, rule in held.items() if rule.action is not Action.WITHHOLD}
    rows = _coarser(rows, coarser, zones) if coarser else rows
    rows = rows.drop(index=rows.index[away]).reset_index(drop=True) if away else rows
    return remember(rows, len(away), len(coarser))


def remember(rows: GeoDataFrame, withheld: int, coarsened: int) -> GeoDataFrame:
    """Add to what a table remembers of the rules."""
    if not withheld and not coarsened:
        return rows
    before = rows.attrs.get(TOLD, (0, 0))
    rows.attrs[TOLD] = (before[0] + withheld, before[1] + coarsened)
    return rows


def told(rows: GeoDataFrame) -> str | None:
    """Say what the rules did to a table and what was selected from it; None where they did nothing."""
    return words(*rows.attrs.get(TOLD, (0, 0)))


def said(rows: GeoDataFrame) -> str | None:
    """Say it as a sentence for a map, a figure or a file: the counts are those of the store, whatever is selected."""
    words = told(rows)
    return words and f"Of the whole store, {words}."


def _held(rows: GeoDataFrame, rules: Rules) -> dict[int, Rule]:
    """Find the rows a rule holds for, by position. Rows share places and sources: each pair is asked once."""
    columns = ["place", "place_id", "lon", "lat", "source"]
    groups = rows[columns].astype(object).groupby(columns, dropna=False, sort=False).indices
    found: dict[int, Rule] = {}
    for (place, key, lon, lat, source), at in groups.items():
        rule = rules.strongest([(_place(place, key, lon, lat), None if pd.isna(source) else str(source))])
        if rule is not None:
            found |= dict.fromkeys(at.tolist(), rule)
    return found


def _place(name: Any, key: Any, lon: Any, lat: Any, **rest: Any) -> Place:
    name, key = ("" if pd.isna(value) else str(value) for value in (name, key))
    return Place(key, name, float(lon), float(lat), PlaceKind.TOWN, **{"radius_km": 0.0, **rest})


def _coarser(rows: GeoDataFrame, held: dict[int, Rule], zones: Mapping[str, BuiltZone]) -> GeoDataFrame:
    rows = rows.copy()
    at = sorted(held)
    index = rows.index[at]
    places = []
    for number, row in zip(at, rows.loc[index].itertuples(), strict=True):
        area = {key: None if pd.isna(value := getattr(row, key)) else str(value) for key in ("country", "admin1")}
        radius = 0.0 if pd.isna(row.radius_km) else float(row.radius_km)
        places.append(coarse(_place(row.place, row.place_id, row.lon, row.lat, radius_km=radius, **area), held[number]))
    shapes = [drawn(place) for place in places]
    values: dict[str, list[Any]] = {
        "place": [place.name for place in places],
        "place_id": [place.id for place in places],
        "lon": [place.lon if shape[0] else math.nan for place, shape in zip(places, shapes, strict=True)],
        "lat": [place.lat if shape[0] else math.nan for place, shape in zip(places, shapes, strict=True)],
        "radius_km": [place.radius_km for place in places],
        "geo_precision": [int(GeoPrecision.REGION)] * len(at),
        "shape": [shape[0] for shape in shapes],
        "title": [WITHHELD] * len(at),
        "source": [WITHHELD] * len(at),
        "quote": [WITHHELD] * len(at),
    }
    for name, column in values.items():
        series = rows[name]
        if isinstance(series.dtype, pd.CategoricalDtype):
            new = series.astype(object)
            new.loc[index] = column
            codes, found = pd.factorize(new.to_numpy(), sort=True)
            made = pd.Categorical.from_codes(codes.tolist(), categories=pd.Index(found, dtype="str"))
            rows[name] = pd.Series(made, index=rows.index)
        else:
            rows.loc[index, name] = column
    geometry = rows.geometry.to_numpy().copy()
    geometry[at] = np.array([shape[1] for shape in shapes], dtype=object)
    rows = rows.set_geometry(type(rows.geometry)(geometry, index=rows.index, crs=CRS))
    return _asked_again(rows, at, zones)


def _asked_again(rows: GeoDataFrame, at: list[int], zones: Mapping[str, BuiltZone]) -> GeoDataFrame:
    """Ask the coarse places against the zones."""
    part = rows.iloc[at]
    pairs = join(part["lon"], part["lat"], part["radius_km"], part["day_start"], part["day_end"], zones)
    ids = list(zones)
    for name, answer in (("zones_inside", 2), ("zones_possible", 1)):
        column = rows[name].to_numpy().copy()
        chosen = pairs.answer == answer
        found: dict[int, tuple[str, ...]] = {}
        for point, zone in zip(pairs.point[chosen], pairs.zone[chosen], strict=True):
            found[int(point)] = (*found.get(int(point), ()), ids[zone])
        for number, position in enumerate(at):
            column[position] = found.get(number, ())
        rows[name] = pd.Series(column, index=rows.index, dtype=object)
    return rows
