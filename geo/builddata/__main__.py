"""Command line: ``python -m geo.builddata [all|basemap|world|zones|gazetteer] [--out FOLDER]``."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from geo.basemap import BUILT
from geo.errors import GeoError

PARTS: tuple[str, ...] = ("basemap", "world", "zones", "gazetteer")
"""What can be built, in the order in which one needs the other. Each is a module here with ``build(out)``."""


def main(arguments: list[str] | None = None) -> int:
    """Build what is asked for.

    Parameters
    ----------
    arguments : list of str, optional
        Command line without the program's name.

    Returns
    -------
    int
        0, or 1 if something could not be built.

    Raises
    ------
    SystemExit
        The command line is wrong.
    """
    parser = argparse.ArgumentParser(prog="python -m geo.builddata", description="Make the files of data/built.")
    parser.add_argument("part", nargs="?", default="all", choices=("all", *PARTS))
    parser.add_argument("--out", type=Path, default=BUILT, help="folder to write to (default: %(default)s)")
    options = parser.parse_args(arguments)
    failed = 0
    for part in PARTS if options.part == "all" else (options.part,):
        try:
            # Imported when asked for: each part needs packages that the others do not.
            importlib.import_module(f"geo.builddata.{part}").build(options.out)
        except GeoError as error:
            sys.stderr.write(f"{part}: {error}\n")
            failed = 1
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
