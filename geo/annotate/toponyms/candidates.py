"""Stretches of capitalised runs that could be a place's name, with what stands around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.geocoders.names import fold
from geo.model import POINT_KINDS, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.annotate.toponyms.lexicon import Lexicon
    from geo.annotate.toponyms.names import Names
    from geo.annotate.toponyms.tokens import Run
    from geo.model import Place, Sentence

MAX_WORDS = 6
"""Longest name looked up, in capitalised words."""
_LOOK = 40
RURAL = "rural "
_QUOTES = "\"\u201c\u2018'(["
_OPEN = ' \u00a0\t\n"\u201c\u2018(['
_APPOSED = re.compile(
    r", (?:which is |once )?(?:a|an|the) (?:[\w'\u2019-]+ ){0,4}(?:town|city|village|hamlet|suburb|district|province"
    r"|region|capital|county|island|port|neighbou?rhood|camp|settlement)\b"
)
_SITE = re.compile(r" ([a-z]{3,})(?: ([a-z]{3,}))?\b")
_NUMBERED = re.compile(r"-\d")
_ROAD = re.compile(r"[A-Z]-?\d{1,3}")
_HIGHWAY = re.compile(r"\b[A-Z]-?\d{1,3} ((?:international )?(?:highway|motorway|road))\b")
_NEXT = re.compile(r"(?:['\u2019]s?\b)?([-\u2013 \u00a0,]*)([^\W\d_][\w'\u2019-]*)?(?: ([^\W\d_]+))?")


@dataclass(slots=True)
class Mention:
    """A stretch of text that may name a place."""

    start: int
    end: int
    text: str
    run: Run
    first: int
    """Position of its first token in the run."""
    last: int
    """Position of its last token in the run."""
    places: tuple[Place, ...]
    key: str
    """Name in lower case: mentions with one key share one sense."""
    demonym: bool = False
    head: str = ""
    """Generic word that is part of it ("county", "province"), where the whole is not in the gazetteer."""
    area: bool = False
    """The text says that it is an area: "Aleppo province", "rural Idlib"."""
    left: str = ""
    """Word before, in lower case, if only a blank or an opening quotation mark lies between."""
    left_noun: str = ""
    """Word before that one."""
    left_mark: str = ""
    """Punctuation mark right before, if any."""
    right: str = ""
    """Word after, in lower case."""
    right_second: str = ""
    """Word after that one."""
    right_gap: str = ""
    """What lies between it and the word after."""
    possessive: bool = False
    loose: bool = False
    """Its places have this name in another spelling only."""
    apposed: bool = False
    """The text says what it is: "Kobani, a small town on the border"."""
    listed: bool = False
    """It is a place only because others of its list are: what follows is the next of the list, not what it lies in."""
    score: float = 0.0
    why: list[str] = field(default_factory=list)


def mentions(
    text: str, found: Sequence[Run], sentences: Sequence[Sentence], names: Names, words: Lexicon
) -> list[Mention]:
    """Cut the runs of a text into names the gazetteer knows, the longest first.

    Parameters
    ----------
    text : str
        The article's text.
    found : sequence of Run
        Its runs of capitalised words.
    sentences : sequence of Sentence
        Its sentences.
    names : Names
        The gazetteer, with what it was asked before.
    words : Lexicon
        Word lists.

    Returns
    -------
    list of Mention
        In text order, not overlapping, each with its neighbours.
    """
    listed = []
    for run in found:
        low = sentences[run.sentence].start if sentences else 0
        high = sentences[run.sentence].end if sentences else len(text)
        for mention in _in_run(text, run, names, words):
            look_around(text, mention, low, high)
            listed.append(mention)
    return listed


def _in_run(text: str, run: Run, names: Names, words: Lexicon) -> Iterator[Mention]:
    _tokens, position, count = run.tokens, 0, len(run.tokens)
    while position < count:
        for last in range(min(count, position + MAX_WORDS) - 1, position - 1, -1):
            mention = _known(text, run, position, last, names, words)
            if mention is not None:
                mention = _with_site(text, _with_head(text, mention, words), names, words)
                if mention.key not in words.not_places:
                    yield mention
                position = mention.last
                break
        else:
            mention = _unknown(text, run, position, words)
            if mention is not None:
                yield mention
                position = mention.last
        position += 1


def _known(text: str, run: Run, first: int, last: int, names: Names, words: Lexicon) -> Mention | None:
    """Make a mention of tokens `first` to `last`, if they are a known name or demonym."""
    tokens = run.tokens
    single = first == last
    if single and tokens[first].lower in words.function_words and not tokens[first].text.isupper():
        return None
    if single and tokens[first].lower in words.nameless:
        return None
    start, end = tokens[first].start, tokens[last].end
    surface = text[start:end] if not single else tokens[first].text
    lower = surface.lower()
    if single or last - first == 1:
        title = surface if not surface.isupper() else surface.title()
        meant = words.demonyms.get(title)
        if meant is not None:
            return Mention(start, end, surface, run, first, last, names.lookup(meant), lower, demonym=True)
    if text[end : end + 1] == "$" or _NUMBERED.match(text, end, end + 3):
        # "US$5", "US-24": money and roads.
        return None
    full = words.abbreviations.get(lower.rstrip("."))
    if full is not None and not (lower.startswith("b.c") and text[max(0, start - 2) : start - 1].isdigit()):
        # "Pa." needs its stop; "N.Y" has one within, and takes the last one with it.
        stopped = lower.endswith(".")
        end += not stopped and text[end : end + 1] == "."
        if "." in text[start:end]:
            return Mention(start, end, text[start:end], run, first, last, names.lookup(full), full.lower(), area=True)
    if len(surface) < 2:
        return None
    if single and _is_acronym(surface, run) and lower not in words.place_acronyms:
        return _road(text, run, first, names)
    other = words.known_as.get(surface)
    if other is not None:
        places = tuple(dict.fromkeys((*names.lookup(other), *names.lookup(surface))))
        return Mention(start, end, surface, run, first, last, places, lower)
    places = names.lookup(surface)
    if len(surface) <= 3 and places and surface.isascii():
        # Three letters are an alias of too many towns.
        places = tuple(p for p in places if fold(p.name) == fold(surface) or p.kind is PlaceKind.COUNTRY)
    if not places and single and tokens[first].arabic and surface[0] in "بولفك" and len(surface) > 3:
        # One-letter prepositions and "and" are written to the word in Arabic.
        places = names.lookup(surface[1:])
        start, surface = start + 1, surface[1:]
    if not places:
        return None
    return Mention(start, end, surface, run, first, last, places, lower)


def _road(text: str, run: Run, position: int, names: Names) -> Mention | None:
    """Take "M4 highway", and the "M4" of an article that has told it to be one: a rifle has the name too."""
    token = run.tokens[position]
    number = _ROAD.fullmatch(token.text)
    if number is None or (called := _HIGHWAY.search(text)) is None:
        return None
    here = _HIGHWAY.match(text, token.start)
    if here is None and f"{token.text} {called.group(1)}" not in text:
        return None
    places = tuple(place for place in names.lookup(f"{token.text} highway") if place.kind is PlaceKind.ROAD)
    if not places:
        return None
    end = here.end() if here else token.end
    return Mention(token.start, end, text[token.start : end], run, position, position, places, token.lower)


def _with_head(text: str, mention: Mention, words: Lexicon) -> Mention:
    """Take "Province" into "Aleppo Province" and "County" into "Scott County"."""
    tokens = mention.run.tokens
    if mention.demonym or not mention.places or mention.last + 1 >= len(tokens):
        return mention
    head = tokens[mention.last + 1]
    if head.soft or text[mention.end : head.start] != " ":
        return mention
    county = head.lower in words.county_heads
    feature = head.lower in words.feature_heads and mention.places[0].kind in POINT_KINDS
    if not (county or feature or head.lower in words.area_heads):
        return mention
    mention.last += 1
    mention.end, mention.head, mention.area = head.end, head.lower, not feature
    mention.text = text[mention.start : mention.end]
    if county or (feature and head.lower not in words.site_heads):
        # The river is not in the village of its name; the airport is.
        mention.key, mention.places = mention.text.lower(), ()
    return mention


def _with_site(text: str, mention: Mention, names: Names, words: Lexicon) -> Mention:
    """Take "camp" into "al-Hol camp", where the gazetteer knows the two together as another place."""
    if mention.demonym or mention.head:
        return mention
    if mention.start >= len(RURAL) and text[mention.start - len(RURAL) : mention.start].lower() == RURAL:
        # "rural Damascus" is a province of its own.
        mention.places = names.lookup(RURAL + mention.text) or mention.places
    found = _SITE.match(text, mention.end, mention.end + _LOOK)
    for end in () if found is None else (found.end(2), found.end(1)):
        site = text[mention.end + 1 : end]
        if end > mention.end and site in words.site_words:
            places = names.lookup(text[mention.start : end])
            if places:
                mention.end, mention.text, mention.places = end, text[mention.start : end], places
                mention.key, mention.area = mention.text.lower(), site in words.area_suffixes
                break
    return mention


def _unknown(text: str, run: Run, position: int, words: Lexicon) -> Mention | None:
    """Take a name that the gazetteer lacks but whose generic word tells what it is: "Orange Township"."""
    if position + 1 >= len(run.tokens):
        return None
    token, other = run.tokens[position], run.tokens[position + 1]
    if other.soft or text[token.end : other.start] != " " or position in run.persons:
        return None
    name, head = (other, token) if token.lower in words.feature_openers else (token, other)
    if head is other and not (head.lower in words.county_heads or head.lower in words.feature_heads):
        return None
    if name.lower in words.nameless or name.lower in words.function_words or name.text in words.demonyms:
        return None
    surface = text[token.start : other.end]
    return Mention(
        token.start, other.end, surface, run, position, position + 1, (), surface.lower(), head=head.lower, area=True
    )


def _is_acronym(surface: str, run: Run) -> bool:
    return (
        surface.isupper()
        and surface.isascii()
        and (len(surface) <= 3 or (len(surface) <= 6 and not run.sentence_start and not run.headline))
    )


def look_around(text: str, mention: Mention, low: int, high: int) -> None:
    """Note the words and marks around a mention, within the offsets of its sentence."""
    before = text[max(low, mention.start - _LOOK) : mention.start].rstrip(_OPEN)
    if before:
        mark = before[-1]
        if mark.isalnum() or mark in "'\u2019":
            pieces = before.rsplit(None, 2)
            mention.left = pieces[-1].lstrip(_QUOTES).lower()
            if len(pieces) > 1 and pieces[-2][-1] not in ",.;:!?)" and pieces[-1][0] not in _QUOTES:
                mention.left_noun = pieces[-2].lstrip(_QUOTES).lower()
        else:
            mention.left_mark = mark
    after = _NEXT.match(text, mention.end, min(high, mention.end + _LOOK))
    if after is not None:
        mention.right_gap = after.group(1)
        mention.right = (after.group(2) or "").lower()
        mention.right_second = (after.group(3) or "").lower()
        mention.apposed = mention.right_gap == ", " and _APPOSED.match(text, mention.end, high) is not None
        mention.possessive = text[mention.end : mention.end + 1] in ("'", "\u2019")
