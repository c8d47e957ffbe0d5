"""A made-up frame of events in the shape of geo.frame: heaped on a few places, in bursts, some of them vague."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.frame import COLUMNS, check_frame
from geo.model import SUB_EVENT_TYPES, EventType

PLACES = [
    ("Kobani", "Aleppo", 38.353, 36.891, 3.0),
    ("Tal Abyad", "Raqqa", 38.957, 36.698, 3.0),
    ("Ras al-Ain", "Hasakah", 40.071, 36.850, 3.0),
    ("Manbij", "Aleppo", 37.955, 36.528, 4.0),
    ("Qamishli", "Hasakah", 41.229, 37.052, 4.0),
    ("Tal Tamr", "Hasakah", 40.377, 36.655, 2.0),
    ("Afrin", "Aleppo", 36.869, 36.512, 3.0),
    ("Ain Issa", "Raqqa", 38.860, 36.386, 12.0),
]
ACTORS = [
    ("Turkish Armed Forces", "External/Other forces"),
    ("Syrian Democratic Forces", "Rebel group"),
    ("Islamic State", "Rebel group"),
    ("Syrian army", "State forces"),
]
STRETCH = shapely.LineString([(36.9, 36.6), (37.5, 36.65), (38.0, 36.85)])
AREA = shapely.box(39.3, 36.2, 40.0, 36.6)


EVIL = (
    '<img src=x onerror="globalThis.hacked=1">${globalThis.hacked=1}'
    "\\x3cimg src=x onerror=globalThis.hacked=1\\x3e`</script>"
)


def frame(n: int = 400, *, seed: int = 1, evil: bool = False) -> gpd.GeoDataFrame:
    """Events from August 2016 to December 2024; where `evil`, their words try to run as code."""
    rng = np.random.default_rng(seed)
    kinds = list(EventType)
    rows = []
    for i in range(n):
        name, admin1, lon, lat, radius = PLACES[int(rng.triangular(0, 0, len(PLACES)))]
        kind = kinds[int(rng.integers(len(kinds)))]
        burst = rng.random() < 0.5
        day = int(rng.normal(1165, 40)) if burst else int(rng.integers(0, 3060))
        span = 0 if rng.random() < 0.8 else int(rng.choice([6, 6, 29, 364]))
        one, two = rng.choice(len(ACTORS), 2, replace=False)
        form = "point" if rng.random() < 0.95 else ["line", "area"][int(rng.integers(2))]
        shape = {"point": shapely.Point(lon, lat), "line": STRETCH, "area": AREA}[form]
        low = int(rng.poisson(2)) if rng.random() < 0.5 else None
        start = pd.Timestamp("2016-08-01") + pd.Timedelta(days=max(0, day))
        rows.append(
            {
                "event_id": f"e{i:06d}",
                "event_type": str(kind),
                "sub_event_type": SUB_EVENT_TYPES[kind][int(rng.integers(len(SUB_EVENT_TYPES[kind])))],
                "day_start": start,
                "day_end": start + pd.Timedelta(days=span),
                "time_precision": {0: 1, 6: 2, 29: 3}.get(span, 4),
                "place": {"line": "Azaz–Jarabulus border", "area": "Tal Abyad countryside"}.get(form, name),
                "place_id": f"t:{name}",
                "country": "SYR",
                "admin1": admin1,
                "lon": shape.representative_point().x,
                "lat": shape.representative_point().y,
                "radius_km": radius,
                "geo_precision": 1,
                "shape": form,
                "actor1": ACTORS[one][0],
                "actor1_type": ACTORS[one][1],
                "actor2": ACTORS[two][0] if rng.random() < 0.7 else None,
                "actor2_type": ACTORS[two][1],
                "status": "reported" if rng.random() < 0.9 else "claimed",
                "fatalities_low": low,
                "fatalities_high": None if low is None else low + int(rng.integers(0, 3)),
                "injured_low": None,
                "injured_high": None,
                "zones_inside": ("ops",) if name in ("Tal Abyad", "Ras al-Ain") and day >= 1165 else (),
                "zones_possible": ("afrin",) if name == "Afrin" else (),
                "confidence": float(rng.uniform(0.4, 1)),
                "review": "unreviewed",
                "reports": int(rng.integers(1, 5)),
                "sources": 1,
                "title": "t",
                "source": "s",
                "quote": "q",
                "geometry": shape,
            }
        )
    table = pd.DataFrame(rows)
    if evil:
        table["place"] = table["actor1"] = table["actor2"] = table["admin1"] = EVIL
    table = table.astype({name: kind for name, kind in COLUMNS.items() if kind != "geometry"})
    return check_frame(gpd.GeoDataFrame(table[list(COLUMNS)], geometry="geometry", crs=4326))


def zones() -> list[dict]:
    """Two zones, one of them in force from October 2019 and not confirmed in its outline."""
    import datetime as dt

    return [
        {
            "id": "ops",
            "name": "Operation Peace Spring",
            "kind": "operation_area",
            "geometry": shapely.box(38.9, 36.45, 40.1, 36.9),
            "periods": [(dt.date(2019, 10, 9), None)],
            "unconfirmed": True,
        },
        {
            "id": "afrin",
            "name": "Afrin <b>`${1}",
            "kind": "canton",
            "geometry": shapely.box(36.6, 36.3, 37.0, 36.8),
            "periods": [(dt.date(2018, 1, 20), dt.date(2024, 12, 8))],
        },
    ]
