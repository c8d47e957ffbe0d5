"""Quarters, halves, seasons and weekends: parts of a year that the context places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.annotate.dates.absolute import mod_of, relative_year, year_text
from geo.annotate.dates.calendar import step, value_of
from geo.annotate.dates.context import Part, tense, year_of
from geo.annotate.dates.lexicon import lexicon
from geo.annotate.dates.relative import before_christ

if TYPE_CHECKING:
    from datetime import date

    from geo.annotate.dates.context import Context
    from geo.annotate.dates.scan import Match

_NEAR = 2
"""Sentences within which a day told is still the day last told."""
_SAME_REPORT = 6
"""Sentences within which "a year earlier" still speaks of the quarter told."""


def weekend(found: Match, context: Context) -> list[Part]:
    """Read "Last weekend", "over the weekend"."""
    if found.text("r") in ("each", "every") or context.now is None or context.history:
        return [Part(*found.offsets(), "DATE", "XXXX-WXX-WE", told=False)]
    relation = found.values("r")[-1] if found.has("r") else None
    count = relation if isinstance(relation, int) else 0
    if relation is None and tense(found) != "future":
        count = 0 if context.now.isoweekday() >= 6 else -1
    there = step(context.now, count, "W")
    value = "XXXX-WXX-WE" if there is None else f"{value_of(there, 'W')}-WE"
    return [Part(*found.offsets(), "DATE", value, mod=mod_of(found))]


def season(found: Match, context: Context) -> list[Part]:
    """Read "The summer of 2014", "last spring", "winter"."""
    code = str(found.values("s")[0])
    named = found.tokens[found.spans["s"][0]][0].isupper() and found.first > 0
    if named and not found.has("y") and not found.has("q"):
        return []  # Operation Spring Shield, the Prague Spring
    if found.rule.name == "fall in the" and (found.before() not in lexicon().context["lead"] or found.after() == "of"):
        return []
    month = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    if found.has("y"):
        known = year_text(found.words("y"))
    elif found.has("r"):
        known = relative_year(found, context) or "XXXX"
    elif found.has("q") and isinstance(found.values("q")[-1], int) and context.now is not None:
        known = _relative_season_year(context.now, month, int(found.values("q")[-1]))
    else:
        known = year_of(found, context, month, None)
    return [Part(*found.offsets(), "DATE", f"{known}-{code}", mod=mod_of(found))]


def _relative_season_year(now: date, month: int, relation: int) -> str:
    if relation < 0:
        return f"{now.year - (month + 2 >= now.month):04d}"
    return f"{now.year + (month <= now.month if relation else 0):04d}"


def quarter(found: Match, context: Context) -> list[Part]:
    """Read "The third quarter of 2024", "Q3", "last year's first quarter"."""
    number = int(found.words("k")[-1]) if found.has("k") else int(found.values("o")[0])
    if not 1 <= number <= 4 or (found.has("k") and not found.tokens[found.first].isupper()):
        return []
    if found.has("y"):
        known = year_text(found.words("y"))
    elif found.has("r"):
        known = relative_year(found, context) or "XXXX"
    else:
        known = _year_of_quarter(found, context, number)
    return [Part(*found.offsets(), "DATE", f"{known}-Q{number}")]


def _year_of_quarter(found: Match, context: Context, number: int) -> str:
    """Give the year of a quarter told without one: the latest begun, or the first to begin."""
    now = context.now
    if now is None:
        return "XXXX"
    begins = 3 * number - 2
    if context.history:
        return f"{now.year:04d}"
    if tense(found) == "future" and begins > now.month:
        return f"{now.year:04d}"
    return f"{now.year - (begins > now.month):04d}"


def latest_quarter(found: Match, context: Context) -> list[Part]:
    """Read "The quarter", "the latest period": only after a quarter was told; in a town a quarter is a place."""
    if context.quarter is None:
        return []
    return [Part(*found.offsets(), "DATE", context.quarter)]


def year_ago(found: Match, context: Context) -> list[Part]:
    """Read "A year earlier", "the year-ago quarter": of the quarter last told, else of the year."""
    ago = "ago" in found.all_words()
    told = context.last or ""
    near = found.sentence - context.last_sentence <= _NEAR
    if (
        context.quarter is not None
        and not context.history
        and found.sentence - context.quarter_sentence <= _SAME_REPORT
    ):
        value = f"{int(context.quarter[:4]) - 1:04d}{context.quarter[4:]}"
        return [Part(*found.offsets(), "DATE", value, told=False)]
    now = context.now if ago or context.last_day is None or not near else context.last_day
    if now is None and told.startswith("BC"):
        return [Part(*found.offsets(), "DATE", before_christ(told, "Y", -1))]
    there = None if now is None else step(now, -1, "Y")
    return [Part(*found.offsets(), "DATE", "XXXX" if there is None else f"{there.year:04d}", told=context.history)]


def half(found: Match, context: Context) -> list[Part]:
    """Read "The first half of 2024"."""
    value = found.values("o")[:1]
    number = 1 if value in ([1], ["START"]) else 2
    known = year_text(found.words("y")) if found.has("y") else relative_year(found, context)
    return [Part(*found.offsets(), "DATE", f"{known}-H{number}")] if known else []
