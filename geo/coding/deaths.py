"""How many died, with the words that say so. The wounded are not counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.annotate.actors.lexicon import lower_article
from geo.coding.numbers import Number, numbers
from geo.coding.patterns import pattern

_KILLING = pattern("deaths_killing")
_DIED = pattern("deaths_died")
_INJURED = pattern("deaths_injured")
_NOBODY = pattern("deaths_nobody")
_ONE_AFTER = pattern("deaths_one_after")
_ONE_BEFORE = pattern("deaths_one_before")
_SINGULAR_AFTER = pattern("deaths_singular_after")
_ONE_DEAD = pattern("deaths_one_dead")
_HURT_AFTER = pattern("deaths_hurt_after")
_ADDED = pattern("deaths_added")
_REACH = 90


@dataclass(frozen=True, slots=True)
class Deaths:
    """Deaths as told; None is not told."""

    low: int | None
    high: int | None
    start: int
    end: int


def deaths(text: str, start: int, end: int) -> Deaths | None:
    """Read the deaths told in ``text[start:end]``, or None where it tells none."""
    lowered = lower_article(text)
    if nobody := _NOBODY.lower.search(lowered, start, end):
        return Deaths(0, 0, *nobody.span())
    if not any(words.lower.search(lowered, start, end) for words in (_KILLING, _DIED, _ONE_DEAD)):
        return None
    counts = numbers(text, start, end)
    # Without a count, which is most sentences, neither list of words has anything to count.
    for verb in _KILLING.lower.finditer(lowered, start, end) if counts else ():
        if (after := _right_after(text, verb.end(), counts)) is not None and _means_dead(text, verb, after, end):
            after = _with_added(text, after, counts)
            return Deaths(after.low, after.high, verb.start(), after.end)
    for word in _DIED.lower.finditer(lowered, start, end) if counts else ():
        if (before := _right_before(text, word.start(), counts)) is not None:
            before = _with_added_before(text, before, counts)
            return Deaths(before.low, before.high, before.start, word.end())
    return _one(text, start, end)


def _right_after(text: str, position: int, counts: list[Number]) -> Number | None:
    for count in counts:
        if count.start >= position:
            between = text[position : count.start]
            return (
                count
                if len(between) <= 25 and not re.search(r"[.;,:]", between) and not _INJURED.search(between)
                else None
            )
    return None


def _with_added(text: str, count: Number, counts: list[Number]) -> Number:
    """Add the second count of "killed 13 fighters and 12 soldiers"."""
    for other in counts:
        if other.start > count.end:
            return _sum(count, other) if _joined(text, count, other) else count
    return count


def _with_added_before(text: str, count: Number, counts: list[Number]) -> Number:
    """Add the first count of "48 fighters and three soldiers were killed"."""
    for other in reversed(counts):
        if other.end < count.start:
            return _sum(other, count) if _joined(text, other, count) else count
    return count


def _joined(text: str, one: Number, other: Number) -> bool:
    between = text[one.end : other.start]
    return len(between) <= _REACH and _ADDED.fullmatch(between) is not None


def _sum(one: Number, other: Number) -> Number:
    low = (one.low or 0) + (other.low or 0) if one.low is not None or other.low is not None else None
    high = one.high + other.high if one.high is not None and other.high is not None else None
    return Number(one.start, other.end, low, high)


def _means_dead(text: str, verb: re.Match[str], count: Number, end: int) -> bool:
    """Tell "left five dead" from "left five people wounded"."""
    if not verb.group().startswith(("left", "leav")):
        return _HURT_AFTER.match(text, count.end, end) is None
    tail = text[count.end : min(end, count.end + 60)]
    dead, hurt = _DIED.search(tail), _INJURED.search(tail)
    return dead is not None and (hurt is None or dead.start() < hurt.start())


def _right_before(text: str, position: int, counts: list[Number]) -> Number | None:
    for count in reversed(counts):
        if count.end <= position:
            between = text[count.end : position]
            if len(between) > _REACH or ";" in between or ". " in between:
                return None
            if not _INJURED.search(between):
                return count
    return None


def _one(text: str, start: int, end: int) -> Deaths | None:
    """Read "killed a farmer" and "a farmer was killed" as one death."""
    for verb in _ONE_DEAD.finditer(text, start, end):
        if (after := _SINGULAR_AFTER.match(text, verb.end())) is not None:
            return Deaths(1, 1, verb.start(), after.end() - 1)
        if (before := _ONE_BEFORE.search(text, max(start, verb.start() - 80), verb.start())) is not None:
            return Deaths(1, 1, before.start(), verb.end())
    return None
