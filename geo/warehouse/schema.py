"""The tables of a warehouse: what is in them, whatever engine keeps them."""

from __future__ import annotations

from typing import Final

VERSION: Final = 3
"""Of these tables; a snapshot of another version is made again."""

EVENTS: Final = "borderlines_events"
NAMES: Final = "borderlines_names"
ZONE_SETS: Final = "borderlines_zone_sets"

EVENT_COLUMNS: Final[dict[str, str]] = {
    "event_id": "string",
    "event_type": "string",
    "sub_event_type": "string",
    "day_start": "date",
    "day_end": "date",
    "week": "date",
    "month": "date",
    "time_precision": "int8",
    "place": "string",
    "place_id": "string",
    "country": "string",
    "admin1": "string",
    "lon": "float64",
    "lat": "float64",
    "radius_km": "float64",
    "geo_precision": "int8",
    "shape": "string",
    "outline": "string",
    "tile_x": "int32",
    "tile_y": "int32",
    "placed": "boolean",
    "actor1": "string",
    "actor1_type": "string",
    "actor2": "string",
    "actor2_type": "string",
    "status": "string",
    "fatalities_low": "int32",
    "fatalities_high": "int32",
    "injured_low": "int32",
    "injured_high": "int32",
    "zone_set": "int32",
    "confidence": "float32",
    "review": "string",
    "reports": "int16",
    "sources": "int16",
    "title": "string",
    "source": "string",
    "quote": "string",
    "quote_folded": "string",
}
"""Columns of an event beside those of :data:`geo.frame.COLUMNS`: ``week`` and ``month`` are the first day of theirs,
``tile_x`` and ``tile_y`` the tile of :data:`TILE_ZOOM`, ``outline`` the geometry as hexadecimal WKB where it is no
point, ``zone_set`` a key of :data:`ZONE_SETS`, ``quote_folded`` the sentence as search reads it where it is not plain
ASCII."""
NAME_COLUMNS: Final = {"field": "string", "value": "string", "folded": "string"}
"""Every value of the fields that are counted or searched, and how search reads it."""
ZONE_SET_COLUMNS: Final = {"zone_set": "int32", "rank": "int16", "zone": "string", "inside": "boolean"}
"""The zones of a set, in their order: few sets of zones stand behind many events."""
TABLES: Final = {EVENTS: EVENT_COLUMNS, NAMES: NAME_COLUMNS, ZONE_SETS: ZONE_SET_COLUMNS}

REQUIRED: Final = frozenset(
    {"event_id", "event_type", "placed", "status", "confidence", "review", *NAME_COLUMNS, *ZONE_SET_COLUMNS}
)
"""Columns that are never unknown."""

TILE_ZOOM: Final = 18
"""Zoom level of the Web Mercator tiles that places are kept in; a tile is some 150 m wide at the equator."""
CELLS_PER_TILE: Final = 2
"""Zoom levels by which a grid's cells are finer than the map's tiles: 64 CSS pixels wide."""

FACET_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "event_types": ("event_type",),
    "sub_event_types": ("sub_event_type",),
    "actors": ("actor1", "actor2"),
    "actor_types": ("actor1_type", "actor2_type"),
    "statuses": ("status",),
}
"""Field of a query and the columns that hold its values; zones stand in sets."""
SEARCHED: Final = (
    ("places", "place"),
    ("actors", "actor1"),
    ("actors", "actor2"),
    ("titles", "title"),
    ("publishers", "source"),
)
"""Field of :data:`NAMES` and the column that is searched through it; sentences are searched one by one."""
ALSO_NAMED: Final = (("countries", "country"), ("regions", "admin1"), ("shapes", "shape"), ("reviews", "review"))
"""Further fields of :data:`NAMES`, which nobody counts or searches."""
