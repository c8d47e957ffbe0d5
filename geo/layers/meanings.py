"""What the names of event types mean, in plain words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geo import sources

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache(maxsize=1)
def meanings() -> Mapping[str, str]:
    """Give one line about each sub-event type, by its name.

    Raises
    ------
    DataError, InputError
        The list is missing or broken.
    """
    found: dict[str, str] = sources.load("event_type_meanings.yaml")
    return found
