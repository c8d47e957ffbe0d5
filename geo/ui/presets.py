"""Views and looks kept under a name, beside the store they belong to: one small file, checked when it is read."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from geo.errors import GeoError, InputError
from geo.query import Query, from_params, to_params
from geo.reports.figure import wish_record
from geo.snapshot.options import Options, options_of
from geo.snapshot.wish import Wish, wish_of
from geo.ui.permission import demand

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "presets.json"
MOST: Final = 50
LONGEST_NAME: Final = 60
MAX_BYTES: Final = 500_000
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Preset:
    """A view and how it is drawn."""

    name: str
    query: Query = field(default_factory=Query)
    looks: Options = field(default_factory=Options)
    with_zones: bool = True
    wish: Wish = field(default_factory=Wish)

    def __post_init__(self) -> None:
        if not 0 < len(self.name) <= LONGEST_NAME or not self.name.isprintable() or self.name != self.name.strip():
            raise InputError(f"a preset's name has 1 to {LONGEST_NAME} characters that can be shown")


def load(folder: Path) -> dict[str, Preset]:
    """Read the presets of a store, by name.

    Parameters
    ----------
    folder : Path
        The store.

    Returns
    -------
    dict of str to Preset
        Sorted by name. A preset that cannot be read is left out: another program may have written the file.
    """
    try:
        content = (folder / FILE).read_bytes()
        found = json.loads(content) if len(content) <= MAX_BYTES else {}
    except (OSError, ValueError, RecursionError):
        return {}
    kept = found.get("presets") if isinstance(found, dict) else None
    presets = (_read(name, value) for name, value in (kept.items() if isinstance(kept, dict) else ()))
    return {preset.name: preset for preset in sorted(filter(None, presets), key=lambda one: one.name.casefold())}


def keep(folder: Path, preset: Preset) -> None:
    """Keep a preset; one of the same name is replaced.

    Raises
    ------
    InputError
        There are too many already.
    GeoError
        The file cannot be written, or who asks may not; it is as it was.
    """
    demand(folder)
    with _ONE_AT_A_TIME:
        presets = load(folder)
        if preset.name not in presets and len(presets) >= MOST:
            raise InputError(f"there are {MOST} presets already", remedy="Delete one that is no longer needed")
        _write(folder, {**presets, preset.name: preset})


def forget(folder: Path, name: str) -> None:
    """Delete a preset; one that is not there is no error.

    Raises
    ------
    GeoError
        The file cannot be written; it is as it was.
    """
    demand(folder)
    with _ONE_AT_A_TIME:
        _write(folder, {key: preset for key, preset in load(folder).items() if key != name})


def _read(name: str, value: Any) -> Preset | None:
    try:
        query, notes = from_params(value["query"])
        # A view that shows more than was kept would be another one.
        return (
            None
            if notes
            else Preset(name, query, options_of(value["looks"]), value["with_zones"] is True, wish_of(value["figure"]))
        )
    except (GeoError, KeyError, TypeError, AttributeError, ValueError):
        return None


def _write(folder: Path, presets: dict[str, Preset]) -> None:
    told = {
        preset.name: {
            "query": to_params(preset.query),
            "looks": preset.looks.to_record(),
            "with_zones": preset.with_zones,
            "figure": wish_record(preset.wish),
        }
        for preset in presets.values()
    }
    path, unfinished = folder / FILE, folder / f"{FILE}.{os.getpid()}.tmp"
    try:
        unfinished.write_text(json.dumps({"presets": told}, ensure_ascii=False, indent=1), encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise GeoError(
            f"{path}: the presets cannot be kept ({error}). Free some space, or allow writing there"
        ) from error
