"""``python -m geo build``: read articles into a store."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo import theatre
from geo.cli.console import complain, held_back, progress, say
from geo.cli.geocoder_options import add_geocoder_options, fallback_of
from geo.cli.reader_options import add_reader_options, choice_of, reader_of
from geo.errors import InputError
from geo.wording import many

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.extractors import Extractor
    from geo.model import Article
    from geo.pipeline import BuildResult
    from geo.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "articles",
        nargs="+",
        type=Path,
        help="article files and folders (.txt .md .html .jsonl .pdf .docx .eml .mbox .rss .atom)",
    )
    parser.add_argument("--store", type=Path, help="folder of the store (default: your own, one for each theatre)")
    add_reader_options(parser)
    add_geocoder_options(parser)
    parser.add_argument(
        "--jobs",
        type=_jobs,
        metavar="N",
        help="processes to read with (default: one a core where there is much to read)",
    )
    parser.add_argument(
        "--scheduler", metavar="URL", help="read on the workers of a Dask scheduler, such as tcp://10.0.0.5:8786"
    )
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")
    parser.add_argument("--quiet", action="store_true", help="show only errors")


def run(options: argparse.Namespace) -> int:
    """Build, say what was read and what could not be."""
    from geo.extractors import open_extractor
    from geo.store import Store

    if missing := [path for path in options.articles if not path.exists()]:
        # Nothing is kept of a path that was mistyped, neither as a problem nor as an empty store.
        raise InputError(f"there is no {missing[0]}", remedy="Name files or folders of articles that exist")
    folder = options.store or theatre.current().own_store
    _demand(options)
    extractor = reader_of(options) or open_extractor()
    if notice := extractor.notice():
        say(notice, quiet=options.quiet)
    try:
        with Store(folder) as store, progress("reading", quiet=options.quiet or options.json) as step:
            result = _built(options, store, extractor, lambda _: step())
            left_out = "" if options.quiet or options.json else held_back(store.events())
    finally:
        for note in extractor.notes():
            say(note, quiet=options.quiet)
    for problem in result.problems:
        complain(str(problem))
    for note in result.notes:
        complain(note)
    if options.json:
        sys.stdout.write(json.dumps({**_summary(result), "reader": list(extractor.notes())}) + "\n")
    else:
        say(
            f"{many(result.read, 'article')} read ({result.new} new), "
            f"{many(result.events, 'event')}{left_out} in {folder}, {len(result.problems)} not read",
            quiet=options.quiet,
        )
    return 0 if result.read else 2


def _built(
    options: argparse.Namespace, store: Store, extractor: Extractor, progress: Callable[[Article], None]
) -> BuildResult:
    """Read here, or on as many processes or machines as asked for or as pay."""
    from geo.pipeline import build

    fallback, chosen = fallback_of(options), options.reader is not None
    jobs = 1 if fallback or options.scheduler else _paying(options, extractor)
    if not options.scheduler and jobs == 1:
        given = extractor if chosen else None
        return build(options.articles, store, progress=progress, fallback=fallback, extractor=given)
    from geo.spread import open_pool, spread_build

    kind = "threads" if extractor.shared else "processes"
    reader = choice_of(options) if chosen else None
    with open_pool("dask", scheduler=options.scheduler) if options.scheduler else open_pool(kind, jobs=jobs) as pool:
        return spread_build(options.articles, store, pool=pool, reader=reader, progress=progress)


def _demand(options: argparse.Namespace) -> None:
    """Refuse ways to spread a build that cannot be, before a store is made."""
    if options.geocoder and (options.scheduler or (options.jobs or 1) > 1):
        raise InputError(
            "a geocoder is asked from one process only, one question a second",
            remedy="Leave --jobs and --scheduler out, or build first and ask for what is missing afterwards",
        )
    if options.scheduler and options.jobs:
        raise InputError("--jobs and --scheduler exclude each other", remedy="The cluster has its own workers")


def _paying(options: argparse.Namespace, extractor: Extractor) -> int:
    from geo.spread import worth_it

    # A service of somebody else is asked for one article at a time unless told otherwise.
    return worth_it(options.articles, 1 if extractor.shared and options.jobs is None else options.jobs)


def _jobs(text: str) -> int:
    jobs = int(text)
    if not 1 <= jobs <= 256:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and 256")
    return jobs


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
