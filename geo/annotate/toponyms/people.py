"""Persons of an article: so that "Henderson" later in it is known to be no town."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.annotate.toponyms.lexicon import Lexicon
    from geo.annotate.toponyms.names import Names
    from geo.annotate.toponyms.tokens import Run

_AGE = re.compile(r",? (?:\d{1,2},|\(\d{1,2}\)|aged? \d)")
_NEXT_WORD = re.compile(r",? (?:also |has |had )?([a-z]+)")


def surnames(text: str, found: Sequence[Run], names: Names, words: Lexicon) -> frozenset[str]:
    """Collect the names of persons, and mark their tokens in the runs.

    Parameters
    ----------
    text : str
        The article's text.
    found : sequence of Run
        Its runs; `persons` of each is filled.
    names : Names
        The gazetteer: "San Jose" is no person.
    words : Lexicon
        Word lists.

    Returns
    -------
    frozenset of str
        Words in lower case that are persons' names in this article.
    """
    collected: set[str] = set()
    for run in found:
        position = 0
        while position < len(run.tokens):
            length = _person(text, run, position, names, words)
            if length:
                run.persons.update(range(position, position + length))
                taken = [token.lower for token in run.tokens[position : position + length]]
                collected.update(taken[1:] or taken)
                position += length
            else:
                position += _opened(text, run, position, names, words) or 1
    return frozenset(collected - words.place_heads - words.organisation_heads)


def _opened(text: str, run: Run, position: int, names: Names, words: Lexicon) -> int:
    """Tell how many tokens a place's name has that opens with "San", "Tall" or the like; 0 if none does."""
    tokens = run.tokens
    if tokens[position].lower not in words.place_openers:
        return 0
    for last in range(min(len(tokens), position + 4) - 1, position, -1):
        if names.lookup(text[tokens[position].start : tokens[last].end]):
            return last - position + 1
    return 0


def _called(text: str, start: int, words: Lexicon) -> bool:
    """Tell that the text calls what follows a place: "the town of Suleiman Beg"."""
    before = text[max(0, start - 24) : start].split()
    return len(before) > 1 and before[-1] in ("of", "named", "called") and before[-2].lower() in words.settlements


def _person(text: str, run: Run, position: int, names: Names, words: Lexicon) -> int:
    """Tell how many tokens from `position` on are a person's name; 0 for none."""
    tokens = run.tokens
    token = tokens[position]
    rest = _length(run, position, words)
    if rest == 0 or _called(text, token.start, words):
        return 0
    titled = _titled(text, run, position, words)
    if titled:
        return rest
    if rest < 2:
        return 0
    name = text[token.start : tokens[position + rest - 1].end]
    if len(token.lower) == 1 and text[token.end : token.end + 1] == "-":
        # "R-Ashland": a party and the place its member sits for.
        return 0
    if token.lower in words.given_names or len(token.lower) == 1:
        pair = text[token.start : tokens[position + 1].end]
        return 0 if names.lookup(pair) or names.lookup(name) else rest
    following = tokens[position + 1]
    if rest >= 3 and len(following.text.rstrip(".")) == 1:
        return rest
    if position + rest == len(tokens) and rest in (2, 3) and position == 0:
        # An unknown name followed by an age or a verb of speech.
        end = tokens[-1].end
        told = _NEXT_WORD.match(text, end, end + 24)
        speaks = told is not None and told.group(1) in words.speech_verbs
        if (speaks or _AGE.match(text, end, end + 10)) and not names.lookup(name):
            return rest
    return 0


def _length(run: Run, position: int, words: Lexicon) -> int:
    """Tokens from `position` on that can belong to one person."""
    count = 0
    for token in run.tokens[position : position + 4]:
        if (count and token.soft) or token.lower in words.function_words or token.lower in words.calendar:
            break
        if token.lower in words.demonyms or token.text in words.demonyms:
            break
        if count and (token.lower in words.organisation_heads or token.lower in words.place_heads):
            # "Jordan River", "Victoria Hospital": the name of something else.
            return 0
        if token.lower in words.titles and (count == 0 or _goes_on(run, position + count, words)):
            # "Petty Officer Scott Dayton": the person begins after the last title.
            return 0
        count += 1
    return count


def _goes_on(run: Run, position: int, words: Lexicon) -> bool:
    """Tell that a person's given name follows a title."""
    following = run.tokens[position + 1 : position + 2]
    return bool(following) and not following[0].soft and following[0].lower in words.given_names


def _titled(text: str, run: Run, position: int, words: Lexicon) -> bool:
    start = run.tokens[position].start
    if position:
        before = run.tokens[position - 1]
        return before.lower.rstrip(".") in words.titles and not run.tokens[position].soft
    if start < 2 or text[start - 1] not in " \u00a0":
        return False
    # "the coach Washington" is a person; in "mayor, Washington" a comma lies between.
    words_before = text[max(0, start - 20) : start - 1].rsplit(None, 1)
    return bool(words_before) and words_before[-1].rstrip(".").lower() in words.titles
