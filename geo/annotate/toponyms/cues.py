"""Is it a place? A sum of weighted cues, each with its reason in words.

The weights are set by hand on a scale where 1 is "rather" and 3 is "almost surely"; a sum above 0 is a place.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo import theatre
from geo.annotate.toponyms import discourse
from geo.annotate.toponyms.discourse import BIG, add
from geo.annotate.toponyms.priors import is_brook
from geo.model import ActorType, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.annotate.toponyms.candidates import Mention
    from geo.annotate.toponyms.lexicon import Lexicon
    from geo.model import ActorMention

BIAS = -1.0
KIND_WEIGHT = {
    PlaceKind.CONTINENT: 3.0,
    PlaceKind.COUNTRY: 3.0,
    PlaceKind.ADMIN1: 2.0,
    PlaceKind.ADMIN2: 2.0,
    PlaceKind.REGION: 2.5,
    PlaceKind.RIVER: 1.5,
    PlaceKind.WATER: 2.0,
    PlaceKind.BORDER: 3.0,
    PlaceKind.BASE: 1.5,
    PlaceKind.CAMP: 1.5,
    PlaceKind.DAM: 2.0,
    PlaceKind.BRIDGE: 2.0,
    PlaceKind.CROSSING: 2.0,
    PlaceKind.MOUNTAIN: 1.5,
    PlaceKind.ROAD: 3.0,
}
"""What a name of this kind is worth by itself."""
CAPITAL = 0.8
THEATRE = {"SYR": 0.8, "IRQ": 0.8, "TUR": 0.4}
"""Where every village is known and news is expected; its names are transliterated, so seldom English words."""
TOWN = 50_000
WELL_KNOWN = 300_000
"""People from which a city's name is likely the city even as the first word of a sentence."""
ALIAS_COST = -0.6
COMMON_WORD = -2.0
GIVEN_NAME = -1.2
SURNAME = -2.6
PERSON = -4.0
GROUP, NAMED_GROUP = -9.0, 0.75
"""The same for a part of a group's own name, which "the Liberation of" before it makes no place."""
PREPOSITION = 2.0
WEAK_PREPOSITION = 0.4
PLACE_NOUN_OF = 2.2
SUFFIX = 2.2
HEAD = 2.5
BASED = 2.5
ORGANISATION = -2.0
BRAND = -4.5
IN_LONGER_NAME = -2.0
TITLE = -3.0
SPEECH = -1.3
SENTENCE_START = -0.9
MULTIWORD = 0.8
THE = -1.6
LOCAL_BODY = 0.6
WITH_ARTICLE = (*BIG, PlaceKind.RIVER, PlaceKind.WATER, PlaceKind.MOUNTAIN, PlaceKind.BORDER, PlaceKind.ROAD)
"""Kinds whose names take "the"."""
_PASSIVE = frozenset({"was", "were", "is", "are", "been"})
BASED_WORDS = frozenset({"based", "area", "born", "bound", "held", "controlled"})


def score(found: Sequence[Mention], surnames: frozenset[str], words: Lexicon) -> None:
    """Score every mention in place: by itself, then by its neighbours, then by what its name is elsewhere.

    Parameters
    ----------
    found : sequence of Mention
        All of one article, in text order.
    surnames : frozenset of str
        Words that are persons' names in this article.
    words : Lexicon
        Word lists.
    """
    for mention in found:
        if mention.demonym:
            continue
        _by_itself(mention, surnames, words)
        if mention.places and mention.run.tokens[mention.first].arabic:
            _in_arabic(mention, words)
        elif mention.places:
            _by_its_run(mention, words)
            _by_neighbours(mention, words)
    discourse.by_pairs(found)
    discourse.one_sense(found)


def forget_groups(found: Sequence[Mention], actors: Sequence[ActorMention]) -> None:
    """Lower the names that are part of a group's name: "Islamic Resistance in Iraq" is nowhere."""
    position = 0
    for mention in found:
        while position < len(actors) and actors[position].end <= mention.start:
            position += 1
        if position == len(actors) or actors[position].start >= mention.end or mention.demonym:
            continue
        actor = actors[position]
        if actor.type not in (ActorType.STATE_FORCES, ActorType.EXTERNAL_FORCES, ActorType.CIVILIANS):
            named = actor.confidence >= NAMED_GROUP
            add(mention, GROUP if named else PERSON, f"part of the group's name {actor.actor}")


