"""Events as they are in the field, made the same in every run: heaped on named places, in bursts, several actors."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from geo.layers.palette import EVENT_TYPE_COLOURS, EVENT_TYPE_COLOURS_DARK
from geo.model import SUB_EVENT_TYPES
from geo.timemap.columns import Table, decode, encode, smallest
from geo.timemap.tables import ACTOR_TYPES, STATUSES, TYPES

DAYS = 14 * 365


@lru_cache(maxsize=2)
def payload(n: int, *, seed: int = 7, places: int = 6000) -> bytes:
    """Make the payload of `n` realistic events: Zipf's law over places and actors, bursts over days."""
    rng = np.random.default_rng(seed)
    burst = rng.integers(0, DAYS, 40)
    day = np.where(rng.random(n) < 0.5, rng.integers(0, DAYS, n), rng.choice(burst, n) + rng.normal(0, 25, n)).astype(
        int
    )
    start = np.sort(day.clip(0, DAYS - 1))
    span = np.where(rng.random(n) < 0.9, 0, rng.choice([6, 29, 364], n, p=[0.7, 0.25, 0.05]))
    span = np.minimum(span, DAYS - 1 - start)
    place = (rng.zipf(1.25, n) - 1) % places
    zone_set = place % 12
    # Like a real payload, it holds only places at which something happened.
    spots_used, place = np.unique(place, return_inverse=True)
    places = len(spots_used)
    kind = rng.choice(len(TYPES), n, p=[0.3, 0.3, 0.12, 0.12, 0.04, 0.08, 0.04])
    subs = [(sub, code) for code, t in enumerate(TYPES) for sub in SUB_EVENT_TYPES[t]]
    first_sub = np.array([next(i for i, (_, c) in enumerate(subs) if c == code) for code in range(len(TYPES))])
    actor = (rng.zipf(1.4, (2, n)) - 1) % 300 + 1
    deaths = np.where(rng.random(n) < 0.5, 65_535, np.minimum(rng.poisson(1.5, n), 400))
    columns = {
        "start": smallest(start), "span": smallest(span), "precision": np.ones(n, "u1"), "type": kind.astype("u1"),
        "sub": smallest(first_sub[kind] + rng.integers(0, 2, n)),
        "actor1": smallest(actor[0]), "actor2": smallest(actor[1]),
        "deaths_low": deaths.astype("<u2"), "deaths_high": deaths.astype("<u2"),
        "status": (rng.random(n) < 0.1).astype("u1"),
        "confidence": (rng.integers(10, 20, n) * 10).astype("u1"), "reports": np.ones(n, "u1"),
        "zone_set": smallest(zone_set), "place": smallest(place),
    }  # fmt: skip
    spots = {
        "lon": rng.uniform(36, 44.5, places).astype("<f4"), "lat": rng.uniform(33, 37.4, places).astype("<f4"),
        "radius": np.full(places, 32, "u1"), "shape": np.zeros(places, "u1"),
    }  # fmt: skip
    meta = {
        "epoch": "2011-01-01", "days": DAYS, "subs": subs,
        "types": [[str(t), EVENT_TYPE_COLOURS[t], EVENT_TYPE_COLOURS_DARK[t]] for t in TYPES],
        "actor_types": [str(t) for t in ACTOR_TYPES], "actors": [None, *([f"Actor {k}", k % 8] for k in range(300))],
        "statuses": [str(s) for s in STATUSES], "zones": [["z", "Z"]], "zone_sets": [[[0], []]] * 12,
        "places": [f"Place {k}" for k in range(places)], "shapes": {},
    }  # fmt: skip
    return encode({"events": Table(n, columns), "places": Table(places, spots)}, meta)


def features(n: int, *, window: int) -> list[dict[str, object]]:
    """Return the same events as GeoJSON points, for plugins that take those; each shown for `window` days."""
    tables, meta = decode(payload(n))
    events, places = tables["events"].columns, tables["places"].columns
    epoch = np.datetime64(meta["epoch"])
    starts = (epoch + events["start"].astype(int)).astype(str)
    ends = (epoch + events["start"].astype(int) + window).astype(str)
    lon, lat = places["lon"][events["place"]].tolist(), places["lat"][events["place"]].tolist()
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [x, y]},
            "properties": {"times": [start], "start": start, "end": end},
        }
        for x, y, start, end in zip(lon, lat, starts, ends, strict=True)
    ]
