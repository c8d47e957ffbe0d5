"""Put neighbouring expressions together and give each its days."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.annotate.dates.calendar import Days, days_of, narrow, precision_of
from geo.annotate.dates.context import Part
from geo.model import TimeExpression, TimexType

if TYPE_CHECKING:
    from collections.abc import Iterable

Pair = tuple[Part, int]
"""A meaning and the number of its sentence."""

_GAP = re.compile(r"\s*,?\s*(?:on\s|of\s|in\s)?(?:the\s)?\s*")
_RANGE = re.compile(r"\s*(?:[-–—‑−]|to\s|through\s|until\s|till\s|and\s)\s*(?:the\s)?")
_BETWEEN = re.compile(r"\bbetween\s(?:the\s)?(?:the\s)?$", re.IGNORECASE)
_FAR = 25
"""Longest text between two expressions that belong together, in code points."""
_DAY = re.compile(r"(?:BC[0-9]{4}|[0-9]{4})-[0-9]{2}-[0-9X]{2}")


def finish(text: str, parts: Iterable[tuple[Part, int]]) -> tuple[TimeExpression, ...]:
    """Give the expressions of a text.

    Parameters
    ----------
    text : str
    parts : iterable of (Part, int)
        Meanings in text order, each with the number of its sentence.

    Returns
    -------
    tuple of TimeExpression
        In text order, not overlapping.
    """
    joined = _join_days(text, [pair for pair in parts if pair[0].value])
    days = [None if not part.keeps_days else part.days or _days(part) for part, _ in joined]
    _share_ranges(text, joined, days)
    return tuple(
        TimeExpression(
            part.start,
            part.end,
            text[part.start : part.end],
            TimexType(part.type),
            part.value,
            None if span is None else span[0],
            None if span is None else span[1],
            None if span is None else precision_of(span),
        )
        for (part, _), span in zip(joined, days, strict=True)
    )


def _days(part: Part) -> Days | None:
    days = days_of(part.value) if part.type in ("DATE", "TIME") else None
    return None if days is None else narrow(days, part.mod)


def _join_days(text: str, pairs: list[Pair]) -> list[Pair]:
    """Give clock times and parts of day the day told beside them."""
    joined: list[Pair] = []
    place = 0
    while place < len(pairs):
        part, sentence = pairs[place]
        following = pairs[place + 1] if place + 1 < len(pairs) else None
        place += 1
        if not part.joins:
            joined.append((part, sentence))
            continue
        if following is not None and following[1] == sentence and _beside(text, part, following[0]):
            timed = replace(part, value=following[0].value[: _day_length(following[0].value)] + part.value[10:])
            gap = text[part.end : following[0].start]
            if "on" in gap.split():
                joined.append((timed, sentence))
            else:
                joined.append((replace(timed, end=following[0].end), sentence))
                place += 1
        elif part.joins == "day":
            joined.append((_after_day(part, sentence, joined), sentence))
    return joined


def _beside(text: str, part: Part, following: Part) -> bool:
    gap = text[part.end : following.start]
    return len(gap) <= _FAR and _GAP.fullmatch(gap) is not None and _DAY.fullmatch(following.value) is not None


def _day_length(value: str) -> int:
    return 12 if value.startswith("BC") else 10


def _after_day(part: Part, sentence: int, before: list[Pair]) -> Part:
    """Give the day last told in the same sentence."""
    if not before or before[-1][1] != sentence:
        return part
    value = before[-1][0].value
    found = _DAY.match(value)
    return part if found is None else replace(part, value=found.group() + part.value[10:])


def _share_ranges(text: str, pairs: list[Pair], days: list[Days | None]) -> None:
    """Give both ends of "from 3 to 5 May" the days of the whole range."""
    for place in range(len(pairs) - 1):
        (first, one), (second, other) = pairs[place], pairs[place + 1]
        begin, end = days[place], days[place + 1]
        if one != other or begin is None or end is None or begin[0] >= end[1]:
            continue
        gap = text[first.end : second.start]
        if len(gap) > _FAR or _RANGE.fullmatch(gap) is None:
            continue
        lead = text[max(0, first.start - _FAR) : first.start]
        if "and" in gap.split() and _BETWEEN.search(lead) is None:
            continue
        days[place] = days[place + 1] = (begin[0], end[1])
