"""Who did it, to whom, and who says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.annotate.actors import home_country
from geo.coding.doer import find_doer
from geo.coding.patterns import pattern
from geo.coding.peoples import peoples_at_odds
from geo.coding.roles import NAMED, UNARMED, only_dates, owner_of, says_own, speakers, suffers
from geo.model import ActorMention, ActorType, EventType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.coding.context import Context
    from geo.coding.deaths import Deaths
    from geo.coding.lexicon import Span

_PASSIVE = pattern("who_passive")
_LOSING = pattern("who_losing")
_OBJECT = pattern("who_object")
_OWN = pattern("who_own")
_TOGETHER = pattern("who_together")
_OWN_MEN = pattern("who_own_men")
_SUFFERED_AFTER = pattern("who_suffered_after")
_BETWEEN = pattern("who_between")
_TARGET = pattern("who_target")
_VERB = pattern("who_attacked")
_ACRONYM = pattern("who_acronym")
_AND = pattern("who_and")
_BACKS = pattern("who_backs_after")
_REACH = 60
"""Characters before the first of two sides in which "clashes between" stands."""
_BY_FORCE = frozenset({EventType.BATTLES, EventType.VIOLENCE_AGAINST_CIVILIANS})
_CROWDS = {EventType.PROTESTS: (ActorType.PROTESTERS, "Protesters"), EventType.RIOTS: (ActorType.RIOTERS, "Rioters")}
_FOUGHT = frozenset({EventType.BATTLES, EventType.EXPLOSIONS})
_SUBJECT_REACH = 12
"""Characters between the subject and "accused", "put the blame on"."""
_MUTUAL = frozenset({"Armed clash", "Other", "Agreement", "Meeting or visit", "Call or letter"})
_DEAD_REACH = 25
"""Characters after a count of the dead in which those who died are named."""


@dataclass(slots=True)
class Sides:
    """The two sides of an event; a side is None where the text names nobody."""

    first: ActorMention | None = None
    second: ActorMention | None = None
    reason: str = "nobody is named"
    confidence: float = 0.35


def sides(context: Context, trigger: Span, *, event_type: EventType, sub_event_type: str) -> Sides:
    """Read who did it and to whom.

    Parameters
    ----------
    context : Context
        The sentence.
    trigger : tuple of int
        Offsets of the words that gave the type.
    event_type : EventType
    sub_event_type : str

    Returns
    -------
    Sides
    """
    told = speakers(context)
    if event_type is EventType.DIPLOMACY:
        return _talk(context, trigger, told)
    only_said = frozenset(told)
    present = [m for m in context.actors if m not in only_said and not only_dates(context, m, trigger)]
    if event_type in _CROWDS:
        return _crowd([m for m in present if not suffers(context, m)], event_type)
    suffering = frozenset(mention for mention in present if suffers(context, mention))
    armed = [mention for mention in present if mention.type not in UNARMED and mention not in suffering]
    if sub_event_type in _MUTUAL and (pair := _between(context, trigger, armed)):
        return Sides(*pair, "named together", 0.85)
    if event_type in _BY_FORCE and (pair := at_odds(context, present) or peoples_at_odds(context)):
        return Sides(*pair, "fought each other", 0.7)
    doer, reason = find_doer(context, trigger, armed)
    own = None
    if doer is not None and _OWN.search(context.text[max(context.sentence.start, doer.start - 8) : doer.start]):
        own, owners = doer, [m for m in context.actors if m.end <= doer.start and m.type not in UNARMED]
        doer = owners[-1] if owners else doer
    if own is None and doer is not None and doer.confidence < NAMED and (owner := owner_of(context, doer, present)):
        own, doer = doer, owner
    boasting = [
        m for m in told if m.type not in UNARMED and ("claimed" in context.found or says_own(context, m, trigger))
    ]
    if doer is None and boasting:
        doer, reason = boasting[0], "says it did so"
    if doer is None and sub_event_type == "Agreement":
        doer = next((m for m in told if m.type not in UNARMED and m.confidence >= NAMED), None)
    clause = context.clause(trigger)
    victim = _victim(
        context,
        trigger,
        [m for m in present if m is not doer and m is not own and clause[0] <= m.start < clause[1]],
        doer,
    )
    if victim is None and doer is not None and event_type in _FOUGHT:
        victim = _foe(context, trigger, doer, armed)
    if victim is None or victim.confidence < NAMED:
        victim = _own_men(context, told) or victim
    if doer is not None and victim is not None and _one_state(doer, victim):
        if _ACRONYM.fullmatch(context.text, doer.end, victim.start):
            victim = None  # the same force again, as "(SAF)"
        else:
            doer, reason = None, "nobody is named"
    if _LOSING.match(context.text, trigger[0]):
        doer, victim, reason = None, doer, "the text names who lost"
    confidence = 0.35 if doer is None else 0.85 if doer.confidence >= NAMED else 0.6
    return Sides(doer, victim, reason, confidence)


def at_odds(context: Context, present: Sequence[ActorMention]) -> tuple[ActorMention, ActorMention] | None:
    """Find "clashes between A and B" in a sentence whose event is told by its dead, one side armed at least."""
    if "between" not in context.quote and "involving" not in context.quote:
        return None
    for first, second in pairwise(present):
        lead = context.text[max(context.sentence.start, first.start - _REACH) : first.start]
        joined = _AND.fullmatch(context.text, first.end, second.start)
        if (
            joined
            and _BETWEEN.search(lead)
            and not {first.type, second.type} <= UNARMED
            and first.actor != second.actor
        ):
            return first, second
    return None


def _foe(context: Context, trigger: Span, doer: ActorMention, armed: Sequence[ActorMention]) -> ActorMention | None:
    """Give the one other named group of the sentence, in whichever clause it stands."""
    home = home_country(doer.actor)
    others = [
        m
        for m in armed
        if m.confidence >= NAMED
        and m.actor != doer.actor
        and (home is None or home_country(m.actor) != home)
        and not m.actor.startswith("Government")
        and not _BACKS.match(context.text, m.end)
        and not _joined(context, doer, m, trigger)
    ]
    return others[0] if len({m.actor for m in others}) == 1 else None


def _own_men(context: Context, told: Sequence[ActorMention]) -> ActorMention | None:
    """Give the speaker who tells of dead of its own: "the group said that 20 of its fighters were killed"."""
    for mention in context.actors:
        before = context.text[max(context.sentence.start, mention.start - 24) : mention.start]
        if told and _OWN_MEN.search(before) and _SUFFERED_AFTER.match(context.text, mention.end, context.sentence.end):
            return told[0]
    return None


def _one_state(doer: ActorMention, victim: ActorMention) -> bool:
    """Tell whether both sides are one state's: who speaks of its own dead did not kill them."""
    home = home_country(doer.actor)
    return home is not None and home == home_country(victim.actor) and doer.actor != victim.actor


