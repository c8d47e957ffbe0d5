"""A store in which every text that a stranger can bring wants to run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from geo.errors import InputError
from geo.importers import Batch
from geo.importers import keep as keep_rows
from geo.model import ActorType, Article, Decision, GeoPrecision, Place, PlaceKind, Report
from geo.model.review import Action
from geo.pipeline import open_resources, rebuild_events
from geo.query import Query
from geo.snapshot import Options
from geo.store import Store, decide
from geo.ui import presets
from geo.zones.claims import Claim, definition_of
from geo.zones.own import keep as keep_zone
from tests import store_world
from tests.security.payloads import PAYLOADS

if TYPE_CHECKING:
    from pathlib import Path

FIRST = date(2019, 10, 9)
ZONES = 24
"""Zones in the store; their names hold every text."""
_STEP = len(PAYLOADS) // ZONES + 1


def payload(number: int) -> str:
    return PAYLOADS[number % len(PAYLOADS)]


def number_of(beginning: str) -> int:
    """Number of the text that begins so."""
    return next(number for number, text in enumerate(PAYLOADS) if text.startswith(beginning))


def place(number: int) -> Place:
    # Beside each other, so that each can be hovered and clicked.
    region = payload(number + 1)
    lon, lat = 38.0 + 0.12 * (number % 12), 36.0 + 0.1 * (number // 12)
    return Place(
        f"own:hostile_{number}",
        payload(number),
        lon,
        lat,
        PlaceKind.TOWN,
        2.0,
        country="SYR",
        admin1=region,
    )


def article(number: int) -> Article:
    text = f"{payload(number)}\nShells hit the town on Monday, {payload(number)} said. {payload(number + 1)}"
    return Article(
        id=f"a{number:04}",
        text=text,
        title=payload(number),
        published=FIRST + timedelta(days=number),
        published_basis="given",
        source=payload(number + 2),
        url=payload(number) if number % 2 else f"https://a.example/{payload(number)}",
        language="en",
        path=payload(number + 3),
    )


def report(number: int) -> Report:
    told = article(number)
    start = len(payload(number)) + 1
    return replace(
        store_world.report(number, of=told),
        id=f"r{number:04}",
        start=start,
        end=len(told.text),
        quote=told.text[start:],
        trigger=(start, start + 10),
        time_span=(start + 23, start + 29),
        place=place(number),
        place_span=(start + 11, start + 19),
        geo_precision=GeoPrecision.PLACE,
        asserted_by=payload(number + 4),
        actor1=payload(number),
        actor1_type=ActorType.REBEL_GROUP,
        actor2=payload(number + 5),
        fatalities_text=payload(number),
        tags=(payload(number),),
        why=payload(number + 6),
    )


def imported(count: int) -> pd.DataFrame:
    texts = [payload(n) for n in range(count)]
    lats = [36.0 + n / 100 for n in range(count)]
    days = [pd.Timestamp(FIRST) + pd.Timedelta(days=n) for n in range(count)]
    table = {
        "event_id": [f"x:{n}" for n in range(count)], "event_type": "Battles", "sub_event_type": "Armed clash",
        "status": "reported", "day_start": days, "day_end": days, "lon": 40.0, "lat": lats,
        "radius_km": 1.0, "place": texts, "actor1": texts, "actor2": texts, "title": texts, "quote": texts,
        "source": texts, "known_since": days,
    }  # fmt: skip
    return pd.DataFrame(table, index=range(count))


def decision(number: int, reports: tuple[Report, ...], action: Action, **rest: object) -> Decision:
    return Decision(0, "", payload(number)[:80].strip() or "x", action, reports, why=payload(number), **rest)


def fill(folder: Path) -> None:
    """Make the store: articles, zones, imports, decisions, problems and presets."""
    with Store(folder) as store:
        for number in range(len(PAYLOADS)):
            store.write(article(number), [report(number)])
            store.note_problem(InputError(payload(number), path=payload(number), line=1, remedy=payload(number + 1)))
        for number in range(ZONES):
            _zone(folder, number)
        rows = imported(len(PAYLOADS))
        keep_rows(
            store, [Batch(rows, np.arange(len(rows)))], key="hostile", name=PAYLOADS[0], kind="table",
            attribution=PAYLOADS[0],
        )  # fmt: skip
        rebuild_events(store, open_resources())
        reports = store.reports()
        for number, told in enumerate(reports):
            action = (Action.ACCEPT, Action.CORRECT, Action.COMMENT, Action.CORRECT, Action.REJECT)[(number + 1) % 5]
            rest = {"after": {"actor1": payload(number + 7)}} if action is Action.CORRECT else {}
            decide(store, decision(number, (told,), action, **rest), seen=0)
        rebuild_events(store, open_resources())
    for number in range(presets.MOST):
        name = "".join(c for c in payload(number) if c.isprintable())[: presets.LONGEST_NAME].strip()
        looks = Options(title=payload(number)[:60])
        presets.keep(folder, presets.Preset(name, Query(actors={payload(number)}), looks))


def zone_named(number: int) -> str:
    """Id of the zone whose name holds a text."""
    return f"hostile_{number // _STEP}"


def _zone(folder: Path, number: int) -> None:
    name = "  ".join(payload(number * _STEP + n) for n in range(_STEP))
    url = f"https://a.example/{payload(number)}"
    claim = Claim(
        name,
        None,
        None,
        source=payload(number),
        publisher=payload(number + 1),
        url=url,
        note=name,
    )
    shape = shapely.box(38.0 + 0.1 * (number % 12), 36.0 + 0.1 * (number // 12), 38.4 + 0.1 * (number % 12), 36.5)
    key = f"hostile_{number}"
    keep_zone(folder, definition_of(claim, key), outlines={key: shape})
