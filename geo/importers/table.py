"""Any table, by a mapping of its columns to ours; our own exports among them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.export.formulas import restore
from geo.importers.countries import country_of
from geo.importers.features import GEOMETRY
from geo.importers.fields import Fields, plain_number
from geo.importers.geometries import read_shapes
from geo.importers.how import lists
from geo.importers.mapping import ANY, type_of
from geo.importers.raw import RawBatch
from geo.importers.rows import KNOWN_SINCE, SHAPE, Skipped
from geo.model import EVENT_TYPE_OF, ActorType, Status

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.importers.how import How
    from geo.importers.rows import Batch


def convert(raw: RawBatch, how: How) -> Batch:
    """Tell rows of a table in our words.

    Parameters
    ----------
    raw : RawBatch
    how : How
        With the mapping, see :func:`geo.importers.mapping.guess`.

    Returns
    -------
    Batch
        A row whose event type the mapping does not tell is skipped.
    """
    raw = _without_tags(_plain_text(raw, how))
    fields = Fields(raw, how.columns, day_order=how.day_order)
    types, subs = _types(fields, how)
    ids = fields.text("event_id").fillna(_row_hashes(raw, how))
    lon, lat, wkb = _places(fields)
    start, end = fields.day("day_start"), fields.day("day_end")
    own = fields.has("event_id")
    named = fields.text("title")
    precisions = {str(code): code for code in range(1, 6)}
    statuses = fields.code("status", {status: str(status) for status in Status}, "a status that is known")
    return fields.batch(
        {
            "event_id": fields.ids(f"table:{how.dataset}", ids),
            "source_id": fields.text("event_id"),
            "title": named.fillna(how.dataset + " " + ids) if own else named,
            "event_type": types,
            "sub_event_type": subs,
            "status": np.where(pd.isna(statuses), str(Status.REPORTED), statuses),
            "day_start": start,
            "day_end": end.fillna(start),
            "time_precision": fields.code("time_precision", precisions, "1 to 5"),
            **{name: fields.text(name) for name in ("place", "place_id", "admin1", "actor1", "actor2", "quote", "url")},
            "country": fields.mapped("country", country_of),
            "lon": lon,
            "lat": lat,
            SHAPE: wkb,
            "radius_km": fields.number("radius_km", comma=True),
            "geo_precision": fields.code("geo_precision", {"1": 1, "2": 2, "3": 3}, "1, 2 or 3"),
            "actor1_type": _actor_type(fields, "actor1_type"),
            "actor2_type": _actor_type(fields, "actor2_type"),
            **{
                f"{people}_{end}": fields.number(f"{people}_{end}")
                for people in ("fatalities", "injured")
                for end in ("low", "high")
            },
            "confidence": np.clip(fields.number("confidence"), 0, 1),
            "sources": np.clip(fields.number("sources"), 0, 30_000),
            "source": _source(fields, how),
            "tags": fields.text("tags"),
            KNOWN_SINCE: fields.day(KNOWN_SINCE),
        }
    )


def _plain_text(raw: RawBatch, how: How) -> RawBatch:
    """Take the apostrophes off that our exports put before what a spreadsheet could take for a formula."""
    rows = raw.rows.copy(deep=False)
    for column in set(how.columns.values()) & set(rows.columns):
        quoted = rows[column].str.startswith("'").fillna(value=False).to_numpy(dtype=bool)
        if quoted.any():
            values = rows[column].to_numpy(dtype=object, copy=True)
            values[quoted] = restore(pa.array(values[quoted].tolist(), type=pa.string())).to_pylist()
            rows[column] = pd.Series(values, index=rows.index, dtype="str")
    return RawBatch(rows, raw.lines, raw.skipped)


def _without_tags(raw: RawBatch) -> RawBatch:
    """Leave out a row of HXL tags, which stands under the heading."""
    if not len(raw.rows) or raw.lines[0] > 3:
        return raw
    first = raw.rows.iloc[0].dropna()
    if not len(first) or not first.str.startswith("#").all():
        return raw
    told = [*raw.skipped, Skipped(int(raw.lines[0]), "it holds HXL tags")]
    return RawBatch(raw.rows.iloc[1:].reset_index(drop=True), raw.lines[1:], told)


def _types(fields: Fields, how: How) -> tuple[NDArray[Any], NDArray[Any]]:
    """Give event type and sub-event type by the mapping's words, by ours, or by the one that stands for the rest."""
    rest = how.types.get(ANY)
    subs = fields.mapped("sub_event_type", lambda word: how.types.get(word, type_of(word)) or "")
    kinds = fields.mapped("event_type", lambda word: how.types.get(word, type_of(word)) or "")
    chosen = np.where(pd.isna(subs) | np.equal(subs, ""), kinds, subs)
    unknown = pd.isna(chosen) | np.equal(chosen, "")
    chosen[unknown] = rest
    if rest is None:
        fields.fault(unknown, "the mapping does not tell its event type")
    types = np.array([None if c is None else str(EVENT_TYPE_OF.get(c, c)) for c in chosen], dtype=object)
    return types, np.array([c if c in EVENT_TYPE_OF else None for c in chosen], dtype=object)


def _places(fields: Fields) -> tuple[Any, Any, Any]:
    """Give coordinates out of their columns, else out of the geometry; lines and areas stay what they are."""
    lon, lat = fields.number("lon", comma=True), fields.number("lat", comma=True)
    if not fields.has(GEOMETRY):
        return lon, lat, np.full(len(fields), None, dtype=object)
    shapes = read_shapes(fields.whole(GEOMETRY))
    fields.fault(shapes.wrong, "its geometry cannot be read")
    missing = np.isnan(lon) & np.isnan(lat)
    return np.where(missing, shapes.lon, lon), np.where(missing, shapes.lat, lat), shapes.wkb


def _row_hashes(raw: RawBatch, how: How) -> pd.Series[str]:
    """Make an id of what a row says, for a table that has none."""
    if how.columns.get("event_id") in raw.rows and raw.rows[how.columns["event_id"]].notna().all():
        return pd.Series(np.nan, index=raw.rows.index, dtype="str")
    used = [raw.rows[name].fillna("") for _, name in sorted(how.columns.items()) if name in raw.rows]
    # Of a table without a column that is known, every row says the same: nothing.
    rows = zip(*used, strict=True) if used else [()] * len(raw.rows)
    made = [hashlib.sha256("\x1f".join(row).encode()).hexdigest()[:12] for row in rows]
    return pd.Series(made, index=raw.rows.index, dtype="str")


def _source(fields: Fields, how: How) -> pd.Series[Any]:
    """Give the row's own source, else whose table it is."""
    source = fields.text("source")
    return source.fillna(how.attribution) if how.attribution else source


def _actor_type(fields: Fields, name: str) -> NDArray[Any]:
    """Give ACLED's actor types, by text or number; another list's types are unknown here."""
    told = lists()["acled"]
    kinds = {str(key): value for key, value in told["inter"].items()} | {str(kind): str(kind) for kind in ActorType}
    return fields.mapped(name, lambda value: kinds.get(plain_number(value)))
