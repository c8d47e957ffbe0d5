"""Actors found in sentences of our own."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.annotate import actors
from geo.annotate.actors.lexicon import fold
from geo.model import ActorType


def named(text: str) -> list[str]:
    return [mention.actor for mention in actors.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkish troops entered.", ["Military Forces of Turkey"]),
        ("Iraq's army said nothing.", ["Military Forces of Iraq"]),
        ("U.S. airstrikes hit the hills.", ["Military Forces of the United States"]),
        ("Nigerian police fired.", ["Police Forces of Nigeria"]),
        ("Turkish and Russian troops met.", ["Military Forces of Turkey", "Military Forces of Russia"]),
        ("A Turkish-Russian joint patrol passed.", ["Military Forces of Turkey", "Military Forces of Russia"]),
        ("The president of Iraq arrived.", ["Government of Iraq"]),
        ("Turkish Foreign Minister Mevlut Cavusoglu spoke.", ["Government of Turkey", "Government of Turkey"]),
        ("Ankara said it would act.", ["Government of Turkey"]),
        ("They held talks with Damascus.", ["Government of Syria"]),
        ("Turkey and Russia have met.", ["Government of Turkey", "Government of Russia"]),
        ("He lives in Ankara.", []),
        ("Turkish food is good.", []),
        ("The Islamic State claimed it.", ["Islamic State (ISIS)"]),
        ("IS claimed it.", ["Islamic State (ISIS)"]),
        ("It is raining.", []),
        ("ISIL and Daesh are one.", ["Islamic State (ISIS)", "Islamic State (ISIS)"]),
        ("Boko Haram militants came.", ["Boko Haram"]),
        ("The Islamist group, Boko Haram, came.", ["Boko Haram"]),
        ("Al-Shabab gunmen came.", ["Al-Shabaab"]),
        ("Suspected Islamist gunmen came.", ["Islamist gunmen"]),
        ("Fulani herdsmen came.", ["Fulani herdsmen"]),
        ("An unidentified drone fell.", ["Unidentified drone"]),
        ("Twelve villagers fled.", ["Villagers"]),
        ("Syria’s Kurdish People’s Protection Units left.", ["People's Protection Units (YPG)"]),
        ("The Armed Forces of Ukraine held.", ["Military Forces of Ukraine"]),
        ("The army of Chad left.", ["Military Forces of Chad"]),
        ("The shelling of Syria went on.", []),
        ("The breakaway Taliban faction Jamaat-ul-Ahrar left.", ["Jamaat-ul-Ahrar"]),
        ("Al-Qaeda's Syrian affiliate, the Nusra Front, left.", ["Hayat Tahrir al-Sham"]),
        ("Alshabaab came.", ["Al-Shabaab"]),
    ],
)
def test_find(text, expected):
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("protesters", ActorType.PROTESTERS),
        ("rioters", ActorType.RIOTERS),
        ("villagers", ActorType.CIVILIANS),
        ("soldiers", ActorType.STATE_FORCES),
        ("tribesmen", ActorType.IDENTITY_MILITIA),
        ("unidentified gunmen", ActorType.POLITICAL_MILITIA),
        ("rebels", ActorType.REBEL_GROUP),
        ("NATO", ActorType.EXTERNAL_FORCES),
    ],
)
def test_type(text, kind):
    (mention,) = actors.find(f"There were {text} there.")
    assert mention.type is kind


def test_a_name_is_surer_than_a_description():
    sure, described, bare = (
        actors.find(t)[0].confidence for t in ("Boko Haram came.", "The Islamist gunmen came.", "The gunmen came.")
    )
    assert sure > described > bare


@pytest.mark.parametrize(
    "names",
    [
        ("Sudanese Armed Forces", "SAF", "Sudanese army", "army of Sudan"),
        ("Israel Defense Forces", "IDF", "Israeli army"),
        ("Syrian Arab Army", "SAA", "Syrian army"),
        ("SPLA", "SSPDF", "South Sudanese army"),
        ("FARDC", "Congolese army"),
        ("UPDF", "Ugandan army"),
    ],
)
def test_an_army_is_one_actor_under_its_own_name_and_its_countrys(names):
    assert len({actors.find(f"The {name} came.")[0].actor for name in names}) == 1


def test_names_are_dated():
    assert actors.name_on("Hayat Tahrir al-Sham", date(2016, 9, 1)) == "Jabhat Fateh al-Sham"
    assert actors.name_on("Military Forces of Turkey", date(2015, 1, 1)) == "Military Forces of Turkey (2002-2016)"
    assert actors.name_on("Military Forces of Turkey", date(2019, 10, 9)) == "Military Forces of Turkey (2016-)"
    assert actors.name_on("Boko Haram", date(2019, 10, 9)) == "Boko Haram"
    assert actors.name_on("Military Forces of Turkey", None) == "Military Forces of Turkey"


def test_home_country_of_every_name_of_a_state():
    assert actors.home_country("Military Forces of Turkey (2016-)") == "TUR"
    assert actors.home_country("Government of the United States") == "USA"
    assert actors.home_country("Boko Haram") is None


def test_periods_of_a_name_do_not_overlap():
    for periods in actors.lexicon().periods.values():
        for earlier, later in pairwise(periods):
            assert earlier.end is not None
            assert earlier.end < later.start


@given(st.text(max_size=150))
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


TOKENS = st.sampled_from(
    [
        "Turkish",
        "and",
        "Russian",
        "troops",
        "Boko Haram",
        "militants",
        "U.S.",
        "ISIS",
        "-linked",
        "’s",
        "İstanbul",
        "Islamist",
        "gunmen",
        "the",
        "group,",
        "said",
        "president of",
        "Syria",
        "\n\n",
        "IS",
        "\u00a0",
    ]
)


@given(st.lists(TOKENS, max_size=25))
@settings(max_examples=150, deadline=None)
def test_mentions_match_the_text_and_do_not_overlap(tokens):
    text = " ".join(tokens)
    end = 0
    for mention in actors.find(text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= end
        assert mention.start < mention.end
        assert mention.actor
        end = mention.end
