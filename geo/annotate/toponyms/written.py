"""A theatre's own names that hold words in lower case, found as they are written: "Zamzam camp", "presidential palace".

All other names are read from words with a capital. These would be cut short or missed, and whoever wrote them into a
theatre's list has said that exactly these words are a place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.annotate.toponyms.candidates import Mention, look_around
from geo.annotate.toponyms.marks import SURE
from geo.annotate.toponyms.tokens import Run, Token, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.annotate.toponyms.names import Names
    from geo.model import Sentence

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"(?:\\?\s)+")
_Patterns = dict[str, list[re.Pattern[str]]]
"""By their first word in lower case, the longest first."""


def patterns(spellings: Iterable[str]) -> _Patterns:
    """Make what finds the names that words with a capital do not tell.

    Parameters
    ----------
    spellings : iterable of str
        Names as they stand in the lists.

    Returns
    -------
    dict of str to list of re.Pattern
        For :func:`take`. Capitals count, except at the beginning: a sentence may open with the name.
    """
    made: _Patterns = {}
    for name in sorted({spelling.removeprefix("the ").strip() for spelling in spellings}, key=lambda n: (-len(n), n)):
        first = _WORD.match(name)
        if first is None or _told_by_capitals(name):
            continue
        opening = f"[{name[0]}{name[0].upper()}]" if name[0].islower() and len(name[0].upper()) == 1 else name[0]
        rest = _GAP.sub(r"\\s+", re.escape(name[1:]))
        made.setdefault(first.group().lower(), []).append(re.compile(rf"{opening}{rest}(?!\w)"))
    return made


def take(found: Sequence[Mention], text: str, *, sentences: Sequence[Sentence], names: Names) -> list[Mention]:
    """Add such names to those found; one takes the place of the shorter names within it.

    Parameters
    ----------
    found : sequence of Mention
        Scored, in text order.
    text : str
    sentences : sequence of Sentence
        A name does not cross them.
    names : Names
        Whose gazetteer has the lists.

    Returns
    -------
    list of Mention
        In text order, not overlapping.
    """
    if not names.written:
        return list(found)
    taken: list[Mention] = []
    others = list(found)
    for home, start, end in _spans(text, sentences, names.written):
        within = [mention for mention in others if mention.start < end and start < mention.end]
        if any(mention.start < start or end < mention.end for mention in within):
            continue
        others = [mention for mention in others if mention not in within]
        words = text[start:end]
        token = Token(start, end, words, words.lower())
        mention = Mention(start, end, words, Run([token], sentence=home), 0, 0, names.lookup(words), token.lower)
        low, high = (sentences[home].start, sentences[home].end) if sentences else (0, len(text))
        look_around(text, mention, low, high)
        mention.score = SURE
        mention.why.append("a name of the theatre's own lists")
        taken.append(mention)
    return sorted([*others, *taken], key=lambda mention: mention.start)


def _told_by_capitals(name: str) -> bool:
    """Tell a name that is one run of words with a capital: "Isle of Wight", "al-Hol"."""
    found = runs(name, ())
    tokens = found[0].tokens if len(found) == 1 else []
    return bool(tokens) and tokens[0].start == 0 and tokens[-1].end == len(name)


def _spans(text: str, sentences: Sequence[Sentence], known: _Patterns) -> Iterator[tuple[int, int, int]]:
    """Find such names, each with its sentence, in text order, the longest where several begin."""
    bounds = [(s.start, s.end) for s in sentences] or [(0, len(text))]
    for home, (low, high) in enumerate(bounds):
        past = low
        for word in _WORD.finditer(text, low, high):
            if word.start() < past:
                continue
            for pattern in known.get(word.group().lower(), ()):
                match = pattern.match(text, word.start(), high)
                if match is not None:
                    past = match.end()
                    yield home, match.start(), past
                    break
