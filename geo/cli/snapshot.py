"""``python -m geo snapshot``: draw the map of a store as a picture for a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.cli.console import say
from geo.cli.query_options import add_query_options, query_of, store_folder
from geo.errors import InputError

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from geo.snapshot import SIZES

    parser.add_argument("figure", type=Path, help="file to write: .png, .svg or .pdf")
    add_query_options(parser)
    parser.add_argument("--title", help="title (default: the period in words)")
    parser.add_argument("--size", choices=sorted(SIZES), default="a4-landscape", help="paper (default: %(default)s)")
    parser.add_argument("--dpi", type=int, default=200, help="dots an inch (default: %(default)s)")
    parser.add_argument("--bounds", metavar="W,S,E,N", help="west, south, east, north in degrees (default: all events)")
    parser.add_argument("--quiet", action="store_true", help="show only errors")


def run(options: argparse.Namespace) -> int:
    """Draw the events under the query, and write the file when it is whole."""
    from datetime import date

    from geo.frame import load_frame
    from geo.query import describe
    from geo.snapshot import Options, draw, save
    from geo.store import Store
    from geo.zones import load_all

    query = query_of(options)
    folder = store_folder(options)
    with Store(folder, readonly=True) as store:
        events, fingerprint = load_frame(store), store.fingerprint()
    look = Options(
        title=options.title,
        size=options.size,
        dpi=options.dpi,
        bounds=_bounds(options.bounds),
        exported=date.today(),  # noqa: DTZ011 - the day on the user's calendar stands in the footer
        fingerprint=fingerprint,
    )
    chosen = query.zones or frozenset()
    zones = {key: built for key, built in load_all(folder).items() if key in chosen or not built.zone.is_province}
    path = save(draw(events, query, zones=zones, options=look), options.figure)
    say(f"{describe(query)}: drawn in {path}", quiet=options.quiet)
    return 0


def _bounds(text: str | None) -> tuple[float, float, float, float] | None:
    if text is None:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise InputError(
            f"--bounds is {text!r}", remedy="Give west,south,east,north in degrees, as 35.5,35,42.5,37.5"
        ) from error
    return west, south, east, north
