"""Where the groups that an article names fight: beside Boko Haram, "Baga" is not in India."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.annotate.actors import lands_of
from geo.annotate.toponyms.resolve import Name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.geocoders.gazetteer import Gazetteer
    from geo.model import ActorMention

WEIGHT = 0.5
"""How much a group tells of the places named beside it; a country's own name has 1."""


def lands(actors: Iterable[ActorMention]) -> list[tuple[str, ...]]:
    """Give the lands of each group of an article that has some, as ISO 3166-1 alpha-3 codes, each set once."""
    told = dict.fromkeys(lands_of(actor) for actor in dict.fromkeys(mention.actor for mention in actors))
    return [countries for countries in told if countries]


def cues(found: Iterable[tuple[str, ...]], gazetteer: Gazetteer) -> list[Name]:
    """Make of each group's lands a name that may be any of them, to be placed with those of the article."""
    made = []
    for countries in found:
        places = tuple(place for iso in countries if (place := gazetteer.get(f"country:{iso}")) is not None)
        if places:
            made.append(Name(f"{' '.join(countries)} (group)", places, demonym=True, count=1, weight=WEIGHT))
    return made
