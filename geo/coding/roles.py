"""What part an actor has in a sentence: it speaks, it suffers the deed, it is named behind "by"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.annotate.actors import is_body
from geo.coding.patterns import pattern
from geo.model import ActorMention, ActorType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.coding.context import Context
    from geo.coding.lexicon import Span

BY = pattern("who_by")
NAMED = 0.7
"""From this confidence a mention has a name of its own."""
UNARMED = frozenset({ActorType.CIVILIANS, ActorType.PROTESTERS})
"""Types of actors that are no armed side."""
_SAID = pattern("who_said")
_ACCORDING = pattern("who_according")
_SOURCE = pattern("who_source")
_SOURCE_AFTER = pattern("who_source_after")
_SUFFERED_BEFORE = pattern("who_suffered_before")
_SUFFERED_AFTER = pattern("who_suffered_after")
_LISTED = pattern("who_listed")
_SOLDIERS = pattern("who_soldiers")
_OWNER = pattern("who_owner")
_PASSIVE = pattern("who_passive")
_SAYS_OWN = pattern("who_says_own")
_SINCE = pattern("who_since")
_SINCE_REACH = 60
"""Characters before an actor in which "since" stands."""


def speakers(context: Context) -> list[ActorMention]:
    """Give the actors of the sentence who only say something."""
    text, end = context.text, context.sentence.end
    found = []
    for mention in context.actors:
        after = text[mention.end : min(end, mention.end + 80)]
        before = context.lower[max(context.sentence.start, mention.start - 40) : mention.start]
        if _SAID.match(after) or _ACCORDING.lower.search(before):
            found.append(mention)
    return found


def asserted_by(context: Context, told: Sequence[ActorMention]) -> str | None:
    """Give the words of the text for who says it, or None where nobody is named."""
    if told:
        return told[0].text
    if match := _SOURCE_AFTER.search(context.quote):
        return match.group(1).strip(" .,") or None
    if match := _SOURCE.search(context.quote):
        return match.group(1).strip()
    return None


def suffers(context: Context, mention: ActorMention) -> bool:
    """Tell whether it was done to this actor: "three soldiers were killed", "killed ten, among them three soldiers"."""
    before = context.lower[max(context.sentence.start, mention.start - 50) : mention.start]
    return (
        _SUFFERED_BEFORE.lower.search(before) is not None
        or (
            ("inclu" in before or "among" in before or "as well" in before) and _LISTED.lower.search(before) is not None
        )
        or _SUFFERED_AFTER.match(context.text, mention.end, context.sentence.end) is not None
    )


def bodiless(mention: ActorMention) -> bool:
    """Tell whether a body like the United Nations is meant, and not its soldiers."""
    return is_body(mention.actor) and _SOLDIERS.search(mention.text) is None


def only_dates(context: Context, mention: ActorMention, trigger: Span) -> bool:
    """Tell whether an actor only dates the deed: "bombs have gone off since the army took the town"."""
    if mention.start < trigger[1]:
        return False
    # The words before the actor alone: to look through the whole sentence for each of its actors takes their product.
    before = context.text[max(trigger[1], mention.start - _SINCE_REACH) : mention.start]
    return "since" in before and _SINCE.search(before) is not None


def owner_of(context: Context, doer: ActorMention, present: Sequence[ActorMention]) -> ActorMention | None:
    """Give the named side that a doer without a name belongs to: "warplanes of the army"."""
    for mention in present:
        if mention.confidence >= NAMED and _OWNER.fullmatch(context.text, doer.end, max(doer.end, mention.start)):
            return mention
    return None


def says_own(context: Context, speaker: ActorMention, trigger: Span) -> bool:
    """Tell whether a speaker tells a deed of its own: "the group said they had seized the base"."""
    said = _SAYS_OWN.match(context.text, speaker.end, context.sentence.end)
    return said is not None and said.end() <= trigger[0] and not _PASSIVE.search(context.text[said.end() : trigger[0]])
