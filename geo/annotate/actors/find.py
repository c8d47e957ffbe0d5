"""Find the actors of a text, in one pass over the automaton's hits."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from geo.annotate.actors.again import again
from geo.annotate.actors.lexicon import Lexicon, Term, fold, lexicon
from geo.annotate.actors.shapes import WORD, name_groups, shaped, words_before
from geo.model import ActorMention, ActorType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.model import Sentence

_POSSESSIVE = re.compile(r"\.?(?:['’]s?)?[\s-]+")
_LINKED = re.compile(
    r"-(?:linked|affiliated|inspired|allied|aligned|backed|claimed)\b| (?:linked|affiliated|inspired|affiliate)\b",
    re.IGNORECASE,
)
_OTHER_COUNTRY = ("New ", "South ", "North ", "Equatorial ", "Guinea-")
"""Before a country's name, these make another country of it."""
_THERE = re.compile(
    r"\b(?:in|of|from|near|across|on|at|inside|outside|into|around|throughout|within|for)\s(?:the\s)?(?:[a-z-]+\s){0,2}$"
)
"""What happens in or near a country is not done by it."""
_OF = re.compile(r"([\w ]{3,40}) of (?:the )?$")
_APPOSED = re.compile(
    r"\s*(?:group|sect|militia|movement|organi[sz]ation|network)?,?\s*(?:(?:the|known|called|named|as|of|from|group|sect)\s+){0,3}[\"“‘'(]?",
    re.IGNORECASE,
)
_BRANCH = re.compile(
    r"(?:['’]s)?\s(?:[\w-]+\s){0,2}(?:faction|splinter|offshoot|affiliate|branch|wing|franchise)(?:\s(?:group|faction))?,?"
    r"\s(?:(?:the|called|known|named|as)\s){0,3}[\"“‘'(]?",
    re.IGNORECASE,
)
"""Between a group and the name of a part of it."""
_FORCE_OF = re.compile(
    r"\b((?:(?:armed|defen[cs]e|military|security|government|special|ground|naval|police|national|air)\s)?"
    r"(?:forces|army|military|police|air force|navy|troops|soldiers))\sof\s(?:the\s)?$",
    re.IGNORECASE,
)
_UNNAMED = 0.7
"""A mention without a name of its own has at most this confidence."""
_REACH = 60
"""Characters looked at on either side of a word."""
_CONFIDENCE = {"name": 0.95, "force": 0.9, "government": 0.85, "leader": 0.8, "metonym": 0.75, "linked": 0.6}


def find(text: str, *, sentences: Sequence[Sentence] = ()) -> tuple[ActorMention, ...]:
    """Find every actor named in `text`, in text order, without overlaps.

    Parameters
    ----------
    text : str
        The body of an article.
    sentences : sequence of Sentence, optional
        Its sentences; a mention never reaches over the end of one.

    Returns
    -------
    tuple of ActorMention
        Canonical names are undated; see :func:`geo.annotate.actors.name_on`.

    Raises
    ------
    DataError, InputError
        An actor list is missing or damaged.
    """
    lists = lexicon()
    starts = {sentence.start for sentence in sentences}
    mentions: list[ActorMention] = []
    taken = shadow = 0
    for start, end, term in lists.matches(text):
        if start < shadow and term.kind in {"country", "seat"}:
            continue  # the Sudan of South Sudan
        if start < taken:
            if mentions and term.kind == "head":
                _absorb(mentions, text, start, end)
            continue
        mention = _mention(lists, text, start, end, term)
        if mention is None:
            shadow = max(shadow, end) if term.kind == "country" else shadow
            continue
        if term.kind == "head" and mentions and _belongs(text, mentions[-1], mention, lists):
            _absorb(mentions, text, start, end)
            taken = mentions[-1].end
            continue
        if term.kind == "name" and mentions and _renamed(text, mentions[-1], mention):
            mentions.pop()
        while mentions and mentions[-1].end > mention.start:
            if mentions[-1].type is not ActorType.CIVILIANS and mentions[-1].confidence >= mention.confidence:
                mention = _cut(text, mention, mentions[-1].end)
            else:
                mentions.pop()
        if mention.start in starts or mention.start < mention.end:
            mentions.append(mention)
            taken = mention.end
    return tuple(again(text, name_groups(text, mentions, lists), lists))


