"""How many were hurt, with the words that say so. The dead are counted elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.annotate.actors.lexicon import lower_article
from geo.coding.deaths import Deaths
from geo.coding.draft import OTHER_STORY, REACH, UNREAL, VIOLENT, Draft
from geo.coding.numbers import Number, numbers
from geo.coding.patterns import pattern
from geo.model import EventType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.coding.context import Context

_HURTING = pattern("injuries_hurting")
_HURT = pattern("injuries_hurt")
_NOBODY = pattern("injuries_nobody")
_ONE_AFTER = pattern("injuries_one_after")
_ONE_BEFORE = pattern("injuries_one_before")
_DEAD_AFTER = pattern("injuries_dead_after")
_CUT = pattern("injuries_cut")
_NEAR = 25
"""Characters between "wounding" and its count."""
_FAR = 60
"""Characters between a count and its "were wounded"."""
_TYPES = VIOLENT | {EventType.PROTESTS}


def complete_injured(drafts: Sequence[Draft], story: Sequence[Context]) -> None:
    """Give each violent draft the injured that its own sentence tells, or the sentences right after it.

    Parameters
    ----------
    drafts : sequence of Draft
        Of one article, completed.
    story : sequence of Context
        All sentences of the article.
    """
    telling = {draft.context.index for draft in drafts}
    for draft in drafts:
        if draft.event_type not in _TYPES or draft.status in UNREAL:
            continue
        index = draft.context.index
        draft.injured = _in(draft.context)
        for context in story[index + 1 : index + 1 + REACH]:
            if draft.injured is not None or context.index in telling or OTHER_STORY.match(context.quote):
                break
            draft.injured = _in(context)


def _in(context: Context) -> Deaths | None:
    return injuries(context.text, context.sentence.start, context.sentence.end)


def injuries(text: str, start: int, end: int) -> Deaths | None:
    """Read the injured told in ``text[start:end]``, or None where it tells none.

    Examples
    --------
    >>> text = "The blast killed two and wounded at least nine people."
    >>> injuries(text, 0, len(text))
    Deaths(low=9, high=None, start=25, end=45)
    """
    lowered = lower_article(text)
    if nobody := _NOBODY.lower.search(lowered, start, end):
        return Deaths(0, 0, *nobody.span())
    if _HURT.lower.search(lowered, start, end) is None:
        return None
    counts = numbers(text, start, end)
    for verb in _HURTING.lower.finditer(lowered, start, end):
        if (after := _after(text, verb.end(), counts)) is not None:
            return Deaths(after.low, after.high, verb.start(), after.end)
        if one := _ONE_AFTER.match(text, verb.end(), end):
            return Deaths(1, 1, verb.start(), one.end())
    for word in _HURT.lower.finditer(lowered, start, end):
        if (before := _before(text, word.start(), counts)) is not None:
            return Deaths(before.low, before.high, before.start, word.end())
        if one := _ONE_BEFORE.search(text, max(start, word.start() - _FAR), word.start()):
            return Deaths(1, 1, one.start(), word.end())
    return None


def _after(text: str, position: int, counts: Sequence[Number]) -> Number | None:
    for count in counts:
        if count.start >= position:
            between = text[position : count.start]
            near = len(between) <= _NEAR and _CUT.search(between) is None
            return count if near and _DEAD_AFTER.match(text, count.end) is None else None
    return None


def _before(text: str, position: int, counts: Sequence[Number]) -> Number | None:
    for count in reversed(counts):
        if count.end <= position:
            between = text[count.end : position]
            return count if len(between) <= _FAR and _CUT.search(between) is None else None
    return None
