"""From how many events on a store is asked instead of loaded."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from geo.errors import InputError

if TYPE_CHECKING:
    from geo.store import Store

LARGE_FROM: Final = 1_000_000
"""A store of more events is asked instead of loaded."""
VARIABLE: Final = "BORDERLINES_LARGE_FROM"
"""Environment variable with another number of events, for a machine with little memory."""


def large_from() -> int:
    """Return the number of events above which a store is asked instead of loaded.

    Raises
    ------
    InputError
        The environment names something else than a number.
    """
    told = os.environ.get(VARIABLE)
    if told is None:
        return LARGE_FROM
    if not told.isascii() or not told.isdigit():
        raise InputError(f"{VARIABLE} is {told[:40]!r}", remedy="Give a whole number of events, as 1000000")
    return int(told)


def count_of(store: Store) -> int:
    """Count the events of a store without reading them: its own, and the imported rows."""
    from geo.importers import segments
    from geo.importers.segments import FOLDER

    imported = segments(store) if (store.folder / FOLDER).exists() else ()
    return store.event_count() + sum(segment.rows for segment in imported)
