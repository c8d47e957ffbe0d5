"""A model's events held against the article: what cannot be found there is refused or left out, and said so."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from geo.coding.numbers import numbers
from geo.errors import InputError
from geo.model import ActorType, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.extractors.finding import Finder
    from geo.model import Sentence

Span = tuple[int, int]
LEAST_QUOTE: Final = 12
"""Characters; fewer occur anywhere by chance."""
MAX_SENTENCES: Final = 4
"""Sentences a quote may reach over."""
LONGEST: Final = timedelta(days=10 * 366)
"""Longest span of days that says anything of when an event happened."""
EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = timedelta(days=5 * 366)
"""How far ahead a plan may lie."""
CLOCKS: Final = timedelta(days=1)
"""What happened may bear the day after publication, somewhere east of the outlet."""
MOST_PEOPLE: Final = 1_000_000
_COUNTED: Final = {"deaths": "count of the dead", "injured": "count of the injured"}


@dataclass(frozen=True, slots=True)
class Side:
    """An actor as a model names one: words of the text, and the kind it takes them for."""

    span: Span
    words: str
    type: ActorType | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many people, and the words of the text that say so."""

    low: int
    high: int
    words: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One event of a model's answer, with everything left out that the text does not hold."""

    span: Span
    """Offsets of the sentences that the quote stands in."""
    trigger: Span
    """Offsets of the quote itself."""
    sub_event_type: str
    status: Status
    sides: tuple[Side | None, Side | None]
    place: Span | None
    time: Span | None
    days: tuple[date, date] | None
    deaths: Count | None
    injured: Count | None
    asserted_by: str | None
    doubts: tuple[str, ...] = ()
    """What was left out and why, in words for the reviewer."""


class Checker:
    """Holds the events of one piece of an article against it.

    Parameters
    ----------
    finder : Finder
        Over the article's text.
    sentences : sequence of Sentence
        Of the article.
    piece : (int, int)
        Offsets of what the model was shown.
    published : date or None
        Publication day.
    """

    def __init__(self, finder: Finder, *, sentences: Sequence[Sentence], piece: Span, published: date | None) -> None:
        self._finder, self._sentences, self._piece, self._published = finder, sentences, piece, published
        self._starts = [sentence.start for sentence in sentences]

    def claim(self, event: dict[str, Any]) -> Claim:
        """Turn one event of an answer into a claim.

        Raises
        ------
        InputError
            Its quote does not stand in the text; the event is refused.
        """
        quote = event["quote"].strip()
        trigger = self._finder.find(quote, start=self._piece[0], end=self._piece[1])
        if trigger is None or len(quote) < LEAST_QUOTE:
            raise InputError("its quote is not in the article" if trigger is None else "its quote is too short to tell")
        span = self._around(trigger)
        doubts: list[str] = []
        status = Status(event["status"])
        place = self._words(event["place"], span, "place", doubts)
        time = self._words(event["time"], span, "time", doubts)
        deaths = self._count(event, "deaths", span, doubts)
        injured = self._count(event, "injured", span, doubts)
        speaker = self._words(event["asserted_by"], span, "speaker", doubts)
        return Claim(
            span=span,
            trigger=trigger,
            sub_event_type=event["sub_event_type"],
            status=status,
            sides=(self._side(event, "actor1", span, doubts), self._side(event, "actor2", span, doubts)),
            place=place,
            time=time,
            days=self._days(event, status, doubts),
            deaths=deaths,
            injured=injured,
            asserted_by=None if speaker is None else self._finder.text[speaker[0] : speaker[1]],
            doubts=tuple(doubts),
        )

    def _around(self, trigger: Span) -> Span:
        """Give the bounds of the sentences that a quote stands in."""
        first = max(0, bisect_right(self._starts, trigger[0]) - 1)
        last = max(first, bisect_right(self._starts, trigger[1] - 1) - 1)
        if last - first >= MAX_SENTENCES:
            raise InputError(f"its quote reaches over {last - first + 1} sentences")
        return min(self._starts[first], trigger[0]), max(self._sentences[last].end, trigger[1])

    def _words(self, words: str | None, span: Span, what: str, doubts: list[str]) -> Span | None:
        """Find words in the event's sentences, else nearest before them, else anywhere in the piece."""
        if words is None or not words.strip():
            return None
        for start, end in (span, (max(self._piece[0], span[0] - 600), span[1]), self._piece):
            if (found := self._finder.find(words, start=start, end=end)) is not None:
                return found
        doubts.append(f"the {what} it names is not in the article and was left out")
        return None

    def _side(self, event: dict[str, Any], which: str, span: Span, doubts: list[str]) -> Side | None:
        found = self._words(event[which], span, "actor", doubts)
        if found is None:
            return None
        kind = event[f"{which}_type"]
        words = " ".join(self._finder.text[found[0] : found[1]].split())
        return Side(found, words, None if kind is None else ActorType(kind))

    def _days(self, event: dict[str, Any], status: Status, doubts: list[str]) -> tuple[date, date] | None:
        first, last = event["day_start"] or event["day_end"], event["day_end"] or event["day_start"]
        if not first:
            return None
        try:
            start, end = date.fromisoformat(first), date.fromisoformat(last)
        except ValueError:
            doubts.append("its days are no days and were left out")
            return None
        ahead = LATEST if status is Status.PLANNED else CLOCKS
        late = self._published is not None and start > self._published + ahead
        if start > end or end - start > LONGEST or start < EARLIEST or late:
            doubts.append(f"its days {start} to {end} cannot be right and were left out")
            return None
        return start, end

    def _count(self, event: dict[str, Any], people: str, span: Span, doubts: list[str]) -> Count | None:
        """Give a count of the dead or the injured as its words have it."""
        low, high = event[f"{people}_low"], event[f"{people}_high"]
        low, high = (high if low is None else low), (low if high is None else high)
        if low is None:
            return None
        what = _COUNTED[people]
        found = self._words(event[people], span, what, doubts)
        if found is None:
            if not doubts or what not in doubts[-1]:
                doubts.append(f"no words of the article give its {what}, which was left out")
            return None
        told = {n for number in numbers(self._finder.text, *found) for n in (number.low, number.high)}
        agrees = not told or {low, high} <= told or not (low or high)
        if not 0 <= low <= high <= MOST_PEOPLE or not agrees:
            doubts.append(f"its {what} ({low} to {high}) is not what the words say and was left out")
            return None
        return Count(low, high, self._finder.text[found[0] : found[1]])
