"""Groups that no list knows, told by the shape of their names: "the militia Sons of X", "the X clan", "(FPX)"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from geo.annotate.actors.pairs import paired
from geo.model import ActorMention, ActorType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.annotate.actors.lexicon import Lexicon, Term

WORD = re.compile(r"[\w’'.-]+")
"""A word of a name, with the signs inside it."""
SHAPED = 0.75
"""Confidence in a name told only by its shape."""
_UNNAMED = 0.7
_WORD = r"(?:al-|Al-|el-|ul-)?[A-Z][\w'’-]*"
_GROUP_END = re.compile(
    r"(?:group|militia|gang|movement|network|sect|faction|organi[sz]ation|cartel|cult)$", re.IGNORECASE
)
_NAME_AFTER = re.compile(
    rf",?\s(?:known as |called |named |calling itself )?(?:the )?[\"'“‘]?"
    rf"({_WORD}(?:\s(?:(?:of|for|the|de|da|do|du|and)\s){{0,2}}{_WORD}){{0,6}})"
)
_APPOSED_TO = re.compile(
    rf"({_WORD}(?:\s(?:(?:of|for|the|de|da)\s){{0,2}}{_WORD}){{0,5}})(?:\s\([A-Z-]{{2,8}}\))?,\san?\s(?:[\w-]+\s){{0,3}}$"
)
_CALLED = re.compile(r",?\s(?:known as|called|named|calling itself)\s")
_ACRONYM = re.compile(r"[\"'”’]?\s?[(\[]([A-Z][A-Za-z0-9]*[A-Z0-9](?:-[A-Z][A-Za-z0-9]*)?)[)\]]")
_CAPITALS = re.compile(r"\b[A-Z]\w*")
_HYPHENED = re.compile(r"-\w+")
_LINK = re.compile(
    r"\s(?:who (?:are|were) )?(?:from|of|belonging to|loyal to|allied (?:to|with)|affiliated (?:to|with)|linked to|"
    r"(?:(?:but|and|who (?:are|were)) )?(?:suspected|believed|thought|alleged|said) to be(?: from| of| members of)?)"
    r"\s(?:the\s)?(?:[a-z-]+\s){0,2}[\"'“‘]?"
)
_SUSPECTED = re.compile(
    r",?\s(?:who (?:are|were) )?(?:suspected|believed|alleged|thought|said) to be"
    rf"(?: from| of| members of)?(?: the)? ({_WORD}(?:\s{_WORD})?)"
)
_PEOPLE_END = re.compile(r"(?:clans?|tribes?|sub-?clans?|sub-?tribes?|communit(?:y|ies)|groups?)$")
_JOINED = re.compile(
    rf"({_WORD}(?:,\s{_WORD}){{0,3}}),?\sand\s(?:the\s)?(?:(?:mainly|mostly|rival)\s)?(?:{_WORD}[\s/])?$"
)
_FOR = re.compile(r"\s(?:for|of)(?:\sthe)?(?:\s(?:of\s|and\s)?(?:the\s)?[A-Z][\w'’-]+){1,6}")
_SIDE = re.compile(
    r"\b(?:between|by|among|clash(?:es|ed) with|fought(?: with)?|suspected|blamed on|fighting with)\s"
    r"(?:(?:the|members|of|rival|two|some|mainly|mostly|[A-Z]\w+|and)[\s/]){0,5}$"
)
_ARMED_SIDES = frozenset({ActorType.REBEL_GROUP, ActorType.POLITICAL_MILITIA, ActorType.IDENTITY_MILITIA})
_PEOPLE = frozenset({ActorType.CIVILIANS, ActorType.IDENTITY_MILITIA})
_ANYBODY = frozenset({"people", "persons", "men", "person", "man"})
"""Words for those of whom only a suspicion says who they are."""
_REACH = 60


def name_groups(text: str, mentions: Sequence[ActorMention], lists: Lexicon) -> list[ActorMention]:
    """Give unnamed groups the names that stand beside them, and find those names again.

    Parameters
    ----------
    text : str
        The body of an article.
    mentions : sequence of ActorMention
        What the lists found, in text order.
    lists : Lexicon
        The actor lists.

    Returns
    -------
    list of ActorMention
        In text order, without overlaps.
    """
    made: list[ActorMention] = []
    for index, found in enumerate(mentions):
        if made and found.start < made[-1].end:
            continue
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        mention = _named_before(text, _named_after(text, found, following, lists), made[-1].end if made else 0, lists)
        mention = _sided(text, _suspected(text, mention, following, lists))
        if (both := paired(text, mention, lists)) is not None and (following is None or following.start >= both[0].end):
            made += both
            continue
        if made and (linked := _linked(text, made[-1], mention)) is not None:
            made[-1] = linked
            continue
        made += [*_joined(text, mention, made[-1].end if made else 0, lists), mention]
    known = {
        short.group(1): mention
        for mention in made
        if mention.type in _ARMED_SIDES and (short := _ACRONYM.match(text, mention.end))
    }
    return _with_short_names(text, made, known) if known else made


def shaped(lists: Lexicon, text: str, start: int, end: int, term: Term) -> ActorMention | None:
    """Name a group that no list has by the capitals before "Front", "Brigade", "clan", and what it is for after it."""
    begin, named = words_before(lists, text, start)
    if text[begin : begin + 4] in {"The ", "the "}:
        begin += 4
    after = None if term.written.islower() else _FOR.match(text, end)
    if not named and after is None:
        return None
    end = after.end() if after else end
    words = text[begin:end].replace("\n", " ")
    return ActorMention(begin, end, text[begin:end], words, term.type, SHAPED)


def words_before(lists: Lexicon, text: str, start: int) -> tuple[int, bool]:
    """Give where the words of a group's name begin before `start`, and whether a name of its own is among them."""
    begin, named = start, False
    before = text[max(0, start - _REACH) : start]
    for word in reversed(list(WORD.finditer(before))):
        gap = text[start - len(before) + word.end() : begin]
        if gap not in {" ", "\n", "-", "\u00a0"}:
            break
        seen = word.group()
        low = seen.lower()
        proper = (
            seen[0].isupper()
            and low not in lists.not_names
            and low.split("-")[0] not in lists.not_names
            and low not in lists.dropped
            and not low.endswith(("'s", "’s"))
        )
        if not (low in lists.kept or (proper and seen[-1] not in ".,")):
            break
        begin, named = start - len(before) + word.start(), named or proper
        if begin < start - 40:
            break
    return begin, named


