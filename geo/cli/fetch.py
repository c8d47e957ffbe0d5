"""``python -m geo fetch``: read articles from the internet into a store, because somebody asked."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo import theatre
from geo.cli.console import complain, held_back, progress, say
from geo.errors import InputError
from geo.wording import many

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from geo.model import Article
    from geo.net import Fetcher


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("addresses", nargs="*", metavar="URL", help="pages of articles, http or https")
    parser.add_argument("--list", type=Path, action="append", default=[], metavar="FILE", help="addresses, one a line")
    parser.add_argument(
        "--feed", action="append", default=[], metavar="URL", help="an RSS or Atom feed, with the pages that it names"
    )
    parser.add_argument("--store", type=Path, help="folder of the store (default: your own, one for each theatre)")
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")
    parser.add_argument("--quiet", action="store_true", help="show only errors")


def run(options: argparse.Namespace) -> int:
    """Fetch and read; say what was read and what could not be."""
    from geo.net import Fetcher, demand_online
    from geo.pipeline import keep
    from geo.store import Store

    demand_online()
    if not (options.addresses or options.list or options.feed):
        raise InputError("there is nothing to fetch", remedy="Give an address, --list FILE or --feed URL")
    wanted = [*options.addresses, *_listed(options.list)]
    problems: list[InputError] = []
    folder = options.store or theatre.current().own_store
    with Store(folder) as store, progress("fetching", quiet=options.quiet or options.json) as step:
        found = _items(Fetcher(), wanted, options.feed)
        result = keep(_sorted_out(found, problems), store, progress=lambda _: step())
        left_out = "" if options.quiet or options.json else held_back(store.events())
    problems += result.problems
    for problem in problems:
        complain(str(problem))
    if options.json:
        told = {"read": result.read, "new": result.new, "events": result.events, "problems": list(map(str, problems))}
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        say(
            f"{many(result.read, 'article')} read ({result.new} new), "
            f"{many(result.events, 'event')}{left_out} in {folder}, {len(problems)} not read",
            quiet=options.quiet,
        )
    return 0 if result.read else 2


def _listed(files: list[Path]) -> Iterator[str]:
    from geo.net.gather import addresses
    from geo.readers.decode import decode

    for file in files:
        try:
            text = decode(file.read_bytes(), file)
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror or error}", path=file) from error
        yield from addresses(text.split("\n"), file)


def _items(fetcher: Fetcher, addresses: list[str], feeds: list[str]) -> Iterator[Article | InputError]:
    from geo.net import read_address, read_feed

    for url in addresses:
        yield from read_address(fetcher, url)
    for url in feeds:
        try:
            for _, item in read_feed(fetcher, url):
                yield item
        except InputError as error:
            yield error


def _sorted_out(found: Iterator[Article | InputError], problems: list[InputError]) -> Iterator[Article]:
    """Keep what could not be fetched out of the store: it would stand there after it was fetched."""
    for item in found:
        if isinstance(item, InputError):
            problems.append(item)
        else:
            yield item
