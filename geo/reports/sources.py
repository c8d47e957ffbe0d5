"""The sources of a report: one line for each report of each event, so that no name has to be joined to another."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from geo.export.csv import BOM
from geo.export.formulas import neutralise
from geo.layers.words import day_words, toll_words
from geo.reports.lines import lines

if TYPE_CHECKING:
    from geo.reports.lines import Line
    from geo.reports.material import Material, Told

COLUMNS: Final = (
    "event_id", "event", "when", "where", "report", "source", "title", "published", "url", "quote", "status",
    "asserted_by", "deaths_low", "deaths_high", "injured_low", "injured_high",
)  # fmt: skip
"""``report`` counts the reports of an event from 1, the best first."""


def sources_csv(material: Material) -> bytes:
    """Write every report as CSV that a spreadsheet may open.

    Parameters
    ----------
    material : Material

    Returns
    -------
    bytes
        UTF-8; text that could be a formula has an apostrophe before it, as in every table of ours.
    """
    rows = [
        (
            line.id, line.what, line.when, line.where, str(number), one.source, one.title,
            one.published and one.published.isoformat(), one.url, one.quote, one.status, one.asserted_by,
            *(None if n is None else str(n) for n in (*one.deaths, *one.injured)),
        )
        for line in lines(material)
        for number, one in enumerate(line.told, start=1)
    ]  # fmt: skip
    columns = [neutralise(pa.array(values, type=pa.string())).to_pylist() for values in zip(*rows, strict=True)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(zip(*columns, strict=True))
    return BOM + out.getvalue().encode()


def sources_text(material: Material) -> str:
    """Write every event with its sentences for people to read."""
    parts = [_event(number, line) for number, line in enumerate(lines(material), start=1)]
    return "\n\n".join(parts or ["No event."]) + "\n"


def credit(told: Told) -> str:
    """Say where a sentence stands: outlet, title, day, and what only this report says."""
    day = f"published {day_words(told.published, told.published)}" if told.published else "no publication day"
    toll = toll_words(told.deaths, told.injured)
    standing = "" if told.status == "reported" else told.status
    by = f"says {told.asserted_by}" if told.asserted_by else ""
    named = f"“{told.title}”" if told.title else "untitled"
    return ", ".join(filter(None, (told.source or "source not named", named, day, standing, by, toll)))


def _event(number: int, line: Line) -> str:
    head = f"{number}. {line.what}, {line.when}, {line.where}" + ("" if line.certain else " (possible)")
    told = [
        f"   “{' '.join(one.quote.split())}”\n   {credit(one)}" + (f"\n   {one.url}" if one.url else "")
        for one in line.told
    ]
    return "\n".join([head, *told])
