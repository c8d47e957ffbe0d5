"""Which column of somebody's table is which of ours: guessed from names and values, shown, corrected, kept."""

from __future__ import annotations

import os
import re
from dataclasses import asdict, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import yaml

from geo.errors import InputError, ZoneError
from geo.importers.features import GEOMETRY
from geo.importers.fields import DAY_ORDERS, day_of, order_of_days
from geo.importers.how import How, lists
from geo.importers.rows import KNOWN_SINCE, MORE_TEXT, ROW_COLUMNS
from geo.model import EVENT_TYPE_OF, EventType
from geo.zones import marks

if TYPE_CHECKING:
    from pathlib import Path

    from geo.importers.raw import RawTable

TARGETS: Final = (
    *(name for name in ROW_COLUMNS if name not in ("reports", "confidence", "sources")),
    "confidence",
    "sources",
    *(name for name in MORE_TEXT if name != "source_id"),
    KNOWN_SINCE,
    GEOMETRY,
)
"""Our columns that a table may fill."""
ANY: Final = "*"
"""Word that stands for every event type that is not listed, and for none."""
MOST_TYPES: Final = 200
"""Different words for event types in one table."""
MAX_BYTES: Final = 200_000
FOLDER: Final = "mappings"
_SAMPLE: Final = 2_000


def guess(table: RawTable, name: str = "") -> How:
    """Guess how a table is told in our words.

    Parameters
    ----------
    table : RawTable
    name : str, optional
        What its owner calls it; keeps its ids apart from those of other tables.

    Returns
    -------
    How
        To be shown and corrected.
    """
    sample = table.sample(_SAMPLE)
    columns = _by_name(table.columns)
    _by_value(columns, sample)
    days = sample[columns["day_start"]] if "day_start" in columns else pd.Series(dtype="str")
    return How(
        columns=columns,
        day_order=order_of_days(days),
        types=guess_types(sample, columns),
        dataset=_word(name) or "table",
    )


def guess_types(sample: pd.DataFrame, columns: dict[str, str]) -> dict[str, str]:
    """Guess what a table's words for event types mean; "" for a word nobody knows."""
    source = columns.get("sub_event_type") or columns.get("event_type")
    if source is None or source not in sample:
        return {}
    words = sample[source].dropna().str.strip().unique()[:MOST_TYPES]
    return {word: _type_meant(word) or "" for word in words if word and type_of(word) is None}


def type_of(word: str) -> str | None:
    """Give the event or sub-event type of a name, whatever its case and points; None where it is none of ours."""
    return _types().get(_plain(word))


@lru_cache(maxsize=1)
def _types() -> dict[str, str]:
    return {_plain(name): name for name in (*EVENT_TYPE_OF, *map(str, EventType))}


def _type_meant(word: str) -> str | None:
    """Give the type that a word seems to mean."""
    spaced = f" {re.sub(r'[^a-z0-9-]+', ' ', word.casefold())}"
    for beginnings, name in lists()["type_words"]:
        if any(f" {beginning}" in spaced for beginning in beginnings):
            return str(name)
    return None


def save(how: How, path: Path) -> None:
    """Write a mapping as YAML.

    Raises
    ------
    OSError
        It cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(yaml.safe_dump(asdict(how), allow_unicode=True, sort_keys=False), encoding="utf-8")
    part.replace(path)


def load(path: Path) -> How:
    """Read a mapping that :func:`save` or a person wrote, YAML or JSON.

    Raises
    ------
    InputError
        It is no mapping; names what is wrong.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError("this is too large for a mapping", path=path)
        found, _ = marks.load(path.read_text(encoding="utf-8-sig"), path)
    except FileNotFoundError as error:
        raise InputError("there is no such mapping", path=path) from error
    except UnicodeDecodeError as error:
        raise InputError(f"this is no YAML ({str(error)[:200]})", path=path) from error
    except ZoneError as error:
        raise InputError(error.problem, path=path, line=error.line, remedy=error.remedy) from error
    if not isinstance(found, dict) or (strange := set(found) - set(asdict(How()))):
        told = ", ".join(sorted(map(str, strange)))[:80] if isinstance(found, dict) else "no list of columns"
        raise InputError(f"this is no mapping ({told})", path=path, remedy=f"It holds {', '.join(asdict(How()))}")
    return checked_how(found, path)


