"""Durations, repeated times and vague references: what is told in lengths, not in days."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from geo.annotate.dates.calendar import Days, days_of, step, value_of
from geo.annotate.dates.context import Part, year_of
from geo.annotate.dates.lexicon import lexicon

if TYPE_CHECKING:
    from datetime import date

    from geo.annotate.dates.context import Context
    from geo.annotate.dates.scan import Match

_CLOCK_UNITS = {"TS": "S", "TM": "M", "TH": "H"}
_HALF = 0.5
_LONGEST_NUMBER = 12
"""Characters; a longer number counts nothing that has a calendar."""


def amount(words: list[str]) -> float | None:
    """Give the number that words tell; None where they leave it open ("several", "a few").

    Examples
    --------
    >>> amount(["twenty", "-", "four"]), amount(["2", "1", "/", "2"]), amount(["a", "few"])
    (24.0, 2.5, None)
    """
    known = lexicon().values
    if any(known.get(word) == "X" or len(word) > _LONGEST_NUMBER for word in words):
        return None
    total = 0.0
    for place, word in enumerate(words):
        value = known.get(word)
        if word == "half" or word == "/":
            total = _HALF if total == 0 else int(total) + _HALF if word == "half" else _with_fraction(words, place)
            break
        if value in (100, 1000, 12) and word not in {"twelve"} and isinstance(value, int):
            total = max(total, 1) * value
        elif isinstance(value, int):
            total += value
        elif word[0].isdecimal():
            total += float(word.replace(",", ""))
    return total or 1.0


def _with_fraction(words: list[str], place: int) -> float:
    below = float(words[place + 1])
    whole = float(words[0].replace(",", "")) if place > 1 else 0.0
    return whole + (float(words[place - 1]) / below if below else 0.0)


def period(count: float | None, unit: str) -> str:
    """Write a TIMEX3 duration: 2 and "W" give "P2W", None and "M" give "PXM", 24 and "TH" give "PT24H"."""
    if unit == "F":
        count, unit = (None if count is None else count * 2), "W"
    written = "X" if count is None else str(int(count)) if count == int(count) else str(round(count, 2))
    if unit in _CLOCK_UNITS:
        return f"PT{written}{_CLOCK_UNITS[unit]}"
    return f"P{written}{unit}"


def unit_of(found: Match, label: str = "u") -> str:
    """Give the unit's code: D, W, M, Q, Y, DE, CE, F, TH, TM or TS."""
    return str(found.values(label)[0])


def duration(found: Match, _: Context) -> list[Part]:
    """Read "Two weeks", "a few days", "24 hours", "two-year"."""
    unit = unit_of(found)
    words = found.words("n")
    if unit == "Q" and (words[-1] in {"a", "one", "half", "three"} or not words[0].isalnum()):
        return []  # a fourth part, or a quarter of a town
    if words == ["some"] and found.words("u")[0] not in {"days", "weeks", "months", "years", "hours", "decades"}:
        return []
    count = amount(words)
    if found.has("h"):
        count = 1.5
        unit, count = ("M", 18.0) if unit == "Y" else (unit, count)
    return [Part(*found.offsets(), "DURATION", period(count, unit))]


def window(found: Match, context: Context) -> list[Part]:
    """Read "The past two months", "the next three days", "recent weeks": a length that ends or begins now."""
    unit = unit_of(found)
    count = amount(found.words("n")) if found.has("n") else None
    way = found.values("o")[0]
    if not found.has("n") and way not in ("PAST_REF", -1, 1):
        return []
    days = None
    if context.reference is not None and not context.history and count is not None and way in (-1, 1):
        days = _window_days(context.reference, int(way) * max(1, int(count)), unit)
    first = found.spans["o"][0]
    span = found.offsets(
        first - (first > found.first and found.tokens[first - 1].lower() in ("the", "these")), found.last
    )
    return [Part(*span, "DURATION", period(count, unit), days=days)]


