"""Numbers as news writes them: digits, words, and words for many."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.annotate.actors.lexicon import lower_article
from geo.coding.patterns import pattern

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS = {word: value for value, word in enumerate(_UNITS.split())}
WORDS |= {word: 20 + 10 * step for step, word in enumerate(_TENS.split())}
VAGUE = {
    "hundreds": 100,
    "thousands": 1000,
    "dozens": 12,
    "scores": 20,
    "dozen": 12,
    "several": 3,
    "many": 3,
    "some": None,
    "few": 3,
    "couple": 2,
    "tens": 20,
    "numerous": 3,
    "hundred": 100,
    "thousand": 1000,
}
"""Least number that a word for many stands for, as ACLED's codebook takes it; None says nothing."""

_WORD_NUMBER = "|".join((*WORDS, *(w for w in VAGUE if w != "some")))
_NUMBER = re.compile(  # for text in lower case
    rf"\b(?<![.,:/-])(?P<digits>\d{{1,3}}(?:[, ]\d{{3}})+|\d{{1,6}})(?![\w:/]|[.,]\d)"
    rf"|\b(?P<words>(?:{_TENS.replace(' ', '|')})[- ](?:{'|'.join(_UNITS.split()[1:10])})|{_WORD_NUMBER})\b"
)
_AT_LEAST = pattern("numbers_at_least")
_AGE_BEFORE = pattern("numbers_age_before")
_UNIT_AFTER = pattern("numbers_unit_after")
_THING_AFTER = pattern("numbers_thing_after")


@dataclass(frozen=True, slots=True)
class Number:
    """A count found in the text."""

    start: int
    end: int
    low: int | None
    high: int | None


def numbers(text: str, start: int, end: int, *, people: bool = True) -> list[Number]:
    """Find the counts in ``text[start:end]`` that are not a distance, a time, an age or a share.

    With `people`, counts of things ("three vehicles") are passed over as well.
    """
    found, lowered = [], lower_article(text)
    for match in _NUMBER.finditer(lowered, start, end):
        if (
            _UNIT_AFTER.lower.match(lowered, match.end())
            or _is_year(match)
            or (
                people
                and match.group("digits")
                and _AGE_BEFORE.search(text, max(start, match.start() - 16), match.start())
            )
            or (people and _THING_AFTER.match(text, match.end()))
        ):
            continue
        value, vague = _value(match)
        if value is None:
            continue
        before = _AT_LEAST.lower.search(lowered[max(start, match.start() - 24) : match.start()])
        low, high = _bounds(value, vague, before.group().strip() if before else "")
        begin = match.start() - (len(before.group()) if before else 0)
        found.append(Number(begin, match.end(), low, high))
    return found


def _is_year(match: re.Match[str]) -> bool:
    digits = match.group("digits")
    return digits is not None and len(digits) == 4 and digits.isdigit() and 1900 <= int(digits) <= 2099


def _value(match: re.Match[str]) -> tuple[int | None, bool]:
    if digits := match.group("digits"):
        return int(digits.replace(",", "").replace(" ", "")), False
    word = match.group("words")
    if word in WORDS:
        return WORDS[word], False
    if word in VAGUE:
        return VAGUE[word], True
    tens, unit = re.split(r"[- ]", word)
    return WORDS[tens] + WORDS[unit], False


def _bounds(value: int, vague: bool, before: str) -> tuple[int | None, int | None]:
    if before in {"up to", "as many as", "at most", "fewer than", "less than"}:
        return None, value
    if vague or before in {
        "at least",
        "more than",
        "over",
        "no fewer than",
        "no less than",
        "not less than",
        "upwards of",
    }:
        return value, None
    return value, value
