"""Place names of an article: which words are one, how they are used, and which place they mean.

Recognition goes by context, not by lists of names: capitalised words that the gazetteer knows are weighed by titles,
given names, verbs of speech, prepositions, words such as "province" beside them, organisations they are part of and
what the same name is elsewhere in the article (:mod:`.cues`, :mod:`.people`). Then each gets its role (:mod:`.roles`),
all names are placed together (:mod:`.resolve`), and distances, directions and stretches become areas and lines of
their own (:mod:`.describe`).
"""

from __future__ import annotations

import math
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from geo import theatre
from geo.annotate.toponyms import (
    anchor,
    borders,
    coordinates,
    cues,
    describe,
    doubt,
    lands,
    loose,
    nearby,
    people,
    roles,
    written,
)
from geo.annotate.toponyms.candidates import Mention, mentions
from geo.annotate.toponyms.lexicon import lexicon
from geo.annotate.toponyms.marks import hold
from geo.annotate.toponyms.names import Names
from geo.annotate.toponyms.resolve import Name, candidates, reason, resolve
from geo.annotate.toponyms.tokens import runs
from geo.model import Candidate, Toponym, ToponymRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.annotate.toponyms.lexicon import Lexicon
    from geo.annotate.toponyms.marks import Marks
    from geo.geocoders.gazetteer import Gazetteer
    from geo.model import ActorMention, Place, Sentence

__all__ = ["find"]

TOWNS = frozenset({"city", "town", "village"})
PARTS_OF_TOWN = frozenset({"city", "suburb", "suburbs", "neighborhood", "neighbourhood"})
_ASKED: WeakKeyDictionary[Gazetteer, Names] = WeakKeyDictionary()


def find(
    text: str,
    *,
    sentences: Sequence[Sentence],
    gazetteer: Gazetteer,
    actors: Sequence[ActorMention] = (),
    language: str | None = None,  # noqa: ARG001 - part of the seam; names and cues are told by their script
    marks: Marks | None = None,
) -> tuple[Toponym, ...]:
    """Find the place names of an article and say which places they mean.

    Parameters
    ----------
    text : str
        The article's text.
    sentences : sequence of Sentence
        Its sentences, in order.
    gazetteer : Gazetteer
        Where names are looked up.
    actors : sequence of ActorMention, optional
        Actors already found: a name inside one ("Islamic Resistance in Iraq") is not taken for a place of events.
    language : str, optional
        ISO 639-1 code, where known. Names are read in any language; the cues around them are English and Arabic.
    marks : Marks, optional
        Names that another reader takes for places.

    Returns
    -------
    tuple of Toponym
        In text order, not overlapping; ``text[t.start:t.end] == t.text``.
    """
    names = _ASKED.get(gazetteer)
    if names is None:
        names = _ASKED[gazetteer] = Names(gazetteer)
    # Every name asks which theatre this is: it is made out once an article.
    with theatre.use(theatre.current()):
        return _found(text, sentences, names, actors, marks)


def _found(
    text: str,
    sentences: Sequence[Sentence],
    names: Names,
    actors: Sequence[ActorMention],
    marks: Marks | None,
) -> tuple[Toponym, ...]:
    words = lexicon()
    found_runs = runs(text, sentences)
    surnames = people.surnames(text, found_runs, names, words)
    found = mentions(text, found_runs, sentences, names, words)
    cues.score(found, surnames, words)
    found = written.take(found, text, sentences=sentences, names=names)
    cues.forget_groups(found, actors)
    if marks is not None:
        found = hold(found, marks, text, sentences=sentences, names=names)
    borders.read(found, text, names, words)
    kept = [mention for mention in found if mention.demonym or mention.score > 0]
    fought_over = lands.lands(actors)
    beside = lands.cues(fought_over, names.gazetteer) if kept else []
    given, grouped = _resolved(kept, text, words, beside)
    doubtful = [mention for mention in found if not mention.demonym and nearby.DOUBTFUL < mention.score <= 0]
    if doubtful and nearby.reconsider(doubtful, nearby.settled(grouped.values())):
        kept = [mention for mention in found if mention.demonym or mention.score > 0]
        given, grouped = _resolved(kept, text, words, beside)
    countries = loose.countries(nearby.settled(grouped.values()))
    more = loose.reread(loose.Surroundings(text, sentences, countries, surnames), kept, found_runs, names, words)
    if more is not None:
        kept = more if marks is None else [mention for mention in more if marks.allow(mention)]
        given, grouped = _resolved(kept, text, words, beside)
    read = _Read(kept, given, grouped, sentences, names, frozenset(chain.from_iterable(fought_over)))
    return coordinates.add(text, _toponyms(text, read), names.gazetteer)


def _resolved(
    kept: Sequence[Mention], text: str, words: Lexicon, beside: Sequence[Name]
) -> tuple[list[ToponymRole], dict[str, Name]]:
    """Give all names kept so far their roles, and place them together, and with what else tells of them."""
    given = roles.assign(kept, text, words)
    grouped = _grouped(kept, given, words)
    resolve([*(name for name in grouped.values() if name.places), *beside])
    return given, grouped


def _key(mention: Mention) -> str:
    if mention.demonym:
        return f"{mention.key} (people)"
    return f"{mention.key} (area)" if mention.area and not mention.key.endswith(mention.head or "?") else mention.key