def _mention(lists: Lexicon, text: str, start: int, end: int, term: Term) -> ActorMention | None:
    """Make the mention a hit stands for, or None where its words only name a place."""
    if term.kind == "name":
        if _shouted(text, start, end):
            return None
        confidence = _CONFIDENCE["name"]
        if linked := _LINKED.match(text, end):
            end, confidence = linked.end(), _CONFIDENCE["linked"]
        return ActorMention(start, end, text[start:end], term.value, term.type, confidence)
    if term.kind == "leader":
        name = lists.state_name("Government of {}", term.value)
        return ActorMention(start, end, text[start:end], name, term.type, _CONFIDENCE["leader"])
    if term.kind in {"country", "seat"}:
        if text[max(0, start - 11) : start].endswith(_OTHER_COUNTRY):
            return None
        if text[start:end] in {"US", "IS"} and _shouted(text, start, end):
            return None
        return _state(lists, text, start, end, term)
    if term.kind == "shape":
        return shaped(lists, text, start, end, term)
    return _generic(lists, text, start, end, term)


def _shouted(text: str, start: int, end: int) -> bool:
    """Tell whether a short acronym may be a common word of an all-capitals headline."""
    if end - start > 2:
        return False
    before = text[max(0, start - 20) : start].split()
    return bool(before) and len(before[-1]) > 3 and before[-1].isupper()


# ------------------------------------------------------------------------------------------------------------ states


def _state(lists: Lexicon, text: str, start: int, end: int, term: Term) -> ActorMention | None:
    gap = _POSSESSIVE.match(text, end)
    following = WORD.finditer(text, gap.end(), gap.end() + _REACH) if gap else iter(())
    words = list(islice(following, lists.longest_force + 3))
    force = _force(lists, words)
    if force is not None:
        pattern, stop = force
        kind = "government" if pattern.startswith("Government") else "force"
        return ActorMention(
            start, stop, text[start:stop], lists.state_name(pattern, term.value), term.type, _CONFIDENCE[kind]
        )
    shared = _force(lists, words[_shared(lists, words) :]) if _shared(lists, words) else None
    if shared is not None:  # "Turkish and Russian troops" names the troops of both
        return ActorMention(
            start, end, text[start:end], lists.state_name(shared[0], term.value), term.type, _CONFIDENCE["force"]
        )
    return _force_of(lists, text, start, end, term) or _government(lists, text, start, end, term)


def _force_of(lists: Lexicon, text: str, start: int, end: int, term: Term) -> ActorMention | None:
    """Read "the Armed Forces of X"; what is done to a state ("the shelling of X") has other words before "of"."""
    before = text[max(0, start - _REACH) : start]
    if term.kind != "country" or not before.endswith((" of ", " of the ")):
        return None
    found = _FORCE_OF.search(before)
    pattern = lists.forces.get(found.group(1).lower()) if found else None
    if found is None or pattern is None or text[end : end + 1] in {"'", "’"}:
        return None
    begin = start - len(before) + found.start()
    name = lists.state_name(pattern, term.value)
    return ActorMention(begin, end, text[begin:end], name, term.type, _CONFIDENCE["force"])


def _force(lists: Lexicon, words: list[re.Match[str]]) -> tuple[str, int] | None:
    """Give the name pattern and the end of the force that the words begin with, one adjective passed over."""
    if not words or not (_bare(words[0].group()) in lists.force_starts or words[0].group().lower() in lists.passed):
        return None
    for skip in (0, 1):
        if skip and (not words or words[0].group().lower() not in lists.passed):
            return None
        for count in range(min(lists.longest_force, len(words) - skip), 0, -1):
            phrase = words[skip : skip + count]
            folded = [_bare(word.group()) for word in phrase]
            if (pattern := lists.forces.get(" ".join(folded))) is not None:
                return pattern, phrase[-1].start() + len(folded[-1])
    return None


def _bare(word: str) -> str:
    return word.lower().rstrip(".,'’").removesuffix("'s").removesuffix("’s")


def _shared(lists: Lexicon, words: list[re.Match[str]]) -> int:
    """Give how many words "and Russian" or "-Russian" take, or 0 where no second state follows."""
    if words and words[0].group() in lists.adjectives:
        return 1
    if len(words) > 1 and words[0].group() == "and" and words[1].group() in lists.adjectives:
        return 2
    return 0


