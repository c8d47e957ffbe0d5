"""What the mentions of an article tell of one another: containment, lists, one sense per name."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from geo.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.annotate.toponyms.candidates import Mention

CONTAINED = 2.6
CONTAINER = 1.5
LIES_IN = 1.4
SEEN_AS_PLACE = 1.6
LISTED = 1.2
BIG = (PlaceKind.COUNTRY, PlaceKind.CONTINENT, PlaceKind.ADMIN1, PlaceKind.REGION)
"""Kinds so well known that a sentence's first word or an article before them says nothing against them."""


def add(mention: Mention, weight: float, why: str) -> None:
    """Add a cue to a mention's score, with its reason."""
    mention.score += weight
    mention.why.append(why)


def by_pairs(found: Sequence[Mention]) -> None:
    """Raise both names of "Lebanon, Ohio": the second says where the first lies, and both are places."""
    for one, other in pairwise(found):
        if one.demonym or other.demonym or not (one.places or one.head) or not other.places:
            continue
        gap = other.start - one.end
        if gap == len(" in ") and one.right == "in" and one.right_gap == " " and contains(other, one):
            add(one, LIES_IN, f"lies in {other.text}")
        elif gap == len(", ") and one.right_gap == ", " and contains(other, one):
            add(one, CONTAINED, f"lies in {other.text}")
            add(other, CONTAINER, f"says where {one.text} lies")


def contains(outer: Mention, inner: Mention) -> bool:
    """Tell whether a place of `outer` can hold a place of `inner`."""
    if not inner.places:
        return bool(inner.head) and outer.places[0].kind in (PlaceKind.ADMIN1, PlaceKind.COUNTRY)
    if inner.places[0].kind is PlaceKind.COUNTRY and outer.places[0].kind is PlaceKind.COUNTRY:
        # "Russia, US": two countries in a list. "Georgia, US": the state.
        country = outer.places[0].country
        return any(place.kind is PlaceKind.ADMIN1 and place.country == country for place in inner.places)
    for area in outer.places[:3]:
        if area.kind is PlaceKind.COUNTRY:
            if any(place.country == area.country and place.id != area.id for place in inner.places):
                return True
        elif (
            area.kind is PlaceKind.REGION
            and area.country
            and any(place.country == area.country for place in inner.places[:3])
        ) or (
            area.kind is PlaceKind.ADMIN1
            and any(
                place.country == area.country and place.admin1 == area.admin1 and place.id != area.id
                for place in inner.places
            )
        ):
            return True
    return False


def one_sense(found: Sequence[Mention]) -> None:
    """Read a name as a place where cues are weak if it is one where they are strong; likewise in a list of places."""
    strong: dict[str, float] = {}
    for mention in found:
        if not mention.demonym:
            strong[mention.key] = max(strong.get(mention.key, -9.0), mention.score)
    for mention in found:
        if not mention.demonym and strong[mention.key] >= 1.0 and -2.0 < mention.score < 1.0:
            add(mention, SEEN_AS_PLACE, "a place elsewhere in the article")
    for one, other in pairwise(found):
        gap = other.start - one.end
        if 2 <= gap <= 6 and not one.demonym and not other.demonym and (one.score > 0) != (other.score > 0):
            weak, sure = (one, other) if one.score < other.score else (other, one)
            if (
                weak.score > -1.5
                and sure.score > 1.0
                and one.right_gap in (", ", " ")
                and one.right in ("and", "or", other.key.split()[0])
            ):
                add(weak, LISTED, f"listed with {sure.text}")
