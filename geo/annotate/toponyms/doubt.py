"""Doubts about a choice: a small town in a country that the article never speaks of.

"Tama area" in an article about Kivu is not the Tama of Japan, though the gazetteer has no other. Such a name is left
without a place, so that an online geocoder can be asked for it; the one that was doubted stays among the candidates.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from geo import theatre
from geo.annotate.toponyms.shapes import distance_km
from geo.model import POINT_KINDS, Place, PlaceKind, ToponymRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.annotate.toponyms.candidates import Mention

SMALL = 50_000
"""People below which a place is not meant by its bare name in an article about other countries."""
NEIGHBOUR_KM = 500.0
"""Farther than this from all that an article names, a small town is a stranger in it."""
_SAY = (PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.REGION)


def strangers(
    kept: Sequence[Mention],
    given: Sequence[ToponymRole],
    chosen: Sequence[Place | None],
    *,
    lands: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """Find the names whose place lies where nothing else of the article does.

    Parameters
    ----------
    kept : sequence of Mention
        The names of an article.
    given : sequence of ToponymRole
        Their roles.
    chosen : sequence of Place or None
        What they were taken for.
    lands : frozenset of str, optional
        Countries, ISO 3166-1 alpha-3, where the groups of the article fight: it tells of them, not of others.

    Returns
    -------
    frozenset of str
        Keys of such names; empty if the article names no country or province, and no group that has its lands.
    """
    home = frozenset() if lands else theatre.current().weights
    small = [
        (mention.key, place)
        for mention, role, place in zip(kept, given, chosen, strict=True)
        if place is not None
        and place.kind in POINT_KINDS
        and place.population < SMALL
        and place.country is not None
        and place.country not in home
        and role is ToponymRole.LITERAL
        and not place.id.startswith(("own:", "derived:"))
    ]
    if not small:
        return frozenset()
    told: set[str | None] = set(lands)
    named: dict[str | None, set[str]] = defaultdict(set)
    area = bool(lands)
    for mention, place in zip(kept, chosen, strict=True):
        if place is None:
            continue
        named[place.country].add(mention.key)
        area = area or (place.kind in _SAY and not mention.demonym)
        if mention.demonym or place.kind in _SAY or place.population >= SMALL:
            told.add(place.country)
    if not area:
        return frozenset()
    times = Counter(mention.key for mention in kept)
    return frozenset(
        key
        for key, place in small
        # What an article names again and again is what it is about.
        if times[key] == 1
        and place.country not in told
        and len(named[place.country]) == 1
        and all(_far(place, other) for other in chosen if other is not None and other.country != place.country)
    )


def _far(place: Place, other: Place) -> bool:
    """Tell that a place lies far from another, or from where that area ends: wars and news cross borders."""
    return distance_km(place, other) > 1.2 * other.radius_km + NEIGHBOUR_KM
