"""Time expressions of a text, in TIMEX3 terms, and the day an article was published.

The way: :mod:`scan` finds where expressions stand, :mod:`context` decides what the text is told from, the makers
(:mod:`absolute`, :mod:`years`, :mod:`relative`, :mod:`periods`, :mod:`amounts`) give each its value in text order,
:mod:`join` puts neighbours together (a clock time and its day, the two ends of a range). Words and rules lie in
``data/sources/time_expressions.yaml``.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from geo.annotate.dates import absolute, amounts, periods, relative, years
from geo.annotate.dates.context import Context, Part, is_history
from geo.annotate.dates.join import finish
from geo.annotate.dates.published import infer_published
from geo.annotate.dates.scan import Match, scan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from geo.model import Sentence, TimeExpression

__all__ = ["MAKERS", "find", "infer_published"]

MAKERS: dict[str, Callable[[Match, Context], list[Part]]] = {
    "bare_units": amounts.bare_units,
    "century": years.century,
    "clock": relative.clock,
    "daily": amounts.daily,
    "day_of_month": absolute.day_of_month,
    "day_word": relative.day_word,
    "decade": years.decade,
    "duration": amounts.duration,
    "every": amounts.every,
    "first_units": amounts.first_units,
    "former": amounts.former,
    "full_date": absolute.full_date,
    "half": periods.half,
    "holiday": absolute.holiday,
    "iso": absolute.iso,
    "latest_quarter": periods.latest_quarter,
    "month": absolute.month,
    "month_days": absolute.month_days,
    "month_year": absolute.month_year,
    "numeric": absolute.numeric,
    "offset": relative.offset,
    "part_of_day": relative.part_of_day,
    "partial_date": absolute.partial_date,
    "present": amounts.present,
    "quarter": periods.quarter,
    "reference": amounts.reference,
    "relative_unit": relative.relative_unit,
    "season": periods.season,
    "soon": amounts.soon,
    "spoken_year": years.spoken_year,
    "the_past": amounts.the_past,
    "the_unit": amounts.the_unit,
    "two_dates": absolute.two_dates,
    "two_months": absolute.two_months,
    "two_years": years.two_years,
    "weekday": relative.weekday,
    "weekend": periods.weekend,
    "window": amounts.window,
    "year": years.year,
    "year_ago": periods.year_ago,
}
"""Maker of each rule, by the name in the rules file."""


_EVIDENCE = 1_000
"""Expressions that decide whether a text is a history; not all, so that memory stays small on a very long one."""


def find(text: str, *, reference: date | None, sentences: Sequence[Sentence]) -> tuple[TimeExpression, ...]:
    """Find the time expressions of a text and the days they cover.

    Parameters
    ----------
    text : str
        Any text; offsets count its code points.
    reference : date or None
        Day of writing. Without it "yesterday" keeps a value with X's and gets no days.
    sentences : sequence of Sentence
        The sentences of `text`, as :func:`geo.annotate.sentences.split` gives them.

    Returns
    -------
    tuple of TimeExpression
        In text order, not overlapping. Both ends of a range ("from 3 to 5 May") carry the days of the whole range.

    Examples
    --------
    >>> from datetime import date
    >>> from geo.annotate.sentences import split
    >>> text = "The strike hit on Friday."
    >>> [(t.text, t.value) for t in find(text, reference=date(2022, 12, 3), sentences=split(text))]
    [('Friday', '2022-12-02')]
    """
    matches = scan(text, sentences=sentences)
    opening = list(islice(matches, _EVIDENCE))
    context = Context(reference, is_history(opening, reference))
    parts: list[tuple[Part, int]] = []
    for found in chain(opening, matches):
        made = MAKERS[found.rule.make](found, context)
        for part in made:
            if part.told and part.type in ("DATE", "TIME"):
                context.tell(part.value, found.sentence)
        parts.extend((part, found.sentence) for part in made)
    return finish(text, parts)
