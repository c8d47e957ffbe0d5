"""What a text itself says of a name that no gazetteer has: that it is a village, where it lies, what it is listed with.

"Habhub is a village in northern Iraq", "at Shorgali, 20 km north of Mosul" and "the hamlets of Umbazra and Kafrtun" all
tell of places, whoever knows them.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geo.annotate.toponyms.candidates import Mention
    from geo.annotate.toponyms.lexicon import Lexicon

MAX_BETWEEN = 80
"""Characters between a name and the one it is said to lie in or near."""
LONGEST_JOINT = 12
LOOK_BACK = 60
LISTED = 0.4
"""Score of a name that is a place only because others in its list are."""
WITHIN = re.compile(
    r"['\u2019]?(?: (?:city|town|village|district|area|countryside))?,?"
    r"(?: (?:in|of))?(?: the)?(?: (?:[a-z-]+ern|north|south|east|west|central|rural|countryside of)){0,2} \Z"
)
_AMOUNT = (
    r"(?:(?:just|about|around|some|roughly|nearly|approximately|less than|more than|only) )?"
    r"(?:\d{1,3}(?:[.,]\d{1,2})?|one|two|three|four|five|six|seven|eight|nine|ten|a few|several|dozens of)"
    r"[- ]?(?:kms?|kilomet(?:er|re)s?|miles?|mi)\b"
    r"(?: \([^()]{1,24}\))? "
)
_COMPASS = r"(?:to the )?(?:north|south|east|west)(?:[- ]?(?:east|west))?(?:ern)? (?:of|from) "
_KIND = r"(?:the )?(?:[a-z-]{2,16},? ){0,4}\Z"
_OFF = re.compile(
    r",? (?:(?:a|the) (?:[a-z-]{2,16} ){1,3}|)(?:which (?:is|lies) |that (?:is|lies) |located |situated )?"
    rf"(?:(?:just |immediately )?{_COMPASS}|{_AMOUNT}(?:{_COMPASS}|(?:away )?from |outside )"
    rf"|(?:on the outskirts of|not far from|close to|near|outside) ){_KIND}"
)
_IS_A = re.compile(
    r"(?: \([^()]{1,120}\))?,? (?:is|was) (?:a|an|the) (?:[\w'\u2019-]+ ){0,4}?"
    r"(?:town|city|village|hamlet|suburb|district|subdistrict|neighbou?rhood|settlement|municipality|commune|island)"
    r" (?:in|of|on|near|north|south|east|west|located|situated|about|outside)\b"
)
_AND = re.compile(r",? (?:and|or) (?:in |at )?\Z")
_COMMA = re.compile(r", (?:in |at )?\Z")
_PLURALS = (
    "villages towns cities hamlets settlements districts suburbs neighbourhoods neighborhoods areas provinces"
    " communities governorates localities camps states counties places"
)
_SEVERAL = re.compile(rf"\b(?:{_PLURALS.replace(' ', '|')})\b[^.;:]{{0,40}}\Z")
_TOGETHER = frozenset(_PLURALS.split())
_DIVISIONS = frozenset(
    {"province", "state", "county", "district", "territory", "governorate", "region", "zone", "local"}
)
_LOCATIVES = frozenset({"in", "at", "near", "around", "outside", "inside", "across", "throughout", "into"})
"""Prepositions after which only places are listed; "between" and "to" take parties as well."""
_SINGULAR = frozenset({"is", "was", "has"})
"""After several names these tell that the last begins a clause of its own."""
_INCLUDING = frozenset({"including", "namely"})


def within(between: str) -> bool:
    """Tell that what stands between two names puts the first into the second: "Houn in central Libya"."""
    return WITHIN.match(between) is not None and (" in " in between or " of " in between)


def beside(between: str) -> bool:
    """Tell that it puts the first near the second: "Shorgali, 20 km north of Mosul"."""
    return len(between) < MAX_BETWEEN and _OFF.match(between) is not None


def in_division(mention: Mention, outer: Mention, between: str) -> bool:
    """Tell "in Rukubi, Doma district" and "in Kabanda, Rutshuru territory": what follows says where the first lies."""
    if mention.left not in ("in", "near") or between != ", ":
        return False
    state = bool(outer.places) and outer.places[0].kind is PlaceKind.ADMIN1
    return state or outer.area or bool(outer.head) or (outer.right_gap == " " and outer.right in _DIVISIONS)


def is_a_place(text: str, mention: Mention, high: int) -> bool:
    """Tell that the sentence says what a name is: "Habhub (Arabic: ...) is a village in northern Iraq"."""
    begins = mention.right in ("is", "was") or text.startswith(" (", mention.end)
    return begins and _IS_A.match(text, mention.end, high) is not None


def several(text: str, mention: Mention, low: int) -> bool:
    """Tell that a name comes after "towns in the north including"."""
    return (
        mention.left in _INCLUDING
        and _SEVERAL.search(text[max(low, mention.start - LOOK_BACK) : mention.start]) is not None
    )


def lists(text: str, every: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Find the lists of names of a text: "A and B", "A, B and C".

    Parameters
    ----------
    text : str
        The article's text.
    every : sequence of Mention
        Names and what could be one, in text order, not overlapping.

    Yields
    ------
    list of Mention
        Two or more that stand in one list, the last after "and" or "or".
    """
    some: list[Mention] = list(every[:1])
    for one, other in pairwise(every):
        if other.start - one.end > LONGEST_JOINT:
            some = [other]
            continue
        between = text[one.end : other.start]
        if _AND.match(between) and not other.possessive:
            yield [*some, other]
            some = [other]
        elif _COMMA.match(between):
            some.append(other)
        else:
            some = [other]


def listed_with(some: Sequence[Mention], known: Callable[[Mention], bool], text: str, words: Lexicon) -> list[Mention]:
    """Give the members of a list that are places because the others are.

    Parameters
    ----------
    some : sequence of Mention
        A list of names.
    known : callable
        Tells which are places already.
    text : str
        The article's text.
    words : Lexicon
        Word lists.

    Returns
    -------
    list of Mention
        Empty unless a preposition of place stands before the list and nobody in it speaks.
    """
    first, last = some[0], some[-1]
    together = last.right_gap == " " and last.right in _TOGETHER
    if not (together or any(map(known, some))) or last.right in words.speech_verbs or last.right in _SINGULAR:
        return []
    if last.possessive:
        return []
    if together:
        # "Agoudou, Yassen and Ngouyan villages".
        return [mention for mention in some if not known(mention)]
    if last.right in words.organisation_heads or last.right.removesuffix("s") in words.organisation_heads:
        # "near Rivers and Stokes avenues".
        return []
    called = first.left == "of" and (first.left_noun in words.settlements or first.left_noun in words.places)
    if not (called or first.left in _LOCATIVES or several(text, first, 0)):
        return []
    return [mention for mention in some if not known(mention)]
