"""Who did it: the armed side that a sentence makes the doer of a deed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.coding.patterns import pattern
from geo.coding.roles import BY, NAMED, UNARMED, bodiless, suffers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.coding.context import Context
    from geo.coding.lexicon import Span
    from geo.model import ActorMention

_ON = pattern("who_on")
_TARGET = pattern("who_target")
_PASSIVE = pattern("who_passive")
_SUSPECT = pattern("who_suspect")
_HELD_BY = pattern("who_held_by")
_POSING = pattern("who_posing")
_WHEN = pattern("who_when")
_ACTS = pattern("who_acts")
_DEED = pattern("who_deed")
_AMID = pattern("who_amid")
_AMID_REACH = 110
"""Characters before a side in which "clashes between" stands, with the other side between them."""
_SIDES = ("between", "with", "involving", "pitting", "against", "among")
_REACH = 50
"""Characters before a mention in which its part in the sentence is told."""


def find_doer(context: Context, trigger: Span, armed: Sequence[ActorMention]) -> tuple[ActorMention | None, str]:
    """Choose who did it among the armed sides of a sentence.

    Parameters
    ----------
    context : Context
        The sentence.
    trigger : tuple of int
        Offsets of the words that gave the type.
    armed : sequence of ActorMention
        Armed actors that neither only speak nor suffer the deed, in text order.

    Returns
    -------
    tuple of ActorMention or None, str
        The doer and the reason; None where the sentence names nobody.
    """
    text, start = context.text, context.sentence.start
    lead = {id(m): text[max(start, m.start - _REACH) : m.start] for m in armed}
    armed = [
        m for m in armed if not bodiless(m) and not _POSING.search(lead[id(m)]) and not _HELD_BY.search(lead[id(m)])
    ]
    low, high = context.clause(trigger)
    if suspects := [m for m in armed if _SUSPECT.search(lead[id(m)])]:
        return suspects[0], "suspected of it"
    acting = [
        m
        for m in armed
        if _ACTS.lower.match(context.lower, m.end, context.sentence.end) and not _TARGET.search(lead[id(m)])
    ]
    if here := [m for m in acting if low <= m.start < high and m.start < trigger[1]]:
        return here[-1], "does it in so many words"
    by = [m for m in armed if BY.search(lead[id(m)])]
    if here := [m for m in by if low <= m.start < high]:
        return max(here, key=lambda m: (m.confidence >= NAMED, -abs(m.start - trigger[1]))), 'named with "by"'
    if overlapping := [m for m in armed if m.start <= trigger[0] < m.end or m.start < trigger[1] <= m.end]:
        return overlapping[0], "part of the event's own words"
    if own := [m for m in armed if _DEED.match(text, m.end)]:
        return _nearest(own, trigger), "the deed is named after it"
    fought = any(word in context.quote for word in _SIDES)
    if amid := [m for m in armed if fought and _AMID.search(text[max(start, m.start - _AMID_REACH) : m.start])]:
        return _nearest(amid, trigger), "fought there"
    if acting:
        return _nearest(acting, trigger), "does it in so many words"
    if by:
        return _nearest(by, trigger), 'named with "by"'
    return _by_order(context, trigger, armed, lead)


def acting(context: Context) -> ActorMention | None:
    """Give the armed actor that a sentence says did something violent in so many words, where it names one."""
    for mention in context.actors:
        if mention.type in UNARMED or bodiless(mention) or suffers(context, mention):
            continue
        if _ACTS.lower.match(context.lower, mention.end, context.sentence.end):
            return mention
    return None


def _by_order(
    context: Context, trigger: Span, armed: Sequence[ActorMention], lead: dict[int, str]
) -> tuple[ActorMention | None, str]:
    """Choose by the order of the words: who stands before the deed, else who is named after it."""
    low = context.clause(trigger)[0]
    before = [m for m in armed if m.end <= trigger[0] and not _TARGET.search(lead[id(m)])]
    active = [m for m in before if not _PASSIVE.search(context.text[m.end : trigger[0]])]
    subjects = [m for m in active if m.start >= low]
    if others := [m for m in active if not m.actor.startswith("Government")] or subjects:
        return (_first(subjects) if subjects else _nearest(others, trigger)), "stands before the deed"
    if when := [m for m in armed if m.start >= trigger[1] and _WHEN.search(lead[id(m)])]:
        return _first(when), "acts in the sentence"
    after = [m for m in armed if m.start >= trigger[1] and not _ON.search(lead[id(m)])]
    if after and _nearest(after, trigger).confidence >= 0.6:
        return _nearest(after, trigger), "named in the sentence"
    return None, "nobody is named"


def _first(mentions: Sequence[ActorMention]) -> ActorMention:
    """Give the grammatical subject, as far as order shows it: the first, or the first with a name."""
    return next((m for m in mentions if m.confidence >= NAMED), mentions[0])


def _nearest(mentions: Sequence[ActorMention], trigger: Span) -> ActorMention:
    named = [m for m in mentions if m.confidence >= NAMED]
    return min(named or mentions, key=lambda m: abs(m.start - trigger[0]))
