"""``python -m geo index``: make a large store answer fast, here or on a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.cli.console import progress, say
from geo.errors import StoreError

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--store", type=Path, default=None, help="folder of the store (default: your own)")
    parser.add_argument(
        "--to",
        metavar="ADDRESS",
        help="load the events into a server instead: postgresql://user@host/database or clickhouse://user@host/database;"
        " what an earlier run put there is replaced",
    )
    parser.add_argument("--quiet", action="store_true", help="show only errors")


def run(options: argparse.Namespace) -> int:
    """Make the snapshot, or fill the server."""
    from geo.cli.query_options import store_folder
    from geo.store import Store
    from geo.warehouse import connect, is_address, snapshot, without_password

    if options.to is not None and not is_address(options.to):
        raise StoreError(f"--to is {options.to!r}, it must be an address as postgresql://user@host/database")
    with (
        Store(store_folder(options), readonly=True) as store,
        progress("indexing", quiet=options.quiet, unit=" events") as step,
    ):
        if options.to is None:
            file = snapshot.build(store, progress=step)
            say(f"{file}, {file.stat().st_size / 2**20:,.1f} MiB", quiet=options.quiet)
        else:
            engine = connect(options.to)
            try:
                snapshot.fill(engine, store, progress=step)
            finally:
                engine.close()
            say(f"{store.folder} is on {without_password(options.to)}", quiet=options.quiet)
    return 0