def checked_how(found: dict[str, Any], path: Path | None = None) -> How:
    """Hold a mapping to what one may say.

    Raises
    ------
    InputError
        Names what is wrong.
    """
    how = How(**{name: value for name, value in found.items() if value is not None})
    for name in ("columns", "types"):
        table = getattr(how, name)
        if not isinstance(table, dict) or not all(isinstance(v, str) for pair in table.items() for v in pair):
            raise InputError(f"{name} is no list of names", path=path, remedy="Write ours: theirs, line by line")
    if strange := sorted(set(how.columns) - set(TARGETS)):
        problem = f"{', '.join(strange)[:80]} is no column of ours"
        raise InputError(problem, path=path, remedy=f"There are {', '.join(TARGETS)}")
    if wrong := sorted({value for value in how.types.values() if value} - {*EVENT_TYPE_OF, *map(str, EventType)}):
        raise InputError(f"{', '.join(wrong)[:80]} is no event type", path=path, remedy="docs/imports.md lists them")
    if how.day_order is not None and how.day_order not in DAY_ORDERS:
        raise InputError(f"day_order is {how.day_order!r}", path=path, remedy=f"One of {', '.join(DAY_ORDERS)}")
    if not isinstance(how.dataset, str) or not isinstance(how.attribution, str) or len(how.attribution) > 500:
        raise InputError("dataset and attribution are short texts", path=path)
    return how


def saved(store: Path, table: RawTable) -> tuple[str, How] | None:
    """Find a mapping kept beside the store that fits a table: the one that names the most of its columns."""
    fitting = []
    for path in sorted((store / FOLDER).glob("*.yaml")):
        try:
            how = load(path)
        except InputError:
            continue
        if how.columns and set(how.columns.values()) <= set(table.columns):
            fitting.append((len(how.columns), path.stem, how))
    if not fitting:
        return None
    _, name, how = max(fitting, key=lambda row: row[:2])
    return name, how


def path_of(store: Path, name: str) -> Path:
    """Where the mapping of a name lies; the name is made a plain word first."""
    return store / FOLDER / f"{_word(name) or 'table'}.yaml"


def named(how: How, name: str) -> How:
    """Give a mapping the data set of a table's name, where it has none."""
    return how if how.dataset else replace(how, dataset=_word(name) or "table")


def _by_name(names: tuple[str, ...]) -> dict[str, str]:
    """Find our columns by name; an earlier synonym wins over a later one, and a column is used once."""
    given = {_plain(name): name for name in reversed(names)}
    found = {ours: given[_plain(ours)] for ours in TARGETS if _plain(ours) in given}
    for ours, synonyms in lists()["table"].items():
        if ours in found:
            continue
        taken = set(found.values())
        fits = [given[word] for word in map(_plain, synonyms) if word in given and given[word] not in taken]
        if fits:
            found[ours] = fits[0]
    return found


def _by_value(columns: dict[str, str], sample: pd.DataFrame) -> None:
    """Find days and coordinates by what is written there, and drop what is written otherwise than its name says."""
    for ours in ("lon", "lat", "injured_low", "injured_high"):
        if ours in columns and _numbers(sample[columns[ours]]) < 0.5:
            del columns[ours]
    if "day_start" in columns and _days(sample[columns["day_start"]]) < 0.5:
        del columns["day_start"]
    if "day_start" not in columns:
        free = [name for name in sample.columns if name not in columns.values()]
        found = next((name for name in free if _days(sample[name]) > 0.9 and _numbers(sample[name]) < 0.5), None)
        if found is not None:
            columns["day_start"] = found


def _numbers(column: pd.Series[str]) -> float:
    known = column.dropna()
    if not len(known):
        return 1.0
    return float(pd.to_numeric(known.str.replace(",", ".", n=1, regex=False), errors="coerce").notna().mean())


def _days(column: pd.Series[str]) -> float:
    known = column.dropna().unique()[:200]
    if not len(known):
        return 0.0
    return sum(any(day_of(str(value), order) for order in DAY_ORDERS) for value in known) / len(known)


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _word(name: str) -> str:
    """Make a plain word of a name: it becomes a file's name."""
    stem = name.rpartition("/")[2].rpartition("\\")[2]
    stem = stem.rpartition(".")[0] or stem
    return re.sub(r"[^a-z0-9]+", "-", stem.casefold().encode("ascii", "ignore").decode()).strip("-")[:60]
