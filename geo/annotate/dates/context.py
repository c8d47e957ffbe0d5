"""What an expression leans on: the day of writing, the day last told, the tense beside it.

News is told from the day it is written; a history from the day last told. A text is taken for a history when it names
many full dates or years of the past and hardly ever says "yesterday", "last week" or a bare weekday. Without a
day of writing only the day last told can help, and only where the text itself gave a full date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.annotate.dates.calendar import days_of
from geo.annotate.dates.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.annotate.dates.scan import Match

_HISTORY_DATES = 8
"""So many full dates or years of the past at least make a history ..."""
_HISTORY_RATIO = 3
"""... and so many times more of them than expressions told from the day of writing."""
_ASIDE = 10
"""In a history a date more than so many years off is an aside: a later interview, a forerunner ..."""
_CONFIRMED = 2
"""... until a second one within so many years of it."""
_NEAR = 2
"""Sentences within which a date told still gives a partial date its year, where the day of writing is not known."""
_SOON = 45
"""Days ahead within which a day without a year is taken to come."""
_DEADLINE = 120
"""Days ahead within which "by" or "until" names a day to come."""
_REACH = 12
"""How many words off a verb still decides the tense."""


@dataclass(frozen=True, slots=True)
class Part:
    """One expression with its meaning."""

    start: int
    end: int
    type: str
    value: str
    mod: str | None = None
    days: tuple[date, date] | None = None
    """Days where they are not those of the value."""
    told: bool = True
    """Later expressions may lean on it."""
    keeps_days: bool = True
    """False where the value names days that the text does not mean."""
    joins: str = ""
    """"day" takes its day from a neighbour, "of" only has a meaning before one."""


@dataclass
class Context:
    """The running state while the expressions of one text are given meaning, in order."""

    reference: date | None
    """Day of writing."""
    history: bool
    """Told from the day last told."""
    last: str | None = None
    """Value of the date last told, no finer than a day."""
    last_day: date | None = None
    """Day last told, or the first of the month or year last told."""
    last_sentence: int = -1
    quarter: str | None = None
    """Quarter last told."""
    quarter_sentence: int = -99
    aside: int | None = None
    """Year far from the one told of, met once."""

    @property
    def now(self) -> date | None:
        """The day that "last month" counts from."""
        return self.last_day if self.history else self.reference

    def tell(self, value: str, sentence: int) -> None:
        """Remember a date that was told."""
        if value.startswith("BC"):
            self.last, self.last_day, self.last_sentence = value[:12].split("T")[0], None, sentence
            return
        days = days_of(value)
        if days is None or self._is_aside(days[0].year):
            return
        self.last, self.last_day, self.last_sentence = value.split("T")[0], days[0], sentence
        if "-Q" in value:
            self.quarter, self.quarter_sentence = value, sentence

    def _is_aside(self, year: int) -> bool:
        """Tell whether a year far from the one told of is an aside; a second such year makes it the new line."""
        if not self.history or self.last_day is None or abs(year - self.last_day.year) <= _ASIDE:
            self.aside = None
            return False
        confirmed = self.aside is not None and abs(year - self.aside) <= _CONFIRMED
        self.aside = None if confirmed else year
        return not confirmed

    @property
    def last_year(self) -> int | None:
        """Year last told."""
        return None if self.last_day is None else self.last_day.year


def is_history(matches: Sequence[Match], reference: date | None) -> bool:
    """Tell whether a text is told from the days it names, not from the day it was written."""
    deictic = sum(found.rule.evidence == "deictic" for found in matches)
    dated = sum(found.rule.evidence == "dated" and _is_past(found, reference) for found in matches)
    return dated >= _HISTORY_DATES and dated > _HISTORY_RATIO * deictic


def _is_past(found: Match, reference: date | None) -> bool:
    limit = 9999 if reference is None else reference.year
    years = [int(word) for label in ("y", "z") for word in found.words(label) if word.isdecimal()]
    return not years or min(years) < limit


def tense(found: Match) -> str | None:
    """Give "past" or "future" by the nearest telling word, before the expression rather than after; else None.

    "Planned to meet on Tuesday" and "is set to resume Monday" look ahead although a past form stands near.
    """
    context = lexicon().context
    for step in (found.before, found.after):
        for distance in range(1, _REACH + 1):
            word = step(distance)
            if word in (";", "") or (step == found.after and word == ","):
                break
            if word in context["future"]:
                return "future"
            if word == "to" and step(distance + 1) in context["to_come"]:
                return "future"
            if word in context["past"] or (len(word) > 4 and word.endswith("ed")):
                return "past"
    return None


def year_of(found: Match, context: Context, month: int, day: int | None) -> str:
    """Write the year of a month or day told without one; XXXX where nothing gives it."""
    if context.last is not None and context.last.startswith("BC"):
        return context.last[:6]
    near = context.last_day is not None and found.sentence - context.last_sentence <= _NEAR
    if context.history or context.reference is None:
        if context.last_day is None or (not context.history and not near):
            return "XXXX"
        return f"{_year_in_history(context, month):04d}"
    dates = [_safe(context.reference.year + shift, month, day) for shift in (-1, 0, 1)]
    past = [one for one in dates if one is not None and one <= context.reference]
    future = [one for one in dates if one is not None and one > context.reference]
    if not past or not future:
        return f"{(past + future)[0].year:04d}" if past or future else "XXXX"
    return f"{(future[0] if _is_to_come(found, context.reference, past[-1], future[0]) else past[-1]).year:04d}"


def _is_to_come(found: Match, now: date, past: date, future: date) -> bool:
    """Choose between the last such day or month and the next."""
    if (past.year, past.month) == (now.year, now.month):
        return False
    ahead = (future - now).days
    told = tense(found)
    if told == "future":
        return True
    if found.before() in lexicon().context["not_before"] and ahead <= _DEADLINE:
        return True
    if ahead > _SOON or ahead > (now - past).days:
        return False
    return told != "past"


def _year_in_history(context: Context, month: int) -> int:
    """Go on from the month last told; from December to January or February the year turns."""
    last = context.last_day
    if last is None:
        return 0
    if context.last is not None and len(context.last) > 4 and last.month == 12 and month <= 2:
        return last.year + 1
    return last.year


def _safe(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day or 1)
    except ValueError:
        return None
