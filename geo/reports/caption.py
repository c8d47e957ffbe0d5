"""The caption of a figure, written from the query and the events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.attribution import imported_from
from geo.layers.words import day_words, listed, range_words
from geo.protection_rows import said
from geo.query import certain, describe, on_map, people_told, tray
from geo.reports.words import ATTRIBUTION
from geo.wording import many

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geopandas import GeoDataFrame

    from geo.query import Query

MOST_SOURCES = 12


def caption(
    selected: GeoDataFrame,
    query: Query,
    *,
    names: Mapping[str, str],
    made: date | None,
    fingerprint: str,
    title: str = "",
) -> str:
    """Write what a figure shows, in plain words.

    Parameters
    ----------
    selected : GeoDataFrame
        The events under the query.
    query : Query
    names : mapping of str to str
        Name of each zone by its id.
    made : date or None
        Day of export.
    fingerprint : str
        Hash of the data.
    title : str, optional
        What the figure is called.

    Returns
    -------
    str
    """
    placed, hidden = on_map(selected), tray(selected)
    sure = int(certain(placed, query).sum())
    asked = describe(query, names)
    lines = [f"{title.strip() or 'Events told of in news articles'}: {asked}."]
    if placed.empty:
        lines.append("No event with a day and a place.")
    else:
        certain_words = f"{sure:,} certain, up to " if sure < len(placed) else ""
        lines.append(f"{certain_words}{many(len(placed), 'event')} on the map.")
    if len(hidden):
        lines.append(f"{len(hidden):,} more not on the map: no day, no place, or only a country.")
    for words, told in (("Deaths", people_told(placed, "fatalities")), ("Injured", people_told(placed, "injured"))):
        if told is not None and told[1]:
            lines.append(f"{words} told: {range_words(*told)}.")
    lines.append(_sources(selected))
    lines += [f"Imported: {one}." for one in imported_from(selected)]
    lines += [said(selected) or "", ATTRIBUTION]
    day = f" on {day_words(made, made)}" if made else ""
    data = f" from data {fingerprint[:8]}" if fingerprint else ""
    lines.append(f"Made with Borderlines{day}{data}.")
    return " ".join(line for line in lines if line)


def _sources(selected: GeoDataFrame) -> str:
    number = selected["source"].dropna().astype(str).value_counts()
    names = sorted(number.index, key=lambda name: (-number[name], name))
    if not names:
        return ""
    more = f" and {len(names) - MOST_SOURCES} more" if len(names) > MOST_SOURCES else ""
    return f"Sources: {listed(names[:MOST_SOURCES])}{more}."
