"""Which army "the army" is: that of the country where the deed was done, where the article names no other state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.annotate.actors import home_country, lexicon
from geo.coding.roles import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.coding.draft import Draft
    from geo.model import ActorMention

_INSTITUTIONS = frozenset({"army", "military", "armed forces", "air force", "navy", "national army"})
"""Words for a state's own; "soldiers" and "troops" may be anybody's."""


def name_armies(drafts: Iterable[Draft], actors: Iterable[ActorMention]) -> None:
    """Name the army of the place's country for a bare "the army", in place.

    Parameters
    ----------
    drafts : iterable of Draft
        Of one article, completed.
    actors : iterable of ActorMention
        All actors of the article: where forces or the government of another state are named, "the army" may be theirs.
    """
    bare = [draft for draft in drafts if any(_bare(one) for one in (draft.sides.first, draft.sides.second))]
    if not bare:
        return
    lists = lexicon()
    homes = {home for mention in actors if (home := home_country(mention.actor)) is not None}
    for draft in bare:
        country = draft.spot.place.country if draft.spot else None
        if country is None or country not in lists.countries or not homes <= {country}:
            continue
        first, second = (_named(one, country) for one in (draft.sides.first, draft.sides.second))
        if first is None or second is None or first.actor != second.actor:
            draft.sides = replace(draft.sides, first=first, second=second)


def _bare(mention: ActorMention | None) -> bool:
    return mention is not None and mention.confidence < NAMED and mention.actor.lower() in _INSTITUTIONS


def _named(mention: ActorMention | None, country: str) -> ActorMention | None:
    if mention is None or not _bare(mention):
        return mention
    lists = lexicon()
    return replace(mention, actor=lists.state_name(lists.forces[mention.actor.lower()], country))
