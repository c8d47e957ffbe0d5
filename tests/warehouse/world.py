"""A few thousand events of the shape that large tables have, with what would break a query written by hand."""

from datetime import date, timedelta

import numpy as np

from geo.frame import events_frame
from geo.model import SUB_EVENT_TYPES, ActorType, EventType, Place, PlaceKind, Status, ZoneMembership
from tests import store_world as world

HOSTILE = (
    "O'Brien", "'; DROP TABLE borderlines_events; --", "%_", "back\\slash", "\\' OR 1=1 --", '"quoted"', "{x:String}",
    "$1 :a ?", "İstanbul Serêkaniyê", "كوباني", "line -- /* */", "\\",
)  # fmt: skip
ZONES = ("peace_spring", "patrol", "O'Zone", "aleppo")


def frame(count=3000):
    """Draw events, fixed for all time."""
    random = np.random.default_rng(7)
    kinds, types, statuses = list(EventType), list(ActorType), list(Status)
    actors = (*HOSTILE, *(f"Armed group {n}" for n in range(20)))
    made = []
    for n in range(count):
        kind = kinds[random.integers(len(kinds))]
        start = date(2015, 1, 1) + timedelta(days=int(random.integers(2000)))
        end = start + timedelta(days=int(random.choice([0, 0, 0, 0, 6, 40])))
        undated = random.random() < 0.03
        memberships = tuple(
            ZoneMembership(zone, "inside" if random.random() < 0.6 else "possible")
            for zone in ZONES
            if random.random() < 0.2
        )
        low = None if random.random() < 0.4 else int(random.integers(0, 40))
        name = str(random.choice([*HOSTILE, "Kobani", "Ra's al-Ayn", "Azaz"]))
        quote = f"Shells hit {name} on the day ({n}), Ra's al-ʿAyn said." if n % 3 else f"Shells HIT {name} `here` {n}"
        made.append(
            world.event(
                n,
                place=_place(name, n, random),
                zones=memberships,
                event_type=kind,
                sub_event_type=SUB_EVENT_TYPES[kind][n % len(SUB_EVENT_TYPES[kind])],
                status=statuses[random.integers(len(statuses))] if n % 4 == 0 else Status.REPORTED,
                day_start=None if undated else start,
                day_end=None if undated else end,
                time_precision=None,
                actor1=None if n % 11 == 0 else actors[min(int(random.zipf(1.5)), len(actors)) - 1],
                actor2=None if n % 5 == 0 else actors[min(int(random.zipf(1.5)), len(actors)) - 1],
                actor1_type=None if n % 11 == 0 else types[random.integers(len(types))],
                actor2_type=None if n % 5 == 0 else types[random.integers(len(types))],
                fatalities_low=low,
                fatalities_high=None if random.random() < 0.5 else (low or 0) + 5,
                injured_low=None if n % 3 else n % 40,
                injured_high=n % 40 + 2 if n % 4 == 0 else None,
                confidence=float(random.choice([0.1, 0.3, 0.5, 0.7, 0.9])),
                quote=quote,
            )
        )
    return events_frame(made, world.articles())


def _place(name, n, random):
    if n % 17 == 0:
        return None
    if n % 19 == 0:
        return world.SYRIA
    if n % 23 == 0:
        return world.STRETCH
    if n % 29 == 0:
        return world.RAQQA_PROVINCE
    lon, lat = (38.0, 36.8) if n % 97 else (179.9 - 359 * (n % 2), -16.5)
    lon, lat = lon + random.normal(0, 0.05), lat + random.normal(0, 0.05)
    return Place(f"gn:{n % 50}", name, lon, lat, PlaceKind.TOWN, 5.0, country="SYR", admin1="Aleppo")
