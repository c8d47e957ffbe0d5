"""The day an article was published, where only its own words tell.

A day counts only where it is tied to the telling: a full date in the first sentences beside a weekday and a verb of
saying, or the full date of a picture that is no file picture, put together with the latest weekday that the text says
things happened on. Everything else gives None.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geo.annotate.dates.lexicon import lexicon
from geo.annotate.dates.scan import scan
from geo.annotate.sentences import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.annotate.dates.scan import Match
    from geo.model import Article

_FULL_DATES = frozenset({"month day year", "day month year"})
_WEEKDAYS = frozenset({"weekday part"})
_FIRST_SENTENCES = 3
_REACH = 10
"""Words before a date within which a verb of saying ties it to the day of writing."""
_LONGEST_WAIT = 6
"""Days between a picture and its article, at most: within a week every weekday is one day."""
_FILE_PICTURE = re.compile(r"\bfile\b|\barchive\b", re.IGNORECASE)


def infer_published(article: Article) -> tuple[date, str] | None:
    """Infer the publication day of an article that does not give one.

    Parameters
    ----------
    article : Article
        Its `text` and `captions` are read; a "FILE" picture's day is never used.

    Returns
    -------
    tuple of (date, str), or None
        The day and its basis, "text" or "caption"; None where nothing is sure.

    Examples
    --------
    >>> from geo.model import Article
    >>> infer_published(Article(id="1", text="The ministry announced on Saturday (August 24, 2024) a new patrol."))
    (datetime.date(2024, 8, 24), 'text')
    """
    told = _from_text(article.text)
    if told is not None:
        return told, "text"
    taken = {day for caption in article.captions for day in _picture_days(caption)}
    if len(taken) != 1:
        return None  # none, or pictures of several days
    day = _from_picture(taken.pop(), article.text)
    return None if day is None else (day, "caption")


def _from_text(text: str) -> date | None:
    """Give a full date that an opening sentence sets beside its own weekday and a past form."""
    sentences = split(text)[:_FIRST_SENTENCES]
    matches = [found for found in scan(text, sentences=sentences) if found.rule.make in ("full_date", "weekday")]
    for place, found in enumerate(matches):
        day = _full_date(found)
        if day is None:
            continue
        named = found.values("w")
        before = matches[place - 1] if place else None
        if before is not None and before.sentence == found.sentence and 0 <= found.first - before.last <= 1:
            named = named or before.values("w")
            found = before  # the verb stands before the weekday
        if day.isoweekday() in named and _is_told(found):
            return day
    return None


def _is_told(found: Match) -> bool:
    """Tell whether the nearest past form before the date is one of saying."""
    context = lexicon().context
    for distance in range(1, _REACH + 1):
        word = found.before(distance)
        if word in context["saying"]:
            return True
        if word in context["past"] or word in context["future"] or (len(word) > 4 and word.endswith("ed")):
            return False
    return False


def _full_date(found: Match) -> date | None:
    if found.rule.name not in _FULL_DATES:
        return None
    digits = [word.rstrip("stndrh") for word in found.words("d")]
    try:
        return date(int(found.words("y")[0]), found.values("m")[0], int(digits[0]))
    except ValueError:
        return None


def _picture_days(caption: str) -> Iterator[date]:
    if _FILE_PICTURE.search(caption) is not None:
        return
    for found in scan(caption, sentences=split(caption)):
        day = _full_date(found)
        if day is not None:
            yield day


def _from_picture(taken: date, text: str) -> date | None:
    """Give the latest day, from that of the picture on, that the text names by a bare weekday with a past form.

    The weekdays must fit: an article that tells of days before its picture only is not dated by it.
    """
    context = lexicon().context
    ahead: list[int] = []
    for found in scan(text, sentences=split(text)):
        if found.rule.name not in _WEEKDAYS or found.has("r"):
            continue
        words = [found.before(distance) for distance in range(1, _REACH + 1)]
        if any(word in context["future"] for word in words):
            continue
        ahead.append((int(found.values("w")[0]) - taken.isoweekday()) % 7)
    if not ahead:
        return None
    # A weekday some days after the picture is as near as one before it: only those soon after it are the article's.
    soon = [days for days in ahead if days <= _LONGEST_WAIT // 2]
    return taken + timedelta(max(soon)) if soon else None