def _window_days(now: date, count: int, unit: str) -> tuple[date, date] | None:
    if unit in _CLOCK_UNITS:
        # The past 24 hours began yesterday; the past 48 the day before.
        count, unit = (-1 if count < 0 else 1) * (1 + (abs(count) - 1) // 24 if unit == "TH" else 1), "D"
    other = step(now, count, unit)
    if other is None:
        return None
    return (other, now) if other < now else (now, other)


def first_units(found: Match, context: Context) -> list[Part]:
    """Read "The first six months of 2024", "the last week of May": a length with days of its own."""
    unit = unit_of(found)
    count = amount(found.words("n")) if found.has("n") else 1.0
    whole = _whole(found, context)
    order = found.values("o")[0] if found.values("o") else -1  # final
    days = None
    if whole is not None and count is not None and isinstance(order, int):
        days = _units_within(whole, order if found.has("n") is False or order in (1, -1) else 0, int(count), unit)
    if days is not None and days[0] == days[1]:
        return [Part(*found.offsets(), "DATE", days[0].isoformat())]
    return [Part(*found.offsets(), "DURATION", period(count, unit), days=days)]


def _units_within(whole: Days, order: int, count: int, unit: str) -> Days | None:
    """Give the days of the `order`-th `count` units of a span; -1 counts from its end, 0 is unknown."""
    if order == 0:
        return None
    if order < 0:
        # From the day after the whole, so that the last two months of a year begin on the first.
        beyond = step(whole[1], 1, "D")
        before = None if beyond is None else step(beyond, -count, unit)
        return None if before is None else (max(before, whole[0]), whole[1])
    begin, after = step(whole[0], (order - 1) * count, unit), step(whole[0], order * count, unit)
    if begin is None or after is None or begin > whole[1]:
        return None
    return begin, min(after - timedelta(1), whole[1])


def _whole(found: Match, context: Context) -> Days | None:
    """Give the days of the month or year that the units are part of."""
    years = [word for word in found.words("y") if word.isdecimal()]
    months = [value for value in found.values("y") if isinstance(value, int)]
    if months:
        year = years[0] if years else year_of(found, context, months[0], None)
        return days_of(f"{year}-{months[0]:02d}")
    if years:
        return days_of(years[0])
    if found.has("r") and context.now is not None:
        relation = next(iter(found.values("r")), 0)
        offset = relation if isinstance(relation, int) else 0
        there = step(context.now, offset, "Y")
        return None if there is None else days_of(value_of(there, "Y"))
    return None


def every(found: Match, _: Context) -> list[Part]:
    """Read "Every Friday", "Tuesday nights", "twice a week", "per day"."""
    part = f"T{value!s}" if (value := next(iter(found.values("d")), None)) else ""
    if found.has("w"):
        value = f"XXXX-WXX-{found.values('w')[0]}{part}"
    elif found.has("m"):
        value = f"XXXX-{found.values('m')[0]:02d}"
    else:
        value = period(1, unit_of(found))
    return [Part(*found.offsets(), "SET", value, told=False)]


def daily(found: Match, _: Context) -> list[Part]:
    """Read "Daily", "weekly", "annually"; not the names of papers."""
    start, end = found.offsets()
    if found.tokens[found.first][0].isupper() and found.first > 0:
        return []
    return [Part(start, end, "SET", str(found.values("d")[0]), told=False)]


def bare_units(found: Match, _: Context) -> list[Part]:
    """Read "For months", "weeks of fighting", "year-long"; quarters are lodgings too."""
    if unit_of(found) == "Q":
        return []
    return [Part(*found.offsets(), "DURATION", period(1 if len(found.all_words()) > 1 else None, unit_of(found)))]


def the_unit(found: Match, _: Context) -> list[Part]:
    """Read "The year ended 31 March": a length, unless nothing says so; then it is no time told."""
    if found.after() in {"ended", "ending", "earlier"} or found.words("u") == ["year"]:
        return [Part(*found.offsets(), "DURATION", period(1, unit_of(found)), told=False)]
    return []


def reference(found: Match, _: Context) -> list[Part]:
    """Read "Now", "recently", "soon": no day, only past, present or future."""
    if found.words("v") == ["latest"]:
        return []
    return [Part(*found.offsets(), "DATE", str(found.values("v")[0]), told=False)]


def soon(found: Match, context: Context) -> list[Part]:
    """Read "Soon", "the future", "in the near future"; in a history "soon" only goes on telling."""
    word = found.words("v")[0]
    if word == "soon" and (context.history or found.after() in ("after", "as", "afterward", "afterwards")):
        return []
    if word == "future" and len(found.all_words()) == 1 and not context.history and found.after().isalpha():
        return []
    return [Part(*found.offsets(), "DATE", "FUTURE_REF", told=False)]


def present(found: Match, _: Context) -> list[Part]:
    """Read "These days", "at the moment"."""
    return [Part(*found.offsets(), "DATE", "PRESENT_REF", told=False)]


def the_past(found: Match, _: Context) -> list[Part]:
    """Read "In the past", unless a noun follows: then "past" only describes it."""
    if found.after().isalpha() and found.after() not in lexicon().context["after_year"]:
        return []
    return [Part(*found.offsets(), "DATE", "PAST_REF", told=False)]


def former(found: Match, context: Context) -> list[Part]:
    """Read "Former": a time told in a history; in news it only describes a person."""
    return [Part(*found.offsets(), "DATE", "PAST_REF", told=False)] if context.history else []
