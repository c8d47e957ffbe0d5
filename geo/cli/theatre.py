"""``python -m geo theatre``: make another theatre, list those there are, find the id of a place for its lists."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo import theatre
from geo.cli.console import say
from geo.cli.theatre_option import add_theatre_option

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_PLACES = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done."""
    parser.add_argument("--quiet", action="store_true", help="print only results")
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="WHAT", help="what to do")
    new = deeds.add_parser("new", help="write a theatre to begin with, its files full of comments")
    new.add_argument("path", type=Path, help="folder to make")
    deeds.add_parser("list", help="name the theatres that --theatre and the dashboard offer")
    find = deeds.add_parser("find", help="give the ids and coordinates of the places of a name, and codes of provinces")
    find.add_argument(
        "names",
        nargs="+",
        metavar="NAME",
        help='place names, in any script; one of several words in quotes: "Port Sudan"',
    )
    # The options of the command itself stand before the deed; here they may stand after it too.
    add_theatre_option(find, default=argparse.SUPPRESS)
    for deed in (new, find):
        deed.add_argument("--quiet", action="store_true", default=argparse.SUPPRESS, help="print only results")


def run(options: argparse.Namespace) -> int:
    """Do what was asked."""
    if options.deed == "new":
        return _new(options.path, quiet=options.quiet)
    return _list() if options.deed == "list" else _find(options.names, quiet=options.quiet)


def _new(path: Path, *, quiet: bool) -> int:
    from geo.theatre.skeleton import write

    for file in write(path):
        sys.stdout.write(f"{file}\n")
    say(f"Next: fill in {path / 'theatre.yaml'}, then python -m geo check --theatre {path}", quiet=quiet)
    return 0


def _list() -> int:
    for found in theatre.known():
        sys.stdout.write(f"{found.id:16s} {found.name}  ({found.folder})\n")
    return 0


def _find(names: Sequence[str], *, quiet: bool) -> int:
    from geo.geocoders import open_gazetteer

    gazetteer, missing = open_gazetteer(), 0
    for name in names:
        places = gazetteer.lookup(name)
        if len(names) > 1 and places:
            sys.stdout.write(f"{name}:\n")
        for place in places[:MOST_PLACES]:
            where = ", ".join(filter(None, (place.admin1, place.country)))
            code = f"  province {code}" if (code := gazetteer.division(place.id)) else ""
            at = f"[{place.lon:.4f}, {place.lat:.4f}]"
            sys.stdout.write(f"{place.id:14s} {at:22s} {place.kind:10s} {place.name} ({where}){code}\n")
        if not places:
            missing += 1
            say(f"the gazetteer has no {name!r}: put it into places.yaml", quiet=quiet)
    return 1 if missing else 0