def is_people(mention: ActorMention) -> bool:
    """Tell whether a mention names a clan, a tribe or a community."""
    named = mention.confidence in {_UNNAMED, SHAPED}
    return named and mention.type in _PEOPLE and _PEOPLE_END.search(mention.text) is not None


def _named_before(text: str, mention: ActorMention, least: int, lists: Lexicon) -> ActorMention:
    """Name "X (XX), a banned militant group" by the words before it."""
    if mention.confidence >= _UNNAMED or mention.type not in _ARMED_SIDES or not _GROUP_END.search(mention.text):
        return mention
    match = _APPOSED_TO.search(text, max(least, mention.start - _REACH), mention.start)
    if (
        match is None
        or match.group(1).split()[0].lower() in lists.not_names
        or match.group(1).split()[0] in lists.states
    ):
        return mention
    start = match.start(1)
    return ActorMention(start, mention.end, text[start : mention.end], match.group(1), mention.type, SHAPED)


def _named_after(text: str, mention: ActorMention, following: ActorMention | None, lists: Lexicon) -> ActorMention:
    """Name "the armed group Sons of X" and "a militia called X" by the words after it."""
    if mention.confidence >= _UNNAMED or mention.type not in _ARMED_SIDES or not _GROUP_END.search(mention.text):
        return mention
    match = _NAME_AFTER.match(text, mention.end)
    if match is None or (text[mention.end] == "," and not _CALLED.match(text, mention.end)):
        return mention
    if following is not None and following.start < match.end() and following.start >= mention.end:
        return mention
    name = match.group(1)
    if name.split()[0].lower() in lists.not_names or name.split()[0] in lists.states:
        return mention
    return ActorMention(mention.start, match.end(), text[mention.start : match.end()], name, mention.type, SHAPED)


