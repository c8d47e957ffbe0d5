"""``python -m geo import``: take in somebody's table of events."""  # noqa: N999 - the command is called so

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo.cli.console import progress, say

if TYPE_CHECKING:
    import argparse

    from geo.importers import Plan, Segment

SHOWN = 20
"""Skipped rows that are told; the others are counted."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("file", type=Path, help="CSV, TSV, Excel, GeoJSON, GeoPackage or GeoParquet")
    parser.add_argument(
        "--as", dest="kind", choices=("acled", "ucdp", "gdelt", "table"), help="what it is (default: by its heading)"
    )
    parser.add_argument("--mapping", type=Path, help="which column is which, as --save-mapping wrote it (YAML or JSON)")
    parser.add_argument("--save-mapping", type=Path, metavar="FILE", help="write the mapping that is guessed, and stop")
    parser.add_argument("--attribution", help="what to say wherever its events are shown (default: the file's name)")
    parser.add_argument("--store", type=Path, default=None, help="folder of the store (default: your own)")
    parser.add_argument("--json", action="store_true", help="print the report as one JSON object")
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")


def run(options: argparse.Namespace) -> int:
    """Import, and tell what was skipped and why."""
    from dataclasses import replace

    from geo import theatre
    from geo.importers import plan
    from geo.importers import run as import_file
    from geo.importers.mapping import load, named, save
    from geo.store import Store

    how = named(load(options.mapping), options.file.name) if options.mapping else None
    planned = plan(options.file, kind=options.kind, how=how)
    if options.attribution:
        planned = replace(planned, how=replace(planned.how, attribution=options.attribution))
    if options.save_mapping:
        save(planned.how, options.save_mapping)
        say(f"{options.save_mapping}: correct it, then import with --mapping {options.save_mapping}", quiet=False)
        return 0
    _tell(planned, quiet=options.quiet)
    folder = options.store or theatre.current().own_store
    with Store(folder) as store, progress("Importing", quiet=options.quiet, total=100) as step:
        done = 0

        def shown(share: float) -> None:
            nonlocal done
            step(int(share * 100) - done)
            done = int(share * 100)

        segment = import_file(store, planned, progress=shown)
    _report(segment, as_json=options.json, quiet=options.quiet)
    return 0 if segment.rows or not segment.skipped else 1


def _tell(planned: Plan, *, quiet: bool) -> None:
    from geo.importers import IMPORTERS

    say(f"{planned.name} is read as: {IMPORTERS[planned.kind].label}", quiet=quiet)
    if planned.kind == "table":
        for ours, theirs in planned.how.columns.items():
            say(f"  {ours:16s} from {theirs}", quiet=quiet)
        for word, kind in planned.how.types.items():
            say(f"  {word!r} means {kind or 'nothing that is known: these rows are skipped'}", quiet=quiet)


def _report(segment: Segment, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        told = {"key": segment.key, "kind": segment.kind, "rows": segment.rows, "skipped": segment.skipped}
        sys.stdout.write(json.dumps({**told, "reasons": list(segment.reasons)}, ensure_ascii=False) + "\n")
        return
    for line, reason in segment.reasons[:SHOWN]:
        say(f"line {line}: {reason}", quiet=quiet)
    if segment.skipped > SHOWN:
        say(f"… and {segment.skipped - SHOWN:,} more", quiet=quiet)
    say(f"{segment.rows:,} events imported, {segment.skipped:,} rows skipped. Import {segment.key}", quiet=quiet)
