"""Groups that no list knows, told by the shape of their names, in sentences of our own."""

import pytest

from geo.annotate import actors
from geo.model import ActorType


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Militia from the Garu clan came.", "Garu clan", ActorType.IDENTITY_MILITIA),
        ("Gunmen suspected to be of the Shemu tribe came.", "Shemu tribe", ActorType.IDENTITY_MILITIA),
        ("Gunmen believed to be Velani came.", "Velani gunmen", ActorType.POLITICAL_MILITIA),
        ("Fighters of the Popular Front for Renewal came.", "Popular Front for Renewal", ActorType.POLITICAL_MILITIA),
        ("The armed group Sons of Kalu came.", "Sons of Kalu", ActorType.POLITICAL_MILITIA),
        ("Young Eagles (YE), a banned militant group, came.", "Young Eagles", ActorType.REBEL_GROUP),
        ("They fought in a bandit attack.", "Bandits", ActorType.POLITICAL_MILITIA),
        ("The Velda Brigade came.", "Velda Brigade", ActorType.POLITICAL_MILITIA),
        ("Gunmen suspected to be Boko Haram came.", "Boko Haram", ActorType.REBEL_GROUP),
    ],
)
def test_a_group_is_named_by_its_shape(text, name, kind):
    found = next(m for m in actors.find(text) if m.type not in {ActorType.CIVILIANS})
    assert (found.actor, found.type) == (name, kind)
    assert text[found.start : found.end] == found.text


def test_a_short_name_in_brackets_is_known_from_then_on():
    text = "Fighters of the Popular Front for Renewal (PFR) came. Later the PFR left."
    assert [m.actor for m in actors.find(text)] == ["Popular Front for Renewal"] * 3


def test_both_names_before_the_word_for_them_are_sides():
    found = actors.find("Clashes between Maluya and Rezat tribes began.")
    assert [(m.actor, m.type) for m in found] == [
        ("Maluya", ActorType.IDENTITY_MILITIA),
        ("Rezat tribes", ActorType.IDENTITY_MILITIA),
    ]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Clashes between two rival tribes, the Maluya and Rezat, began.", ["Maluya", "Rezat"]),
        ("Fighting between two rival tribes of Maluya and Rezat began.", ["Maluya", "Rezat"]),
        ("The clans of Velu and Hamad that fought in spring met.", ["Velu", "Hamad"]),
        ("A battle of two rival cult groups, Bluebirds and Redcaps, began.", ["Bluebirds", "Redcaps"]),
        ("The tribes of Homs and Hama met.", ["Tribes"]),
        ("Fighting between tribes of Pakistan and Iran began.", ["Tribes"]),
        ("Clashes between rival tribes of Velu and Hamad districts began.", ["Rival tribes"]),
    ],
)
def test_two_groups_named_after_the_word_for_both_are_sides(text, sides):
    assert [m.actor for m in actors.find(text)][: len(sides)] == sides


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("He was killed by persons suspected to be Velani.", "Velani"),
        ("He was killed by a mob believed to be Velani.", "Velani mob"),
        ("Unidentified gunmen but suspected to be Boko Haram came.", "Boko Haram"),
    ],
)
def test_who_is_only_suspected_is_named_by_the_suspicion(text, actor):
    (found,) = actors.find(text)
    assert (found.actor, found.type is ActorType.CIVILIANS) == (actor, False)


def test_people_of_a_clan_are_no_fighters():
    (found,) = actors.find("Twelve people from the Degu clan came.")
    assert found.type is ActorType.CIVILIANS


@pytest.mark.parametrize(
    "text",
    [
        "A bomb in the Central African Republic killed ten.",
        "A blast in northern Brazil has killed ten.",
        "A flood in South Sudan killed ten.",
        "Rain in Papua New Guinea killed ten.",
        "Military patrols and militant leaflets were seen.",
    ],
)
def test_what_happens_in_a_country_is_not_done_by_it(text):
    assert actors.find(text) == ()
