"""Expressions that count from a day: the day of writing, or the day last told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.annotate.dates.absolute import mod_of
from geo.annotate.dates.amounts import amount, period, unit_of
from geo.annotate.dates.calendar import step, value_of
from geo.annotate.dates.context import Part, tense

if TYPE_CHECKING:
    from datetime import date

    from geo.annotate.dates.context import Context
    from geo.annotate.dates.scan import Match

_UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "F": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX"}
_WIDTH = {"Y": 4, "M": 7, "Q": 7, "D": 10}
"""Length of a value that tells this unit."""
_NEAR = 2
"""Sentences within which a day told is still the day last told."""
_SAME_REPORT = 6
"""Sentences within which "a year earlier" still speaks of the quarter told."""


def _day_of_part(found: Match) -> str:
    code = next(iter(found.values("d")), None)
    return "" if code is None else f"T{code}"


def _kind(part: str) -> str:
    return "TIME" if part else "DATE"


def weekday(found: Match, context: Context) -> list[Part]:
    """Read "Friday", "next Tuesday", "last Sunday night", "the morning of Monday"."""
    number = int(found.values("w")[0])
    relation = found.values("r")[-1] if found.has("r") else None
    day = (
        _weekday_in_history(number, context) if context.history else _weekday_in_news(found, number, relation, context)
    )
    part = _day_of_part(found)
    value = f"{day.isoformat() if day else f'XXXX-WXX-{number}'}{part}"
    return [Part(*found.offsets(), _kind(part), value, mod=mod_of(found), told=not context.history)]


def _weekday_in_history(number: int, context: Context) -> date | None:
    """Give the weekday next after the day last told, where a day was told."""
    if context.last is None or context.last_day is None or len(context.last) != _WIDTH["D"] or "W" in context.last:
        return None
    return _shift(context.last_day, (number - context.last_day.isoweekday()) % 7)


def _weekday_in_news(found: Match, number: int, relation: object, context: Context) -> date | None:
    now = context.reference
    if relation in ("same", "before", "after") and context.last_day is not None:
        now = context.last_day
    if now is None:
        return None
    back, ahead = (now.isoweekday() - number) % 7, (number - now.isoweekday()) % 7
    if relation in (-1, "before"):
        return _shift(now, -(back or 7))
    if relation in (1, "after"):
        return _shift(now, ahead or 7)
    if relation == 0:
        return _shift(now, ahead)
    return _shift(now, ahead) if tense(found) == "future" else _shift(now, -back)


def _shift(day: date, count: int) -> date | None:
    return step(day, count, "D")


def day_word(found: Match, context: Context) -> list[Part]:
    """Read "Yesterday", "late today", "tomorrow morning", "tonight", "the day before yesterday"."""
    if found.has("q"):
        count = -2 if "yesterday" in found.words("q") else 2
        part = ""
    else:
        value = found.values("w")[0]
        count, part = (0, f"T{value}") if isinstance(value, str) else (int(value), _day_of_part(found))
    if context.history or context.reference is None:
        # In a history "today" is the writer's time, not the day last told.
        written = "PRESENT_REF" if count == 0 and not part else f"XXXX-XX-XX{part}"
        return [Part(*found.offsets(), _kind(part), written, told=False)]
    day = _shift(context.reference, count)
    value = f"{day.isoformat() if day else 'XXXX-XX-XX'}{part}"
    return [Part(*found.offsets(), _kind(part), value, mod=mod_of(found))]


def part_of_day(found: Match, context: Context) -> list[Part]:
    """Read "Last night", "that morning", "in the evening", "overnight", "the night of ..."."""
    words = found.all_words()
    part = _day_of_part(found) or ("TNI" if "late" in words else "TMO")  # the small hours
    if words[-1] == "of":
        lead = words[0] in ("in", "on", "at", "during", "by")
        span = found.offsets(found.first + lead, found.last - 1)
        return [Part(*span, "TIME", f"XXXX-XX-XX{part}", told=False, joins="of")]
    if words[0] in ("in", "at", "during", "by"):
        span = found.offsets(found.first + 1, found.last)
        return [Part(*span, "TIME", f"XXXX-XX-XX{part}", told=False, joins="day")]
    relation = found.values("r")[0] if found.has("r") else 0 if words == ["overnight"] else None
    day = _day_by_relation(relation, words, context)
    value = f"{day.isoformat() if day else 'XXXX-XX-XX'}{part}"
    return [Part(*found.offsets(), "TIME", value, mod=mod_of(found))]


def _day_by_relation(relation: object, words: list[str], context: Context) -> date | None:
    """Give the day of "last night", "this morning", "that night", "the next morning"."""
    told = context.last_day if context.last is not None and len(context.last) == _WIDTH["D"] else None
    if relation in ("same", "before", "after") or words[0] == "the":
        count = {"before": -1, -1: -1, "after": 1, 1: 1}.get(relation, 0)
        return None if told is None else _shift(told, count)
    now = told if context.history else context.reference
    return None if now is None else _shift(now, int(relation) if isinstance(relation, int) else 0)


def clock(found: Match, _: Context) -> list[Part]:
    """Read "7:15 p.m.", "10 am GMT", "1900 hours", "noon": a time of the day told beside it."""
    if found.has("n"):
        hour, minute = (int(part) for part in str(found.values("n")[0]).split(":"))
    else:
        digits = found.words("c")[0]
        digits = digits.zfill(4) if digits.isdecimal() and found.rule.name == "military clock" else digits
        if not digits.replace(":", "").isdecimal() or len(digits) > len("12:00:00"):
            return []
        hour, minute = _hour_minute(digits)
        letters = "".join(word for word in found.words("c")[1:] if word.isalpha())
        if letters.startswith("p") and hour < 12:
            hour += 12
        elif letters.startswith("a") and hour == 12:
            hour = 0
    if hour > 24 or minute > 59:
        return []
    exact = ":" in found.text("c") or len(found.words("c")[0:1]) == 0 or found.rule.name == "military clock"
    value = f"XXXX-XX-XXT{hour:02d}:{minute:02d}" if exact or minute == 0 else ""
    return [Part(*found.offsets(), "TIME", value, told=False, joins="day")]


def _hour_minute(digits: str) -> tuple[int, int]:
    if ":" in digits:
        hour, minute, *_ = digits.split(":")
        return int(hour), int(minute)
    return (int(digits[:2]), int(digits[2:])) if len(digits) == 4 else (int(digits), 0)


def relative_unit(found: Match, context: Context) -> list[Part]:
    """Read "Last week", "this year", "the next day", "that month", "the day before", "the end of the year"."""
    unit = unit_of(found, "u") if found.has("u") else {"year": "Y", "month": "M"}[found.words("a")[0]]
    relation, told = _relation(found)
    named = found.tokens[found.last - 1].istitle() and found.first > 0
    if unit.startswith("T") or named:  # a title: "This Week", "Man of the Year"
        return []
    if (relation == -1 and found.words("r")[-1:] == ["past"]) or found.text("r") == "the last":
        now = None if context.history else context.reference
        start = step(now, -1, unit) if now is not None else None
        days = (start, now) if start is not None and now is not None else None
        return [Part(*found.offsets(), "DURATION", period(1, unit), days=days, told=False)]
    if found.has("q") and found.text("q") in ("before", "after") and found.after().isalpha():
        return []
    base, known = _base(unit, told, context)
    there = None if base is None or not known else step(base, relation, unit)
    value = _UNKNOWN.get(unit, "XXXX") if there is None else value_of(there, unit)
    if base is None and context.last is not None and context.last.startswith("BC"):
        value = before_christ(context.last, unit, relation)
    part = _day_of_part(found)
    if unit == "D" and not told and relation == 0 and not context.history:
        value = context.reference.isoformat() if context.reference else "XXXX-XX-XX"
    return [Part(*found.offsets(), _kind(part), value + part, mod=mod_of(found))]


def _relation(found: Match) -> tuple[int, bool]:
    """Give how many units off, and whether they count from the day last told."""
    if found.has("q"):
        return (-1 if found.words("q")[-1] in ("before", "earlier") else 1), True
    if not found.has("r"):
        return 0, False
    value = found.values("r")[-1]
    if value in ("same", "before", "after"):
        return {"same": 0, "before": -1, "after": 1}[value], True
    return int(value), found.words("r")[0] == "the"


def _base(unit: str, told: bool, context: Context) -> tuple[date | None, bool]:
    """Give the day to count from, and whether it is known as finely as the unit needs."""
    if context.history or (told and context.last_day is not None) or (unit == "D" and told):
        fine = context.last is not None and len(context.last) >= _WIDTH.get(unit, 7 if unit in ("W", "F") else 4)
        week = context.last is not None and "W" in context.last and unit == "D"
        return context.last_day, fine and not week
    return context.reference, True


def before_christ(last: str, unit: str, relation: int) -> str:
    """Write the year before Christ that lies `relation` years off, or the day told itself."""
    if unit != "Y":
        return last if relation == 0 else "XXXX-XX-XX"
    return f"BC{int(last[2:6]) - relation:04d}"


def offset(found: Match, context: Context) -> list[Part]:
    """Read "Two days ago", "three weeks later", "months earlier"."""
    unit, words = unit_of(found), found.words("q")
    count = amount(found.words("n")) if found.has("n") else None
    ahead = words[-1] in (
        "later",
        "after",
        "afterwards",
        "afterward",
        "thereafter",
        "following",
        "hence",
        "now",
        "subsequent",
    )
    from_now = words[-1] in ("ago", "hence", "now")
    follows = found.after()
    if words[-1] in ("before", "after", "following") and follows.isalpha() and follows not in ("and", "but", "or"):
        return _length(found, count, unit)  # "two days before the vote" is no day we know
    if words[-1] in ("last", "next", "this", "that", "same", "coming"):
        return _length(found, count, unit)
    if count is None:
        return [Part(*found.offsets(), "DATE", "FUTURE_REF" if ahead else "PAST_REF", told=False)]
    if unit == "F":
        unit, count = "W", count * 2
    value = _offset_value(context, count if ahead else -count, unit, from_now)
    return [Part(*found.offsets(), "DATE", value, told="X" not in value)]


def _length(found: Match, count: float | None, unit: str) -> list[Part]:
    return [Part(*found.offsets(found.first, found.spans["u"][1]), "DURATION", period(count, unit), told=False)]


def _offset_value(context: Context, count: float, unit: str, from_now: bool) -> str:
    if from_now and not context.history:
        base, fine = context.reference, True
    else:
        base, fine = _base(unit, True, context)
        if base is None and context.last is not None and context.last.startswith("BC") and unit in ("Y", "DE"):
            return before_christ(context.last, "Y", int(count) * (10 if unit == "DE" else 1))
        if base is None and not context.history:
            base, fine = (context.reference, True) if from_now else (None, False)
    if unit.startswith("T"):
        return f"{base.isoformat() if base and fine else 'XXXX-XX-XX'}TXX"
    there = None if base is None or not fine else step(base, _whole(count, unit)[0], _whole(count, unit)[1])
    return _UNKNOWN.get(unit, "XXXX") if there is None else value_of(there, unit)


def _whole(count: float, unit: str) -> tuple[int, str]:
    """Give a half year as months, so that no half is lost."""
    if count == int(count):
        return int(count), unit
    finer = {"Y": ("M", 12), "DE": ("Y", 10), "W": ("D", 7), "M": ("D", 30)}.get(unit, (unit, 1))
    return int(count * finer[1]), finer[0]
