"""Names of the theatre in another transliteration: asked for only where the words around tell of a place.

Two names with one consonant skeleton are often one name, but not always; so a name is tried this way only in an article
about the theatre, after "in", "near" or "the village of", and gets a lower score. Where the text itself says in which
country the place lies ("X in Syria"), a loose match there comes before a namesake abroad. An exact name in the right
country is never changed, nor is anything made of ordinary words.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from geo.annotate.toponyms import told
from geo.annotate.toponyms.candidates import Mention, look_around
from geo.annotate.toponyms.cues import PLACE_NOUN_OF, PREPOSITION, SUFFIX, THEATRE
from geo.annotate.toponyms.discourse import BIG, add
from geo.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.annotate.toponyms.lexicon import Lexicon
    from geo.annotate.toponyms.names import Names
    from geo.annotate.toponyms.tokens import Run, Token
    from geo.model import Place, Sentence

LOOSE = -1.5
TRANSLITERATED = frozenset({"SYR", "IRQ"})
"""Countries whose names reach English by many transliterations; Turkish is written in Latin letters."""
LIKENESS = 0.8
"""Share of letters two spellings must have in common."""
LIKENESS_WITHIN = 0.62
"""The same where the text says in which country the place lies."""
MARGIN = 0.04
WELL_KNOWN = 50_000
"""People from which a place abroad is meant by its exact name, unless the text says otherwise."""
MAX_WORDS = 4
MAX_BETWEEN = 40
_NAMED = frozenset({"named", "called", "of"})
_CALLED = frozenset({"town", "village", "hamlet", "city"})
_PUT = frozenset({"in", "at", "near", "of", "from", "to", "into", "on", "outside", "inside", "around"})
"""Prepositions after which a name is a place, if the text then says where it lies."""
_start = attrgetter("start")
_STATES = (PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.REGION)


def countries(places: Iterable[Place]) -> frozenset[str]:
    """Tell in which countries an article's names may be spelled another way: it is about them, a third lies there."""
    told = [place.country or "" for place in places]
    theatre = 3 * sum(country in THEATRE for country in told) >= len(told)
    return TRANSLITERATED.intersection(told) if theatre else frozenset()


class Surroundings(NamedTuple):
    """What the search for such names needs of an article."""

    text: str
    sentences: Sequence[Sentence]
    countries: frozenset[str]
    """Countries of the theatre that the article is about, where names are transliterated."""
    persons: frozenset[str] = frozenset()
    """Words in lower case that are names of persons in the article."""


def reread(
    around: Surroundings, kept: Sequence[Mention], found: Iterable[Run], names: Names, words: Lexicon
) -> list[Mention] | None:
    """Find names that the gazetteer knows in another spelling, or that only the text calls places.

    Parameters
    ----------
    around : Surroundings
        The article.
    kept : sequence of Mention
        What was read as places so far, in text order.
    found : iterable of Run
        All runs of capitalised words of the article.
    names : Names
        The gazetteer.
    words : Lexicon
        Word lists.

    Returns
    -------
    list of Mention or None
        `kept` with the new ones, in text order; a longer name in another spelling takes the place of a shorter one
        within it. None if nothing new was found.
    """
    at = {mention.start: position for position, mention in enumerate(kept)}
    replaced: set[int] = set()
    more: list[Mention] = []
    others: list[Mention] = []
    for run in found:
        if run.headline or run.shouting or run.tokens[0].arabic:
            continue
        for mention in _stretches(around, run, words):
            inside = _within(mention, run, at)
            if (
                _covered(mention, kept)
                or any(kept[k].end > mention.end for k in inside)
                or _settled(mention, [kept[k] for k in inside])
            ):
                continue
            bounds = around.sentences[run.sentence] if around.sentences else None
            look_around(around.text, mention, *((bounds.start, bounds.end) if bounds else (0, len(around.text))))
            called = _weigh(mention, words)
            country = _container(around.text, mention, kept, at)
            if mention.score > 0 and (around.countries or country):
                mention.places = _alike(mention, names, country or around.countries, [kept[k] for k in inside])
                mention.loose = bool(mention.places)
            called = called or _said_to_lie(around.text, mention, kept, at) or _said_to_be(around, mention)
            if mention.score > 0 and (mention.places or (called and not inside and not run.persons)):
                mention.why.append(
                    "spelled another way in the gazetteer" if mention.places else "only the text calls it a place"
                )
                more.append(mention)
                replaced.update(inside)
            elif not inside and not run.persons:
                others.append(mention)
    whole = sorted([*(m for k, m in enumerate(kept) if k not in replaced), *more], key=_start) if more else kept
    listed = _listed(around, whole, others, names, words) if others else []
    return sorted([*whole, *listed], key=_start) if more or listed else None


