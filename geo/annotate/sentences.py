"""Sentences of a text, by exact offsets.

A stop ends a sentence unless it belongs to an abbreviation, an initial or a number; closing quotes and brackets stay
with the sentence they close. A line end inside running text is a space, except where lines are paragraphs: a blank
line always ends a paragraph, a single line end does so where the line is ended like a paragraph or is a headline.
The whole takes time linear in the length of the text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geo import sources
from geo.model import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
# A run of stops with the quotes or brackets that close after it, before a space or the end.
_STOP = re.compile(r"(?:[.!?\u2026\u061f\u06d4\u3002]+)[\"'\u201d\u2019\u00bb)\]]*(?=\s|$)")
_LAST_WORD = re.compile(r"(?:[^\W_]|[.\u2019'-])+$")
_NEXT_WORD = re.compile(r"[\s\"'\u201c\u2018\u00ab(\[]*([^\s]+)")
_ENDED = tuple('.!?\u2026\u061f\u06d4:;\u201d"\u2019)\u00bb')
_OPENING = ("\u201c", '"', "\u2018", "\u00ab")
_CLOSING = '\u201d"\u2019\u00bb'
_LOOK_BACK = 40
_LOOK_AHEAD = 60
LONGEST = 5_000
"""Code points of one sentence. What goes on for longer is no sentence, and is parted at a space: what is read in a
sentence together may take the product of what stands in it."""
_WRAPPED_LINE = 50
"""A line at least this long (code points) that ends without a stop may go on in the next line."""


def split(text: str) -> tuple[Sentence, ...]:
    """Split a text into its sentences.

    Parameters
    ----------
    text : str
        Any text; offsets count its code points.

    Returns
    -------
    tuple of Sentence
        In text order, not overlapping, together covering every character that is not a space.

    Examples
    --------
    >>> text = "Gen. Ali left at 5 p.m. on Friday. He came back."
    >>> [text[s.start : s.end] for s in split(text)]
    ['Gen. Ali left at 5 p.m. on Friday.', 'He came back.']
    """
    found: list[Sentence] = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        for first, last in _in_paragraph(text, start, end):
            for begun, ended in _parts(text, first, last):
                found.append(Sentence(begun, ended, number, _is_quoted(text, begun, ended)))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Give the trimmed offsets of each paragraph."""
    start = end = -1
    for line in _LINE.finditer(text):
        first, last = _trim(text, line.start(), line.end())
        if first == last:
            if start >= 0:
                yield start, end
                start = -1
            continue
        if start >= 0 and _new_paragraph(text, start, end, line.start(), first):
            yield start, end
            start = -1
        if start < 0:
            start = first
        end = last
    if start >= 0:
        yield start, end


def _new_paragraph(text: str, start: int, end: int, line_start: int, first: int) -> bool:
    """Tell whether the line beginning at `first` opens a paragraph after the one at `start`:`end`."""
    gap = text[end:line_start]
    if gap.count("\n") > 1 or gap.count("\r") > 1 or "\u2029" in gap:
        return True
    if text[end - 1] in _ENDED:
        return True
    last_line = end - max(text.rfind("\n", start, end) + 1, start)
    # A short line without a stop is a headline, unless the next goes on in small letters.
    return (not text[first].islower() and last_line < _WRAPPED_LINE) or last_line > 2 * _WRAPPED_LINE + 20


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start + left, start + len(piece.rstrip())) if left < len(piece) else (end, end)


def _in_paragraph(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the offsets of the sentences of one paragraph."""
    first = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and _ends_sentence(text, first, stop, end):
            if first < stop.end():
                yield first, stop.end()
            first = stop.end()
            while first < end and text[first].isspace():
                first += 1
    if first < end:
        yield first, end


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part what is longer than any sentence at the last space before the limit, or at the limit."""
    while end - start > LONGEST:
        piece = text[start : start + LONGEST]
        last = start + len((piece.rpartition(" ")[0] or piece).rstrip())
        yield start, last
        start = last
        while text[start].isspace():
            start += 1
    yield start, end


def _ends_sentence(text: str, first: int, stop: re.Match[str], end: int) -> bool:
    following = _NEXT_WORD.match(text, stop.end(), min(end, stop.end() + _LOOK_AHEAD))
    if following is None:
        return True
    word = following.group(1)
    mark = stop.group()
    if word[0].islower():
        # "p.m. on", "... and": a small letter goes on with the sentence; after a quotation too: '"Go!" he said'.
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    before = _LAST_WORD.search(text, max(first, stop.start() - _LOOK_BACK), stop.start())
    if before is None or len(mark) > 1:
        return True
    return not _is_abbreviation(before.group(), word)


def _is_abbreviation(before: str, following: str) -> bool:
    """Tell whether the stop after `before` belongs to it and the sentence goes on with `following`."""
    rules = _rules()
    bare = before.strip("'\u2019-").lower()
    if bare in rules["always"]:
        return True
    if bare in rules["before_number"]:
        return following[0].isdigit()
    if bare in rules["either"]:
        # "the U.S. Army" goes on, "in the U.S. The" does not.
        return following.strip(",.;:") not in rules["openers"]
    return (len(bare) == 1 and bare.isalpha() and before[0].isupper() and bare != "i") or _has_initials(bare)


def _has_initials(bare: str) -> bool:
    parts = bare.split(".")
    return len(parts) > 1 and all(len(part) == 1 for part in parts)


def _is_quoted(text: str, start: int, end: int) -> bool:
    opening = text[start]
    return (
        opening in _OPENING
        and end - start > 1
        and text[end - 1] in _CLOSING
        and text.find(opening, start + 1, end - 1) < 0
    )


@cache
def _rules() -> dict[str, frozenset[str]]:
    listed = sources.load("time_expressions.yaml")["sentence_stops"]
    return {name: frozenset(words) for name, words in listed.items()}
