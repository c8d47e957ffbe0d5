"""Find where time expressions stand, before asking what they mean.

A piece of text becomes a list of tokens and a string with one class character for each; the rules are regular
expressions over that string. Where a rule can begin is found first, so that most words cost no rule at all. Nothing
here looks at a calendar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate, repeat
from typing import TYPE_CHECKING, Any

from geo.annotate.dates.lexicon import OTHER, Rule, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.model import Sentence

_TOKEN = re.compile(
    r"(?:[^\W0-9_]+"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?(?![0-9])"
    r"|[0-9]{4}/[0-9]{2}/[0-9]{2}(?![0-9])"
    r"|[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{4}|[0-9]{2})(?![0-9])"
    r"|[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})(?![0-9])"
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:])"
    r"|[0-9]+(?:st|nd|rd|th|s)(?![^\W_])"
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
    r"|[0-9]{1,9}\.[0-9]+"
    r"|[0-9]+"
    r"|[^\w\s]|_)\s*"
)
_ODD_NUMBER = re.compile(r"[0-9](?:[:./,-][0-9]|[0-9]{4})")
"""Numbers whose class must be worked out; all others are listed."""
_PIECE = 20_000
"""Longest piece scanned at once, in code points, so that one endless line takes no more memory than many short ones."""


@dataclass(frozen=True, slots=True)
class Match:
    """One rule met at one place."""

    rule: Rule
    tokens: Sequence[str]
    """The words of the piece."""
    starts: Sequence[int]
    """Offset of each word in the text, and of the end."""
    first: int
    last: int
    """Words `first` to `last`, `last` not counted."""
    spans: dict[str, tuple[int, int]]
    """Label -> its words, counted in the piece."""
    sentence: int
    """Number of the sentence or of the piece of it."""
    paragraph: int

    def has(self, label: str) -> bool:
        """Tell whether the label met words."""
        return label in self.spans

    def words(self, label: str) -> list[str]:
        """Give the words of a label in small letters; none where it met nothing."""
        first, last = self.spans.get(label, (0, 0))
        return [token.lower() for token in self.tokens[first:last]]

    def text(self, label: str) -> str:
        """Give the words of a label in small letters with single spaces."""
        return " ".join(self.words(label))

    def values(self, label: str) -> list[Any]:
        """Give the values of the label's words that have one."""
        known = lexicon().values
        return [known[word] for word in self.words(label) if word in known]

    def offsets(self, first: int | None = None, last: int | None = None) -> tuple[int, int]:
        """Give the text offsets of words `first` to `last` of the piece; of the whole match by default."""
        begin = self.first if first is None else first
        end = (self.last if last is None else last) - 1
        return self.starts[begin], self.starts[end] + len(self.tokens[end])

    def before(self, count: int = 1) -> str:
        """Give the word `count` places before, in small letters, or ""."""
        place = self.first - count
        return self.tokens[place].lower() if place >= 0 else ""

    def after(self, count: int = 1) -> str:
        """Give the word `count` places after, in small letters, or ""."""
        place = self.last + count - 1
        return self.tokens[place].lower() if place < len(self.tokens) else ""

    def all_words(self) -> list[str]:
        """Give the words of the match in small letters."""
        return [token.lower() for token in self.tokens[self.first : self.last]]


def scan(text: str, *, sentences: Sequence[Sentence]) -> Iterator[Match]:
    """Give the matches in text order; they never overlap and never cross a sentence."""
    for number, sentence in enumerate(sentences):
        for start, end in _pieces(text, sentence.start, sentence.end):
            yield from _scan_piece(text[start:end], start, (number, sentence.paragraph))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _PIECE:
        cut = text.rfind(" ", start, start + _PIECE) + 1 or start + _PIECE
        yield start, cut
        start = cut
    yield start, end


def _scan_piece(piece: str, offset: int, place: tuple[int, int]) -> Iterator[Match]:
    known = lexicon()
    gates = known.gates
    raw = _TOKEN.findall(piece)
    tokens = list(map(str.rstrip, raw))
    if _ODD_NUMBER.search(piece) is None:
        classes = "".join(map(known.classes.get, tokens, repeat(OTHER)))
    else:
        classes = "".join(map(known.classes.__getitem__, tokens))
    starts: list[int] = []
    done = 0
    for begin in known.starters.finditer(classes):
        first = begin.start()
        if first < done:
            continue
        char = classes[first]
        gate = gates.get(char)
        if gate is not None and gate.match(classes, first) is None:
            continue
        for rule in known.rules_from[char]:
            inner = rule.pattern.match(classes, first)
            if inner is not None and inner.end() > first:
                done = inner.end()
                starts = starts or list(accumulate(map(len, raw), initial=offset + len(piece) - len(piece.lstrip())))
                spans = {name: inner.span(name) for name, words in inner.groupdict().items() if words}
                yield Match(rule, tokens, starts, first, done, spans, *place)
                break
        else:
            known.missed(char)
