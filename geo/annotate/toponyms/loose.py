"""Names of the theatre in another transliteration: asked for only where the words around tell of a place.

Two names with one consonant skeleton are often one name, but not always; so a name the gazetteer does not know is tried
this way only in an article about the theatre, after "in", "near" or "the village of", and gets a lower score.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from geo.annotate.toponyms.candidates import Mention, look_around
from geo.annotate.toponyms.cues import PLACE_NOUN_OF, PREPOSITION, SUFFIX, THEATRE
from geo.annotate.toponyms.discourse import add
from geo.geocoders.names import spelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.annotate.toponyms.lexicon import Lexicon
    from geo.annotate.toponyms.names import Names
    from geo.annotate.toponyms.tokens import Run, Token
    from geo.model import Place, Sentence

LOOSE = -1.5
TRANSLITERATED = frozenset({"SYR", "IRQ"})
"""Countries whose names reach English by many transliterations; Turkish is written in Latin letters."""
LIKENESS = 0.8
"""Share of letters two spellings must have in common."""
MAX_WORDS = 4
_NAMED = frozenset({"named", "called", "of"})


def about_theatre(places: Iterable[Place]) -> bool:
    """Tell whether an article is about the theatre: a third of its names lie there."""
    listed = [place.country in THEATRE for place in places]
    return 3 * sum(listed) >= len(listed) > 0


class Surroundings(NamedTuple):
    """What the search for such names needs of an article."""

    text: str
    sentences: Sequence[Sentence]
    theatre: bool
    """The article is about the theatre."""


def mentions(around: Surroundings, found: Iterable[Run], names: Names, words: Lexicon) -> list[Mention]:
    """Find names that the gazetteer knows in another spelling, or that only the text calls places.

    Parameters
    ----------
    around : Surroundings
        The article.
    found : iterable of Run
        Its runs of capitalised words in which no place was found.
    names : Names
        The gazetteer.
    words : Lexicon
        Word lists.

    Returns
    -------
    list of Mention
        Scored above 0. Without `places` where the text calls it a village but no gazetteer tells where.
    """
    kept = []
    for run in found:
        tokens = run.tokens
        if run.persons or run.headline or run.shouting or len(tokens) > MAX_WORDS or tokens[0].arabic:
            continue
        start, end = tokens[0].start, tokens[-1].end
        surface = around.text[start:end]
        mention = Mention(start, end, surface, run, 0, len(tokens) - 1, (), surface.lower())
        bounds = around.sentences[run.sentence] if around.sentences else None
        look_around(around.text, mention, bounds.start if bounds else 0, bounds.end if bounds else len(around.text))
        called = _weigh(mention, words)
        if mention.score <= 0 or any(_generic(token, words) for token in tokens):
            continue
        if around.theatre:
            mention.places = _alike(surface, names)
        if mention.places or called:
            mention.why.append(
                "spelled another way in the gazetteer" if mention.places else "only the text calls it a place"
            )
            kept.append(mention)
    return kept


def _alike(surface: str, names: Names) -> tuple[Place, ...]:
    """Give the places of the theatre whose spelling is close as well as their consonants."""
    written = spelling(surface)
    return tuple(
        place
        for place in names.loose(surface)
        if place.country in TRANSLITERATED
        and SequenceMatcher(None, written, spelling(place.name), autojunk=False).ratio() >= LIKENESS
    )


def _weigh(mention: Mention, words: Lexicon) -> bool:
    """Weigh the words beside a name; True if they call it a town, a village or the like."""
    mention.score = LOOSE
    called = False
    if mention.left in words.place_prepositions:
        add(mention, PREPOSITION, f'after "{mention.left}"')
    elif mention.left in _NAMED and mention.left_noun in words.place_nouns:
        add(mention, PLACE_NOUN_OF, f'after "{mention.left_noun} {mention.left}"')
        called = mention.left_noun in words.settlements
    if mention.apposed or (mention.right in words.place_suffixes and mention.right_gap == " "):
        add(mention, SUFFIX, f'before "{mention.right}"')
        called = called or mention.apposed or mention.right in words.settlements
    return called


def _generic(token: Token, words: Lexicon) -> bool:
    lower = token.lower
    return (
        len(lower) < 3
        or token.text.isupper()
        or token.text in words.demonyms
        or lower in words.peoples
        or lower in words.function_words
        or lower in words.calendar
        or lower in words.organisation_heads
        or lower in words.titles
        or lower in words.common_words
        or lower in words.compass
    )
