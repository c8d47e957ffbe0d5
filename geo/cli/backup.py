"""``python -m geo backup``: copy a store into one file while it is used."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.cli.console import say

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("file", type=Path, help="zip file to write; it is there when it is whole")
    parser.add_argument("--store", type=Path, default=None, help="folder of the store (default: your own)")
    parser.add_argument("--quiet", action="store_true", help="show only errors")


def run(options: argparse.Namespace) -> int:
    """Write the copy."""
    from geo.cli.query_options import store_folder
    from geo.store.backup import backup

    folder = store_folder(options)
    size = backup(folder, options.file)
    say(f"{folder} copied to {options.file}, {size / 2**20:,.1f} MiB", quiet=options.quiet)
    return 0
