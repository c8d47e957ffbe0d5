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
        if days is None:
            return
        self.last, self.last_day, self.last_sentence = value.split("T")[0], days[0], sentence
        if "-Q" in value:
            self.quarter = value

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
    """Give "past" or "future" by the nearest telling word beside the expression, None where none tells."""
    context = lexicon().context
    past, future = context["past"], context["future"]
    endings = tuple(context["past_endings"])
    for distance in range(1, _REACH + 1):
        for word in (found.before(distance), found.after(distance)):
            if word in future:
                return "future"
            if word in past or (len(word) > 4 and word.endswith(endings)):
                # "planned to meet on Tuesday", "is expected to": the infinitive looks ahead.
                return "past"
    return None