def _government(lists: Lexicon, text: str, start: int, end: int, term: Term) -> ActorMention | None:
    """Read "president of X", "X said", "talks with X" as the government of X."""
    before = text[max(0, start - _REACH) : start]
    name = lists.state_name("Government of {}", term.value)
    if before.endswith((" of ", " of the ")) and (office := _OF.search(before)):
        tail = office.group(1).lower().split()
        for count in (3, 2, 1):
            if " ".join(tail[-count:]) in lists.offices:
                begin = start - len(before) + office.start(1) + len(office.group(1)) - len(" ".join(tail[-count:]))
                return ActorMention(begin, end, text[begin:end], name, term.type, _CONFIDENCE["government"])
    if term.written[-1] in "nhi" and term.kind == "country" and term.written not in lists.countries.values():
        return None  # an adjective alone is nobody
    after = WORD.match(text, end + 1)
    acts = after is not None and text[end : end + 1] == " " and after.group().lower() in lists.acts
    acts = acts or _both_act(lists, text, end)
    tail = fold(before[-24:]).split()
    deals = " ".join(tail[-2:]) in lists.dealings or (
        bool(tail) and tail[-1] in lists.dealings and (acts or tail[-1] in {"between", "accused", "urged", "blamed"})
    )
    paired = tail[-1:] == ["and"] and acts
    if deals or paired or (acts and _THERE.search(before) is None):
        return ActorMention(start, end, text[start:end], name, term.type, _CONFIDENCE["metonym"])
    return None


def _both_act(lists: Lexicon, text: str, end: int) -> bool:
    """Tell whether "and" another state with a word of doing follows: "Turkey and Russia have resumed"."""
    words = [word.group() for word in WORD.finditer(text, end, end + _REACH)][:3]
    return len(words) == 3 and words[0] == "and" and words[1] in lists.states and words[2].lower() in lists.acts


# ---------------------------------------------------------------------------------------------------------- unnamed


def _generic(lists: Lexicon, text: str, start: int, end: int, term: Term) -> ActorMention | None:
    """Name an unnamed group by its head word and the words kept before it."""
    word = None
    if term.written in lists.adjectival and _describes(lists, text, end):
        after = WORD.match(text, end + 1)
        word = lists.plurals.get(term.written) if after and after.group().lower().rstrip(".,") in lists.deeds else None
        if word is None:
            return None
    begin, named = words_before(lists, text, start)
    words = text[begin:start].replace("\n", " ") + (word or text[start:end].replace("\n", " "))
    plain = begin == start
    confidence = 0.5 if plain else 0.7 if named else 0.6
    return ActorMention(begin, end, text[begin:end], words[:1].upper() + words[1:], term.type, confidence)


def _renamed(text: str, group: ActorMention, known: ActorMention) -> bool:
    """Tell whether a group's name only follows its description: "the Islamist group, Boko Haram"."""
    unarmed = {ActorType.CIVILIANS, ActorType.PROTESTERS, ActorType.RIOTERS, ActorType.STATE_FORCES}
    if group.type in unarmed:
        return False
    if group.confidence > _UNNAMED:
        # "the Taliban faction Jamaat-ul-Ahrar" did it, not the Taliban.
        return group.actor != known.actor and _BRANCH.fullmatch(text, group.end, known.start) is not None
    return _APPOSED.fullmatch(text, group.end, known.start) is not None


def _describes(lists: Lexicon, text: str, end: int) -> bool:
    """Tell whether a word like "military" only describes the next one: "military patrols", not "the military said"."""
    after = WORD.match(text, end + 1)
    if after is None or text[end : end + 1] not in {" ", "-"}:
        return False
    word = after.group().lower().rstrip(".,")
    return not (
        word in lists.acts or word in lists.function or word.endswith(("ed", "ing", "ly")) or after.group()[0].isdigit()
    )


def _belongs(text: str, known: ActorMention, group: ActorMention, lists: Lexicon) -> bool:
    """Tell whether a head word only completes a named actor: "Boko Haram" + "militants"."""
    if known.confidence < _CONFIDENCE["linked"] or known.type in {ActorType.CIVILIANS, ActorType.PROTESTERS}:
        return False
    if group.type in {ActorType.CIVILIANS, ActorType.PROTESTERS, ActorType.RIOTERS}:
        return False
    if known.actor.startswith("Government of") or known.confidence in {0.7}:
        return False
    gap = text[known.end : max(known.end, group.end)]
    if "\n\n" in gap or len(gap) > 40 or re.match(r"['’]s?\b", gap) or gap[:1] in ",.;:":
        return False
    between = fold(gap).split()[:-1]
    return all(word in lists.kept or word in {"group", "sect", "terror", "terrorist"} for word in between)


def _absorb(mentions: list[ActorMention], text: str, start: int, end: int) -> None:
    """Let the last mention reach to `end`, where it already covers or touches `start`."""
    last = mentions[-1]
    if end > last.end and start >= last.start:
        mentions[-1] = ActorMention(last.start, end, text[last.start : end], last.actor, last.type, last.confidence)


def _cut(text: str, mention: ActorMention, start: int) -> ActorMention:
    """Begin a mention later, after one that already holds its first words."""
    while start < mention.end and not text[start].isalnum():
        start += 1
    words = text[start : mention.end]
    return ActorMention(start, mention.end, words, words[:1].upper() + words[1:], mention.type, mention.confidence)
