"""Events in words, row by row: what every document, list and page of ours says of one event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.layers.words import NOT_TOLD, day_words, range_words, sure_words
from geo.model import GeoPrecision
from geo.reports.material import Told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.query.people import People
    from geo.reports.material import Material


@dataclass(frozen=True, slots=True)
class Line:
    """One event as people read it."""

    id: str
    what: str
    kind: str
    """Event type."""
    when: str
    where: str
    who: str
    """Empty where nobody is named."""
    deaths: str
    injured: str
    """Empty, as the deaths, where no figure is told."""
    status: str
    sure: str
    inside: tuple[str, ...]
    """Names of zones."""
    possible: tuple[str, ...]
    certain: bool
    """The query holds beyond doubt."""
    hidden: str
    """Why it is not on the map; empty for one that is."""
    told: tuple[Told, ...]


def lines(material: Material) -> Iterator[Line]:
    """Say each event under the query, by first day, those without a day last.

    Parameters
    ----------
    material : Material
    """
    reasons = dict(zip(material.hidden["event_id"], material.hidden["reason"], strict=True))
    names = material.zone_names
    for row in _rows(material):
        yield Line(
            id=row["event_id"],
            what=row["sub_event_type"] or row["event_type"],
            kind=row["event_type"],
            when=day_words(_day(row["day_start"]), _day(row["day_end"]), row["time_precision"]),
            where=_where(row),
            who=" · ".join(_actor(row, side) for side in ("actor1", "actor2") if row[side] or row[f"{side}_type"]),
            deaths=_told_of(row, "fatalities"),
            injured=_told_of(row, "injured"),
            status=row["status"],
            sure=sure_words(row["confidence"]),
            inside=tuple(names.get(zone, zone) for zone in row["zones_inside"]),
            possible=tuple(names.get(zone, zone) for zone in row["zones_possible"]),
            certain=row["event_id"] in material.certain_ids,
            hidden=reasons.get(row["event_id"], ""),
            told=material.told.get(row["event_id"]) or _told_by(row),
        )


def _told_by(row: dict[str, Any]) -> tuple[Told, ...]:
    """Take an imported row as its own only report; what the other columns tell is not told twice."""
    if not row["quote"]:
        return ()
    return (Told(quote=row["quote"], source=row["source"], title=row["title"], status=row["status"]),)


def _rows(material: Material) -> Iterator[dict[str, Any]]:
    table = material.events.drop(columns="geometry")
    columns = {name: _plain(table[name]) for name in table.columns}
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


def _plain(column: pd.Series[Any]) -> list[Any]:
    """Values as Python has them, None for what is unknown."""
    values = column.astype(object)
    return values.where(column.notna(), None).tolist()


def _day(value: Any) -> Any:
    return None if value is None else pd.Timestamp(value).date()


def _told_of(row: dict[str, Any], people: People) -> str:
    words = range_words(row[f"{people}_low"], row[f"{people}_high"])
    return "" if words == NOT_TOLD else words


def _actor(row: dict[str, Any], side: str) -> str:
    name, kind = row[side], row[f"{side}_type"]
    return f"{name} ({kind})" if name and kind else name or kind or ""


def _where(row: dict[str, Any]) -> str:
    # "Aleppo, Aleppo, SYR" says nothing more than "Aleppo, SYR".
    name = ", ".join(dict.fromkeys(part for part in (row["place"], row["admin1"], row["country"]) if part))
    if not name:
        return "place not told"
    radius, precision = row["radius_km"], row["geo_precision"]
    if radius is None:
        return name
    if precision == GeoPrecision.PLACE:
        return f"{name} (± {radius:g} km)"
    return f"{name} ({'area' if precision == GeoPrecision.AREA else 'region'}, ± {radius:.0f} km)"
