"""What each parameter of a link may hold. What a link says is never trusted: anything else is left out, with a note."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ID: Final = re.compile(r"[A-Za-z0-9_:-]{1,80}")
_DAYS: Final = re.compile(r"\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}")
SHOWN: Final = 40
"""Characters of what could not be read that a note repeats."""


def _is_days(text: str) -> bool:
    from geo.ui.zone_window import days_of

    return _DAYS.fullmatch(text) is not None and days_of(text) is not None


def _is_comparison(text: str) -> bool:
    kind, _, what = text.partition(":")
    return (kind == "zone" and _is_id(what)) or (kind == "days" and _is_days(what))


def _is_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None


def _is_theatre(text: str) -> bool:
    from geo import theatre

    return any(known.id == text for known in theatre.known())


SCHEMA: Final[dict[str, tuple[str, Callable[[str], bool]]]] = {
    "theatre": ("the theatre", _is_theatre),
    "zone_card": ("the zone", _is_id),
    "zone_days": ("the days of the zone's map", _is_days),
    "compare": ("what the zone is compared with", _is_comparison),
    "article": ("the article", _is_id),
    "event": ("the event", _is_id),
}
"""Parameters of single pages: what they are called, and what tells a value that can be one."""


def notes_on(params: Mapping[str, str | list[str]]) -> list[str]:
    """Say what of a link cannot be what it should be.

    Parameters
    ----------
    params : mapping of str to str or list of str
        As Streamlit gives them.

    Returns
    -------
    list of str
        One note for each parameter; the page shows what it shows without it.
    """
    found = []
    for key, (words, is_one) in SCHEMA.items():
        value = params.get(key)
        if value is not None and not (isinstance(value, str) and is_one(value)):
            found.append(f"Left out of the link: {words} {str(value)[:SHOWN]!r} cannot be read")
    return found
