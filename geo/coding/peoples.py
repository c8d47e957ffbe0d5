"""Two peoples at odds that have nothing but their names: "clashes between the X and the Y"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.coding.patterns import pattern
from geo.coding.where import usable
from geo.model import ActorMention, ActorType

if TYPE_CHECKING:
    from geo.coding.context import Context
    from geo.model import Toponym

_BETWEEN = pattern("who_between_names")
_NO_NAMES = pattern("who_no_names")
_TOLD = 0.7
_SURE = 0.65
"""From this confidence a name is a place's; below, two names at odds are two peoples'."""


def peoples_at_odds(context: Context) -> tuple[ActorMention, ActorMention] | None:
    """Give the two peoples of "fighting between the X and mainly Christian Y", where neither name is a place.

    Parameters
    ----------
    context : Context
        The sentence.

    Returns
    -------
    tuple of ActorMention or None
    """
    if not any(word in context.quote for word in ("between", "involving", "pitting")):
        return None
    match = _BETWEEN.search(context.text, context.sentence.start, context.sentence.end)
    if match is None:
        return None
    sides = []
    for group in (1, 2):
        start, end = match.span(group)
        name = match.group(group)
        placed = any(t.start < end and start < t.end and _sure(t) for t in context.toponyms)
        if placed or _NO_NAMES.fullmatch(name):
            return None
        known = next((m for m in context.actors if m.start < end and start < m.end), None)
        sides.append(known or ActorMention(start, end, name, name, ActorType.IDENTITY_MILITIA, _TOLD))
    return sides[0], sides[1]


def _sure(toponym: Toponym) -> bool:
    return usable(toponym) is not None and toponym.confidence >= _SURE
