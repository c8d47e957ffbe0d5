"""``python -m geo snapshot``: draw the map of a store as a figure, many maps, or a film; bring a figure back."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.cli.console import progress, say
from geo.cli.query_options import add_query_options, query_of, store_folder
from geo.errors import InputError, StoreError

if TYPE_CHECKING:
    import argparse

    from geo.query import Query
    from geo.query.query import Period
    from geo.snapshot import Options, Reopened
    from geo.snapshot.wish import Source, Wish
    from geo.zones import BuiltZone


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from geo.snapshot import BY, SIZES
    from geo.snapshot.film import STEPS

    parser.add_argument(
        "figure", type=Path, nargs="?", help="file to write: .png, .svg or .pdf; .gif or .mp4 for a film"
    )
    add_query_options(parser)
    parser.add_argument("--title", help="title (default: the period in words)")
    sizes = "; ".join(f"{name}: {size.words}" for name, size in SIZES.items())
    parser.add_argument(
        "--size", choices=tuple(SIZES), help=f"paper or screen, a4-landscape unless given. {sizes}", metavar="SIZE"
    )
    parser.add_argument("--dpi", type=int, help="dots an inch (default: as many as the size wants)")
    parser.add_argument("--bounds", metavar="W,S,E,N", help="west, south, east, north in degrees (default: all events)")
    parser.add_argument("--graticule", action="store_true", help="draw meridians and parallels")
    parser.add_argument("--no-locator", action="store_true", help="leave out the small map of the wider region")
    parser.add_argument("--no-histogram", action="store_true", help="leave out the strip of events through time")
    parser.add_argument("--series", choices=BY, help="draw small maps on one sheet, one for each of these")
    parser.add_argument("--before", metavar="DAY:DAY", help="with --after: draw two maps, this period and that")
    parser.add_argument("--after", metavar="DAY:DAY", help="the later period of the two")
    parser.add_argument("--film", action="store_true", help="draw a film; a .gif or .mp4 is one anyway")
    parser.add_argument("--step", choices=tuple(STEPS), help="days of a film's picture (default: month)")
    parser.add_argument("--cumulative", action="store_true", help="let a film's events stay")
    parser.add_argument("--fps", type=int, help="pictures of a film a second (default: 3)")
    parser.add_argument(
        "--reopen", type=Path, metavar="FIGURE", help="bring back the view of a figure, a report, a bundle, a web page "
        "or a table of ours: say what it shows and whether the data have changed since; draw it again where a file to "
        "write is given",
    )  # fmt: skip
    parser.add_argument("--quiet", action="store_true", help="show only errors")


def run(options: argparse.Namespace) -> int:
    """Draw what is wanted, and write the file when it is whole."""
    if options.reopen is not None:
        return _reopen(options)
    if options.figure is None:
        raise InputError("no file to write was given", remedy="Name one, as figure.png")
    wish = _wish(options)
    _write(options, _source(options, query_of(options), _looks(options, film=wish.motion is not None)), wish)
    return 0


def _source(options: argparse.Namespace, query: Query, look: Options, first: tuple[str, ...] = ()) -> Source:
    """Read the store; zones named in `first` are drawn before the others."""
    from geo.known import load
    from geo.snapshot.wish import Source
    from geo.store import Store

    folder = store_folder(options)
    with Store(folder, readonly=True) as store:
        known = load(store, query)
    # The day on the user's calendar stands in the footer.
    look = replace(look, exported=date.today(), fingerprint=known.fingerprint)  # noqa: DTZ011
    return Source(frame=known.events, query=query, zones=_zones(folder, query, first), options=look)


def _zones(folder: Path, query: Query, first: tuple[str, ...]) -> dict[str, BuiltZone]:
    from geo.zones import load_all

    chosen = (query.zones or frozenset()) | set(first)
    zones = load_all(folder, errors=[])
    every = {key: built for key, built in zones.items() if key in chosen or not built.zone.is_province}
    return {key: every[key] for key in (*first, *every) if key in every}


def _write(options: argparse.Namespace, source: Source, wish: Wish) -> None:
    from geo.query import describe
    from geo.query.words import period_words
    from geo.snapshot.save import write_whole
    from geo.snapshot.wish import count_steps, render

    form = options.figure.suffix.lower().lstrip(".")
    steps = count_steps(source, wish)
    with progress("drawing", quiet=options.quiet or steps is None, total=steps) as step:
        content = render(source, wish, form=form, step=step)
    write_whole(options.figure, content)
    shown = (
        " and ".join(map(period_words, wish.periods))
        if wish.periods
        else describe(source.query, {key: built.zone.name for key, built in source.zones.items()})
    )
    say(f"{shown}: drawn in {options.figure}", quiet=options.quiet)


def _looks(options: argparse.Namespace, *, film: bool) -> Options:
    from geo.snapshot import Options
    from geo.snapshot.film import SCREEN_DPI

    on_screen = film and options.size is None
    return Options(
        title=options.title,
        size=options.size or ("slide" if film else "a4-landscape"),
        dpi=options.dpi or (SCREEN_DPI if on_screen else None),
        bounds=_bounds(options.bounds),
        graticule=options.graticule,
        locator=not options.no_locator,
        histogram=not options.no_histogram,
    )


def _wish(options: argparse.Namespace) -> Wish:
    from geo.snapshot import FILMS, Motion
    from geo.snapshot.wish import Wish

    if (options.before is None) != (options.after is None):
        raise InputError("--before and --after belong together", remedy="Give both, as 2019-01-01:2019-10-08")
    periods = None
    if options.before is not None:
        periods = (_period("--before", options.before), _period("--after", options.after))
    motion = None
    if options.film or options.figure.suffix.lower().lstrip(".") in FILMS:
        given: dict[str, Any] = {"step": options.step, "fps": options.fps, "cumulative": options.cumulative or None}
        motion = Motion(**{name: value for name, value in given.items() if value is not None})
    return Wish(by=options.series, periods=periods, motion=motion)


def _reopen(options: argparse.Namespace) -> int:
    from geo.reports.reopening import MAX_BYTES, reopened
    from geo.snapshot.wish import wish_of

    if options.reopen.stat().st_size > MAX_BYTES:
        raise InputError("larger than any figure", path=options.reopen)
    content = options.reopen.read_bytes()
    try:
        found = reopened(content)
    except InputError as error:
        raise InputError(error.problem, path=options.reopen, remedy=error.remedy) from error
    drawn = tuple(name for name in found.record.get("zones", ()) if isinstance(name, str))
    source = None
    try:
        source = _source(options, found.query, found.options, drawn)
    except StoreError:
        if options.figure is not None:
            raise
    now = source.options.fingerprint if source else None
    found = reopened(content, fingerprint=now or None, zones=source.zones if source else None)
    sys.stdout.write("".join(f"{name:8} {said}\n" for name, said in _told(found, now)))
    if options.figure is not None and source is not None:
        _write(options, source, wish_of(found.record))
    return 0


def _told(found: Reopened, now: str | None) -> list[tuple[str, str]]:
    """Say what a figure shows, where to see it, and what has changed."""
    from geo.query import describe

    made_from = str(found.record.get("data") or "")[:8]
    if found.changed is None:
        data = "not compared: " + ("there is no store here" if made_from else "the figure does not say its data")
    elif found.changed:
        data = f"changed since: the figure was made from {made_from}, the store has {str(now)[:8]}"
    else:
        data = f"the same as then, {made_from}"
    exported = found.record.get("exported")
    lines = [
        ("view", describe(found.query)),
        ("link", found.link),
        ("figure", f"{found.code}, {found.kind}, {found.options.paper.words}, {found.record.get('software', '')}"),
        ("made", str(exported)[:10] if exported else "on a day it does not say"),
        ("data", data),
    ]
    if found.zones_changed:
        lines.append(("zones", f"changed since: {', '.join(found.zones_changed)}"))
    if not found.genuine:
        lines.append(("warning", "the code in the figure is not that of its query and data: one of them was altered"))
    # What stands in a file may hold anything; a terminal must not be told to do things.
    return [(name, "".join(c for c in said if c.isprintable())) for name, said in [*lines, *_notes(found)]]


def _notes(found: Reopened) -> list[tuple[str, str]]:
    return [("note", note) for note in found.notes]


def _period(option: str, text: str) -> Period:
    try:
        first, last = (date.fromisoformat(part) if part else None for part in text.split(":"))
    except ValueError as error:
        raise InputError(f"{option} is {text!r}", remedy="Give first and last day, as 2019-01-01:2019-10-08") from error
    return first, last


def _bounds(text: str | None) -> tuple[float, float, float, float] | None:
    if text is None:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise InputError(
            f"--bounds is {text!r}", remedy="Give west,south,east,north in degrees, as 35.5,35,42.5,37.5"
        ) from error
    return west, south, east, north
