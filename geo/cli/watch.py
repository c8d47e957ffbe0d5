"""``python -m geo watch``: look again and again for new articles in folders and feeds, or once for a timetable."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from geo import theatre
from geo.cli.console import complain, say
from geo.errors import InputError, StoreBusyError

if TYPE_CHECKING:
    from geo.net import Fetcher
    from geo.net.rounds import Round


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="folders and files to look through")
    parser.add_argument("--feeds", type=Path, metavar="FILE", help="addresses of RSS and Atom feeds, one a line")
    parser.add_argument("--store", type=Path, help="folder of the store (default: your own, one for each theatre)")
    parser.add_argument("--every", type=_minutes, default=15.0, metavar="MIN", help="minutes between two rounds (15)")
    parser.add_argument("--once", action="store_true", help="look once and end, for cron and its like")
    parser.add_argument("--json", action="store_true", help="print one JSON object a round")
    parser.add_argument("--quiet", action="store_true", help="show only errors")


def run(options: argparse.Namespace) -> int:
    """Watch until interrupted, or once; the exit code is 1 where something could not be read in the last round."""
    if not options.folders and options.feeds is None:
        raise InputError("there is nothing to watch", remedy="Name a folder, or --feeds FILE")
    if missing := [path for path in options.folders if not path.exists()]:
        raise InputError(f"there is no {missing[0]}", remedy="Name folders that exist")
    feeds = _feeds(options.feeds)
    fetcher = _fetcher() if feeds else None
    folder = options.store or theatre.current().own_store
    while True:
        try:
            done = _round(options, folder, feeds, fetcher)
        except StoreBusyError as error:
            # Somebody else writes for long; a timetable wants to know, a watch tries again.
            if options.once:
                raise
            complain(str(error))
        else:
            _tell(done, options)
            if options.once:
                return 1 if done.problems else 0
        time.sleep(60 * options.every)


def _round(options: argparse.Namespace, folder: Path, feeds: list[str], fetcher: Fetcher | None) -> Round:
    from geo.net.remembered import Remembered
    from geo.net.rounds import read_round
    from geo.store import Store

    # Opened for each round: between two the store is free for everybody.
    with Store(folder) as store, Remembered(folder) as remembered:
        return read_round(store, remembered, folders=options.folders, feeds=feeds, fetcher=fetcher)


def _fetcher() -> Fetcher:
    from geo.net import Fetcher, demand_online

    demand_online()
    return Fetcher()


def _feeds(file: Path | None) -> list[str]:
    if file is None:
        return []
    from geo.net.gather import addresses
    from geo.readers.decode import decode

    try:
        return list(dict.fromkeys(addresses(decode(file.read_bytes(), file).split("\n"), file)))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=file) from error


def _tell(done: Round, options: argparse.Namespace) -> None:
    for problem in done.problems:
        complain(str(problem))
    told = {"files": done.files, "pages": done.pages, "read": done.read, "new": done.new, "unchanged": done.unchanged}
    if options.json:
        sys.stdout.write(json.dumps({**told, "problems": list(map(str, done.problems))}) + "\n")
        sys.stdout.flush()
        return
    say(
        f"{time.strftime('%Y-%m-%d %H:%M')}: {done.files} new or changed files, {done.pages} new entries of feeds, "
        f"{done.new} new articles, {len(done.problems)} problems",
        quiet=options.quiet,
    )


def _minutes(text: str) -> float:
    minutes = float(text)
    if not 1 <= minutes <= 10_080:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and 10080")
    return minutes