def _by_itself(mention: Mention, surnames: frozenset[str], words: Lexicon) -> None:
    best = mention.places[0] if mention.places else None
    mention.score = BIAS
    if mention.head:
        add(mention, HEAD, f'"{mention.head}" is part of it')
    if best is None:
        mention.score -= 0.0 if mention.head else 9.0
        return
    single = mention.first == mention.last
    if not mention.head and (
        mention.left in words.area_prefixes
        or (mention.left == "of" and mention.left_noun in words.area_suffixes)
        or (mention.right in words.area_suffixes and mention.right_gap == " " and not mention.possessive)
    ):
        mention.area = True
    weight = None if is_brook(best) else KIND_WEIGHT.get(best.kind)
    if weight is not None:
        add(mention, weight, f"{best.kind} {best.name}")
    elif best.population:
        # 1,000 people are worth nothing, a million 1.8.
        add(mention, 0.6 * (math.log10(best.population) - 3.5), f"{best.kind} of {best.population:,}")
    if mention.key in words.metonym_capitals:
        add(mention, CAPITAL, "a capital")
    here = theatre.current().weights
    mention.score += here.get(best.country or "", 0.0) if weight is None else 0.0
    if best.name.lower() != mention.key and best.kind not in BIG and best.country not in here:
        mention.score += ALIAS_COST
    if not single:
        mention.score += MULTIWORD
    if single and mention.key in words.common_words:
        add(mention, COMMON_WORD, "an ordinary word too")
    if single and best.kind is not PlaceKind.COUNTRY and mention.key in words.given_names:
        add(mention, GIVEN_NAME, "a given name too")
    if single and mention.key in surnames:
        add(mention, SURNAME, "a person's name in this article")
    if best.kind not in BIG:
        opening = single and mention.run.sentence_start and mention.first == 0
        well_known = best.population > WELL_KNOWN or mention.key in words.metonym_capitals
        mention.score += SENTENCE_START * (opening + mention.run.headline) * (0.3 if well_known else 1.0)


def _by_its_run(mention: Mention, words: Lexicon) -> None:
    """Other capitalised words right beside it."""
    run, tokens = mention.run, mention.run.tokens
    if any(position in run.persons for position in range(mention.first, mention.last + 1)):
        add(mention, PERSON, "part of a person's name")
        return
    if mention.last + 1 < len(tokens):
        following = tokens[mention.last + 1]
        if not following.soft:
            _following(mention, following.lower, words)
    if mention.first:
        before = tokens[mention.first - 1]
        _preceding(mention, before.lower, before.text, words, soft=tokens[mention.first].soft)


def _in_arabic(mention: Mention, words: Lexicon) -> None:
    """Weigh a name in Arabic script, where no capital tells it from a common word."""
    before = mention.run.tokens[mention.first - 1].text if mention.first else mention.left
    bare = before.lstrip("\u0648") if len(before) > 3 else before
    mention.area = bare in words.arabic_area_nouns
    if bare in words.arabic_place_nouns or before in words.arabic_place_nouns:
        add(mention, PLACE_NOUN_OF, f"after {before}")
    elif bare in words.arabic_prepositions or before in words.arabic_prepositions:
        add(mention, PREPOSITION, f"after {before}")
    elif mention.places[0].kind not in BIG:
        add(mention, COMMON_WORD, "nothing beside it tells of a place")


def _following(mention: Mention, lower: str, words: Lexicon) -> None:
    """Weigh the capitalised word after it."""
    if mention.possessive or lower in words.calendar or lower in words.demonyms or mention.right_gap[:1] == "-":
        return
    if lower in words.function_words and lower not in words.local_bodies:
        return
    big = mention.places[0].kind in BIG
    if lower in words.place_heads:
        add(mention, HEAD, f'"{lower}" follows')
    elif lower in words.brand_heads:
        add(mention, BRAND, f'"{lower}" follows: a name of something else')
    elif lower in words.local_bodies:
        add(mention, LOCAL_BODY, f'"{lower}" follows')
    elif lower in words.organisation_heads:
        add(mention, ORGANISATION, f'"{lower}" follows: a name of something else')
    elif lower.rstrip(".") in words.titles:
        mention.score += WEAK_PREPOSITION
    elif mention.run.headline or mention.run.shouting or big:
        mention.score += 0.5 * IN_LONGER_NAME
    else:
        add(mention, _longer(mention), "begins a longer name")


