from __future__ import annotations

import pytest

from geo.annotate.toponyms.lexicon import lexicon
from geo.geocoders import open_gazetteer
from geo.model import PlaceKind

WORDS = lexicon()
AREAS = {PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.REGION, PlaceKind.CONTINENT}
UNKNOWN = {"Catalonia", "South Ossetia", "Gaza"}
"""Regions the gazetteer does not hold as an area: their people are known as such, but not placed there."""


@pytest.mark.parametrize(
    "name", sorted({*WORDS.demonyms.values(), *WORDS.known_as.values(), *WORDS.abbreviations.values()})
)
def test_every_second_name_and_every_people_has_an_area_in_the_gazetteer(name: str) -> None:
    kinds = {place.kind for place in open_gazetteer().lookup(name)}
    assert name in UNKNOWN or kinds & AREAS


def test_lists_are_in_lower_case_and_not_empty() -> None:
    for listed in (WORDS.place_prepositions, WORDS.titles, WORDS.common_words, WORDS.given_names, WORDS.function_words):
        assert listed
        assert all(word == word.lower() for word in listed)


def test_no_word_is_both_a_preposition_of_places_and_a_title() -> None:
    assert not WORDS.place_prepositions & WORDS.titles
