"""UCDP GED and the monthly Candidate files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.importers.countries import country_of
from geo.importers.fields import Fields
from geo.importers.how import lists
from geo.model import ActorType, Status

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.importers.how import How
    from geo.importers.raw import RawBatch
    from geo.importers.rows import Batch

STATE_BASED, ONE_SIDED = 1, 3
_GOVERNMENT = "Government of "


def convert(raw: RawBatch, how: How) -> Batch:
    """Tell rows of UCDP in our words.

    Parameters
    ----------
    raw : RawBatch
    how : How
        With UCDP's columns, see :func:`geo.importers.how.columns_of`.

    Returns
    -------
    Batch
    """
    fields, told = Fields(raw, how.columns), lists()["ucdp"]
    ids = fields.text("id").str.removesuffix(".0")
    kinds = fields.code("type", {key: int(key) for key in told["types"]}, "1, 2 or 3")
    fields.fault(pd.isna(kinds), "its type of violence is not told")
    places = {**told["places"], told["country_only"]: None}
    where = fields.code("where_precision", places, "1 to 7")
    vague = fields.mapped("where_precision", lambda value: value.split(".")[0] == str(told["country_only"]))
    hidden = np.array([value is True for value in vague], dtype=bool)
    side_a, side_b, country = fields.text("side_a"), fields.text("side_b"), fields.text("country")
    clarity = fields.mapped("clarity", lambda value: value.split(".")[0])
    return fields.batch(
        {
            "event_id": fields.ids("ucdp", ids),
            "source_id": ids,
            "title": told["title"] + " " + ids,
            "event_type": np.array([told["types"].get(kind) for kind in kinds], dtype=object),
            "status": np.where(clarity == "2", str(Status.AGGREGATE), str(Status.REPORTED)),
            "day_start": fields.day("date_start"),
            "day_end": fields.day("date_end"),
            "time_precision": fields.code("date_precision", told["days"], "1 to 5"),
            "place": fields.text("where"),
            "country": fields.mapped("country", country_of),
            "admin1": fields.text("admin1"),
            "lon": np.where(hidden, np.nan, fields.number("longitude")),
            "lat": np.where(hidden, np.nan, fields.number("latitude")),
            "radius_km": np.array([pair[1] if pair else np.nan for pair in where], dtype=np.float64),
            "geo_precision": np.array([pair[0] if pair else None for pair in where], dtype=object),
            "actor1": side_a,
            "actor1_type": _types(side_a, country, kinds, second=False),
            "actor2": side_b,
            "actor2_type": _types(side_b, country, kinds, second=True),
            "fatalities_low": fields.number("low"),
            "fatalities_high": fields.number("high"),
            "source": fields.text("office"),
            "quote": fields.text("headline").fillna(fields.text("article")),
            "tags": fields.text("conflict"),
            "sources": _sources(fields.number("sources")),
        }
    )


def _types(sides: Any, countries: Any, kinds: NDArray[Any], *, second: bool) -> NDArray[Any]:
    """Give the type of each actor as far as UCDP tells it: a state's army abroad is no force of that state's land."""
    found = np.empty(len(sides), dtype=object)
    for n, (side, country, kind) in enumerate(zip(sides, countries, kinds, strict=True)):
        if not isinstance(side, str):
            continue
        if side.startswith(_GOVERNMENT):
            home = isinstance(country, str) and side.removeprefix(_GOVERNMENT).strip() == country
            found[n] = str(ActorType.STATE_FORCES if home else ActorType.EXTERNAL_FORCES)
        elif kind == STATE_BASED:
            found[n] = str(ActorType.REBEL_GROUP)
        elif kind == ONE_SIDED and second:
            found[n] = str(ActorType.CIVILIANS)
    return found


def _sources(number: NDArray[np.float64]) -> NDArray[np.float64]:
    """UCDP writes -1 for an unknown number."""
    return np.where(number >= 1, np.minimum(number, 30_000), np.nan)
