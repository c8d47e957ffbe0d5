"""The command line. Each command is one module with ``add_arguments(parser)`` and ``run(options) -> exit code``.

Results go to standard output, one JSON object a line or a table; progress, notes and errors go to standard error.
Exit codes: 0 done, 1 done but the answer is "no" (``check``), 2 nothing could be done, 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from typing import TYPE_CHECKING

from geo.cli.console import complain
from geo.cli.theatre_option import add_theatre_option, theatre_of
from geo.errors import GeoError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS: dict[str, str] = {
    "build": "read articles into a store",
    "watch": "look again and again for new articles in folders and feeds, or once from a timetable",
    "fetch": "read articles from web addresses, lists of them and feeds: the one command that asks the internet",
    "annotate": "mark places, days, actors and events in articles, one JSON line each",
    "events": "list the events of a store, under the same filters as the dashboard",
    "snapshot": "draw the map of a store as a picture for a report",
    "report": "write a report: a bundle for an editor, Word, PDF, or a web page that needs no internet",
    "export": "write the events of a store as a file: CSV, Excel, GeoJSON, GeoPackage, GeoParquet, KML, HXL",
    "changes": "tell which events were added, changed or withdrawn since a day",
    "import": "take in a table of events: ACLED, UCDP, GDELT, or any table with a mapping of its columns",
    "imports": "list the imported tables, or take one off the map",
    "index": "make a large store answer fast, here or on a PostgreSQL or ClickHouse server",
    "backup": "copy a store into one file while it is used",
    "restore": "put a copy of a store into a new folder, and verify it",
    "check": "compare zones with their published size, and verify a store",
    "gazetteer": "add a GeoNames dump of your own to the places that are known, list them, take them away",
    "theatre": "make another theatre (a conflict with its own places, actors and zones), list them, find a place's id",
    "zones": "add zones of your own from a file, list them, show one, take it away",
    "dashboard": "open the dashboard in a browser",
}
"""Command and what it does; each is the module of its name in this package."""
INTERRUPTED = 130
"""What shells expect after Ctrl+C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str, optional
        The command line without the program's name; ``sys.argv`` unless given.

    Returns
    -------
    int
        The exit code.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        options = _parser(given).parse_args(given)
        with theatre_of(options):
            code = int(importlib.import_module(f"geo.cli.{options.command}").run(options))
        sys.stdout.flush()
    except GeoError as error:
        complain(str(error))
        return 2
    except BrokenPipeError:
        # The reader of a pipe closed it ("| head"): not our failure, and Python must not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        # No space, no permission, a folder where a file should be: the system's words, with the path.
        complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        return 2
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    return code


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo", description="From news articles to a map through time.")
    given = given or [""]
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, purpose in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose[0].upper() + purpose[1:] + ".")
        # Only the command that runs is imported: `annotate` must start without pandas.
        if name == given[0]:
            importlib.import_module(f"geo.cli.{name}").add_arguments(command)
            add_theatre_option(command)
    return parser
