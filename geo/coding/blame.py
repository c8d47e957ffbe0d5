"""Who claims a deed, who is blamed for it, and who says that another did it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.annotate.actors import home_country
from geo.coding.patterns import pattern
from geo.coding.roles import BY, NAMED, UNARMED, bodiless, suffers
from geo.model import ActorType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.coding.context import Context
    from geo.coding.lexicon import Span
    from geo.model import ActorMention

_CLAIM = pattern("who_claim")
_BLAME = pattern("who_blame")
_BLAMED_AFTER = pattern("who_blamed_after")
_BEHIND = pattern("talk_behind")
_DID = pattern("talk_did")
_DESCRIBED = pattern("who_described")
_HELD_BY = pattern("who_held_by")
_TOLD_APART = 0.6
"""From this confidence a group is more than a word like "militants"."""


def accuses(context: Context) -> tuple[Span, ActorMention, ActorMention] | None:
    """Give who says that another did it: "the ministry said the group had fired", with the words between them."""
    for first, second in pairwise(context.actors):
        if first.type in UNARMED or second.type in UNARMED or first.actor == second.actor:
            continue
        home = home_country(first.actor)
        if home is None or first.confidence < NAMED or home_country(second.actor) == home:
            continue
        between = (first.end, second.start)
        said = _BEHIND.match(context.text[first.end : second.start]) is not None
        if said and _DID.match(context.text, second.end, context.sentence.end):
            return between, first, second
    return None


def claims(context: Context) -> ActorMention | None:
    """Give the armed group that takes responsibility in this sentence."""
    actors = context.actors
    for index in range(len(actors) - 1, -1, -1):
        mention = actors[index]
        if mention.type in UNARMED or mention.confidence < _TOLD_APART:
            continue
        if index and _describes(context.text, actors[index - 1], mention):
            continue
        if _CLAIM.lower.search(context.lower[mention.end : min(context.sentence.end, mention.end + 60)]):
            return mention
    return None


def _describes(text: str, known: ActorMention, group: ActorMention) -> bool:
    """Tell whether a group is only what the one before is called: "X, a splinter group of Y, claimed it"."""
    if known.type in UNARMED or known.confidence < NAMED:
        return False
    return _DESCRIBED.fullmatch(text, known.end, group.start) is not None and "," in text[known.end : group.start]


def claimant(context: Context, *, country: str | None = None) -> ActorMention | None:
    """Give the armed group that this sentence says did it: it claims it, or is blamed for it.

    What one state says of a deed in another `country` (ISO 3166-1 alpha-3) is an accusation, and names nobody.
    """
    text, start = context.text, context.sentence.start
    if (claiming := claims(context)) is not None:
        return claiming
    speaking = [(m.end, home) for m in context.actors if (home := home_country(m.actor)) is not None]
    for mention in context.actors:
        if (
            mention.type in UNARMED
            or bodiless(mention)
            or mention.type is ActorType.STATE_FORCES
            or mention.confidence < _TOLD_APART
        ):
            continue
        if suffers(context, mention) or _HELD_BY.search(text[max(start, mention.start - 40) : mention.start]):
            continue
        if _from_abroad(speaking, mention, country):
            continue
        if (
            _BLAME.search(text[max(start, mention.start - 60) : mention.start])
            or BY.search(text[max(start, mention.start - 40) : mention.start])
            or _BLAMED_AFTER.match(text, mention.end, context.sentence.end)
        ):
            return mention
    return None


def _from_abroad(speaking: Sequence[tuple[int, str]], mention: ActorMention, country: str | None) -> bool:
    """Tell whether the one who blames this group is the government of another country than the deed's."""
    last = bisect_right(speaking, (mention.start, "~")) - 1
    return country is not None and last >= 0 and speaking[last][1] != country
