"""``python -m geo annotate``: mark places, days, actors and events in articles, one JSON line each."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from geo.cli.console import complain, progress

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("articles", nargs="+", type=Path, help="a .jsonl of articles, or article files and folders")
    parser.add_argument("--output", type=Path, help="write here instead of standard output")
    parser.add_argument("--quiet", action="store_true", help="show only errors")


def run(options: argparse.Namespace) -> int:
    """Annotate every article in the order given; an article that cannot be read is named and the rest goes on."""
    from geo.errors import InputError
    from geo.pipeline import open_resources, read_article
    from geo.readers import read_paths
    from geo.records import record

    resources, read = open_resources(), 0
    with _output(options.output) as out, progress("annotating", quiet=options.quiet or options.output is None) as step:
        for item in read_paths(options.articles):
            if isinstance(item, InputError):
                complain(str(item))
                continue
            cleaned = item.path is None or not item.path.endswith(".jsonl")
            out.write(json.dumps(record(read_article(item, resources), with_text=cleaned), ensure_ascii=False) + "\n")
            read += 1
            step()
    return 0 if read else 2


@contextmanager
def _output(path: Path | None) -> Iterator[TextIO]:
    """Give standard output, or a file that appears only when it is whole."""
    if path is None:
        yield sys.stdout
        return
    unfinished = path.with_name(path.name + ".tmp")
    with unfinished.open("w", encoding="utf-8", newline="\n") as out:
        yield out
    unfinished.replace(path)
