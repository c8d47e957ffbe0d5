"""A saved page as lines: where articles begin, what is title, caption, furniture and text.

The rules look at form, not at words: a title is a short line without a full stop; a caption is repeated or credited;
an article ends where a further title stands twice with nothing but captions and buttons between.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geo.readers.rules import LONGEST_LINE, Kind, ends_sentence, is_title_like, page_rules, sentences_at_most_two

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

ENOUGH_WORDS = 40
"""Words of text an article must have before another can begin on the same page."""
_TITLE_REPEATED_WITHIN = 9
"""Lines with content between a title and its repetition, at most."""
_DATELINE = re.compile(r"[^\W\d_a-z][^a-z\n]{1,50}(?:, ?[^–—\n]{1,50}?)?(?: ?\([^()\n]{1,40}\))? ?[–—-] ")
_BRACKETED_END = re.compile(r"\([^\W\d_a-z][^()]{1,80}\)$")
_MAX_WRAP_WIDTH = 110
_MOST_REPEATS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page that is not blank."""

    text: str
    number: int
    """Line of the file, from 1."""
    blanks_before: int
    kind: Kind


@dataclass(slots=True)
class Part:
    """One article as the lines of its page tell it."""

    line: int
    """Line of the file where it begins."""
    title: str | None = None
    published: date | None = None
    source: str | None = None
    captions: list[str] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Paragraphs with a blank line between."""
        return "\n\n".join(_paragraphs(self.body))


def read_lines(text: str) -> list[Line]:
    """Classify the lines of a page.

    Parameters
    ----------
    text : str
        Normalised text.

    Returns
    -------
    list of Line
        Blank lines left out.
    """
    rules, lines, blanks = page_rules(), [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        kind = rules.kind(line)
        if kind is Kind.BLANK:
            blanks += 1
            continue
        lines.append(Line(line, number, blanks, kind))
        blanks = 0
    return lines


def split(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Cut a page where another article begins.

    Parameters
    ----------
    lines : sequence of Line

    Returns
    -------
    list of sequence of Line
        At least one, possibly empty.
    """
    cuts, words, title = [0], 0, None
    for at, line in enumerate(lines):
        if line.kind is not Kind.TEXT:
            continue
        if title is None and is_title_like(line.text):
            title = line.text
        if words >= ENOUGH_WORDS and line.text != title and _begins_article(lines, at):
            cuts.append(at)
            words, title = 0, line.text
        elif ends_sentence(line.text):
            words += line.text.count(" ") + 1
    return [lines[start:end] for start, end in zip(cuts, [*cuts[1:], len(lines)], strict=True)]


