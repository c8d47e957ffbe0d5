"""Borders told by one country: "the Turkish border", "its border with Türkiye". Which one, the other names decide."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from shapely.geometry import Point

from geo.annotate.toponyms.discourse import add
from geo.annotate.toponyms.shapes import distance_km
from geo.model import POINT_KINDS, PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.annotate.toponyms.candidates import Mention
    from geo.annotate.toponyms.lexicon import Lexicon
    from geo.annotate.toponyms.names import Names
    from geo.model import Place

BORDER = 3.0
AT_BORDER_KM = 5.0
"""How near to a border a town lies that has another side in the neighbouring country."""
OTHER_SIDE_KM = 3.0
"""How far from the border that other side reaches."""


def read(found: Sequence[Mention], text: str, names: Names, words: Lexicon) -> None:
    """Turn demonyms and countries that name a border into that border, in place.

    Parameters
    ----------
    found : sequence of Mention
        All mentions of an article, scored.
    text : str
        The article's text.
    names : Names
        The gazetteer, which holds the borders under the names of both countries.
    words : Lexicon
        Word lists.
    """
    told = Counter(mention.places[0].country for mention in found if mention.places and mention.score >= 0)
    for before, mention in pairwise((None, *found)):
        if mention is None or not _is_country(mention):
            continue
        at_border = mention.right in words.border_words and mention.right_gap == " "
        told_with = not mention.demonym and mention.left == "with" and mention.left_noun in words.border_words
        pair = before is not None and text[before.end : mention.start] in ("-", "\u2013") and _is_country(before)
        if at_border and pair and before is not None:
            _turn(before, mention, text, _between(before.places[0], mention.places[0], names, words))
        elif (at_border and mention.demonym) or told_with:
            _turn(None, mention, text, _likeliest(mention.places[0], told, names, words))


def across(place: Place, country: str | None, names: Names, words: Lexicon) -> Place | None:
    """Give the other side of a border town: "Ras al-Ain in Turkey" is not the town in Syria, but right across from it.

    Parameters
    ----------
    place : Place
        The town that has the name.
    country : str or None
        The country the text puts it in, ISO 3166-1 alpha-3.
    names : Names
        The gazetteer, which holds the borders.
    words : Lexicon
        Word lists.

    Returns
    -------
    Place or None
        The nearest point of the border, with a radius; None if the town lies at no border with that country.
    """
    first, second = words.border_countries.get(place.country or ""), words.border_countries.get(country or "")
    if first is None or second is None or first == second or place.kind not in POINT_KINDS:
        return None
    for border in names.lookup(f"{first}-{second} border"):
        if border.kind is not PlaceKind.BORDER or border.geometry is None:
            continue
        line = border.geometry
        spot = line.interpolate(line.project(Point(place.lon, place.lat)))
        near = replace(place, lon=round(spot.x, 5), lat=round(spot.y, 5))
        if distance_km(place, near) <= AT_BORDER_KM:
            return replace(
                near,
                id=f"derived:across:{place.id}",
                country=country,
                admin1=None,
                population=0,
                radius_km=round(place.radius_km + OTHER_SIDE_KM, 1),
                note=f"{place.name} lies in {first}; its other side of the border, in {second}",
            )
    return None


def _is_country(mention: Mention) -> bool:
    return bool(mention.places) and mention.places[0].kind is PlaceKind.COUNTRY


def _turn(before: Mention | None, mention: Mention, text: str, borders: tuple[Place, ...]) -> None:
    """Make a mention, and the one before it where two countries are named, mean a border."""
    if not borders:
        return
    for one in (before, mention):
        if one is None:
            continue
        one.places, one.key = borders, f"border: {one.key}"
        add(one, BORDER, "a border")
        one.demonym = False
    if before is None and mention.left != "with":
        mention.end += 1 + len(mention.right)
        mention.text = text[mention.start : mention.end]


def _between(one: Place, other: Place, names: Names, words: Lexicon) -> tuple[Place, ...]:
    first, second = words.border_countries.get(one.country or ""), words.border_countries.get(other.country or "")
    if first is None or second is None:
        return ()
    return tuple(place for place in names.lookup(f"{first}-{second} border") if place.kind is PlaceKind.BORDER)


def _likeliest(country: Place, told: Counter[str | None], names: Names, words: Lexicon) -> tuple[Place, ...]:
    """Give the border with the neighbour that the article speaks of most."""
    own = words.border_countries.get(country.country or "")
    if own is None:
        return ()
    others = sorted((code for code in words.border_countries if code != country.country), key=lambda code: -told[code])
    for code in others:
        found = names.lookup(f"{own}-{words.border_countries[code]} border") if told[code] else ()
        borders = tuple(place for place in found if place.kind is PlaceKind.BORDER)
        if borders:
            return borders
    return ()
