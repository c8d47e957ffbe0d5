"""``python -m geo zones``: a user's own zones beside those that come with the program."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.cli.console import complain, say
from geo.cli.query_options import store_folder
from geo.errors import InputError, ZoneError
from geo.wording import many

if TYPE_CHECKING:
    from geo.zones import BuiltZone
    from geo.zones.files import Outline

YAML = {".yaml", ".yml"}
_QUIET = "print only what is asked for, and errors"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    command.add_argument("--quiet", action="store_true", help=_QUIET)
    steps = command.add_subparsers(dest="step", required=True, metavar="list | add | show | remove", help="what to do")
    every = steps.add_parser("list", help="list the zones of your own, or all of them")
    every.add_argument("--all", action="store_true", help="also those that come with the program")
    every.add_argument("--json", action="store_true", help="one JSON object a line")
    add = steps.add_parser(
        "add", help="add zones from a definition (YAML), GeoJSON, KML, KMZ, GeoPackage or zipped shapefile"
    )
    add.add_argument("file", type=Path)
    add.add_argument("--name", help="what to call the zone (default: its name in the file)")
    add.add_argument("--attribute", metavar="KEY", help="attribute of the file to take the name from")
    add.add_argument("--pick", action="append", metavar="NAME", help="only the shapes of this name; repeatable")
    add.add_argument("--each", action="store_true", help="make every shape a zone of its own")
    add.add_argument(
        "--from", dest="first", type=date.fromisoformat, metavar="DAY", help="first day in force, YYYY-MM-DD"
    )
    add.add_argument("--to", dest="last", type=date.fromisoformat, metavar="DAY", help="last day in force, YYYY-MM-DD")
    add.add_argument("--source", default="", help="what it rests on; without it the zone is drawn as not confirmed")
    add.add_argument("--publisher", default="", help="who published that")
    add.add_argument("--url", default="", help="where it can be read")
    add.add_argument("--note", default="", help="what the zone is")
    order = add.add_mutually_exclusive_group()
    order.add_argument(
        "--latitude-first", action="store_const", const=True, dest="swapped", help="the file says latitude first"
    )
    order.add_argument(
        "--longitude-first", action="store_const", const=False, dest="swapped", help="it does not, though it looks so"
    )
    add.add_argument("--replace", action="store_true", help="put it in place of your zone of the same id")
    show = steps.add_parser("show", help="print one zone's definition and measures")
    show.add_argument("id")
    take = steps.add_parser("remove", help="take a zone of your own away")
    take.add_argument("id")
    for step in (every, add, show, take):
        step.add_argument(
            "--store", type=Path, default=None, help="folder of the store (default: your own, else the sample)"
        )
        step.add_argument("--quiet", action="store_true", default=argparse.SUPPRESS, help=_QUIET)


def run(options: argparse.Namespace) -> int:
    """List, add, show or remove zones."""
    return {"list": _list, "add": _add, "show": _show, "remove": _remove}[options.step](options)


def _list(options: argparse.Namespace) -> int:
    from geo.zones.own import load_all

    errors: list[ZoneError] = []
    zones = load_all(store_folder(options), errors=errors)
    shown = {
        key: zone for key, zone in zones.items() if zone.zone.is_own or (options.all and not zone.zone.is_province)
    }
    for key, zone in shown.items():
        if options.json:
            sys.stdout.write(json.dumps(_record(zone), ensure_ascii=False) + "\n")
        else:
            first, last = (day.isoformat() if day else "open" for day in zone.zone.valid)
            sys.stdout.write(f"{key:28s} {first:>10s} to {last:10s} {zone.area_km2:10,.0f} km²  {zone.zone.name}\n")
    for error in errors:
        complain(str(error))
    own = sum(zone.zone.is_own for zone in shown.values())
    say(f"{many(own, 'zone')} of your own", quiet=options.quiet)
    return 1 if errors else 0


def _add(options: argparse.Namespace) -> int:
    from geo.zones.own import keep

    _demand_file(options.file)
    folder = store_folder(options)
    if options.file.suffix.lower() in YAML:
        texts: list[tuple[str, dict[str, Any]]] = [(options.file.read_text(encoding="utf-8"), {})]
    else:
        texts = _definitions(options, folder)
    label = options.file if options.file.suffix.lower() in YAML else None
    for text, shapes in texts:
        for zone in keep(folder, text, outlines=shapes, replacing=options.replace, label=label):
            say(f"{zone.id}: {zone.name}", quiet=options.quiet)
    return _rejoined(folder, quiet=options.quiet)


def _demand_file(file: Path) -> None:
    from geo.zones.files import MAX_BYTES

    if not file.is_file():
        raise InputError("there is no such file", path=file)
    if file.stat().st_size > MAX_BYTES:
        raise InputError(f"is larger than {MAX_BYTES // 1_000_000} MB", path=file)


def _definitions(options: argparse.Namespace, folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """Make definitions of the shapes of a map file."""
    import shapely

    from geo.zones.claims import Claim, definition_of
    from geo.zones.files import read_outlines
    from geo.zones.files_kept import free_id
    from geo.zones.own import load_all

    outlines, errors = read_outlines(options.file.name, options.file.read_bytes(), latitude_first=options.swapped)
    for error in errors:
        complain(str(error))
    named = [(_label(outline, options.attribute), outline) for outline in outlines]
    chosen = [(label, outline) for label, outline in named if not options.pick or label in options.pick]
    if not chosen:
        raise InputError(f"has no shape named {options.pick[0]!r}", path=options.file, remedy=f"It has {_few(named)}")
    if len(chosen) > 1 and not options.each and not options.name:
        raise InputError(
            f"has {len(chosen)} shapes: {_few(chosen)}",
            path=options.file,
            remedy="Choose with --pick, make each a zone with --each, or join them under one --name",
        )
    groups = [(label, [outline]) for label, outline in chosen]
    if options.name and not options.each:
        groups = [(options.name, [outline for _, outline in chosen])]
    taken = {key for key, zone in load_all(folder, errors=[]).items() if not (options.replace and zone.zone.is_own)}
    found = []
    for label, parts in groups:
        claim = Claim(label, options.first, options.last, options.source, options.publisher, options.url, options.note)
        key = free_id(label, taken)
        taken.add(key)
        for part in parts:
            for note in part.notes:
                say(f"{label}: {note}", quiet=options.quiet)
        shape = shapely.union_all([part.geometry for part in parts])
        found.append((definition_of(claim, key), {key: shape}))
    return found


def _label(outline: Outline, attribute: str | None) -> str:
    if attribute is None:
        return outline.label
    if attribute not in outline.attributes:
        raise InputError(
            f"{outline.where} has no attribute {attribute!r}", remedy=f"It has {', '.join(outline.attributes)}"
        )
    return outline.attributes[attribute]


def _few(named: list[tuple[str, Outline]]) -> str:
    told = ", ".join(label for label, _ in named[:10])
    return told + (", …" if len(named) > 10 else "")


def _show(options: argparse.Namespace) -> int:
    from geo.zones.own import load_all

    zones = load_all(store_folder(options), errors=[])
    if options.id not in zones:
        raise InputError(f"there is no zone {options.id!r}", remedy="python -m geo zones list --all names them")
    zone = zones[options.id]
    if zone.zone.path is not None:
        sys.stdout.write(zone.zone.path.read_text(encoding="utf-8").rstrip() + "\n")
    sys.stdout.write(json.dumps(_record(zone), ensure_ascii=False, indent=1) + "\n")
    return 0


def _remove(options: argparse.Namespace) -> int:
    from geo.zones.own import remove

    folder = store_folder(options)
    if not remove(folder, options.id):
        raise InputError(f"there is no zone {options.id!r} of your own", remedy="python -m geo zones list names them")
    return _rejoined(folder, quiet=options.quiet)


def _rejoined(folder: Path, *, quiet: bool) -> int:
    """Try the events of the store against what changed, where there is a store yet."""
    from geo.rezoning import rejoin
    from geo.store import FILE_NAME, Store

    if (folder / FILE_NAME).exists():
        with Store(folder) as store:
            moved = rejoin(store)
        say(f"{many(moved, 'event')} now in other zones", quiet=quiet)
    return 0


def _record(built: BuiltZone) -> dict[str, Any]:
    zone = built.zone
    return {
        "id": zone.id,
        "name": zone.name,
        "kind": zone.kind,
        "own": zone.is_own,
        "valid": [day and day.isoformat() for day in zone.valid],
        "definition": zone.definition,
        "area_km2": built.area_km2,
        "length_km": built.length_km,
        "depth_km": built.depth_km,
        "countries": list(built.countries),
        "bounds": [round(value, 4) for value in built.geometry.bounds],
    }