def _suspected(text: str, mention: ActorMention, following: ActorMention | None, lists: Lexicon) -> ActorMention:
    """Name "gunmen suspected to be X" by the X, where it is a people's or a group's bare name."""
    people = mention.type is ActorType.CIVILIANS and mention.text.lower() in _ANYBODY
    if mention.confidence >= _UNNAMED or not (people or mention.type in _ARMED_SIDES | {ActorType.RIOTERS}):
        return mention
    match = _SUSPECTED.match(text, mention.end)
    if match is None or (following is not None and following.start < match.end()):
        return mention
    name = match.group(1)
    if name.split()[0].lower() in lists.not_names:
        return mention
    head = mention.actor.split()[-1].lower()
    kind = ActorType.IDENTITY_MILITIA if people or mention.type is ActorType.RIOTERS else mention.type
    return replace(
        mention,
        end=match.end(),
        text=text[mention.start : match.end()],
        actor=name if people else f"{name} {head}",
        type=kind,
        confidence=_UNNAMED,
    )


def _sided(text: str, mention: ActorMention) -> ActorMention:
    """Make a people a side where the words before say so: "clashes between the X and Y clans"; else it is civilians."""
    if is_people(mention) and _SIDE.search(text[max(0, mention.start - _REACH) : mention.start]):
        return replace(mention, type=ActorType.IDENTITY_MILITIA)
    return mention


def _linked(text: str, group: ActorMention, name: ActorMention) -> ActorMention | None:
    """Join "gunmen" and "the X clan" in "gunmen from the X clan"; people of a clan stay people."""
    if (
        group.confidence >= _UNNAMED
        or name.confidence < _UNNAMED
        or _LINK.fullmatch(text, group.end, name.start) is None
    ):
        return None
    if group.type in _ARMED_SIDES and (name.type in _ARMED_SIDES or is_people(name)):
        kind = ActorType.IDENTITY_MILITIA if is_people(name) else name.type
        return ActorMention(
            group.start, name.end, text[group.start : name.end], name.actor, kind, min(name.confidence, 0.9)
        )
    if group.type is ActorType.CIVILIANS and is_people(name):
        return replace(group, end=name.end, text=text[group.start : name.end])
    return None


def _joined(text: str, mention: ActorMention, least: int, lists: Lexicon) -> list[ActorMention]:
    """Give the first names of "the X and Y clans", where the last one is a mention."""
    if not is_people(mention):
        return []
    start = max(least, mention.start - _REACH)
    match = _JOINED.search(text, start, mention.start)
    if match is None:
        return []
    found, at = [], match.start(1)
    for name in match.group(1).split(", "):
        if name.lower() not in lists.not_names and name not in lists.states:
            found.append(_sided(text, ActorMention(at, at + len(name), name, name, mention.type, SHAPED)))
            if mention.type is ActorType.IDENTITY_MILITIA:
                found[-1] = replace(found[-1], type=mention.type)
        at += len(name) + 2
    return found


def _with_short_names(text: str, mentions: list[ActorMention], known: dict[str, ActorMention]) -> list[ActorMention]:
    """Add every place where a name told once in brackets stands alone."""
    taken = sorted((m.start, m.end) for m in mentions)
    starts = [start for start, _ in taken]
    # How far those that begin up to here reach; whether one meets a name is told without going through all of them.
    reach = list(accumulate((end for _, end in taken), max))
    for start, name in _alone(text, known):
        before = bisect_left(starts, start + len(name))
        if not before or reach[before - 1] <= start:
            full = known[name]
            mentions.append(ActorMention(start, start + len(name), name, full.actor, full.type, full.confidence))
    return sorted(mentions, key=lambda m: m.start)


def _alone(text: str, known: dict[str, ActorMention]) -> Iterator[tuple[int, str]]:
    """Find names as whole words; one expression of all of them would try each at every word."""
    order = {name: number for number, name in enumerate(known)}
    free = 0
    for word in _CAPITALS.finditer(text):
        if word.start() >= free:
            longer = _HYPHENED.match(text, word.end())
            names = (word.group(), word.group() + longer.group() if longer else "")
            if name := min((one for one in names if one in order), key=order.__getitem__, default=""):
                yield word.start(), name
                free = word.start() + len(name)
