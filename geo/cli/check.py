"""``python -m geo check``: compare zones with their published size, and verify a store."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo import theatre
from geo.cli.console import say
from geo.wording import many

if TYPE_CHECKING:
    import argparse

    from geo.errors import ZoneError
    from geo.zones import CheckRow


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--store", type=Path, help="also verify this store")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser.add_argument("--quiet", action="store_true", help="print only what is wrong")


def run(options: argparse.Namespace) -> int:
    """Print a row per zone; the exit code is 1 when a zone or the store is not as it should be."""
    from dataclasses import asdict

    from geo.cli.query_options import store_folder
    from geo.theatre import checking
    from geo.zones import check, load_all

    broken: list[ZoneError] = []
    rows = check(load_all(store_folder(options), errors=broken))
    mistakes = [*checking.mistakes(theatre.current()), *broken]
    for mistake in mistakes:
        sys.stdout.write((json.dumps({"theatre": str(mistake)}) if options.json else str(mistake)) + "\n")
    wrong = [row for row in rows if not row.ok]
    for row in wrong if options.quiet else rows:
        sys.stdout.write((json.dumps(asdict(row), ensure_ascii=False) if options.json else _line(row)) + "\n")
    problems = _verify(options.store) if options.store else []
    for problem in problems:
        sys.stdout.write((json.dumps({"store": problem}) if options.json else f"store: {problem}") + "\n")
    say(
        f"{many(len(rows), 'zone figure')}, {len(wrong)} outside tolerance; {many(len(problems), 'store problem')}"
        + (f"; {many(len(mistakes), 'mistake')} in {theatre.current().name}" if mistakes else ""),
        quiet=options.quiet,
    )
    return 1 if wrong or problems or mistakes else 0


def _line(row: CheckRow) -> str:
    low, high = row.published
    published = f"{low:,g}" if low == high else f"{low:,g} to {high:,g}"
    computed = "-" if row.computed is None else f"{row.computed:,.1f}"
    verdict = "ok" if row.ok else "OUTSIDE TOLERANCE"
    off = "" if not row.off_pct else f" ({row.off_pct:+.1f} %, up to {row.tolerance_pct:g} % is let pass)"
    return f"{row.zone_id:24s} {row.figure:12s} computed {computed:>10s}   published {published:>16s}   {verdict}{off}"


def _verify(folder: Path) -> list[str]:
    from geo.importers import damaged
    from geo.store import Store

    with Store(folder, readonly=True) as store:
        return [*store.verify(), *damaged(store)]