def _begins_article(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a title block stands here, after an ended body."""
    line = lines[at]
    after_ended_body = line.blanks_before >= 2 or ends_sentence(lines[at - 1].text)
    if not after_ended_body or not is_title_like(line.text):
        return False
    for later in range(at + 1, min(at + 2 + _TITLE_REPEATED_WITHIN, len(lines))):
        if lines[later].text == line.text:
            return True
        if _is_prose(lines, later):
            break
    following = lines[at + 1] if at + 1 < len(lines) else None
    return (
        following is not None
        and line.blanks_before >= 2
        and (following.kind in (Kind.BYLINE, Kind.DAY) or bool(_DATELINE.match(following.text)))
    )


def _is_prose(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    return line.kind is Kind.TEXT and ends_sentence(line.text) and not _repeated_at(lines, at) and not _bracketed(line)


def read_part(lines: Sequence[Line], *, title: str | None = None) -> Part:
    """Read the lines of one article.

    Parameters
    ----------
    lines : sequence of Line
        From :func:`split`.
    title : str, optional
        The title, where it is already known.

    Returns
    -------
    Part
        Its body is empty when the lines hold nothing but what stands round an article.
    """
    part = Part(line=lines[0].number if lines else 1, title=title)
    rules = page_rules()
    for at, line in enumerate(lines):
        part.source = part.source or rules.outlet(line.text)
        if line.kind is Kind.TAIL and _comments_follow(lines, at, part.body):
            # The rules of a comment section name the outlet more often than the article does.
            told = (rules.outlet(later.text) for later in lines[at:])
            part.source = part.source or next(filter(None, told), None)
            break
        _take(part, lines, at)
    _drop_closing_headlines(part.body)
    return part


def _take(part: Part, lines: Sequence[Line], at: int) -> None:
    """Put one line where it belongs."""
    line = lines[at]
    if line.kind is Kind.DAY and part.published is None and not part.body:
        part.published = page_rules().read_day(line.text)
    elif (sentence := _without_closing_credit(part, lines, at)) is not None:
        part.body.append(replace(line, text=sentence))
    elif line.kind is Kind.CAPTION or (line.kind is Kind.TEXT and _caption_by_place(part, lines, at)):
        _add_caption(part.captions, line.text)
    elif line.kind is not Kind.TEXT or line.text == part.title:
        return
    elif part.title is None and not part.body and is_title_like(line.text):
        part.title = line.text
    elif not part.body or part.body[-1].text != line.text or not _repeated_at(lines, at):
        part.body.append(line)


def _caption_by_place(part: Part, lines: Sequence[Line], at: int) -> bool:
    """Tell a caption by where it stands: repeated, or with a bracketed credit, before the body begins."""
    line = lines[at]
    if line.text == part.title or len(line.text) > LONGEST_LINE or not sentences_at_most_two(line.text):
        return False
    repeated = _repeated_at(lines, at)
    if part.body:
        return repeated and (_bracketed(line) or not ends_sentence(line.text))
    if part.title is None and is_title_like(line.text) and not _bracketed(line):
        return False
    return repeated or _bracketed(line) or _credited_again(lines, at)


def _without_closing_credit(part: Part, lines: Sequence[Line], at: int) -> str | None:
    """Give the last sentence of an article without the agency in brackets behind it; None for a picture caption."""
    line = lines[at]
    if line.kind is not Kind.CAPTION or not part.body or _repeated_at(lines, at):
        return None
    if any(later.kind in (Kind.TEXT, Kind.CAPTION) for later in lines[at + 1 : at + 4]):
        return None
    return page_rules().without_closing_credit(line.text)


def _add_caption(captions: list[str], caption: str) -> None:
    """Keep a caption once, in its longer form where the page gives it with and without its credit."""
    if captions and caption.startswith(captions[-1]):
        captions[-1] = caption
    elif caption not in captions:
        captions.append(caption)


def _bracketed(line: Line) -> bool:
    return len(line.text) <= LONGEST_LINE and bool(_BRACKETED_END.search(line.text))


def _repeated_at(lines: Sequence[Line], at: int) -> bool:
    """Tell whether the page says this line twice or thrice running; more often is no caption but the text itself."""
    first = last = at
    while first > 0 and at - first < _MOST_REPEATS and lines[first - 1].text == lines[at].text:
        first -= 1
    while last + 1 < len(lines) and last - at < _MOST_REPEATS and lines[last + 1].text == lines[at].text:
        last += 1
    return 1 < last - first + 1 <= _MOST_REPEATS


def _credited_again(lines: Sequence[Line], at: int) -> bool:
    """Tell whether the next line says the same with a credit behind it."""
    following = lines[at + 1 : at + 2]
    return bool(following) and following[0].kind is Kind.CAPTION and following[0].text.startswith(lines[at].text)


def _comments_follow(lines: Sequence[Line], at: int, body: Sequence[Line]) -> bool:
    """Tell a comment section from a button of the same name: its rules follow, or little text does."""
    if not body:
        return False
    rest = lines[at + 1 :]
    if any(line.kind is Kind.COMMENT_RULE for line in rest[:6]):
        return True
    return sum(len(line.text) for line in rest) < sum(len(line.text) for line in body)


def _drop_closing_headlines(body: list[Line]) -> None:
    """Take links to other articles off the end: headlines without a stop, after text that ended."""
    sentences = sum(ends_sentence(line.text) for line in body)
    while (
        sentences >= 3
        and len(body) > sentences
        and not ends_sentence(body[-1].text)
        and body[-1].blanks_before
        and is_title_like(body[-1].text)
        and body[-1].text.count(" ") < 18
    ):
        body.pop()


def _paragraphs(body: Sequence[Line]) -> list[str]:
    """Make paragraphs of lines: each line is one, unless the text was wrapped at a fixed width."""
    if not _is_wrapped(body):
        return [line.text for line in body]
    paragraphs: list[list[str]] = []
    for line in body:
        if line.blanks_before or not paragraphs:
            paragraphs.append([])
        paragraphs[-1].append(line.text)
    return [" ".join(lines) for lines in paragraphs]


def _is_wrapped(body: Sequence[Line]) -> bool:
    """Tell text wrapped at a fixed width: lines that another follows at once mostly end without a stop."""
    inner = [line.text for line, after in itertools.pairwise(body) if not after.blanks_before]
    if len(inner) < 3 or max(map(len, inner)) > _MAX_WRAP_WIDTH:
        return False
    return sum(not ends_sentence(text) for text in inner) > 0.6 * len(inner)
