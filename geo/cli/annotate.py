"""``python -m geo annotate``: mark places, days, actors and events in articles, one JSON line each."""

from __future__ import annotations

import gc
import json
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from geo.cli.console import complain, progress, say
from geo.cli.geocoder_options import add_geocoder_options, fallback_of, tell
from geo.cli.reader_options import add_reader_options, reader_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from geo.model import Article
    from geo.pipeline import Resources


# A record holds no circle; to look for one takes a tenth of the writing.
_line = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("articles", nargs="+", type=Path, help="a .jsonl of articles, or article files and folders")
    parser.add_argument("--output", type=Path, help="write here instead of standard output")
    add_reader_options(parser)
    add_geocoder_options(parser)
    parser.add_argument("--quiet", action="store_true", help="show only errors")


def run(options: argparse.Namespace) -> int:
    """Annotate every article in the order given; an article that cannot be read is named and the rest goes on."""
    from geo.errors import InputError
    from geo.extractors import open_extractor
    from geo.pipeline import broken_zones, open_resources

    fallback, extractor, read = fallback_of(options), reader_of(options) or open_extractor(), 0
    resources = replace(open_resources(), fallback=fallback, extractor=extractor)
    quiet = options.quiet or options.output is None
    if notice := extractor.notice():
        say(notice, quiet=options.quiet)
    # Word lists and zones are loaded at the first article. To collect meanwhile is a twentieth of the start-up, to walk
    # over them again and again a tenth of the reading.
    gc.disable()
    try:
        with _output(options.output) as out, progress("annotating", quiet=quiet) as step:
            for line in _records(options.articles, resources):
                out.write(_line(line) + "\n")
                read += 1
                if read == 1:
                    gc.freeze()
                    gc.enable()
                step()
            if not read:
                # Raised while the output is open, so that nothing takes the place of what was there.
                raise InputError(f"nothing could be read in {', '.join(map(str, options.articles))}")
        for told in broken_zones():
            complain(told)
    finally:
        gc.enable()
        for note in extractor.notes():
            say(note, quiet=options.quiet)
    tell(fallback)
    return 0


def _records(articles: Iterable[Path], resources: Resources) -> Iterator[dict[str, Any]]:
    """Read one article after the other; a reader that fails at several in a row is not asked any more."""
    from geo.errors import InputError, ReaderError
    from geo.pipeline import read_article
    from geo.readers import read_paths
    from geo.records import record
    from geo.writer import PATIENCE

    failed = 0
    for item in read_paths(articles):
        if isinstance(item, InputError):
            complain(str(item))
            continue
        try:
            yield record(read_article(item, resources), with_text=_is_cleaned(item))
            failed = 0
        except InputError as problem:
            complain(str(problem))
        except ReaderError as failure:
            failed += 1
            if failure.final or failed >= PATIENCE:
                raise
            complain(f"article {item.id} was not read: {failure}")


def _is_cleaned(article: Article) -> bool:
    """Whether its text is not the file's own: then the offsets mean nothing without it."""
    return article.path is None or not article.path.lower().endswith(".jsonl")


@contextmanager
def _output(path: Path | None) -> Iterator[TextIO]:
    """Give standard output, or a file that appears only when it is whole."""
    if path is None:
        yield sys.stdout
        return
    if path.exists() and not path.is_file():
        # A pipe or a device is written to; nothing may take its place.
        with path.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        return
    # A hidden name, so that a folder of articles does not hold it as one of them.
    unfinished = path.with_name(f".{path.name}.tmp")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
