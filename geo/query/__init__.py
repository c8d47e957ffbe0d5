"""One question, asked the same everywhere: sidebar, link, cache key, command line, caption and export."""

from geo.query.params import from_params, to_params
from geo.query.people import people_told
from geo.query.query import FACETS, Query
from geo.query.select import certain, counts, default_period, facets, in_window, on_map, select, tray
from geo.query.words import describe

__all__ = [
    "FACETS",
    "Query",
    "certain",
    "counts",
    "default_period",
    "describe",
    "facets",
    "from_params",
    "in_window",
    "on_map",
    "people_told",
    "select",
    "to_params",
    "tray",
]
