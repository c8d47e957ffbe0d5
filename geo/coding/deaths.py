"""How many died, with the words that say so. The wounded are not counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.coding.numbers import Number, numbers

_KILLING = re.compile(
    r"\b(?:kill(?:ed|ing|s)?|left|leaving|leaves|murder(?:ed|ing)|massacr(?:ed|ing)|execut(?:ed|ing)|behead(?:ed|ing)|slaughter(?:ed|ing)|"
    r"shot dead|shooting dead|gunned down|shot and killed|hacked to death|lives of|death toll (?:of|to|at|has reached|reached|rose to|has risen to|stands at)|toll to|deaths of|death of|assassinat(?:ed|ing)|stabbed to death|bodies of)\b",
    re.IGNORECASE,
)
_DIED = re.compile(
    r"\b(?:killed|dead|died|slain|murdered|massacred|executed|beheaded|slaughtered|lost their lives|lost his life|perished|were lynched|burned to death|"
    r"burnt to death|deaths|fatalities|bodies|corpses|martyred|succumbed|gunned down|shot dead|hacked to death|butchered|assassinated|stabbed to death)\b",
    re.IGNORECASE,
)
_INJURED = re.compile(
    r"\b(?:wound|injur|hurt|hospitali[sz]ed|missing|arrested|displaced|abducted|kidnapped)", re.IGNORECASE
)
_NOBODY = re.compile(
    r"\b(?:no|without(?: any)?|nor) (?:casualties|deaths|fatalities|one (?:was|is|has been) (?:killed|hurt|injured)|loss of life|civilian casualties|reports? of casualties|immediate reports? of casualties)\b",
    re.IGNORECASE,
)
_ONE_AFTER = re.compile(r"\s+(?:an?|one|the|its|his|her|their)\s+(?:\w+\s+){0,3}\w+", re.IGNORECASE)
_ONE_BEFORE = re.compile(
    r"\b(?:an?|one)\s+(?:[\w'-]+\s+){1,4}(?:was|has been|had been|is|were)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_SINGULAR_AFTER = re.compile(r"\s+(?:an?|one)\s+[a-z]", re.IGNORECASE)
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
    if nobody := _NOBODY.search(text, start, end):
        return Deaths(0, 0, *nobody.span())
    counts = numbers(text, start, end)
    for verb in _KILLING.finditer(text, start, end):
        if (after := _right_after(text, verb.end(), counts)) is not None and _means_dead(text, verb, after, end):
            return Deaths(after.low, after.high, verb.start(), after.end)
    for word in _DIED.finditer(text, start, end):
        if (before := _right_before(text, word.start(), counts)) is not None:
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


def _means_dead(text: str, verb: re.Match[str], count: Number, end: int) -> bool:
    """Tell "left five dead" from "left five people wounded"."""
    if not verb.group().lower().startswith(("left", "leav")):
        return not _INJURED.match(text[count.end : count.end + 10].lstrip())
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
    for verb in re.finditer(
        r"\b(?:killed|killing|murdered|shot dead|beheaded|assassinated|executed|gunned down|stabbed to death|hacked to death)\b",
        text[start:end],
        re.IGNORECASE,
    ):
        at = start + verb.start()
        if (after := _SINGULAR_AFTER.match(text, start + verb.end())) is not None:
            return Deaths(1, 1, at, after.end() - 1)
        if (before := _ONE_BEFORE.search(text, max(start, at - 80), at)) is not None:
            return Deaths(1, 1, before.start(), start + verb.end())
    return None
