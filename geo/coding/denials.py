"""What somebody denies of a deed told before: an event of its own, so that a reader sees that it is contested."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.coding.draft import SENTENCE, UNREAL, VIOLENT, Draft
from geo.coding.patterns import pattern
from geo.coding.roles import UNARMED
from geo.coding.who import Sides
from geo.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.coding.context import Context
    from geo.coding.lexicon import Span
    from geo.model import ActorMention

_DENIES = pattern("talk_denies")
_OWN_DEED = pattern("talk_own_deed")
_CUES = frozenset({"denied", "negated"})
"""Classes of words of which every denial has one."""
_REACH = 4
"""Sentences back to the deed that is denied."""
_LESS_SALIENT = 1.0
"""How much less an article is about the denial than about the deed, beside what its status costs."""
_SURE = 0.7


def denials(drafts: Sequence[Draft], story: Sequence[Context]) -> Iterator[Draft]:
    """Give a draft, with the status denied, for each deed that somebody denies in a later sentence.

    Who says to have had no part in it becomes its first side; who only denies a report leaves the sides as they were
    told. Place and day are those of the deed. A sentence that tells of the denied deed in its own words has its draft
    already: that one is completed instead.

    Parameters
    ----------
    drafts : sequence of Draft
        Of one article, completed.
    story : sequence of Context
        All sentences of the article.
    """
    deeds = sorted((d for d in drafts if _may_be_denied(d)), key=lambda d: (d.context.index, d.trigger))
    told = {d.context.index: d for d in drafts if d.status is Status.DENIED}
    for context in story if deeds else ():
        found = _denial(context)
        deed = _deed_before(deeds, context, found[1]) if found is not None else None
        if found is None or deed is None:
            continue
        denier, words = found
        own = told.get(context.index)
        if own is None:
            yield _denied(deed, context, denier, words)
        elif own.event_type is deed.event_type and not own.dated:
            own.sides, own.day, own.spot = _sides(deed, denier, words, context), deed.day, deed.spot or own.spot


def _may_be_denied(draft: Draft) -> bool:
    return draft.event_type in VIOLENT and draft.again is None and draft.status not in UNREAL | {Status.AGGREGATE}


def _denial(context: Context) -> tuple[ActorMention, Span] | None:
    """Give who denies something in a sentence, and the words that do."""
    if _CUES.isdisjoint(context.found):
        return None
    for mention in context.actors:
        if mention.type in UNARMED:
            continue
        if (said := _DENIES.match(context.text, mention.end, context.sentence.end)) is not None:
            return mention, (mention.end + 1, said.end())
    return None


def _deed_before(deeds: Sequence[Draft], context: Context, words: Span) -> Draft | None:
    """Give the deed told last before the denial, in the same sentence or a few before."""
    for number in range(bisect_right(deeds, context.index, key=SENTENCE) - 1, -1, -1):
        deed = deeds[number]
        apart = context.index - deed.context.index
        if apart > _REACH:
            return None
        if apart > 0 or (apart == 0 and deed.trigger[1] <= words[0]):
            return deed
    return None


def _denied(deed: Draft, context: Context, denier: ActorMention, words: Span) -> Draft:
    return replace(
        deed,
        context=context,
        trigger=words,
        because="denied",
        status=Status.DENIED,
        count=None,
        deaths=None,
        injured=None,
        sides=_sides(deed, denier, words, context),
        speaker=denier.text,
        speaking=denier.actor,
        echo=False,
        denial=True,
        bonus=deed.bonus - _LESS_SALIENT,
    )


def _sides(deed: Draft, denier: ActorMention, words: Span, context: Context) -> Sides:
    second = deed.sides.second
    own = _OWN_DEED.search(context.text, *words) is not None and (second is None or second.actor != denier.actor)
    if own or deed.sides.first is None:
        return Sides(denier, second, f"{denier.text!r} denies it", _SURE)
    return deed.sides