def _talk(context: Context, trigger: Span, told: Sequence[ActorMention]) -> Sides:
    states = [m for m in context.actors if m.type not in UNARMED]
    before = [m for m in states if m.start < trigger[0]]
    if not before and not told and len({m.actor for m in states}) == 1 and _OBJECT.match(context.text, trigger[0]):
        # "The ministry blamed the group": whoever speaks has no name here.
        return Sides(None, states[0], "spoken of", 0.35)
    subject = [m for m in before if trigger[0] - m.end <= _SUBJECT_REACH and home_country(m.actor) is not None]
    if subject and _OBJECT.match(context.text, trigger[0]):
        told = subject[-1:]
    first = told[0] if told and told[0].type not in UNARMED else before[0] if before else states[0] if states else None
    second = next(
        (m for m in states if first is not None and m.actor != first.actor and m.start >= min(trigger[0], first.start)),
        None,
    )
    return Sides(first, second, "speaks" if first else "nobody is named", 0.8 if first else 0.35)


def _crowd(present: Sequence[ActorMention], event_type: EventType) -> Sides:
    kind, _ = _CROWDS[event_type]
    crowd = next((m for m in present if m.type is kind), None)
    crowd = crowd or next(
        (m for m in present if m.type in {ActorType.PROTESTERS, ActorType.RIOTERS, ActorType.IDENTITY_MILITIA}), None
    )
    crowd = crowd or next((m for m in present if m.type is ActorType.CIVILIANS), None)
    force = next(
        (m for m in present if m.type is ActorType.STATE_FORCES and not m.actor.startswith("Government")), None
    )
    return Sides(crowd, force, "the crowd", 0.8 if crowd else 0.5)


def _between(
    context: Context, trigger: Span, armed: Sequence[ActorMention]
) -> tuple[ActorMention, ActorMention] | None:
    """Find "between A and B", "A clashed with B", "A and B": the pair nearest to the event's words."""
    pairs = []
    for first, second in pairwise(armed):
        gap = context.text[first.end : second.start]
        lead = context.text[max(context.sentence.start, first.start - 30) : first.start]
        joined = len(gap) < 60 and re.search(r"\b(?:and|with|against|from)\b", gap)
        if (
            joined
            and first.actor != second.actor
            and (
                re.search(r"\bbetween\b", lead)
                or re.search(r"\b(?:with|against)\b", gap)
                or (len(gap) < 12 and not _TARGET.search(lead) and not _VERB.search(lead))
            )
        ):
            pairs.append((max(first.start - trigger[1], trigger[0] - second.end, 0), first.start, first, second))
    return min(pairs)[2:] if pairs else None


def _victim(
    context: Context, trigger: Span, others: Sequence[ActorMention], doer: ActorMention | None
) -> ActorMention | None:
    others = [
        m
        for m in others
        if not _BACKS.match(context.text, m.end)
        and (doer is None or (m.actor != doer.actor and not _joined(context, doer, m, trigger)))
    ]
    after = [m for m in others if m.start >= trigger[1]]
    passive = [m for m in others if m.end <= trigger[0] and _PASSIVE.search(context.text[m.end : trigger[0] + 1])]
    if after:
        return after[0]
    return passive[-1] if passive else (others[0] if others else None)


def _joined(context: Context, doer: ActorMention, other: ActorMention, trigger: Span) -> bool:
    """Tell whether two did it together: "the army and its allies took the town"."""
    first, second = sorted((doer, other), key=lambda m: m.start)
    return second.end <= trigger[0] and _TOGETHER.fullmatch(context.text[first.end : second.start]) is not None


def with_dead(known: Sides, dead: Deaths | None, context: Context) -> Sides:
    """Name those who died as the second side, where the sentence names no other."""
    if dead is None or not (dead.low or dead.high) or known.second is not None:
        return known
    for mention in context.actors:
        near = dead.start <= mention.start <= dead.end + _DEAD_REACH
        if near and (known.first is None or mention.actor != known.first.actor):
            return Sides(known.first, mention, known.reason, known.confidence)
    return known
