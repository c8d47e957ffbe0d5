"""Made events of the shape that large tables have, as the tables of a warehouse; the same in every run.

Heaped on a few hundred places that lie about a few dozen towns, in bursts of days and weeks, 2013 to 2026.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from geo.model import SUB_EVENT_TYPES, ActorType, Status
from geo.warehouse.frames import SCHEMAS, Gathered
from geo.warehouse.schema import ALSO_NAMED, EVENTS, FACET_COLUMNS, NAMES, SEARCHED, ZONE_SETS
from geo.warehouse.warehouse import tiles

if TYPE_CHECKING:
    from pathlib import Path

    Array = np.ndarray[Any, Any]

SEED = 2011
PLACES, ACTORS, ZONES = 600, 400, 40
PART = 1_000_000
FIRST = np.datetime64("2013-01-01")
DAYS = 4_900
WORDS = ("Shells hit", "Gunmen attacked", "Police dispersed", "Drones struck", "Clashes broke out in", "A bomb killed")
_TYPES = list(map(str, ActorType))
_STATUSES = list(map(str, Status))
_KINDS = [(str(kind), sub) for kind, subs in SUB_EVENT_TYPES.items() for sub in subs]


def tables(rows: int, folder: Path) -> list[tuple[str, pa.Schema, list[Path]]]:
    """Draw events and write them as a warehouse's tables.

    Parameters
    ----------
    rows : int
    folder : Path
        Where the files go.

    Returns
    -------
    list of (name, schema, files)
        For :meth:`geo.warehouse.Engine.fill`.
    """
    gathered = Gathered()
    sets = _zone_sets(np.random.default_rng(SEED), gathered)
    files = []
    for n, start in enumerate(range(0, rows, PART)):
        files.append(folder / f"events-{n:04}.parquet")
        part = _part(min(PART, rows - start), start, sets, np.random.default_rng(SEED + n))
        _gather(part, gathered)
        pq.write_table(part, files[-1], compression="zstd", compression_level=1)
    found = [(EVENTS, SCHEMAS[EVENTS], files)]
    for name, table in ((NAMES, gathered.names()), (ZONE_SETS, gathered.zone_sets())):
        pq.write_table(table, folder / f"{name}.parquet")
        found.append((name, SCHEMAS[name], [folder / f"{name}.parquet"]))
    return found


def _gather(part: pa.Table, gathered: Gathered) -> None:
    for field, names in (*FACET_COLUMNS.items(), *((f, (c,)) for f, c in (*SEARCHED, *ALSO_NAMED))):
        for name in names:
            gathered.values(field, [value for value in part[name].unique().to_pylist() if value is not None])


def _zone_sets(random: np.random.Generator, gathered: Gathered) -> Array:
    """Each place lies in a province, perhaps possibly in its neighbour, and some in a zone of operations."""
    inside: list[tuple[str, ...]] = [()]
    possible: list[tuple[str, ...]] = [()]
    for _ in range(PLACES - 1):
        home = int(random.integers(20))
        more = (f"zone_{20 + int(random.integers(20))}",) if random.random() < 0.3 else ()
        inside.append((f"zone_{home}", *more))
        possible.append((f"zone_{(home + 1) % 20}",) if random.random() < 0.2 else ())
    return np.array(gathered.sets(inside, possible), dtype="int32")


def _part(count: int, start: int, sets: Array, random: np.random.Generator) -> pa.Table:
    place = np.minimum(random.zipf(1.3, count), PLACES) - 1
    columns: dict[str, Any] = {
        "event_id": [f"x{n:010}" for n in range(start, start + count)],
        **_when(count, random),
        **_where(place, sets, random),
        **_what(count, random),
        "quote": [
            f"{WORDS[n % 6]} Town {p} on the day, said report {n}."
            for n, p in zip(range(start, start + count), place.tolist(), strict=True)
        ],
        "confidence": random.random(count).astype("float32"),
        "review": _all("unreviewed", count),
        "reports": np.zeros(count, "int16"),
        "sources": np.ones(count, "int16"),
        "title": pa.nulls(count, pa.string()),
        "source": _named("Paper", random.integers(0, 50, count)),
        "quote_folded": pa.nulls(count, pa.string()),
    }
    schema = SCHEMAS[EVENTS]
    kinds = zip(schema.names, schema.types, strict=True)
    return pa.table([_column(columns[name]).cast(kind) for name, kind in kinds], schema=schema)


def _when(count: int, random: np.random.Generator) -> dict[str, Any]:
    """Offensives: a third of everything happens within sixty bursts of two weeks."""
    day = random.integers(0, DAYS, count)
    bursts = np.random.default_rng(SEED).integers(0, DAYS, 60)
    burst = random.random(count) < 0.33
    near = bursts[random.integers(0, 60, burst.sum())] + random.normal(0, 7, burst.sum())
    day[burst] = np.clip(near, 0, DAYS - 1)
    lasts = random.choice([0, 0, 0, 0, 0, 0, 0, 6, 6, 29], count)
    undated = random.random(count) < 0.005
    first = FIRST + day
    weekday = (first.astype("datetime64[D]").astype("int64") + 3) % 7
    return {
        "day_start": pa.array(first, mask=undated),
        "day_end": pa.array(first + lasts, mask=undated),
        "week": pa.array(first - weekday, mask=undated),
        "month": pa.array(first.astype("datetime64[M]").astype("datetime64[D]"), mask=undated),
        "time_precision": np.ones(count, "int8"),
    }


def _where(place: Array, sets: Array, random: np.random.Generator) -> dict[str, Any]:
    count, fixed = len(place), np.random.default_rng(SEED)
    towns = fixed.uniform((36, 33), (46, 38), (40, 2))
    spots = towns[np.arange(PLACES) % 40] + fixed.normal(0, 0.4, (PLACES, 2))
    unplaced = random.random(count) < 0.02
    lon, lat = (spots[place] + random.normal(0, 0.01, (count, 2))).round(4).T
    x, y = tiles(lon, lat)
    return {
        "place": _named("Town", place, unplaced),
        "place_id": _named("gn:", place, unplaced),
        "country": _named("C", place % 4, unplaced),
        "admin1": _named("Province", place % 20, unplaced),
        "lon": pa.array(lon, mask=unplaced),
        "lat": pa.array(lat, mask=unplaced),
        "radius_km": pa.array(np.full(count, 5.0), mask=unplaced),
        "geo_precision": np.ones(count, "int8"),
        "shape": _all("point", count, unplaced),
        "outline": pa.nulls(count, pa.string()),
        "tile_x": pa.array(x, mask=unplaced),
        "tile_y": pa.array(y, mask=unplaced),
        "placed": ~unplaced,
        "zone_set": np.where(unplaced, 0, sets[place]),
    }


def _what(count: int, random: np.random.Generator) -> dict[str, Any]:
    kind = np.minimum(random.zipf(1.4, count), len(_KINDS)) - 1
    one, other = (np.minimum(random.zipf(1.4, count), ACTORS) - 1 for _ in range(2))
    alone = random.random(count) < 0.3
    status = np.where(random.random(count) < 0.9, 0, random.integers(0, len(_STATUSES), count))
    low = random.geometric(0.3, count) - 1
    return {
        "event_type": pa.array([kind for kind, _ in _KINDS]).take(pa.array(kind)),
        "sub_event_type": pa.array([sub for _, sub in _KINDS]).take(pa.array(kind)),
        "actor1": _named("Armed group", one),
        "actor1_type": pa.array(_TYPES).take(pa.array(one % len(_TYPES))),
        "actor2": _named("Armed group", other, alone),
        "actor2_type": pa.array(_TYPES).take(pa.array(other % len(_TYPES), mask=alone)),
        "status": pa.array(_STATUSES).take(pa.array(status)),
        "fatalities_low": pa.array(low, mask=random.random(count) < 0.5),
        "fatalities_high": pa.array(low + 3, mask=random.random(count) < 0.7),
        "injured_low": pa.array(2 * low, mask=np.arange(count) % 3 > 0),
        "injured_high": pa.array(2 * low + 4, mask=np.arange(count) % 5 > 0),
    }


def _named(label: str, codes: Array, missing: Array | None = None) -> pa.Array:
    return pa.array([f"{label} {n}" for n in range(codes.max() + 1)]).take(pa.array(codes, mask=missing))


def _all(value: str, count: int, missing: Array | None = None) -> pa.Array:
    return pa.array([value]).take(pa.array(np.zeros(count, "int64"), mask=missing))


def _column(values: Any) -> pa.Array:
    return values if isinstance(values, pa.Array) else pa.array(values, from_pandas=True)
