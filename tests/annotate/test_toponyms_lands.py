"""Groups tell of the countries they fight in, and so of the places named beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.annotate import actors, toponyms
from geo.annotate.sentences import split
from geo.geocoders import open_gazetteer

if TYPE_CHECKING:
    from geo.model import Place


def place(text: str, name: str) -> Place | None:
    sentences = split(text)
    mentions = actors.find(text, sentences=sentences)
    found = toponyms.find(text, sentences=sentences, gazetteer=open_gazetteer(), actors=mentions)
    return next(one.place for one in found if one.text == name)


@pytest.mark.parametrize(
    ("group", "country"),
    [("Boko Haram", "NGA"), ("Al-Shabaab", "SOM"), ("The Free Papua Movement", "IDN"), ("The ELN", "COL")],
)
def test_a_groups_land_decides_between_namesakes(group: str, country: str) -> None:
    towns = {"NGA": "Bama", "SOM": "Baidoa", "IDN": "Timika", "COL": "Cartago"}
    found = place(f"{group} attacked the town of {towns[country]} on Monday.", towns[country])
    assert found is not None
    assert found.country == country


def test_a_small_town_elsewhere_is_left_open_beside_a_group_that_fights_far_away() -> None:
    assert place("Boko Haram gunmen attacked the village of Amuda on Monday.", "Amuda") is None
    near = place("Gunmen attacked the village of Amuda on Monday.", "Amuda")
    assert near is not None
    assert near.country == "SYR"


def test_a_country_named_counts_more_than_a_groups_land() -> None:
    found = place("Boko Haram was spoken of in Cartago, Costa Rica, on Monday.", "Cartago")
    assert found is not None
    assert found.country == "CRI"


@pytest.mark.parametrize(
    "text",
    [
        "The Democratic Forces for the Liberation of Rwanda attacked a village.",
        "Fighters of the Movement for Oneness and Jihad in West Africa attacked a village.",
    ],
)
def test_a_part_of_a_groups_name_is_no_place(text: str) -> None:
    sentences = split(text)
    mentions = actors.find(text, sentences=sentences)
    assert toponyms.find(text, sentences=sentences, gazetteer=open_gazetteer(), actors=mentions) == ()