def _preceding(mention: Mention, lower: str, surface: str, words: Lexicon, *, soft: bool) -> None:
    """Weigh the capitalised word before it."""
    if lower in words.function_words:
        if lower in words.place_prepositions:
            add(mention, PREPOSITION, f'after "{lower}"')
        return
    if soft:
        if mention.left == "of" and lower in words.place_heads:
            add(mention, PLACE_NOUN_OF, f'after "{lower} of"')
        elif mention.left == "of" and lower in words.organisation_heads:
            add(mention, 0.5 * ORGANISATION, f'after "{lower} of"')
        else:
            # "on Saturday in Jalalabad": the word between is what stands before it.
            _word_before(mention, mention.left, words)
        return
    if lower in words.area_prefixes:
        mention.area = True
    if lower in words.compass or lower in words.calendar or surface.title() in words.demonyms:
        mention.score += WEAK_PREPOSITION
    elif len(lower) == 1 and mention.text[0].isupper():
        add(mention, BASED, "after a party's letter")
    elif lower.rstrip(".") in words.titles:
        add(mention, TITLE, f'after the title "{lower}"')
    elif lower in words.place_openers or lower in words.place_heads:
        mention.score += WEAK_PREPOSITION
    elif mention.run.headline or mention.run.shouting:
        mention.score += 0.5 * IN_LONGER_NAME
    else:
        add(mention, _longer(mention), "ends a longer name")


def _longer(mention: Mention) -> float:
    """Weigh the longer name that a name is part of: of a village's name little is left then."""
    return IN_LONGER_NAME if mention.places[0].population > TOWN else 1.5 * IN_LONGER_NAME


def _by_neighbours(mention: Mention, words: Lexicon) -> None:
    """Weigh the words in lower case beside it."""
    if mention.first == 0 and mention.left:
        _word_before(mention, mention.left, words)
    if mention.last + 1 == len(mention.run.tokens):
        _word_after(mention, mention.right, words)


def _word_before(mention: Mention, left: str, words: Lexicon) -> None:
    alone = mention.last + 1 == len(mention.run.tokens)
    if left in words.place_prepositions:
        add(mention, PREPOSITION, f'after "{left}"')
    elif left == "of" and mention.left_noun in words.place_nouns:
        add(mention, PLACE_NOUN_OF, f'after "{mention.left_noun} of"')
    elif left in words.weak_prepositions:
        mention.score += WEAK_PREPOSITION
    elif left in words.titles:
        # "the deputy Middle East director": nobody is called by two words that are a region.
        if mention.first == mention.last or mention.places[0].kind not in BIG:
            add(mention, TITLE, f'after the title "{left}"')
    elif left == "the":
        if alone and mention.places[0].kind not in WITH_ARTICLE and mention.right not in words.place_suffixes:
            add(mention, THE, 'after "the"')
    elif left in words.compass or left in words.place_nouns or left in words.attack_words:
        add(mention, PREPOSITION, f'after "{left}"')


def _word_after(mention: Mention, right: str, words: Lexicon) -> None:
    gap = mention.right_gap
    if mention.apposed:
        add(mention, SUFFIX, "the text calls it a place")
    if gap == "-" and right in BASED_WORDS:
        add(mention, BASED, f'"-{right}" follows')
    elif gap not in (" ", "\u00a0") or mention.possessive:
        return
    elif right in _PASSIVE and mention.right_second in words.place_passives:
        add(mention, PREPOSITION, f'"{right} {mention.right_second}" follows')
    elif right in words.media:
        add(mention, BRAND, f'before "{right}": the name of something else')
    elif right in words.place_suffixes:
        add(mention, SUFFIX, f'before "{right}"')
    elif (
        right in words.speech_verbs and mention.places[0].kind not in BIG and mention.key not in words.metonym_capitals
    ):
        add(mention, SPEECH, f'before "{right}"')
