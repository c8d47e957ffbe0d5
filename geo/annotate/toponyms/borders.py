"""Borders told by one country: "the Turkish border", "its border with Türkiye". Which one, the other names decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.annotate.toponyms.discourse import add
from geo.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.annotate.toponyms.candidates import Mention
    from geo.annotate.toponyms.lexicon import Lexicon
    from geo.annotate.toponyms.names import Names
    from geo.model import Place

BORDER = 3.0


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
    for mention in found:
        if not mention.places or mention.places[0].kind is not PlaceKind.COUNTRY:
            continue
        adjective = mention.demonym and mention.right in words.border_words and mention.right_gap == " "
        told_with = not mention.demonym and mention.left == "with" and mention.left_noun in words.border_words
        if not (adjective or told_with):
            continue
        borders = _borders(mention.places[0], names, words)
        if not borders:
            continue
        mention.places = borders
        add(mention, BORDER, "a border")
        if adjective:
            mention.end += 1 + len(mention.right)
            mention.text = text[mention.start : mention.end]
            mention.key, mention.demonym = mention.text.lower(), False
        else:
            mention.key = f"border with {mention.key}"


def _borders(country: Place, names: Names, words: Lexicon) -> tuple[Place, ...]:
    own = words.border_countries.get(country.country or "")
    listed: dict[str, Place] = {}
    if own is None:
        return ()
    for other in words.border_countries.values():
        for place in names.lookup(f"{own}-{other} border"):
            listed[place.id] = place
    return tuple(place for place in listed.values() if place.kind is PlaceKind.BORDER)
