"""Words with a capital, and the runs they form.

Only these are looked at one by one; everything in lower case is asked about as the neighbour of such a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model import Sentence

_BEFORE_WORD = "-'\u2019\u2018\u02bf\u02be\u02bc`"
"""A hyphen and apostrophes: an article may stand before them."""
# A capital or a letter of a script without capitals; stops inside initials; apostrophes inside a word, not before "s".
_TOKEN = re.compile(
    # First an Arabic article with a capital: "El-oyoun" is one word.
    r"\b(?:(?:A[dlnrstz]|A[sd]h|Ath|E[dlnrstz]|Esh|Ul)-['\u2018\u2019\u02bf`]?[A-Za-z]\w{2,}(?:['\u2019\u2018\u02bf\u02be`](?![sS]\b)[^\W\d_]\w*)*|(?:[A-Z]\.){2,}|[A-Z][a-z]?\.[A-Z][a-z]?\.|[^\W\d_a-z]\w*(?:['\u2019\u2018\u02bf\u02be`](?![sS]\b)[^\W\d_]\w*)*)"
)
_ARTICLE_BEFORE = re.compile(
    r"(?<![\w'\u2019-])(?:al|ad|ar|as|ash|at|az|an|el|er|es|ez|adh|ath|ul)[- ]['\u2018\u2019\u02bf`]?\Z"
)
_JOINT = re.compile(
    r"(?: |\u00a0|-)(?:(?:al|ad|ar|as|ash|at|az|an|el|er|es|ez|adh|ath|ul|ibn|bin|abu)[- ])?['\u2018\u2019\u02bf`]?\Z"
)
_SOFT = re.compile(
    r"(?:['\u2019]s )?(?:[- ])?"
    r"(?:of the|of|de la|de|del|do|da|dos|des|du|la|and|on|upon|sur|in|under|am|en|e|y|al|el)?"
    r"[- ]['\u2018\u2019\u02bf`]?\Z"
)
_STOPPED = frozenset({"St", "Ste", "Mt", "Ft", "Pt", "Sta", "Sto"})
MAX_JOINT = 12
_OPENING = " \t\n\"'\u201c\u2018\u00ab([\u2014\u2013-"
MAX_OPENING = 12
"""Quotation marks, blanks and dashes that may stand before the first word of a sentence."""


_LOWER = re.compile(r"(?<![\w'’-])[a-z]{4,}(?![\w'’-])")
_SMALL_WORDS = (
    "about after against ahead amid among around before behind below between beyond despite down during from into near "
    "onto over past since than that their this through till toward towards under until upon versus when while with "
    "within without"
)
_SMALL = frozenset(_SMALL_WORDS.split(" "))
"""Words of four letters and more that headlines write small."""


@dataclass(slots=True)
class Token:
    """One word with a capital."""

    start: int
    end: int
    text: str
    lower: str
    soft: bool = False
    """Joined to the word before only for the sake of long names: "Isle of Wight"."""
    arabic: bool = False


@dataclass(slots=True)
class Run:
    """Words with a capital that stand together."""

    tokens: list[Token]
    sentence_start: bool = False
    """Nothing but quotation marks stands before it in its sentence."""
    shouting: bool = False
    """All in capitals."""
    headline: bool = False
    """Its sentence has capitals nearly everywhere, so that they tell nothing."""
    sentence: int = -1
    persons: set[int] = field(default_factory=set)
    """Positions of the tokens that belong to a person."""


def runs(text: str, sentences: Sequence[Sentence]) -> list[Run]:
    """Find the runs of capitalised words of a text.

    Parameters
    ----------
    text : str
        The article's text.
    sentences : sequence of Sentence
        Its sentences, in order; a run does not cross them.

    Returns
    -------
    list of Run
        In text order.
    """
    found: list[Run] = []
    previous: Token | None = None
    bounds = [(s.start, s.end) for s in sentences] or [(0, len(text))]
    which, capitals, first_of_sentence = 0, 0, 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match.group()
        letter = word[0]
        if letter > "\x7f" and letter.islower():
            continue
        while which + 1 < len(bounds) and start >= bounds[which][1]:
            _mark_headline(found[first_of_sentence:], text, bounds[which], capitals)
            which, capitals, first_of_sentence, previous = which + 1, 0, len(found), None
        capitals += 1
        # Letters of the Arabic blocks.
        arabic = "\u0600" <= letter <= "\u08ff" or "\ufb50" <= letter <= "\ufefc"
        before = text[start - 1] if start else " "
        if before in _BEFORE_WORD or (before == " " and text[start - 3 : start - 1] == "al"):
            article = _ARTICLE_BEFORE.search(text, max(0, start - 6), start)
            if article:
                start = article.start()
                word = text[start:end]
        token = Token(start, end, word, word.lower(), arabic=arabic)
        joint = _joint(text, previous, match.start()) if previous is not None else 0
        if joint and found:
            token.soft = joint == 2
            found[-1].tokens.append(token)
        else:
            low = bounds[which][0]
            opening = start - low < MAX_OPENING and not text[low:start].strip(_OPENING)
            found.append(Run([token], sentence_start=opening, sentence=which))
        previous = token
    _mark_headline(found[first_of_sentence:], text, bounds[which], capitals)
    for run in found:
        if run.tokens[0].text.isupper():
            run.shouting = (
                all(token.text.isupper() for token in run.tokens) and sum(len(t.text) for t in run.tokens) > 3
            )
    return found


def _joint(text: str, previous: Token, start: int) -> int:
    """Tell how a word goes on from the one before: 0 not at all, 1 closely, 2 softly."""
    gap = start - previous.end
    if gap == 1:
        return 1 if text[previous.end] in " -\u00a0" else 0
    if gap == 2 and text[previous.end] == "." and (previous.text in _STOPPED or len(previous.text) == 1):
        return 1
    if gap > MAX_JOINT or gap < 1:
        return 0
    between = text[previous.end : start]
    if _JOINT.match(between):
        return 1
    if _SOFT.match(between):
        return 2
    return 0


def _mark_headline(some: list[Run], text: str, bounds: tuple[int, int], capitals: int) -> None:
    if capitals < 4:
        return
    words = text.count(" ", *bounds) + 1
    # A headline has capitals in its verbs, too: "attacked" is of a sentence that names many.
    if capitals * 5 >= words * 3 and not any(w not in _SMALL for w in _LOWER.findall(text, *bounds)):
        for run in some:
            run.headline = True
