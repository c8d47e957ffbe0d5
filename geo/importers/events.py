"""An imported row as the event and article it stands for, so that every view shows it like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.model import (
    ActorType,
    Article,
    Event,
    EventType,
    GeoPrecision,
    Place,
    PlaceKind,
    Report,
    Status,
    TimePrecision,
    ZoneMembership,
)

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def event_of(events: GeoDataFrame, event_id: str) -> tuple[Event, Article] | None:
    """Make an event of a row of the events table.

    Parameters
    ----------
    events : GeoDataFrame
        As from :func:`geo.known.load`.
    event_id : str

    Returns
    -------
    (Event, Article) or None
        None when there is no such row. The article's text is the row's own note.
    """
    found = events.loc[events["event_id"] == event_id]
    if found.empty:
        return None
    row = {name: _known(value) for name, value in found.iloc[0].items() if name != "geometry"}
    quote = row["quote"] or row["title"] or row["sub_event_type"]
    article = Article(
        id=f"import-{event_id}", text=quote, title=row["title"], published_basis=None, source=row["source"]
    )
    zones = [ZoneMembership(zone, "inside") for zone in row["zones_inside"]]
    zones += [ZoneMembership(zone, "possible") for zone in row["zones_possible"]]
    return Event(event_id, (_report(row, article),), zones=tuple(zones), merge_reason=""), article


def _report(row: dict[str, Any], article: Article) -> Report:
    return Report(
        id=f"import-{row['event_id']}",
        article_id=article.id,
        start=0,
        end=len(article.text),
        quote=article.text,
        event_type=EventType(row["event_type"]),
        sub_event_type=row["sub_event_type"],
        trigger=None,
        status=Status(row["status"]),
        asserted_by=None,
        day_start=row["day_start"] and row["day_start"].date(),
        day_end=row["day_end"] and row["day_end"].date(),
        time_precision=row["time_precision"] and TimePrecision(row["time_precision"]),
        time_span=None,
        place=_place(row),
        place_span=None,
        geo_precision=row["geo_precision"] and GeoPrecision(row["geo_precision"]),
        actor1=row["actor1"],
        actor1_type=row["actor1_type"] and ActorType(row["actor1_type"]),
        actor2=row["actor2"],
        actor2_type=row["actor2_type"] and ActorType(row["actor2_type"]),
        fatalities_low=row["fatalities_low"],
        fatalities_high=row["fatalities_high"],
        injured_low=row["injured_low"],
        injured_high=row["injured_high"],
        confidence=row["confidence"],
        why="Imported as its source has it.",
    )


def _place(row: dict[str, Any]) -> Place | None:
    if row["lon"] is None:
        return None
    return Place(
        id=row["place_id"] or f"point:{row['lon']:.4f},{row['lat']:.4f}",
        name=row["place"] or f"{row['lat']:.3f}° N, {row['lon']:.3f}° E",
        lon=row["lon"],
        lat=row["lat"],
        kind=PlaceKind.TOWN,
        radius_km=row["radius_km"] or 0.0,
        country=row["country"],
        admin1=row["admin1"],
    )


def _known(value: Any) -> Any:
    """Turn what pandas writes for unknown into None, and its numbers into Python's."""
    if isinstance(value, tuple):
        return value
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
