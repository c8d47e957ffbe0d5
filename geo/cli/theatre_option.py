"""``--theatre``: the option that every command has."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from geo import theatre

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator


def add_theatre_option(parser: argparse.ArgumentParser, **more: Any) -> None:
    """Declare the option; `more` is as for ``add_argument``."""
    parser.add_argument(
        "--theatre",
        metavar="PATH",
        help="folder of another theatre, or the name of one that comes with the program",
        **more,
    )


@contextmanager
def theatre_of(options: argparse.Namespace) -> Iterator[None]:
    """Make the theatre the options name the current one, for this process and those it starts.

    Raises
    ------
    InputError
        There is no such theatre, or it cannot be read.
    """
    if options.theatre is None:
        yield
        return
    found = theatre.find(options.theatre)
    before = os.environ.get(theatre.VARIABLE)
    os.environ[theatre.VARIABLE] = str(found.folder)
    try:
        with theatre.use(found):
            yield
    finally:
        if before is None:
            del os.environ[theatre.VARIABLE]
        else:
            os.environ[theatre.VARIABLE] = before
