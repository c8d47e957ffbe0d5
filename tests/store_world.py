"""A tiny world for the tests of store, frame, query and figures: articles, reports and events made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import shapely

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
    from pathlib import Path

    from geo.store import Store


KOBANI = Place("gn:171914", "Kobani", 38.351, 36.891, PlaceKind.TOWN, 5.0, country="SYR", admin1="Aleppo")
RAS_AL_AYN = Place("gn:172408", "Ras al-Ayn", 40.071, 36.85, PlaceKind.TOWN, 4.0, country="SYR", admin1="Al-Hasakah")
RAQQA_PROVINCE = Place(
    "ne:SY-RA", "Raqqa", 39.0, 36.0, PlaceKind.ADMIN1, 90.0, country="SYR", admin1="Raqqa",
    geometry=shapely.box(38.2, 35.3, 39.9, 36.6),
)  # fmt: skip
STRETCH = Place(
    "own:azaz_jarabulus", "Azaz–Jarabulus border", 37.5, 36.7, PlaceKind.BORDER, 5.0, country="SYR",
    geometry=shapely.LineString([(37.05, 36.63), (37.5, 36.67), (38.0, 36.83)]),
)  # fmt: skip
SYRIA = Place(
    "ne:SYR", "Syria", 38.5, 35.0, PlaceKind.COUNTRY, 400.0, country="SYR", geometry=shapely.box(35.7, 32.3, 42.4, 37.3)
)


def article(number: int, **changes: object) -> Article:
    """Article `number`."""
    base = Article(
        id=f"a{number:04}",
        text=f"Shells hit the town on day {number}. Nobody claimed the attack.",
        title=f"Shelling, part {number}",
        published=date(2019, 10, 9) + timedelta(days=number),
        published_basis="given",
        source="Frontier Post",
        path=f"{number}.md",
    )
    return replace(base, **changes)


def report(number: int, *, of: Article | None = None, **changes: object) -> Report:
    """Report `number`, a shelling of Kobani on day `number`."""
    day = date(2019, 10, 9) + timedelta(days=number)
    base = Report(
        id=f"r{number:04}",
        article_id=of.id if of else f"a{number:04}",
        start=0,
        end=30,
        quote=f"Shells hit the town on day {number}.",
        event_type=EventType.EXPLOSIONS,
        sub_event_type="Shelling/artillery/missile attack",
        trigger=(0, 10),
        status=Status.REPORTED,
        asserted_by=None,
        day_start=day,
        day_end=day,
        time_precision=TimePrecision.DAY,
        time_span=(24, 29),
        place=KOBANI,
        place_span=(11, 19),
        geo_precision=GeoPrecision.PLACE,
        actor1="Military Forces of Turkey",
        actor1_type=ActorType.EXTERNAL_FORCES,
        actor2="Syrian Democratic Forces",
        actor2_type=ActorType.REBEL_GROUP,
        fatalities_low=1,
        fatalities_high=3,
        confidence=0.75,
    )
    return replace(base, **changes)


def event(number: int, **changes: object) -> Event:
    """Event `number` of one report; `changes` are the report's, but for zones."""
    zones = changes.pop("zones", (ZoneMembership("peace_spring", "inside"),))
    return Event(id=f"e{number:04}", reports=(report(number, **changes),), zones=zones)


def events() -> list[Event]:
    """One event of each kind that is drawn, and of each kind that is not."""
    clash = {"event_type": EventType.BATTLES, "sub_event_type": "Armed clash"}
    october = {"day_start": date(2019, 10, 1), "day_end": date(2019, 10, 31), "time_precision": TimePrecision.MONTH}
    return [
        event(0),
        event(1, place=RAS_AL_AYN, zones=(ZoneMembership("peace_spring", "possible"),), **clash),
        event(2, place=STRETCH, zones=()),
        event(3, place=RAQQA_PROVINCE, **october),
        event(4, place=SYRIA, zones=()),
        event(5, place=None, zones=()),
        event(6, day_start=None, day_end=None, time_precision=None),
        event(7, status=Status.PLANNED),
    ]


def articles() -> list[Article]:
    """Articles of :func:`events`."""
    return [article(number) for number in range(8)]


def fill(folder: Path | str, numbers: range) -> None:
    """Build a store as the pipeline does; each article that is written is named on standard output."""
    from geo.store import Store

    with Store(folder) as store:
        for number in numbers:
            store.write(article(number), [report(number)], "v1")
            print(number, flush=True)
        store.replace_events(Event(f"e-{r.id}", (r,)) for r in store.reports())


def filled(store: Store, count: int = 3) -> None:
    """Write some articles, each with one report of one event."""
    for number in range(count):
        assert store.write(article(number), [report(number)], "v1")
    assert store.replace_events(one_each(store))


def one_each(store: Store) -> list[Event]:
    """Give every report an event of its own."""
    return [Event(f"e-{report.id}", (report,)) for report in store.reports()]
