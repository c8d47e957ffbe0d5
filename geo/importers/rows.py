"""One batch of imported rows, held to the schema: what is right goes on, what is not is told with its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from geo.frame import COLUMNS
from geo.model import EVENT_TYPE_OF, ActorType, EventType, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Reason = Callable[[pd.Series[Any]], str]

LEFT_OUT: Final = ("zones_inside", "zones_possible", "geometry", "shape", "review")
"""Columns of the events table that are worked out when a segment is loaded."""
ROW_COLUMNS: Final = {name: kind for name, kind in COLUMNS.items() if name not in LEFT_OUT}
"""Columns of an imported row and their types."""
KNOWN_SINCE: Final = "known_since"
"""Day on which the source published the row, as far as it says; for questions as of an earlier day."""
MORE_TEXT: Final = ("source_id", "url", "tags")
"""Text of an imported row that is shown with it alone: its own id, its address, its source's flags."""
SHAPE: Final = "shape_wkb"
"""Well-known binary of a line or an area; None for a point and for no place."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years of events that are taken; others are slips of the pen."""


class Skipped(NamedTuple):
    """A row that was not taken."""

    line: int
    """Line or row of the file, from 1, its heading counted."""
    reason: str


@dataclass(slots=True)
class Batch:
    """Some rows of a table."""

    rows: pd.DataFrame
    """Columns of :data:`ROW_COLUMNS`, :data:`KNOWN_SINCE`, :data:`MORE_TEXT` and :data:`SHAPE`; those not there are
    unknown. Days are datetime64."""
    lines: NDArray[np.int64]
    """Line of each row in its file."""
    skipped: list[Skipped] = field(default_factory=list)


def checked(batch: Batch) -> Batch:
    """Hold a batch to the schema.

    Parameters
    ----------
    batch : Batch

    Returns
    -------
    Batch
        The rows that are right, with every column and its type; the others are among the skipped, each with the first
        thing that is wrong. Rows in are rows out and rows skipped.

    Raises
    ------
    ValueError
        A column is of a kind that cannot be turned into what it must be: a fault of the importer.
    """
    rows = batch.rows.reindex(columns=[*ROW_COLUMNS, KNOWN_SINCE, *MORE_TEXT, SHAPE])
    skipped = list(batch.skipped)
    good = np.ones(len(rows), dtype=bool)
    for wrong, reason in _rules(rows):
        for position in np.flatnonzero(wrong & good):
            skipped.append(Skipped(int(batch.lines[position]), reason(rows.iloc[position])))
        good &= ~wrong
    kept = rows[good].reset_index(drop=True)
    return Batch(_typed(kept), batch.lines[good], skipped)


def _rules(rows: pd.DataFrame) -> Iterator[tuple[NDArray[np.bool_], Reason]]:
    """Where a row is wrong, and how to say so."""
    yield _array(rows["event_id"].isna()), lambda _row: "it has no id"
    yield _array(rows["event_id"].duplicated()), lambda row: f"id {_own_id(row)} is there twice"
    for name, allowed in _LISTS.items():
        told = rows[name].notna()
        wrong = ~rows[name].isin(allowed) & (told if name not in _NEEDED else True)
        yield _array(wrong), partial(_unknown, name)
    for name in ("day_start", "day_end"):
        year = pd.to_datetime(rows[name], errors="coerce").dt.year
        wrong = rows[name].notna() & ~year.between(FIRST_YEAR, LAST_YEAR)
        yield _array(wrong), partial(_out_of_years, name)
    start, end = rows["day_start"], rows["day_end"]
    yield _array(start.isna() != end.isna()), lambda _row: "it has one end of its span of days only"
    yield _array(start.notna() & (start > end)), lambda row: f"it ends on {row['day_end']}, before it begins"
    lon, lat = pd.to_numeric(rows["lon"]), pd.to_numeric(rows["lat"])
    yield _array(lon.isna() != lat.isna()), lambda _row: "it has one coordinate only"
    outside = (lon.abs() > 180) | (lat.abs() > 90) | np.isinf(lon) | np.isinf(lat)
    yield _array(outside), lambda row: f"lon {row['lon']}, lat {row['lat']} is nowhere on Earth"
    yield _array((lon == 0) & (lat == 0)), lambda _row: "lon 0, lat 0 is what is written for an unknown place"
    for people, words in (("fatalities", "deaths"), ("injured", "injured")):
        low, high = pd.to_numeric(rows[f"{people}_low"]), pd.to_numeric(rows[f"{people}_high"])
        yield _array((low < 0) | (high < 0) | (low > high)), partial(_turned, words)


def _own_id(row: pd.Series[Any]) -> str:
    """Give the id as its source writes it, where it has one."""
    return str(row["event_id"] if pd.isna(row["source_id"]) else row["source_id"])


def _unknown(name: str, row: pd.Series[Any]) -> str:
    return f"{name} is {str(row[name])[:60]!r}, which is none that is known"


def _out_of_years(name: str, row: pd.Series[Any]) -> str:
    return f"{name} is {row[name]}, out of {FIRST_YEAR} to {LAST_YEAR}"


def _turned(people: str, _row: pd.Series[Any]) -> str:
    return f"its {people} are less than none, or turned round"


def _array(wrong: Any) -> NDArray[np.bool_]:
    return np.asarray(pd.Series(wrong).fillna(value=False), dtype=bool)


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    """Give every column its type; text that says nothing is unknown."""
    typed: dict[str, Any] = {}
    for name, kind in ROW_COLUMNS.items():
        column: Any = rows[name]
        if kind.startswith("datetime64"):
            typed[name] = pd.to_datetime(column).astype(kind)
        elif kind in ("Int8", "Int16", "Int32"):
            typed[name] = pd.to_numeric(column).astype("Float64").round().astype(kind)
        elif kind.startswith("float"):
            typed[name] = pd.to_numeric(column).astype(kind)
        else:
            text = column.astype("str").where(column.notna())
            typed[name] = text.astype(kind)
    typed["confidence"] = typed["confidence"].fillna(1.0)
    # No article of ours tells of it.
    typed["reports"] = typed["reports"].fillna(0)
    typed["sources"] = typed["sources"].fillna(1)
    typed[KNOWN_SINCE] = pd.to_datetime(rows[KNOWN_SINCE]).astype("datetime64[s]")
    typed |= {name: rows[name].astype("str").where(rows[name].notna()) for name in MORE_TEXT}
    typed[SHAPE] = rows[SHAPE].astype(object).where(rows[SHAPE].notna(), None)
    return pd.DataFrame(typed)


_NEEDED: Final = ("event_type", "status")
_LISTS: Final = {
    "event_type": frozenset(map(str, EventType)),
    "sub_event_type": frozenset(EVENT_TYPE_OF),
    "status": frozenset(map(str, Status)),
    "actor1_type": frozenset(map(str, ActorType)),
    "actor2_type": frozenset(map(str, ActorType)),
}
