"""Stores too large to load: the questions of a view, written once and asked of DuckDB, ClickHouse or PostgreSQL.

>>> from geo.warehouse import ENGINES, View, connect  # doctest: +SKIP
>>> connect("postgresql://me@here/events")  # doctest: +SKIP
"""

from __future__ import annotations

from geo.warehouse.area import MOST_SINGLE, Area, Look, area_of, look
from geo.warehouse.engines import ENGINES, Engine, connect, is_address, without_password
from geo.warehouse.view import View
from geo.warehouse.warehouse import MOST_POINTS, Totals, Warehouse

__all__ = [
    "ENGINES",
    "MOST_POINTS",
    "MOST_SINGLE",
    "Area",
    "Engine",
    "Look",
    "Totals",
    "View",
    "Warehouse",
    "area_of",
    "connect",
    "is_address",
    "look",
    "without_password",
]