def _listed(
    around: Surroundings, kept: Sequence[Mention], others: Sequence[Mention], names: Names, words: Lexicon
) -> list[Mention]:
    """Find names that are places because they stand in a list of places: "in Sarmin, Talkanas and Umbazra"."""
    known = {mention.start for mention in kept if not mention.demonym}
    found = []
    for some in told.lists(around.text, sorted([*kept, *others], key=_start)):
        for mention in told.listed_with(some, lambda one: one.start in known, around.text, words):
            if mention.demonym or mention.start in known:
                continue
            add(mention, told.LISTED - mention.score, "listed with other places")
            here = around.countries.intersection(one.places[0].country or "" for one in some if one.places)
            mention.places = _alike(mention, names, here, ()) if here else ()
            mention.loose, mention.listed = bool(mention.places), True
            known.add(mention.start)
            found.append(mention)
    return found


def _stretches(around: Surroundings, run: Run, words: Lexicon) -> Iterator[Mention]:
    """Cut a run where words in lower case stand between: "Residents of Kobani" are two stretches."""
    tokens = run.tokens
    cuts = [0, *(k for k, token in enumerate(tokens) if k and token.soft), len(tokens)]
    for first, after in pairwise(cuts):
        while first < after and _opens(tokens[first], words):
            first += 1
        some = tokens[first:after]
        alone = len(some) == 1
        if not some or len(some) > MAX_WORDS or any(_generic(token, words, alone=alone) for token in some):
            continue
        start, end = some[0].start, some[-1].end
        surface = around.text[start:end]
        if surface.lower() in around.persons or surface.lower() in words.not_places or some[0].lower == "operation":
            continue
        if "." in surface or (run.persons and not run.persons.isdisjoint(range(first, after))):
            continue
        yield Mention(start, end, surface, run, first, after - 1, (), surface.lower())


def _within(mention: Mention, run: Run, at: dict[int, int]) -> list[int]:
    starts = (run.tokens[k].start for k in range(mention.first, mention.last + 1))
    return [at[start] for start in starts if start in at]


def _covered(mention: Mention, kept: Sequence[Mention]) -> bool:
    """Tell that it is the end of a longer name: the "Mexico" of "Gulf of Mexico"."""
    position = bisect_left(kept, mention.start, key=_start) - 1
    return position >= 0 and kept[position].end > mention.start


def _settled(mention: Mention, inside: Sequence[Mention]) -> bool:
    """Tell that what was read before stands: a country, a people, an area, a name of the theatre."""
    for other in inside:
        if other.demonym or other.head or (other.places and other.places[0].kind in BIG):
            return True
        whole = other.start == mention.start and other.end == mention.end
        if whole and any(place.country in THEATRE for place in other.places):
            return True
    return False


def _container(text: str, mention: Mention, kept: Sequence[Mention], at: dict[int, int]) -> str | None:
    """Give the country in which the text says that a name lies, where its names are transliterated."""
    following = _following(mention, kept, at)
    return _country(text, mention, following) if following is not None else None


def _following(mention: Mention, kept: Sequence[Mention], at: dict[int, int]) -> Mention | None:
    """Give the next name that was read as a place."""
    for token in mention.run.tokens[mention.last + 1 : mention.last + 2]:
        if token.start in at:
            return kept[at[token.start]]
    position = bisect_left(kept, mention.end, key=lambda other: other.start)
    return kept[position] if position < len(kept) else None


