"""``python -m geo gazetteer``: a user's own GeoNames dump beside the built gazetteer."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo.cli.console import complain, progress, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.errors import InputError

MOST_TOLD = 20
"""Lines that could not be used that are told one by one."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    command.add_argument("--json", action="store_true", help="list as one JSON object a line")
    command.add_argument("--quiet", action="store_true", help="show only errors")
    steps = command.add_subparsers(
        dest="step", metavar="import | remove", help="without one, the gazetteers of your own are listed"
    )
    add = steps.add_parser("import", help="read a GeoNames dump; its places are used from then on")
    add.add_argument("dump", type=Path, help="SY.txt, allCountries.txt or one of them zipped")
    add.add_argument("--alternate-names", type=Path, metavar="FILE", help="alternateNamesV2.txt, or it zipped")
    add.add_argument("--name", help="what to call it; one of that name is replaced (default: the file's name)")
    _quiet(add)
    take = steps.add_parser("remove", help="take an imported gazetteer away")
    take.add_argument("name", help="as listed by: python -m geo gazetteer")
    _quiet(take)


def _quiet(step: argparse.ArgumentParser) -> None:
    # Told after the step as well as before it; left alone where it is not, so that it does not undo the one before.
    step.add_argument("--quiet", action="store_true", default=argparse.SUPPRESS, help="show only errors")


def run(options: argparse.Namespace) -> int:
    """List what is installed, import a dump, or take one away."""
    if options.step == "import":
        return _import(options)
    if options.step == "remove":
        from geo.geocoders import installed

        installed.remove(options.name)
        say(f"{options.name} is removed; articles already in a store keep its places", quiet=options.quiet)
        return 0
    return _list(as_json=options.json, quiet=options.quiet)


def _import(options: argparse.Namespace) -> int:
    from geo.geocoders import geonames, installed
    from geo.geocoders.gazetteer import Gazetteer
    from geo.geocoders.unpack import default_file

    built = Gazetteer(default_file())
    divisions = built.divisions()
    built.close()
    total = sum(geonames.size(path) for path in (options.dump, options.alternate_names) if path)
    with progress(f"importing {options.dump.name}", quiet=options.quiet, total=total, unit="B") as step:
        result = installed.install(
            options.dump,
            divisions=divisions,
            alternate_names=options.alternate_names,
            name=options.name,
            progress=step,
            problem=_first(MOST_TOLD),
        )
    if result.bad > MOST_TOLD:
        complain(f"{result.bad - MOST_TOLD:,} more lines could not be used")
    others = f"; {result.passed_over:,} lines of other kinds passed over" if result.passed_over else ""
    say(f"{result.name}: {result.places:,} places, used from now on{others}", quiet=options.quiet)
    return 0


def _first(most: int) -> Callable[[InputError], None]:
    """Tell the first so many problems; a file of another format must not fill the screen."""
    left = most

    def tell(error: InputError) -> None:
        nonlocal left
        if left > 0:
            complain(str(error))
        left -= 1

    return tell


def _list(*, as_json: bool, quiet: bool) -> int:
    from geo.geocoders import installed

    found = installed.listed()
    for one in found:
        told = {
            "name": one.name,
            "places": one.places,
            "source": one.source,
            "imported": one.imported,
            "megabytes": one.megabytes,
        }
        line = json.dumps(told) if as_json else f"{one.name:24s} {one.places:>12,} places  {one.megabytes:>8,.1f} MB  "
        sys.stdout.write(line + ("" if as_json else f"from {one.source}, {one.imported[:10]}") + "\n")
    if not found and not as_json:
        say(
            "only the built gazetteer; add a dump of download.geonames.org/export/dump with: "
            "python -m geo gazetteer import SY.zip",
            quiet=quiet,
        )
    return 0
