"""The word lists behind the reading of place names, loaded once from ``data/sources``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

from geo import sources
from geo.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the recogniser knows about words, in lower case."""

    place_prepositions: Words
    weak_prepositions: Words
    place_nouns: Words
    place_heads: Words
    place_suffixes: Words
    place_openers: Words
    organisation_heads: Words
    brand_heads: Words
    not_places: Words
    media: Words
    site_words: Words
    local_bodies: Words
    speech_verbs: Words
    government_verbs: Words
    capital_verbs: Words
    dealings: Words
    titles: Words
    calendar: Words
    compass: Words
    attack_words: Words
    place_passives: Words
    metonym_capitals: Words
    border_words: Words
    feature_openers: Words
    feature_heads: Words
    site_heads: Words
    settlements: Words
    places: Words
    peoples: Words
    area_heads: Words
    county_heads: Words
    area_suffixes: Words
    area_prefixes: Words
    government_nouns: Words
    urging: Words
    function_words: Words
    common_words: Words
    """Ordinary English words that are also names of places."""
    given_names: Words
    place_acronyms: Words
    abbreviations: Mapping[str, str]
    """Abbreviation without its last stop ("n.y") to the full name."""
    border_countries: Mapping[str, str]
    """ISO 3166-1 alpha-3 code to the name under which the gazetteer holds borders."""
    known_as: Mapping[str, str]
    """Short or second name, as written, to the name that is looked up."""
    demonyms: Mapping[str, str]
    """Adjective or people to the name of the country or region."""
    arabic_prepositions: Words
    arabic_place_nouns: Words
    arabic_area_nouns: Words
    nameless: Words
    """Months, titles and the generic parts of names: no place when they stand alone."""
    generic: Words
    """Words that no name in another spelling is made of."""


_OTHERS = ("common_words", "given_names", "abbreviations", "border_countries", "known_as", "demonyms")
"""Fields that are not plain lists of the cues file."""
_JOINED = {
    "nameless": ("calendar", "compass", "titles", "place_heads", "place_openers", "organisation_heads"),
    "generic": ("peoples", "function_words", "calendar", "organisation_heads", "titles"),
}
"""Lists made of others: every capitalised word is looked up in them, once instead of five or six times."""


@cache
def lexicon() -> Lexicon:
    """Load the word lists.

    Returns
    -------
    Lexicon
        The same object every time.

    Raises
    ------
    DataError
        A file is missing or a list in it is.
    """
    cues, people, common, peoples = map(
        sources.load, ("toponym_cues.yaml", "person_names.yaml", "common_words.yaml", "demonyms.yaml")
    )
    named = [field.name for field in fields(Lexicon) if field.name not in (*_OTHERS, *_JOINED)]
    try:
        lists = {name: _words(cues[name]) for name in named}
        return Lexicon(
            **lists,
            **{name: frozenset().union(*(lists[part] for part in parts)) for name, parts in _JOINED.items()},
            common_words=_words(common["words"]),
            given_names=frozenset().union(*map(_words, people.values())),
            abbreviations={key.lower(): value for key, value in cues["abbreviations"].items()},
            border_countries=dict(cues["border_countries"]),
            known_as=dict(cues["known_as"]),
            demonyms={
                word.replace("-", " "): place
                for group in ("countries", "regions")
                for place, words in peoples[group].items()
                for word in words.split()
            },
        )
    except KeyError as error:
        raise DataError(f"data/sources/toponym_cues.yaml and its neighbours: the list {error} is missing") from error


def _words(listed: str) -> Words:
    return frozenset(word.replace("_", " ") for word in listed.split())
