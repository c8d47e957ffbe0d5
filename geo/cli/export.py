"""``python -m geo export``: write the events under a query as a file for other programs.

The same in three lines of Python:

>>> from geo.export import save; from geo.known import load; from geo.store import Store  # doctest: +SKIP
>>> with Store("store/sample", readonly=True) as store:  # doctest: +SKIP
...     save(load(store).events, "week.csv", query=Query(period=(date(2019, 10, 9), date(2019, 10, 15))))
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geo.cli.console import say
from geo.cli.names import zone_names
from geo.cli.query_options import add_query_options, query_of, zones_folder
from geo.wording import many

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from geo.export import FORMATS

    ends = ", ".join(about.suffix for about in FORMATS.values() if about.suffixes)
    parser.add_argument("file", type=Path, help=f"file to write: {ends}; or .html, a page that works without internet")
    add_query_options(parser)
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        help="format, whatever the suffix; csv-raw leaves formulas in text as they are, for programs only",
    )
    parser.add_argument("--quiet", action="store_true", help="show only errors")


def run(options: argparse.Namespace) -> int:
    """Write the events under the query, those not on the map among them, when the file is whole."""
    from datetime import date

    from geo.cli.asking import with_fingerprint
    from geo.export import FORMATS, About, form_of, save, sidecar_of
    from geo.query import describe, on_map, select

    if options.format is None and options.file.suffix.casefold() == ".html":
        from geo.cli import report

        return report.run(options)
    form = options.format or form_of(options.file)
    query = query_of(options)
    events, fingerprint = with_fingerprint(options, query)
    about = About(fingerprint, exported=date.today())  # noqa: DTZ011 - the day on the user's calendar
    path = save(events, options.file, query=query, form=form, about=about)
    chosen = select(events, query)
    beside = f", the query in {sidecar_of(path).name}" if FORMATS[form].record_in is None else ""
    asked = describe(query, zone_names(query.zones or (), zones_folder(options)))
    say(
        f"{asked}: {many(len(chosen), 'event')}, {len(on_map(chosen))} of them on the map, in {path}{beside}",
        quiet=options.quiet,
    )
    return 0
