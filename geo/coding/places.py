"""Several places of one deed: "the bombs fell on A and B" tells of two events."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.coding.draft import UNREAL, VIOLENT, Draft
from geo.coding.patterns import pattern
from geo.coding.where import FINE, Spot, rank, usable
from geo.model import EventType, Status, ToponymRole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.coding.context import Context
    from geo.model import Toponym

_AND = pattern("where_and")
_NOT_EACH = pattern("where_not_each")
_WITHIN = pattern("where_within")
_PROVINCE = pattern("where_province")
_SPREAD = VIOLENT | {EventType.PROTESTS}
_LESS_SALIENT = 0.5
"""How much less an article is about the further places of a deed."""
_LEAD = 40
_MOST = 8
"""At most so many places of one sentence become events of their own."""


def further_places(drafts: Sequence[Draft], story: Sequence[Context]) -> Iterator[Draft]:
    """Give a draft for each further place that a sentence lists beside the place of its deed.

    A list is of names joined by commas and "and" only. "Between A and B", "from A to B" and a province after its town
    are none. The dead are told of all places together, so they stay with the first.

    Parameters
    ----------
    drafts : sequence of Draft
        Of one article, completed.
    story : sequence of Context
        All sentences of the article.
    """
    starts = [context.sentence.start for context in story]
    for draft in drafts:
        if draft.spot is None or draft.again is not None or draft.event_type not in _SPREAD or draft.echo:
            continue
        if draft.status in UNREAL | {Status.AGGREGATE, Status.BACKGROUND} or rank(draft.spot.place) < FINE:
            continue
        context = story[bisect_right(starts, draft.spot.toponym.start) - 1]
        known = {draft.spot.place.id}
        for toponym in _listed(context, draft.spot.toponym)[:_MOST]:
            place = usable(toponym)
            if place is None or place.id in known or rank(place) < FINE:
                continue
            known.add(place.id)
            reason = f"{toponym.text!r} is named beside {draft.spot.toponym.text!r}: {toponym.reason}"
            yield replace(
                draft,
                spot=Spot(toponym, place, toponym.confidence, reason),
                deaths=None,
                injured=None,
                count=None,
                bonus=draft.bonus - _LESS_SALIENT,
            )


def _listed(context: Context, chosen: Toponym) -> list[Toponym]:
    """Give the names that one list of the sentence joins with the chosen one; each may tell what it lies in."""
    names, ends = _with_containers(context)
    if chosen not in names:
        return []
    at = first = last = names.index(chosen)
    while first > 0 and _AND.fullmatch(context.text, ends[first - 1], names[first].start):
        first -= 1
    while last + 1 < len(names) and _AND.fullmatch(context.text, ends[last], names[last + 1].start):
        last += 1
    lead = context.text[max(context.sentence.start, names[first].start - _LEAD) : names[first].start]
    if first == last or _NOT_EACH.search(lead):
        return []
    chain = names[first : last + 1]
    # A comma alone may set a town beside its province: without an "and" it is no list.
    words = context.text[chain[0].end : chain[-1].start]
    return [t for t in chain if t is not names[at]] if " and " in words or "&" in words else []


def _with_containers(context: Context) -> tuple[list[Toponym], list[int]]:
    """Give the names of a sentence with where each ends, what it lies in taken with it: "A in X province and B"."""
    names: list[Toponym] = []
    ends: list[int] = []
    for toponym in context.toponyms:
        if usable(toponym) is None:
            continue
        inside = toponym.role is ToponymRole.CONTAINER and bool(names)
        if inside and _WITHIN.fullmatch(context.text, ends[-1], toponym.start):
            names_province = _PROVINCE.match(context.text, toponym.end)
            ends[-1] = names_province.end() if names_province else toponym.end
        else:
            names.append(toponym)
            ends.append(toponym.end)
    return names, ends