def _country(text: str, mention: Mention, outer: Mention) -> str | None:
    between = text[mention.end : outer.start]
    if outer.demonym or not outer.places or len(between) >= MAX_BETWEEN or not told.WITHIN.match(between):
        return None
    place = outer.places[0]
    joined = " in " in between or " of " in between or between == ", "
    return place.country if joined and place.kind in _STATES and place.country in TRANSLITERATED else None


def _said_to_be(around: Surroundings, mention: Mention) -> bool:
    """Tell that its sentence says what a name is, or counts it among several places."""
    bounds = around.sentences[mention.run.sentence] if around.sentences else None
    low, high = (bounds.start, bounds.end) if bounds else (0, len(around.text))
    if told.is_a_place(around.text, mention, high):
        add(mention, SUFFIX, "the text says what it is")
    elif told.several(around.text, mention, low):
        add(mention, PLACE_NOUN_OF, "counted among places")
    else:
        return False
    return True


def _said_to_lie(text: str, mention: Mention, kept: Sequence[Mention], at: dict[int, int]) -> bool:
    """Tell that the text says where a name lies: "in Houn in central Libya", "at Shorgali, 20 km north of Mosul"."""
    if mention.left not in _PUT:
        return False
    outer = _following(mention, kept, at)
    if outer is None or outer.demonym or outer.start - mention.end > told.MAX_BETWEEN:
        return False
    between = text[mention.end : outer.start]
    if len(between) < MAX_BETWEEN and told.within(between):
        return True
    return told.beside(between) or told.in_division(mention, outer, between)


def _alike(mention: Mention, names: Names, where: str | frozenset[str], inside: Sequence[Mention]) -> tuple[Place, ...]:
    """Give the places of the country told, or of those the article is about, whose spelling is close enough."""
    within = isinstance(where, str)
    if not within and any(
        place.population > WELL_KNOWN for other in inside for place in other.places if place.country not in THEATRE
    ):
        return ()
    exact = [place for place in names.lookup(mention.text) if place.country == where]
    likeness, countries = (LIKENESS_WITHIN, {where}) if within else (LIKENESS, where)
    close = [
        (place, like) for place, like in names.alike(mention.text) if like >= likeness and place.country in countries
    ]
    best = max((like for _place, like in close), default=0.0)
    # How well known a place is decides only between spellings about as close.
    return tuple(dict.fromkeys((*exact, *(place for place, like in close if like >= best - MARGIN))))


def _weigh(mention: Mention, words: Lexicon) -> bool:
    """Weigh the words beside a name; True if they call it a town, a village or the like."""
    mention.score = LOOSE
    called = False
    if mention.left in words.place_prepositions:
        add(mention, PREPOSITION, f'after "{mention.left}"')
    elif mention.left in _NAMED and (mention.left_noun in words.place_nouns or mention.left_noun in words.places):
        add(mention, PLACE_NOUN_OF, f'after "{mention.left_noun} {mention.left}"')
        called = mention.left_noun in words.settlements or mention.left_noun in words.places
    elif mention.left in _CALLED and mention.left_noun in ("the", "a", "of", "border", "small"):
        # "in the town Kerawa".
        add(mention, PLACE_NOUN_OF, f'after "the {mention.left}"')
        called = True
    if mention.apposed or (mention.right_gap == " " and _follows(mention.right, words)):
        add(mention, SUFFIX, f'before "{mention.right}"')
        called = called or mention.apposed or mention.right in words.settlements
    return called


def _follows(word: str, words: Lexicon) -> bool:
    """Tell a word that stands after the name of a place: "Aleppo province", "Kerawa town"."""
    return word in words.place_suffixes or word in words.settlements


def _opens(token: Token, words: Lexicon) -> bool:
    """Tell a word that has a capital only because it begins a sentence, or a day before a name."""
    return token.lower in words.function_words or token.lower in words.calendar or token.lower in words.place_nouns


def _generic(token: Token, words: Lexicon, *, alone: bool) -> bool:
    lower = token.lower
    if not alone and lower in words.compass:
        # "Eastern Bari" is a village's name; "Eastern" is none.
        return False
    return (
        len(lower) < (3 if alone else 2)
        or token.text.isupper()
        or token.text in words.demonyms
        or lower in words.generic
        or (alone and lower in words.common_words)
        or lower in words.compass
    )