def _grouped(kept: Sequence[Mention], given: Sequence[ToponymRole], words: Lexicon) -> dict[str, Name]:
    grouped: dict[str, Name] = {}
    for position, mention in enumerate(kept):
        name = grouped.get(_key(mention))
        if name is None:
            name = grouped[_key(mention)] = Name(
                _key(mention), mention.places, demonym=mention.demonym, area=mention.area
            )
            name.spelling = mention.key
            name.capital = mention.key in words.metonym_capitals
        name.count += 1
        name.town = name.town or _called_town(mention)
        if mention.demonym and mention.left_mark == "-":
            name.weight = 0.3
        if given[position] is ToponymRole.CONTAINER:
            grouped[_key(kept[position - 1])].inside.append(_key(mention))
        if given[position] is ToponymRole.METONYM and mention.key in words.metonym_capitals:
            name.government = True
    return grouped


def _called_town(mention: Mention) -> bool:
    """Tell "the city of Jalalabad", "Davao City", "Kabul city", "a Tunis suburb"."""
    if mention.left == "of" and mention.left_noun in TOWNS:
        return True
    return mention.key.endswith(" city") or (mention.right_gap == " " and mention.right in PARTS_OF_TOWN)


class _Read(NamedTuple):
    """What is known of an article's mentions before they are put together."""

    kept: list[Mention]
    given: list[ToponymRole]
    grouped: dict[str, Name]
    sentences: Sequence[Sentence]
    names: Names
    lands: frozenset[str]
    """Countries where the groups of the article fight."""


def _toponyms(text: str, read: _Read) -> tuple[Toponym, ...]:
    """Put together what is known of each mention, with the places that the words around it describe."""
    kept, given, grouped, sentences, names, fought_over = read
    chosen = [_chosen(mention, grouped) for mention in kept]
    doubted = doubt.strangers(kept, given, chosen, lands=fought_over)
    chosen = [None if mention.key in doubted else place for mention, place in zip(kept, chosen, strict=True)]
    _place_counties(kept, given, chosen, names)
    twin = partial(borders.across, names=names, words=lexicon())
    anchored = anchor.anchor(text, kept, given, chosen, twin=twin)
    for position, told in anchored.items():
        chosen[position] = told
    meant = list(chosen)
    for position, (mention, place) in enumerate(zip(kept, chosen, strict=True)):
        if place is None or given[position] is not ToponymRole.LITERAL or anchor.is_vague(place):
            continue
        low = sentences[mention.run.sentence].start if sentences else 0
        meant[position] = describe.described(text, mention, place, low, names)
        before = position - 1
        if before >= 0 and given[before] is ToponymRole.LITERAL and (other := chosen[before]) is not None:
            line = describe.stretch(text, (kept[before], mention), (other, place), low)
            if line is not None:
                meant[before] = meant[position] = line
    # Once more for what lies "in a village north of Baghdad", now that it is known where that is.
    vague = {position for position, place in anchored.items() if anchor.is_vague(place)}
    once_more = [None if position in vague else place for position, place in enumerate(meant)] if vague else []
    for position, told in (anchor.anchor(text, kept, given, once_more, twin=twin) if vague else {}).items():
        if position in vague:
            meant[position] = told
    return tuple(
        _toponym(mention, role, grouped[_key(mention)], text, place)
        for mention, role, place in zip(kept, given, meant, strict=True)
    )


def _chosen(mention: Mention, grouped: dict[str, Name]) -> Place | None:
    name = grouped[_key(mention)]
    return name.places[name.chosen] if name.chosen >= 0 else None


def _place_counties(
    kept: Sequence[Mention], given: Sequence[ToponymRole], chosen: list[Place | None], names: Names
) -> None:
    words = lexicon()
    known = [place for place in chosen if place is not None]
    placed: dict[str, Place | None] = {}
    for position, mention in enumerate(kept):
        if mention.head in words.county_heads and chosen[position] is None:
            following = position + 1
            contained = following < len(kept) and given[following] is ToponymRole.CONTAINER
            if mention.key not in placed or contained:
                placed[mention.key] = nearby.county(mention, chosen[following] if contained else None, known, names)
    for position, mention in enumerate(kept):
        if chosen[position] is None and mention.head in words.county_heads:
            chosen[position] = placed[mention.key]


def _toponym(mention: Mention, role: ToponymRole, name: Name, text: str, place: Place | None) -> Toponym:
    sure = 1.0 / (1.0 + math.exp(-mention.score)) if not mention.demonym else 0.95
    words = text[mention.start : mention.end]
    if place is None:
        why, others = _unplaced(name)
        return Toponym(mention.start, mention.end, words, role, None, round(sure, 3), why, others)
    if name.share is None or anchor.is_vague(place):
        return Toponym(mention.start, mention.end, words, role, place, round(sure * 0.3, 3), place.note or "")
    confidence = sure * float(name.share[name.chosen])
    why = reason(name, name.chosen)
    if place.note:
        why = f"{place.note}; {why}"
    return Toponym(mention.start, mention.end, words, role, place, round(confidence, 3), why, candidates(name))


def _unplaced(name: Name) -> tuple[str, tuple[Candidate, ...]]:
    """Say why a name has no place, with the places that were doubted."""
    if name.chosen < 0 or name.logits is None:
        return "not in the gazetteer", ()
    doubted = name.places[name.chosen]
    score = round(float(name.logits[name.chosen]), 2)
    first = Candidate(doubted, score, reason(name, name.chosen))
    return f"not {doubted.name} ({doubted.country}): the article tells of other countries", (first, *candidates(name))
