"""Where the text itself says a name lies: "Kuru village in Plateau state" is not the Kuru of another country.

The place told beside a small or unknown name restricts what it can be. If no place of that name lies there, the name is
unknown to the gazetteer, and all that is known of it is that it lies in the place told: it gets that place's point, and
a radius that says how vague this is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from geo.annotate.toponyms.shapes import distance_km
from geo.model import POINT_KINDS, Place, PlaceKind, ToponymRole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.annotate.toponyms.candidates import Mention

WELL_KNOWN = 150_000
"""People from which a city is meant whatever stands beside its name."""
QUARTER_KM = 15.0
"""How far from a city's built-up edge a quarter of it may lie."""
BESIDE_KM = 60.0
"""How far from the town it is said to belong to a village may lie."""
OF_DISTRICT_KM = 90.0
"""The same for the village of a district called after its town."""
DISTRICT_KM = 25.0
"""Radius of a district known only by its town."""
UNKNOWN_KM = 15.0
LEAST_KM = 5.0
"""Radius of what is known by a distance and a direction only, at least."""
_AREAS = (PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION, PlaceKind.COUNTRY)
_WORDS = (
    "villages? towns? city area areas community communities settlement hamlet locality district subdistrict ward"
    " neighbou?rhood market camp commune municipality county region province state territory zone local government"
    " council the a an which is lies just about some around from outside located situated small remote rural restive"
    r" border outskirts suburbs? north south east west central (?:north|south)-?(?:east|west) [a-z]+ern part of in near"
    r" within under \d{1,3} km kms"
    r" kilomet(?:er|re)s? miles? \(\d{1,3}[a-z]*\) Local Government Council Area LGA District Division Town"
    " headquarters capital"
)
# A district the gazetteer lacks may stand between: "Kwah community of Lamurde LGA of Adamawa State".
_UNKNOWN = (
    r"[A-Z][\w'\u2019-]+(?= (?:LGA|L\.G\.A|[Ll]ocal|[Dd]istrict|locality|territory|county|tehsil|woreda|upazila)\b)"
)
_LINK = re.compile(
    rf"['\u2019]?(?:s\b)?(?:,| \()?(?:,?[ -](?:{_WORDS.replace(' ', '|')}|{_UNKNOWN})(?![\w-])){{0,14}},? ?\Z"
)
_PARTS = frozenset(
    {"area", "areas", "district", "neighbourhood", "neighborhood", "quarter", "suburb", "ward", "village"}
)
_PART = re.compile(r" (?:area|areas|district|neighbou?rhood|quarter|suburb|ward|village|market)\b")
_BEFORE = "[a-z]+ern north south east west central capital coastal border restive main second largest biggest"
_POSSESSIVE = re.compile(
    rf"['\u2019]s? (?:(?:{_BEFORE.replace(' ', '|')}) ){{0,3}}"
    r"(?:(?:port |oasis )?(?:city|town|village|province|region|district|island|area|port) (?:of )?)?"
)
_TELLS = re.compile(
    r"\b(?:in|of|near|within|under|from|outside)\b|^, \Z"
    r"|^ (?:neighbou?rhood|district|area|quarter|village|town|community|locality|settlement),?"
    r" (?:(?:[a-z]+ern|north|south|east|west|central) )?\Z"
)
_DISTRICT = re.compile(
    r" (?:LGA|L\.G\.A|[Ll]ocal [Gg]overnment|[Dd]istrict|subdistrict|locality|county|tehsil|woreda|upazila)\b"
)
_LONGEST = 80
VAGUE = "derived:in "
_COUNTRY_BEFORE = re.compile(r" (?:[a-z-]+ ){0,2}(?:village|town|city|hamlet|settlement|district|area) (?:of )?\Z")


def is_vague(place: Place) -> bool:
    """Tell a place of which only what it lies in is known."""
    return place.id.startswith(VAGUE)


class Told(NamedTuple):
    """A place that the text gives for a name."""

    outer: Place
    district: bool
    """It stands for the district around it."""
    part: bool
    """The name is said to be a part of it."""


def anchor(
    text: str,
    kept: Sequence[Mention],
    given: Sequence[ToponymRole],
    meant: Sequence[Place | None],
    *,
    twin: Callable[[Place, str | None], Place | None],
) -> dict[int, Place]:
    """Place the small and unknown names that the text itself locates.

    Parameters
    ----------
    text : str
        The article's text.
    kept : sequence of Mention
        Its names, in text order.
    given : sequence of ToponymRole
        Their roles.
    meant : sequence of Place or None
        What they were taken for.
    twin : callable
        Gives the other side of a town at a border, in the country told, or None.

    Returns
    -------
    dict
        By position, the places that must be taken instead.
    """
    by_name: dict[str, Place] = {}
    now = list(meant)
    # From the last to the first: what a name lies in follows it, and is placed before it.
    for position in reversed(range(len(kept))):
        mention = kept[position]
        if mention.demonym or mention.listed or given[position] is ToponymRole.METONYM:
            continue
        place = now[position] = by_name.get(mention.key, meant[position])
        told = _told(text, position, kept, now)
        if told is None or mention.key in by_name or (place is not None and _fits(place, told)):
            continue
        better = _other_side(mention, place, told, twin) or _better(mention, place, told)
        if better is not None:
            by_name[mention.key] = now[position] = better
    return {
        position: by_name[mention.key]
        for position, mention in enumerate(kept)
        if mention.key in by_name and not mention.demonym
    }


