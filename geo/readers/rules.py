"""Tell what a line of a saved page is: the article's own words, or one of the things around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo import sources

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_LINE = 600
"""Characters; a longer line is text, and no pattern is tried on it."""
_EDGES = " .,:;!*·•|>»-–—…"
_SENTENCE_STOPS = tuple(".!?…؟。।")
_CLOSERS = "\"”’'»)]"


class Kind(Enum):
    """What a line is."""

    BLANK = auto()
    FURNITURE = auto()
    TAIL = auto()
    """Heading of a comment section."""
    COMMENT_RULE = auto()
    CAPTION = auto()
    BYLINE = auto()
    DAY = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class PageRules:
    """The lists of ``data/sources/boilerplate.yaml``, compiled."""

    furniture: frozenset[str]
    furniture_pattern: re.Pattern[str]
    tails: frozenset[str]
    comment_pattern: re.Pattern[str]
    caption_start: re.Pattern[str]
    caption_credit: re.Pattern[str]
    agency_credit: re.Pattern[str]
    byline: re.Pattern[str]
    outlets: tuple[re.Pattern[str], ...]
    outlet_names: dict[str, str]
    day: re.Pattern[str]
    months: tuple[str, ...]

    def kind(self, line: str) -> Kind:
        """Classify one line by its form alone.

        Parameters
        ----------
        line : str
            Normalised, without its line end.

        Returns
        -------
        Kind
        """
        bare = line.strip(_EDGES).casefold()
        if not bare:
            return Kind.FURNITURE if line else Kind.BLANK
        if len(line) > LONGEST_LINE:
            return Kind.TEXT
        if bare in self.tails:
            return Kind.TAIL
        if self.comment_pattern.fullmatch(line) or self.comment_pattern.fullmatch(bare):
            return Kind.COMMENT_RULE
        if bare in self.furniture or self.furniture_pattern.fullmatch(line):
            return Kind.FURNITURE
        if self.read_day(line) is not None:
            return Kind.DAY
        if self.byline.fullmatch(line) and not ends_sentence(line):
            return Kind.BYLINE
        return Kind.CAPTION if self.is_caption(line) else Kind.TEXT

    def is_caption(self, line: str) -> bool:
        """Tell a picture caption by its opening words or its credit."""
        if self.caption_start.match(line) or self.caption_credit.search(line):
            return True
        return bool(self.agency_credit.search(line)) and sentences_at_most_two(line)

    def without_closing_credit(self, line: str) -> str | None:
        """Give a sentence that ends before the bracket which credits its agency; None for any other line."""
        match = self.agency_credit.search(line)
        if match is None or self.caption_start.match(line):
            return None
        sentence = line[: match.start()].rstrip()
        return sentence if ends_sentence(sentence) else None

    def outlet(self, line: str) -> str | None:
        """Name the outlet that a line tells, if it tells one."""
        head = line[:LONGEST_LINE]
        for pattern in self.outlets:
            if match := pattern.search(head):
                name = match["outlet"].strip()
                return self.outlet_names.get(name.casefold(), name)
        return None

    def read_day(self, line: str) -> date | None:
        """Read a line that is only a day; None for any other line, and for a day that does not exist."""
        match = self.day.fullmatch(line.strip(" |·•"))
        if not match:
            return None
        found = match.groupdict()
        name = (found["month1"] or found["month2"] or "").casefold()
        month = self.months.index(name) + 1 if name else int(found["iso_month"])
        try:
            return date(
                int(found["iso_year"] or found["year1"] or found["year2"]),
                month,
                int(found["iso_day"] or found["day1"] or found["day2"]),
            )
        except ValueError:
            return None


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends as a sentence does: a stop, perhaps with closing marks after it."""
    return line.rstrip(_CLOSERS).endswith(_SENTENCE_STOPS)


def is_title_like(line: str) -> bool:
    """Tell whether a line has the form of a headline: three to thirty words, no full stop."""
    if not 8 <= len(line) <= 220 or line.rstrip(_CLOSERS).endswith((".", ":", ";", ",", "。", "।")):
        return False
    return 2 <= line.count(" ") <= 30 and any(map(str.isalpha, line))


def sentences_at_most_two(line: str) -> bool:
    """Tell whether a line could be a caption by its length: up to 60 words, up to two inner stops."""
    return line.count(" ") < 60 and len(re.findall(r"[a-z\d)][.!?] [A-Z]", line)) <= 1


@lru_cache(maxsize=1)
def page_rules() -> PageRules:
    """Read and compile ``data/sources/boilerplate.yaml``, once.

    Returns
    -------
    PageRules
    """
    table = sources.load("boilerplate.yaml")
    captions = table["captions"]
    agencies = "|".join(re.escape(name) for name in sorted(captions["agencies"], key=len, reverse=True))
    return PageRules(
        furniture=frozenset(str(line).casefold() for line in table["furniture"]),
        furniture_pattern=_any_of(table["furniture_patterns"]),
        tails=frozenset(line.casefold() for line in table["tail_headings"]),
        comment_pattern=_any_of(table["comment_patterns"]),
        caption_start=_any_of(captions["starts"]),
        caption_credit=_any_of(captions["credits"]),
        agency_credit=re.compile(
            rf"[(\[](?:[^()\[\]]{{1,80}}[/,|:] ?)?(?:{agencies})(?: ?[/,|] ?[^()\[\]]{{1,80}})?[)\]]$", re.IGNORECASE
        ),
        byline=_any_of(table["bylines"]),
        outlets=tuple(re.compile(pattern) for pattern in table["outlets"]),
        outlet_names=table["outlet_names"],
        day=_day_pattern(table),
        months=tuple(table["months"]),
    )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _day_pattern(table: dict[str, Any]) -> re.Pattern[str]:
    labels = "|".join(sorted([*table["date_labels"], *table["edit_labels"]], key=len, reverse=True))
    weekdays, months = "|".join(table["weekdays"]), "|".join(table["months"])
    days = (
        rf"(?P<day1>\d{{1,2}})(?:st|nd|rd|th)? (?P<month1>{months}),? (?P<year1>\d{{4}})"
        rf"|(?P<month2>{months}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>\d{{4}})"
        r"|(?P<iso_year>\d{4})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)"
    )
    clock = r"(?:[ ,|T–-]{1,3}(?:at )?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: ?[A-Z]{1,5}(?:[+-]\d{1,4})?)?)?"
    return re.compile(rf"(?:(?:{labels}) ?:? ?)?(?:(?:{weekdays})\.?,? )?(?:{days}){clock}", re.IGNORECASE)
