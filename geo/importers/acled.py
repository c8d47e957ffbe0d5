"""ACLED: export and API columns, codebooks old and new. Its terms forbid passing rows on: a user brings a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.importers.countries import country_of
from geo.importers.fields import Fields
from geo.importers.how import lists
from geo.importers.rows import KNOWN_SINCE
from geo.model import EVENT_TYPE_OF, ActorType, EventType, Status, TimePrecision

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.importers.how import How
    from geo.importers.raw import RawBatch
    from geo.importers.rows import Batch

WEEK_DAYS = 3
"""ACLED writes the middle of a week; the day lies this many days around it."""


def convert(raw: RawBatch, how: How) -> Batch:
    """Tell rows of ACLED in our words.

    Parameters
    ----------
    raw : RawBatch
    how : How
        With ACLED's columns, see :func:`geo.importers.how.columns_of`.

    Returns
    -------
    Batch
    """
    fields, told = Fields(raw, how.columns, day_order=how.day_order), lists()["acled"]
    ids = fields.text("id")
    types, subs = _types(fields)
    time_precision = fields.code("time_precision", {"1": 1, "2": 2, "3": 3}, "1, 2 or 3")
    start, end = _span(fields.day("date"), time_precision)
    geo_precision = fields.code("geo_precision", {"1": 1, "2": 2, "3": 3}, "1, 2 or 3")
    radius = {int(key): float(km) for key, km in told["radius_km"].items()}
    return fields.batch(
        {
            "event_id": fields.ids("acled", ids),
            "source_id": ids,
            "title": told["title"] + " " + ids,
            "event_type": types,
            "sub_event_type": subs,
            "status": np.full(len(fields), str(Status.REPORTED), dtype=object),
            "day_start": start,
            "day_end": end,
            "time_precision": time_precision,
            "place": fields.text("location"),
            "country": _country(fields),
            "admin1": fields.text("admin1"),
            "lon": fields.number("longitude", comma=True),
            "lat": fields.number("latitude", comma=True),
            "radius_km": np.array([radius.get(code, np.nan) for code in geo_precision], dtype=np.float64),
            "geo_precision": geo_precision,
            "actor1": fields.text("actor1"),
            "actor1_type": _actor_type(fields, "inter1"),
            "actor2": fields.text("actor2"),
            "actor2_type": _actor_type(fields, "inter2"),
            "fatalities_low": fields.number("fatalities"),
            "source": fields.text("source"),
            "quote": fields.text("notes"),
            "tags": _tags(fields),
            KNOWN_SINCE: fields.day("timestamp"),
        }
    )


def _types(fields: Fields) -> tuple[NDArray[Any], NDArray[Any]]:
    """Give event type and sub-event type; where an older codebook tells no sub-type, it is unknown."""
    told = lists()["acled"]
    of = {**{kind: [str(kind), None] for kind in EventType if kind is not EventType.DIPLOMACY}, **told["old_types"]}
    both = told["riots_or_protests"]
    of |= {name: [None, None] for name in both["names"]}
    pairs = fields.code("event_type", of, "an event type of ACLED")
    subs = fields.code("sub_event_type", {sub: sub for sub in EVENT_TYPE_OF}, "a sub-event type of ACLED")
    inter = fields.mapped("inter1", lambda value: value.split(".")[0])
    types = np.empty(len(fields), dtype=object)
    for n, (pair, sub, who) in enumerate(zip(pairs, subs, inter, strict=True)):
        if sub is not None:
            types[n] = str(EVENT_TYPE_OF[sub])
        elif pair is not None:
            types[n], subs[n] = pair if pair[0] is not None else both.get(int(who) if str(who).isdigit() else 0, pair)
    fields.fault(pd.isna(types), "its event type is not told")
    return types, subs


def _span(day: pd.Series[Any], precision: NDArray[Any]) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Give the days among which the event happened."""
    week = pd.Series(precision == TimePrecision.WEEK, index=day.index)
    month = pd.Series(precision == TimePrecision.MONTH, index=day.index)
    around = pd.Timedelta(days=WEEK_DAYS)
    first = day.dt.to_period("M").dt.start_time.dt.as_unit("s")
    last = (first + pd.offsets.MonthEnd(0)).dt.as_unit("s")
    return day.mask(week, day - around).mask(month, first), day.mask(week, day + around).mask(month, last)


def _country(fields: Fields) -> NDArray[Any]:
    named, code = fields.mapped("country", country_of), fields.mapped("iso", country_of)
    return np.where(pd.isna(code), named, code)


def _actor_type(fields: Fields, name: str) -> NDArray[Any]:
    told = lists()["acled"]
    kinds: dict[str, str | None] = {str(key): value for key, value in told["inter"].items()}
    kinds |= {"0": None, **told["inter_texts"], **{str(kind): str(kind) for kind in ActorType}}
    return fields.code(name, kinds, "an actor type of ACLED")


def _tags(fields: Fields) -> pd.Series[Any]:
    """Put ACLED's flags and tags into one text."""
    parts = [fields.text(name) for name in ("disorder_type", "civilian_targeting", "tags")]
    joined = parts[0].fillna("")
    for part in parts[1:]:
        joined = joined + ("; " + part).fillna("")
    return joined.str.removeprefix("; ").where(joined != "")
