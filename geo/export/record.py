"""What every exported file tells of itself: the query, the data, the software, whose data it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.attribution import imported_from
from geo.protection_rows import said
from geo.query import describe, on_map, to_params
from geo.version import VERSION

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray

    from geo.query import Query

ATTRIBUTION: Final = (
    "Events: coded by Borderlines from the news articles named in the columns source and title. "
    "Places and outlines: Natural Earth; GeoNames (CC BY 4.0)."
)
DATASET: Final = "borderlines"
"""Key under which a format keeps the record."""
TITLE: Final = "Borderlines events"


@dataclass(frozen=True)
class About:
    """What an export tells beyond its events."""

    fingerprint: str | None = None
    """Hash of the store's events, :meth:`geo.store.Store.fingerprint`."""
    exported: date | None = None
    """Day of export, as the user's calendar has it."""


@dataclass(frozen=True)
class Bundle:
    """What a writer gets."""

    table: pa.Table
    """See :func:`geo.export.table.to_table`."""
    record: dict[str, Any]
    shapes: NDArray[Any]
    """The table's geometry as shapely has it; None where not placed."""

    @property
    def record_text(self) -> str:
        """The record as one line of JSON."""
        return json.dumps(self.record, ensure_ascii=False)


def record(events: GeoDataFrame, query: Query, form: str, about: About) -> dict[str, Any]:
    """Make the record of an export.

    Parameters
    ----------
    events : GeoDataFrame
        Those under the query.
    query : Query
    form : str
        Name of the format.
    about : About

    Returns
    -------
    dict
        ``query`` holds link parameters, see :func:`geo.query.from_params`.
    """
    return {
        "format": form,
        "query": to_params(query),
        "query_in_words": describe(query),
        "data": about.fingerprint,
        "events": len(events),
        "on_map": len(on_map(events)),
        "protection": said(events),
        "exported": about.exported and about.exported.isoformat(),
        "software": f"Borderlines {VERSION}",
        "crs": "EPSG:4326",
        "attribution": " ".join([ATTRIBUTION, *(f"Imported: {one}." for one in imported_from(events))]),
    }


def parse(text: str | bytes | None) -> dict[str, Any] | None:
    """Read a record; None for what is none."""
    try:
        found = json.loads(text) if text else None
    except ValueError:
        return None
    return found if isinstance(found, dict) and "query" in found else None
