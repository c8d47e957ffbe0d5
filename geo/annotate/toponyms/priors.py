"""How likely a place is meant by its name before the other names of the article are asked."""

from __future__ import annotations

import math
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from geo import theatre
from geo.annotate.toponyms.shapes import distance_km
from geo.geocoders.names import fold
from geo.model import POINT_KINDS, PlaceKind

if TYPE_CHECKING:
    from geo.annotate.toponyms.resolve import Name
    from geo.model import Place

KIND_PRIOR = {
    PlaceKind.CONTINENT: 9.0,
    PlaceKind.COUNTRY: 8.0,
    PlaceKind.ADMIN1: 4.5,
    PlaceKind.REGION: 5.0,
    PlaceKind.RIVER: 4.0,
    PlaceKind.WATER: 3.5,
    PlaceKind.MOUNTAIN: 3.0,
    PlaceKind.BORDER: 4.0,
    PlaceKind.BASE: 3.0,
    PlaceKind.CAMP: 3.0,
    PlaceKind.DAM: 3.0,
    PlaceKind.CROSSING: 3.0,
}
"""Logits by kind; towns have 0.75 a decade of population instead."""
TOWN_OF_PROVINCE = 20_000
"""People from which a town takes its name before the province called after it."""
LIKE, LARGE = 0.7, 0.3
"""A town has an area's name by right if its own is as like it as "Kyiv" is to "Kiev", or so many of its people live
there."""
PER_DECADE = 0.85
ALIAS = -1.0
BEST_KNOWN = 0.5
"""What the order of the gazetteer adds to the first of a name in the theatre and its neighbours."""
FOREIGN, LARGE_CITY = -7.0, 100_000
"""What a country loses whose name in another language is a large city's own: "Tunis" is not Tunisia."""
CAPITAL, CAPITAL_PEOPLE = 1.5, 500_000
"""What a name of a capital, such as "Washington", is worth to a city so large."""


_NATURAL = frozenset({PlaceKind.RIVER, PlaceKind.WATER, PlaceKind.MOUNTAIN, PlaceKind.REGION})
_AREAS = frozenset({PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION, PlaceKind.COUNTRY})
_AFTER_A_TOWN = frozenset({PlaceKind.ADMIN1, PlaceKind.RIVER})
# Every place of every name is weighed: to ask the enumeration for these takes longer than to compare with them.
_CITY, _ADMIN1, _COUNTRY = PlaceKind.CITY, PlaceKind.ADMIN1, PlaceKind.COUNTRY


def prior(place: Place, name: Name) -> float:
    """Give the logit of a place by its kind, its people and what the text says beside the name.

    Parameters
    ----------
    place : Place
        A candidate.
    name : Name
        The name, with all its candidates.

    Returns
    -------
    float
        Comparable with the others of the name.
    """
    kind = place.kind
    fixed = None if is_brook(place) else KIND_PRIOR.get(kind)
    if kind is _ADMIN1 and place.population:
        # Ohio outweighs a province of half a million by one; the states of the United States are in everybody's mouth.
        fixed = (5.3 if place.country == "USA" else KIND_PRIOR[kind]) + 0.8 * (math.log10(place.population) - 6.5)
    logit = fixed if fixed is not None else PER_DECADE * (math.log10(place.population + 10) - 1)
    if fixed is None and place.name.lower() != name.spelling:
        logit += ALIAS
    if (
        name.government
        and kind is _CITY
        and place.population == max(p.population for p in name.places if p.kind is _CITY)
    ):
        logit += 6.0
    if place is name.places[0] and place.country in theatre.current().near:
        logit += BEST_KNOWN
    if kind is _COUNTRY and _is_a_citys(place, name):
        logit += FOREIGN
    if name.town and not name.area and kind not in POINT_KINDS:
        logit -= 4.0
    if name.capital and not name.area and kind is _CITY and place.population > CAPITAL_PEOPLE:
        logit += CAPITAL
    if name.area:
        logit += 4.0 if kind in _AREAS else -2.0
    elif kind in _AFTER_A_TOWN and _has_town(place, name):
        # A province or a river called after its town is meant only where the text says so.
        logit -= 2.5
    if kind is _ADMIN1 and fold(place.name) != fold(name.spelling):
        logit += ALIAS * 0.5
    return logit


def is_brook(place: Place) -> bool:
    """Tell a river, hill or plain of a GeoNames dump: most of these are too small to be meant before a town."""
    return place.kind in _NATURAL and place.id.startswith("gn:")


def _is_a_citys(country: Place, name: Name) -> bool:
    written = fold(name.spelling)
    return fold(country.name) != written and any(
        other.kind is _CITY and other.population > LARGE_CITY and fold(other.name) == written for other in name.places
    )


@lru_cache(maxsize=4096)
def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _has_town(area: Place, name: Name) -> bool:
    """Tell whether a name is also that of a town in or beside an area, and the town's by right.

    "Hatay" is first the province, although its capital Antakya once had the name.
    """
    reach = 1.5 * area.radius_km + 30.0
    written = fold(name.spelling)
    by_alias = fold(area.name) != written
    return any(
        other.kind in POINT_KINDS
        and other.population > TOWN_OF_PROVINCE
        and (by_alias or other.population > LARGE * area.population or _likeness(fold(other.name), written) > LIKE)
        and distance_km(area, other) < reach
        for other in name.places
    )