def _other_side(
    mention: Mention, place: Place | None, told: Told, twin: Callable[[Place, str | None], Place | None]
) -> Place | None:
    """Give the side of a border town that lies in the country told, where no place of that name does."""
    if place is None or place.country == told.outer.country or place.id.startswith("derived:"):
        return None
    if any(_fits(other, told) for other in mention.places):
        return None
    return twin(place, told.outer.country)


def _better(mention: Mention, place: Place | None, told: Told) -> Place | None:
    """Give what a name means that cannot be where the text says it lies; None to leave it."""
    inside = [other for other in mention.places if _fits(other, told)]
    if place is None:
        return inside[0] if inside else _within(mention, told) if not mention.places else None
    if place.id.startswith(("own:", "derived:")):
        return None
    abroad = place.country != told.outer.country
    if inside and (abroad or place.kind in POINT_KINDS):
        return inside[0]
    if place.kind in POINT_KINDS and _small(place) and (told.part or mention.loose or abroad):
        return _within(mention, told)
    return None


def _small(place: Place) -> bool:
    return place.population < WELL_KNOWN


def _told(text: str, position: int, kept: Sequence[Mention], meant: Sequence[Place | None]) -> Told | None:
    """Give the nearest place told after a name; else the one told before it."""
    mention = kept[position]
    for following in range(position + 1, min(len(kept), position + 4)):
        other, outer = kept[following], meant[following]
        between = text[kept[following - 1].end : other.start]
        if other.run.sentence != mention.run.sentence or len(between) > _LONGEST or not _links(between):
            break
        if outer is not None and not other.demonym and outer.country:
            outer = _narrower(text, following, kept, meant) or outer
            part = outer.kind in _AREAS or _PART.match(text, mention.end, other.start) is not None
            return Told(outer, _DISTRICT.match(text, other.end, other.end + 20) is not None, part)
    if position and kept[position - 1].demonym and (country := meant[position - 1]) is not None:
        # "the Nigerian town of Obrikom"
        before = text[kept[position - 1].end : mention.start]
        if len(before) < _LONGEST and _COUNTRY_BEFORE.fullmatch(before):
            return Told(country, district=False, part=True)
    if position and _POSSESSIVE.fullmatch(text[kept[position - 1].end : mention.start][:_LONGEST]):
        # "central Baghdad's Karrada district"
        owner = meant[position - 1]
        if owner is not None and owner.country and not kept[position - 1].demonym:
            return Told(owner, district=False, part=mention.right in _PARTS)
    return None


def _narrower(text: str, position: int, kept: Sequence[Mention], meant: Sequence[Place | None]) -> Place | None:
    """Give the province of "in Turkey's Sanliurfa province": it tells more than the country before it."""
    outer = meant[position]
    if outer is None or outer.kind is not PlaceKind.COUNTRY or position + 1 >= len(kept):
        return None
    inner = meant[position + 1]
    if inner is None or inner.country != outer.country or inner.kind is PlaceKind.COUNTRY or inner.kind not in _AREAS:
        return None
    return inner if _POSSESSIVE.fullmatch(text[kept[position].end : kept[position + 1].start][:_LONGEST]) else None


def _links(between: str) -> bool:
    return _LINK.fullmatch(between) is not None and _TELLS.search(between) is not None


def _fits(place: Place, told: Told) -> bool:
    outer = told.outer
    if place.country != outer.country:
        return False
    if outer.kind is PlaceKind.COUNTRY:
        return True
    if outer.kind is PlaceKind.ADMIN1 and place.admin1 and place.admin1 == outer.admin1:
        return True
    area, quarter = outer.kind in _AREAS, told.part and outer.population > WELL_KNOWN
    beside = QUARTER_KM if quarter else OF_DISTRICT_KM if told.district else BESIDE_KM
    reach = 1.3 * outer.radius_km + 20.0 if area else outer.radius_km + beside
    return distance_km(place, outer) < reach


def _within(mention: Mention, told: Told) -> Place:
    outer = told.outer
    area = outer.kind in _AREAS
    # "20 km north of Mosul" says more than "near Mosul".
    exact = outer.id.startswith("derived:")
    least = LEAST_KM if exact else DISTRICT_KM if told.district else UNKNOWN_KM
    radius = outer.radius_km if area else max(outer.radius_km, least)
    where = outer.note if exact and outer.note else f"somewhere in {outer.name}"
    return replace(
        outer,
        id=f"{VAGUE}{outer.id}: {mention.key}",
        name=mention.text,
        kind=outer.kind if area else PlaceKind.VILLAGE,
        radius_km=radius,
        population=0,
        geometry=outer.geometry if area else None,
        note=f"not in the gazetteer there; {where}",
    )
