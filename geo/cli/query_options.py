"""The dashboard's filters as command line options. One ``Query`` stands behind both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from geo import theatre
from geo.cli.names import actor_names, zone_ids
from geo.errors import QueryError, StoreError
from geo.model import KnownBy
from geo.query import Query, from_params

if TYPE_CHECKING:
    import argparse

# Option, key in the dashboard's link, help. Each may be given several times.
LISTS = (
    ("--type", "type", "event type, as ACLED names it"),
    ("--sub-type", "sub_type", "sub-event type"),
    ("--actor", "actor", "actor, by a name or a common short one (SDF); a dated name means it alone"),
    ("--actor-type", "actor_type", "actor type"),
    ("--zone", "zone", "zone, by id or name"),
    ("--status", "status", "reported, claimed, ongoing, planned, denied, aggregate or background"),
)


def add_query_options(parser: argparse.ArgumentParser) -> None:
    """Declare the store and the filters."""
    parser.add_argument("--store", default=None, help="folder of the store (default: your own, else the sample)")
    parser.add_argument("--link", help="take the filters from a dashboard link; the options below change them")
    parser.add_argument("--from", dest="first", type=date.fromisoformat, metavar="DAY", help="first day, YYYY-MM-DD")
    parser.add_argument("--to", dest="last", type=date.fromisoformat, metavar="DAY", help="last day, YYYY-MM-DD")
    for option, key, purpose in LISTS:
        parser.add_argument(option, dest=key, action="append", metavar="NAME", help=f"only this {purpose}; repeatable")
    parser.add_argument("--min-confidence", type=float, help="only events at least this sure, 0 to 1")
    parser.add_argument(
        "--known-on",
        type=date.fromisoformat,
        metavar="DAY",
        help="events as they were known at the end of that day",
    )
    parser.add_argument(
        "--known-by",
        choices=tuple(map(str, KnownBy)),
        help="known through articles published by that day (default), or as this store had it recorded",
    )
    parser.add_argument("--text", help="only events whose place, actors, title or sentence hold these words")


def query_of(options: argparse.Namespace) -> Query:
    """Make the query the options describe.

    Raises
    ------
    QueryError
        An option or the link holds a value that is none.
    """
    params: dict[str, list[str]] = parse_qs(urlsplit(options.link).query) if options.link else {}
    for option, key in (("first", "from"), ("last", "to"), ("known_on", "known_on")):
        if (day := getattr(options, option)) is not None:
            params[key] = [day.isoformat()]
    for _, key, _ in LISTS:
        if (names := getattr(options, key)) is not None:
            params[key] = list(actor_names(names)) if key == "actor" else names
    if options.min_confidence is not None:
        params["min_confidence"] = [str(options.min_confidence)]
    if options.known_by is not None:
        params["known_by"] = [options.known_by]
    if options.text is not None:
        params["text"] = [options.text]
    query, notes = from_params(params)
    if notes:
        # A dashboard shows the rest of a broken link; a script that asks for less must not get more.
        raise QueryError("; ".join(note.removeprefix("Left out of the link: ") for note in notes))
    # A zone that is none must not pass for one without events, also not where a link names it.
    return replace(query, zones=zone_ids(query.zones, zones_folder(options))) if query.zones else query


def store_address(options: argparse.Namespace) -> str | None:
    """Return the address of the server the options name as their store; None for a folder."""
    return str(options.store) if "://" in str(options.store) else None


def zones_folder(options: argparse.Namespace) -> Path | None:
    """Return the folder whose own zones count, None where the store is a server."""
    return None if store_address(options) else store_folder(options)


def store_folder(options: argparse.Namespace) -> Path:
    """Return the store the options name, else the user's own, else the sample.

    Raises
    ------
    StoreError
        It is the address of a server, and this command needs the folder.
    """
    if store_address(options) is not None:
        raise StoreError("a server holds events only; this command needs the folder of a store (--store FOLDER)")
    if options.store is not None:
        return Path(options.store)
    here = theatre.current()
    return here.own_store if here.own_store.exists() else here.sample_store
