"""``python -m geo restore``: put a copy of a store into a new folder, and verify it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.cli.console import say
from geo.wording import many

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("file", type=Path, help="what `python -m geo backup` wrote")
    parser.add_argument("--store", type=Path, required=True, help="new folder for the store; it must be empty")
    parser.add_argument("--quiet", action="store_true", help="show only errors")


def run(options: argparse.Namespace) -> int:
    """Unpack and verify."""
    from geo.store import Store
    from geo.store.backup import restore

    restore(options.file, options.store)
    with Store(options.store, readonly=True) as store:
        say(
            f"{options.store} is whole: {many(len(store.articles()), 'article')}, {many(store.event_count(), 'event')}",
            quiet=options.quiet,
        )
    return 0
