"""``python -m geo imports``: list what was imported, or take an import off the map."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from geo.cli.console import say
from geo.wording import many

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--withdraw", metavar="KEY", help="take this import's events off the map")
    parser.add_argument("--who", default="reader", help="who withdraws it, for the log")
    parser.add_argument("--why", help="why, for the log")
    parser.add_argument("--store", type=Path, default=None, help="folder of the store (default: your own)")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line, with the skipped rows")
    parser.add_argument("--quiet", action="store_true", help="print only the list")


def run(options: argparse.Namespace) -> int:
    """Print a line per import, or withdraw one."""
    from geo import theatre
    from geo.importers import segments, withdraw
    from geo.store import Store

    folder = options.store or theatre.current().own_store
    if options.withdraw:
        with Store(folder) as store:
            withdraw(store, options.withdraw, who=options.who, why=options.why)
        say(f"import {options.withdraw} is withdrawn; its rows are off the map", quiet=options.quiet)
        return 0
    with Store(folder, readonly=True) as store:
        found = segments(store)
    for one in found:
        if options.json:
            sys.stdout.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
        else:
            counted = f"{one.rows:>10,} events {one.skipped:>8,} skipped"
            sys.stdout.write(f"{one.key}  {one.at[:10]}  {one.kind:6s} {counted}  {one.name}\n")
    say(many(len(found), "import"), quiet=options.quiet)
    return 0
