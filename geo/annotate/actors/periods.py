"""Names with the days they were valid, checked when the lists are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.model import ActorType

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TYPES = {
    "state": ActorType.STATE_FORCES,
    "rebel": ActorType.REBEL_GROUP,
    "political": ActorType.POLITICAL_MILITIA,
    "identity": ActorType.IDENTITY_MILITIA,
    "rioters": ActorType.RIOTERS,
    "protesters": ActorType.PROTESTERS,
    "civilians": ActorType.CIVILIANS,
    "external": ActorType.EXTERNAL_FORCES,
}
"""Short names used in the lists, and ACLED's."""
_REMEDY = "Write {name: ..., from: YYYY-MM-DD, until: YYYY-MM-DD}, days inclusive, the earliest first"


@dataclass(frozen=True, slots=True)
class Period:
    """A name with the days it was valid, both inclusive; None is open."""

    name: str
    start: date | None
    end: date | None
    type: ActorType | None = None
    """What the actor was in those days, where that changed."""

    def holds(self, day: date) -> bool:
        """Tell whether the name was valid on `day`."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def periods(rows: Sequence[Any], *, actor: str, path: Path) -> tuple[Period, ...]:
    """Read the names of one actor.

    Parameters
    ----------
    rows : sequence of dict
        ``name``, and optionally ``from``, ``until`` and ``type``.
    actor : str
        Whose names they are, for the error.
    path : Path
        The list they stand in.

    Returns
    -------
    tuple of Period
        In order of time.

    Raises
    ------
    InputError
        A name is missing, a day is none, a name ends before it begins, or two names hold on one day.
    """
    made = tuple(_period(row, actor, path) for row in rows)
    for earlier, later in pairwise(made):
        if earlier.end is None or later.start is None or later.start <= earlier.end:
            raise _error(f"{earlier.name!r} and {later.name!r} hold on the same day", actor, path)
    return made


def _period(row: Any, actor: str, path: Path) -> Period:
    if not isinstance(row, dict) or not isinstance(row.get("name"), str):
        raise _error(f"a name of {actor!r} is missing: {str(row)[:60]!r}", actor, path)
    start, end, kind = row.get("from"), row.get("until"), row.get("type")
    for day in (start, end):
        if day is not None and type(day) is not date:
            raise _error(f"{str(day)[:40]!r} is no day", actor, path)
    if start is not None and end is not None and end < start:
        raise _error(f"{row['name']!r} ends on {end}, before it begins on {start}", actor, path)
    if kind is not None and kind not in TYPES:
        raise _error(f"{str(kind)[:40]!r} is no type of actor", actor, path)
    return Period(row["name"], start, end, TYPES[kind] if kind is not None else None)


def _error(problem: str, actor: str, path: Path) -> InputError:
    return InputError(problem, path=path, line=_line(actor, path), remedy=_REMEDY)


def _line(actor: str, path: Path) -> int | None:
    """Give the line of the list in which the actor stands."""
    if not path.is_file():
        return None
    lines = path.read_text(encoding="utf-8").splitlines()
    entry = (f"name: {actor}", f'name: "{actor}"', f"{actor}:")
    return next((number for number, line in enumerate(lines, start=1) if any(head in line for head in entry)), None)
