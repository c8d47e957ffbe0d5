"""When it happened: the time expression that belongs to the event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.coding.patterns import pattern
from geo.model import TimePrecision, TimexType

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from geo.coding.context import Context
    from geo.coding.lexicon import Span
    from geo.model import TimeExpression

_TOLD = pattern("when_told")
_TOLD_AFTER = pattern("when_told_after")
_SINCE = pattern("when_since")
_FROM_THEN = pattern("when_from_then")
_MONTH_DAYS = 31
_FEW_DAYS = 7
"""Days from a "since" to the telling within which what happened happened then."""


@dataclass(frozen=True, slots=True)
class Day:
    """Days chosen for an event, with the reason."""

    start: date
    end: date
    precision: TimePrecision
    span: Span
    confidence: float
    reason: str
    loose: bool = False
    """A bare "overnight" gives it: an exact day of the story goes before it."""
    told: bool = False
    """It is the day on which somebody told it, not surely the day on which it happened."""


def when(context: Context, trigger: Span, *, speech: bool, strict: bool = False) -> Day | None:
    """Choose the days of an event among the time expressions of its own sentence.

    Parameters
    ----------
    context : Context
        The sentence.
    trigger : tuple of int
        Offsets of the words that gave the type.
    speech : bool
        The event is itself something said, so the day of saying is its day.
    strict : bool, default False
        Only expressions of the event's own clause count.

    Returns
    -------
    Day or None
        None when no time expression of the sentence can be placed.
    """
    clause = context.clause(trigger)
    best: tuple[float, TimeExpression, bool] | None = None
    for time in context.dates:
        if time.day_start is None or time.day_end is None or time.type is TimexType.SET:
            continue
        if strict and not clause[0] <= time.start < clause[1]:
            continue
        before = context.text[max(context.sentence.start, time.start - 60) : time.start]
        told = _TOLD.search(before) is not None or _TOLD_AFTER.match(context.text, time.end) is not None
        weight = 3.0 - (time.precision or TimePrecision.LONGER) * 0.7
        weight += 0.8 if clause[0] <= time.start < clause[1] else 0.0
        weight -= 2.0 if told and not speech else 0.0
        if _SINCE.search(before) and not strict:
            continue
        weight -= 1.0 if time.type is TimexType.DURATION else 0.0
        weight -= 1.5 if _is_loose(time) else 0.0
        weight -= min(abs(time.start - trigger[0]), 250) / 200
        if best is None or weight > best[0]:
            best = (weight, time, told and not speech)
    return None if best is None else _day(best[1], told=best[2], where="sentence")


def _day(time: TimeExpression, *, told: bool, where: str) -> Day | None:
    if time.day_start is None or time.day_end is None:
        return None
    precision = time.precision or _precision(time.day_start, time.day_end)
    confidence = {TimePrecision.DAY: 0.95, TimePrecision.WEEK: 0.8, TimePrecision.MONTH: 0.6}.get(precision, 0.4)
    reason = f"{time.text!r} stands in the {where}"
    if told:
        precision = max(precision, TimePrecision.WEEK)
        return Day(
            time.day_start,
            time.day_end,
            precision,
            (time.start, time.end),
            0.5,
            f"{time.text!r} is when it was told; the event is no later",
            told=True,
        )
    return Day(
        time.day_start, time.day_end, precision, (time.start, time.end), confidence, reason, loose=_is_loose(time)
    )


def _is_loose(time: TimeExpression) -> bool:
    """Tell whether only "overnight" speaks for a day: "overnight to Saturday" and "overnight Friday" name another."""
    return time.text.lower() == "overnight"


def since(context: Context, *, published: date | None, lasting: bool = False) -> Day | None:
    """Give the days from "since Wednesday" to the telling, where they are few; a month at most if it is `lasting`."""
    if published is None:
        return None
    for time in context.dates:
        before = context.text[max(context.sentence.start, time.start - 16) : time.start]
        start = time.day_start
        if start is None or start != time.day_end or _FROM_THEN.search(before) is None:
            continue
        if 0 <= (published - start).days <= (_MONTH_DAYS if lasting else _FEW_DAYS):
            precision = _precision(start, published)
            reason = f"{time.text!r} is when it began; it is told on {published}"
            return Day(start, published, precision, (time.start, time.end), 0.7, reason)
    return None


def _precision(start: date, end: date) -> TimePrecision:
    days = (end - start).days
    for limit, precision in (
        (0, TimePrecision.DAY),
        (7, TimePrecision.WEEK),
        (31, TimePrecision.MONTH),
        (366, TimePrecision.YEAR),
    ):
        if days <= limit:
            return precision
    return TimePrecision.LONGER


def nearby(contexts: Iterable[Context], *, where: str) -> Day | None:
    """Carry a day over from another sentence of the same story, nearest first; never a day of telling."""
    for context in contexts:
        day = when(context, (context.sentence.start, context.sentence.start), speech=False)
        if day is not None and not day.told and day.precision <= TimePrecision.WEEK:
            return Day(
                day.start,
                day.end,
                day.precision,
                day.span,
                day.confidence * 0.8,
                f"{context.text[day.span[0] : day.span[1]]!r} stands in the {where}",
            )
    return None
