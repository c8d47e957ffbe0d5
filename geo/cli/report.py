"""``python -m geo report``: write a bundle, a Word or PDF report, or a page that stands alone.

The same in three lines of Python:

>>> from geo.reports import gather, save; from geo.store import Store  # doctest: +SKIP
>>> with Store("store/sample", readonly=True) as store:  # doctest: +SKIP
...     save(gather(store, Query(period=(date(2019, 10, 9), date(2019, 10, 15)))), "week.docx")
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.cli.console import say
from geo.cli.query_options import add_query_options, query_of, store_folder

if TYPE_CHECKING:
    import argparse

    from geo.reports import Material


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from geo.snapshot import SIZES

    parser.add_argument("file", type=Path, help="file to write: .zip (bundle), .docx, .pdf or .html")
    add_query_options(parser)
    parser.add_argument("--title", help="title of the report and of its figure")
    parser.add_argument(
        "--size", choices=sorted(SIZES), default="a4-landscape", help="of the figure (default: %(default)s)"
    )
    parser.add_argument("--quiet", action="store_true", help="show only errors")


def run(options: argparse.Namespace) -> int:
    """Write the report of the events under the query when the file is whole."""
    from geo.reports import save
    from geo.reports.save import kind_of

    kind_of(options.file)
    material = gathered(options)
    path = save(material, options.file)
    told(material, path, quiet=options.quiet)
    return 0


def gathered(options: argparse.Namespace) -> Material:
    """Read from the store what the options ask for."""
    from datetime import date

    from geo.reports import gather
    from geo.snapshot import Options
    from geo.store import Store

    query = query_of(options)
    looks = Options(title=getattr(options, "title", None), size=getattr(options, "size", "a4-landscape"))
    with Store(store_folder(options), readonly=True) as store:
        # The day on the user's calendar.
        return gather(store, query, exported=date.today(), looks=looks)  # noqa: DTZ011


def told(material: Material, path: Path, *, quiet: bool) -> None:
    """Say what was written."""
    from geo.query import describe

    shown = f"{len(material.events)} events, {len(material.placed)} of them on the map"
    say(f"{describe(material.query, material.zone_names)}: {shown}, in {path}", quiet=quiet)
