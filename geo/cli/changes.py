"""``python -m geo changes``: what one knew later and not before."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.cli.console import say

if TYPE_CHECKING:
    import argparse

    from geo.model import Event


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    from geo.model import KnownBy

    parser.add_argument("before", type=date.fromisoformat, help="earlier day, YYYY-MM-DD")
    parser.add_argument("after", type=date.fromisoformat, nargs="?", help="later day (default: all that is known)")
    parser.add_argument("--store", type=Path, default=None, help="folder of the store (default: your own)")
    parser.add_argument("--known-by", choices=tuple(map(str, KnownBy)), default="published", help="what known means")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument("--quiet", action="store_true", help="print only the changes")


def run(options: argparse.Namespace) -> int:
    """Print a line per event that was added, changed or withdrawn."""
    from geo.cli.query_options import store_folder
    from geo.history import as_known_on, compare
    from geo.model import KnownBy
    from geo.protection import shown
    from geo.store import Store

    by = KnownBy(options.known_by)
    with Store(store_folder(options), readonly=True) as store:
        before = as_known_on(store, options.before, by).events
        after = as_known_on(store, options.after, by).events if options.after else shown(store).events
    changes = compare(before, after)
    rows: list[tuple[str, tuple[str, ...], Event]] = [("added", (), event) for event in changes.added]
    rows += [("withdrawn", (), event) for event in changes.withdrawn]
    rows += [("changed", change.fields, event) for change in changes.changed for event in change.after]
    for what, fields, event in rows:
        told = _told(what, fields, event)
        sys.stdout.write((json.dumps(told, ensure_ascii=False) if options.json else _line(told)) + "\n")
    say(
        f"{len(changes.added)} events added, {len(changes.changed)} changed, {len(changes.withdrawn)} withdrawn",
        quiet=options.quiet,
    )
    return 0


def _told(what: str, fields: tuple[str, ...], event: Event) -> dict[str, Any]:
    best = event.best
    return {
        "change": what,
        "fields": list(fields),
        "event_id": event.id,
        "day_start": best.day_start and best.day_start.isoformat(),
        "sub_event_type": best.sub_event_type,
        "place": best.place and best.place.name,
    }


def _line(told: dict[str, Any]) -> str:
    differs = f" ({', '.join(told['fields'])})" if told["fields"] else ""
    return (
        f"{told['change'] + differs:32s} {told['day_start'] or '-':10s}  {told['sub_event_type']}, "
        f"{told['place'] or 'no place'}  {told['event_id']}"
    )
