"""``python -m geo build``: read articles into a store."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo import theatre
from geo.cli.console import complain, progress, say
from geo.cli.geocoder_options import add_geocoder_options, fallback_of
from geo.errors import InputError

if TYPE_CHECKING:
    import argparse

    from geo.pipeline import BuildResult


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("articles", nargs="+", type=Path, help="article files and folders (.txt .md .html .jsonl)")
    parser.add_argument("--store", type=Path, help="folder of the store (default: your own, one for each theatre)")
    add_geocoder_options(parser)
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")
    parser.add_argument("--quiet", action="store_true", help="show only errors")


def run(options: argparse.Namespace) -> int:
    """Build, say what was read and what could not be."""
    from geo.pipeline import build
    from geo.store import Store

    fallback = fallback_of(options)
    if missing := [path for path in options.articles if not path.exists()]:
        # Nothing is kept of a path that was mistyped, neither as a problem nor as an empty store.
        raise InputError(f"there is no {missing[0]}", remedy="Name files or folders of articles that exist")
    folder = options.store or theatre.current().own_store
    with Store(folder) as store, progress("reading", quiet=options.quiet or options.json) as step:
        result = build(options.articles, store, progress=lambda _: step(), fallback=fallback)
    for problem in result.problems:
        complain(str(problem))
    for note in result.notes:
        complain(note)
    if options.json:
        sys.stdout.write(json.dumps(_summary(result)) + "\n")
    else:
        say(
            f"{result.read} articles read ({result.new} new), {result.events} events in {folder}, "
            f"{len(result.problems)} not read",
            quiet=options.quiet,
        )
    return 0 if result.read else 2


def _summary(result: BuildResult) -> dict[str, object]:
    problems = [
        {"path": p.path and str(p.path), "line": p.line, "problem": p.problem, "remedy": p.remedy}
        for p in result.problems
    ]
    return {
        "read": result.read,
        "new": result.new,
        "events": result.events,
        "problems": problems,
        "notes": result.notes,
    }
