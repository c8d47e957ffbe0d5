"""GDELT 2.0 events: what a machine coded from one article each. A row is a count of news before it is an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.importers.countries import country_of_fips
from geo.importers.fields import Fields
from geo.importers.how import lists
from geo.importers.rows import KNOWN_SINCE
from geo.model import Status, TimePrecision

if TYPE_CHECKING:
    from geo.importers.how import How
    from geo.importers.raw import RawBatch
    from geo.importers.rows import Batch

ROOT = "1"
"""IsRootEvent of what an article leads with."""


def convert(raw: RawBatch, how: How) -> Batch:
    """Tell rows of GDELT in our words.

    Parameters
    ----------
    raw : RawBatch
    how : How
        With GDELT's columns by their own names.

    Returns
    -------
    Batch
        What an article names in passing (``IsRootEvent`` 0) is background, not an event of its day.
    """
    fields, told = Fields(raw, how.columns), lists()["gdelt"]
    ids = fields.text("GLOBALEVENTID")
    pairs = fields.mapped("EventCode", _type)
    fields.fault(pd.isna(pairs), "its CAMEO code is none that is known")
    kinds = fields.code("ActionGeo_Type", {**told["places"], 0: None, told["country_only"]: None}, "0 to 5")
    nowhere = pd.isna(kinds)
    root = fields.text("IsRootEvent").to_numpy() == ROOT
    day = fields.day("SQLDATE")
    return fields.batch(
        {
            "event_id": fields.ids("gdelt", ids),
            "source_id": ids,
            "title": told["title"] + " " + ids,
            "event_type": np.array([pair[0] if pair else None for pair in pairs], dtype=object),
            "sub_event_type": np.array([pair[1] if pair else None for pair in pairs], dtype=object),
            "status": np.where(root, str(Status.REPORTED), str(Status.BACKGROUND)),
            "day_start": day,
            "day_end": day,
            "time_precision": np.full(len(fields), int(TimePrecision.DAY)),
            "place": fields.text("ActionGeo_FullName"),
            "country": fields.mapped("ActionGeo_CountryCode", country_of_fips),
            "lon": np.where(nowhere, np.nan, fields.number("ActionGeo_Long")),
            "lat": np.where(nowhere, np.nan, fields.number("ActionGeo_Lat")),
            "radius_km": np.array([kind[1] if kind else np.nan for kind in kinds], dtype=np.float64),
            "geo_precision": np.array([kind[0] if kind else None for kind in kinds], dtype=object),
            "actor1": fields.text("Actor1Name"),
            "actor1_type": fields.mapped("Actor1Type1Code", told["actor_types"].get),
            "actor2": fields.text("Actor2Name"),
            "actor2_type": fields.mapped("Actor2Type1Code", told["actor_types"].get),
            "sources": np.clip(fields.number("NumSources"), 1, 30_000),
            "source": fields.text("SOURCEURL"),
            "url": fields.text("SOURCEURL"),
            "quote": _words(fields, root),
            KNOWN_SINCE: fields.day("DATEADDED"),
        }
    )


def _type(code: str) -> Any:
    """Look a CAMEO code up by its longest beginning that is listed."""
    types = lists()["gdelt"]["types"]
    return next((types[code[:n]] for n in (4, 3, 2) if code[:n] in types), None)


def _words(fields: Fields, root: Any) -> pd.Series[Any]:
    """Say what such a row is: there is no sentence in it."""
    number = {
        name: fields.text(name).fillna("an unknown number of") for name in ("NumMentions", "NumSources", "NumArticles")
    }
    led = np.where(root, "", ", named in passing")
    return (
        "Coded by a machine, CAMEO " + fields.text("EventCode").fillna("unknown") + led
        + ". A count of news: " + number["NumMentions"] + " mentions, " + number["NumSources"] + " sources, "
        + number["NumArticles"] + " articles."
    )  # fmt: skip
