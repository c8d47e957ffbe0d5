"""How a place name is used: the place itself, a government, a people, a dateline, a container."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.annotate.toponyms.discourse import contains
from geo.model import PlaceKind, ToponymRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.annotate.toponyms.candidates import Mention
    from geo.annotate.toponyms.lexicon import Lexicon

_DATELINE = re.compile(
    r"(?:, [A-Z][\w. \u2019'-]{1,30})?(?: ?[(/][A-Z][\w ./-]{0,30}\)?)?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r" ?(?:[\u2014\u2013]|--|-) ?"
)
_APPOSITION = re.compile(
    r"(?: (?:province|governorate|region|district|state|city|town|village|area))?"
    r",? (?:in|(?:which |that )?(?:lies|is located|is|located|situated) in|(?:a|an|the) [a-z -]{3,40} (?:in|of))"
    r" (?:the )?(?:[a-z -]{3,30} (?:of )?(?:the )?)?\Z"
)
_JOINED = re.compile(r",? (?:and|or) (?:the )?\Z|, \Z")
_WORDS_BEFORE = re.compile(r"[\w'\u2019-]+")
_AUXILIARIES = frozenset(["is", "was", "has", "had", "have", "will", "would", "could", "also"])
STATES = (PlaceKind.COUNTRY, PlaceKind.CONTINENT)
_LOCATIVES = frozenset(
    {
        "in",
        "at",
        "near",
        "inside",
        "outside",
        "around",
        "across",
        "throughout",
        "within",
        "into",
        "northern",
        "southern",
        "eastern",
        "western",
    }
)
_DEALING = frozenset({"between", "to", "from", "toward", "towards"})
"""Prepositions of place that also stand before those one deals with."""
LOOK_BACK = 60


def assign(kept: Sequence[Mention], text: str, words: Lexicon) -> list[ToponymRole]:
    """Give each mention its role.

    Parameters
    ----------
    kept : sequence of Mention
        Those read as places or demonyms, in text order.
    text : str
        The article's text.
    words : Lexicon
        Word lists.

    Returns
    -------
    list of ToponymRole
        One per mention.
    """
    given: list[ToponymRole] = []
    for position, mention in enumerate(kept):
        before = kept[position - 1] if position else None
        if mention.demonym:
            role = ToponymRole.DEMONYM
        elif _is_dateline(mention, text):
            role = ToponymRole.DATELINE
        elif before is not None and not before.demonym and _is_container(mention, before, text):
            role = ToponymRole.DATELINE if given[-1] is ToponymRole.DATELINE else ToponymRole.CONTAINER
        elif before is not None and _goes_on(mention, before, given[-1], text):
            role = given[-1]
        elif _is_metonym(mention, text, words):
            role = ToponymRole.METONYM
        else:
            role = ToponymRole.LITERAL
        given.append(role)
    _coordinate(kept, given, text, words)
    return given


def _is_dateline(mention: Mention, text: str) -> bool:
    """Tell a dateline, "ERBIL, Kurdistan Region - ": it opens a paragraph, and a dash follows."""
    start = mention.run.tokens[0].start
    if mention.first or (
        start and text[start - 1] not in "\n\r" and text[max(0, start - 2) : start] not in (". ", ".\u00a0")
    ):
        return False
    if not (mention.run.sentence_start or start == 0):
        return False
    match = _DATELINE.match(text, mention.run.tokens[-1].end)
    if match is None:
        return False
    ends = match.group()
    return ends.endswith(" ") and (ends[0] in " ,(/" or ends.strip()[0] in "\u2014\u2013") and not ends.startswith("- ")


def _is_container(mention: Mention, before: Mention, text: str) -> bool:
    gap = mention.start - before.end
    if gap < 1 or gap > LOOK_BACK or mention.run.sentence != before.run.sentence:
        return False
    between = text[before.end : mention.start]
    if between in (", ", " (") or _APPOSITION.match(between):
        return bool(mention.places) and bool(before.places or before.head) and contains(mention, before)
    return False


def _goes_on(mention: Mention, before: Mention, role: ToponymRole, text: str) -> bool:
    """Tell that the second of "in Syria and Iraq" is what the first is, whatever follows."""
    if before.demonym or before.left not in _LOCATIVES or role is not ToponymRole.LITERAL:
        return False
    return 1 < mention.start - before.end < 12 and _JOINED.match(text[before.end : mention.start]) is not None


def _is_metonym(mention: Mention, text: str, words: Lexicon) -> bool:
    """Tell that a government speaks, acts or is dealt with."""
    if not mention.places:
        return False
    state = mention.places[0].kind in STATES
    capital = mention.key in words.metonym_capitals
    left = mention.left_noun if mention.left == "the" else mention.left
    if not (state or capital) or (left in words.place_prepositions and left not in _DEALING):
        return False
    if left in words.attack_words or left in words.compass:
        return False
    if (state and _attributive(mention, words)) or _dealt_with(mention, left, text, words):
        return True
    if mention.right_gap in (" ", ", ") and not mention.possessive and left not in ("of", "for", "from", "to"):
        verbs = words.capital_verbs if capital else words.government_verbs
        acts = mention.right in _AUXILIARIES and (mention.right_second in verbs or mention.right_second.endswith("ing"))
        if mention.right in verbs or acts:
            return True
    if capital and mention.possessive and (mention.right in words.dealings or mention.right in words.government_nouns):
        return True
    if capital and mention.right == "to" and mention.right_gap == " " and mention.run.sentence_start:
        # A headline: "Ankara to Moscow: ..."
        return True
    return capital and (left in words.urging or left == "both")


def _attributive(mention: Mention, words: Lexicon) -> bool:
    """Tell an adjective in all but form: "US forces", "the U.S. Army"."""
    if mention.text.rstrip(".") not in ("US", "U.S", "UK", "U.K", "UN", "EU", "UAE", "U.A.E"):
        return mention.right_gap == "-" and mention.right in (
            "led",
            "backed",
            "sponsored",
            "brokered",
            "supported",
            "made",
            "funded",
        )
    if mention.right_gap == "-":
        return mention.right not in ("based", "born")
    if mention.last + 1 < len(mention.run.tokens) and not mention.run.tokens[mention.last + 1].soft:
        return True
    return mention.right_gap == " " and mention.right in words.government_nouns


def _dealt_with(mention: Mention, left: str, text: str, words: Lexicon) -> bool:
    """Tell "talks with Damascus", "deals reached with Moscow and Washington", "ties between Ankara and Damascus"."""
    if left not in ("with", "between", "by", "to", "from", "of", "on", "against", "for", "and", "both"):
        return False
    low = text.rfind("\n", 0, mention.start) + 1
    found = _WORDS_BEFORE.findall(text[max(low, mention.start - LOOK_BACK) : mention.start].lower())[-6:]
    if left in ("to", "from", "on", "of", "for", "against"):
        # Only with the word itself beside it: "a message to Ankara", not "talks on a road to Damascus".
        return len(found) > 1 and found[-2] in words.dealings and mention.key in words.metonym_capitals
    return any(word in words.dealings for word in found[:-1])


def _coordinate(kept: Sequence[Mention], given: list[ToponymRole], text: str, words: Lexicon) -> None:
    """Make the first of "Both Moscow and Washington agreed" what the second is, and the other way round."""
    metonym, literal = ToponymRole.METONYM, ToponymRole.LITERAL
    for position in range(1, len(kept)):
        one, other = kept[position - 1], kept[position]
        pair = (given[position - 1], given[position])
        if metonym not in pair or literal not in pair or one.demonym or other.demonym:
            continue
        if not _JOINED.match(text[one.end : other.start]) or _attributive(one, words) or _attributive(other, words):
            continue
        for mention in (one, other):
            state = bool(mention.places) and mention.places[0].kind in STATES
            if mention.key not in words.metonym_capitals and not state:
                break
        else:
            if one.left not in words.place_prepositions or one.left in ("between", "to", "from"):
                given[position - 1] = given[position] = metonym
