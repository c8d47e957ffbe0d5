"""``python -m geo events``: list the events of a store, under the same filters as the dashboard."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from geo.cli.console import say
from geo.cli.names import zone_names
from geo.cli.query_options import add_query_options, query_of, zones_folder
from geo.wording import many

if TYPE_CHECKING:
    import argparse

    from geopandas import GeoDataFrame

TABLE_COLUMNS = ("day_start", "day_end", "sub_event_type", "place", "actor1", "actor2", "status", "confidence")
FORMATS = ("table", "jsonl", "geojson")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    add_query_options(parser)
    parser.add_argument("--format", choices=FORMATS, default="table", help="how to print (default: %(default)s)")
    parser.add_argument("--quiet", action="store_true", help="print only the events")


def run(options: argparse.Namespace) -> int:
    """Print the events under the query, those not on the map among them."""
    from geo.cli.asking import selected
    from geo.query import describe, on_map

    query = query_of(options)
    events = selected(options, query)
    _write(events, options.format)
    asked = describe(query, zone_names(query.zones or (), zones_folder(options)))
    say(f"{asked}: {many(len(events), 'event')}, {len(on_map(events))} of them on the map", quiet=options.quiet)
    return 0


def _write(events: GeoDataFrame, form: str) -> None:
    if form == "table":
        # Without rows pandas prints its own words about an empty table.
        told = events[list(TABLE_COLUMNS)].to_string(index=False, na_rep="-", max_colwidth=38) if len(events) else ""
        sys.stdout.write(told + "\n" * bool(told))
    elif form == "jsonl":
        for row in _plain(events).to_dict("records"):
            sys.stdout.write(json.dumps({key: _known(value) for key, value in row.items()}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(_plain(events, geometry=True).to_json(na="null", drop_id=True) + "\n")


def _plain(events: GeoDataFrame, *, geometry: bool = False) -> Any:
    """Turn days into ISO text and lists of zones into text, the same in every format."""
    plain = events if geometry else events.drop(columns="geometry")
    days = {name: plain[name].dt.strftime("%Y-%m-%d") for name in ("day_start", "day_end")}
    zones = {name: plain[name].map(" ".join) for name in ("zones_inside", "zones_possible")}
    return plain.assign(**days, **zones)


def _known(value: Any) -> Any:
    import pandas as pd

    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
