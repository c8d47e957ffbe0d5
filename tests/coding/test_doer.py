"""Who did it to whom, in sentences of our own."""

from datetime import date

import pytest

from geo.coding import code
from geo.model import ActorType
from tests.coding.conftest import make


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Three villagers were killed by Boko Haram.", "Boko Haram"),
        ("Boko Haram killed three villagers whose town was freed by Nigerian troops.", "Boko Haram"),
        ("Five people were killed on Wednesday when a lone gunman opened fire on residents.", "Lone gunman"),
        ("Armed robbers killed ten people including two policemen.", "Armed robbers"),
        ("ISIS fighters dressed as soldiers killed ten villagers.", "Islamic State (ISIS)"),
        ("Ten villagers were killed in a bandit attack.", "Bandits"),
        ("Ten civilians were killed after ISIS fighters stormed the village.", "Islamic State (ISIS)"),
        ("Ten people were killed during a clash between hunters and suspected cattle rustlers.", "Hunters"),
        ("Ten people died in fighting between the Velu and mainly Christian Tarun groups.", "Velu"),
        ("A bomb killed ten people. The Al-Shabab group said it was behind the attack.", "Al-Shabaab"),
        ("A bomb killed ten people. ISIS issued a statement claiming the attack.", "Islamic State (ISIS)"),
        ("Gunmen killed ten people. Ansaru, a splinter group of Boko Haram, claimed responsibility.", "Ansaru"),
        ("Gunmen killed ten people. Officials have pointed the finger at ISIS.", "Islamic State (ISIS)"),
        ("The Sudanese Air Force (SAF) attacked the village, killing ten people.", "Military Forces of Sudan"),
        ("Six people were killed when a militiaman threw a grenade at them.", "Militiaman"),
        ("Armed men killed ten people. The governor said the raiders were Velani tribesmen.", "Velani tribesmen"),
        ("A suicide bomber killed nine. Taliban fighters at once claimed the blast was theirs.", "Taliban"),
        ("Insurgents fired a rocket at a camp, killing nine. The Taliban attacked while they slept.", "Taliban"),
        ("A bomb killed ten people. ISIS claimed responsibility for it in a phone call.", "Islamic State (ISIS)"),
        ("Ten people were killed when Boko Haram, angry at the arrests, stormed the village.", "Boko Haram"),
        ("Ten people were killed when Boko Haram in four armed trucks stormed the village.", "Boko Haram"),
        ("An Iraqi government air strike on a court set up by ISIS killed ten people.", "Military Forces of Iraq"),
        ("Unknown gunmen killed ten people. The attackers were alleged to be Velani herdsmen.", "Velani herdsmen"),
        ("Ten people died in violence among rival clans. The Velu and Hamad clans are at odds.", "Rival clans"),
        ("Ten people died in violence among rival clans. There were clashes between the Velu and Hamad clans.", "Velu"),
        ("Shells killed ten people in the town. The Turkish army fired the shells.", "Military Forces of Turkey"),
        ("Ten people died when a fighter jet belonging to the Chadian army bombed a road.", "Military Forces of Chad"),
        ("A teacher was shot dead. Three gangsters approached her and killed her on the spot.", "Gangsters"),
    ],
)
def test_doer(text, doer):
    assert code(make(text))[0].actor1 == doer


@pytest.mark.parametrize(
    "text",
    [
        "Ten people were killed in the raid, the United Nations said.",
        "Figures gathered by the UN showed that ten villagers were massacred.",
        "Ten people were killed by a bomb, Afghan police and government security officials said.",
    ],
)
def test_who_only_tells_it_did_not_do_it(text):
    assert code(make(text))[0].actor1 is None


@pytest.mark.parametrize(
    ("actor1", "actor2", "text"),
    [
        ("Boko Haram", "Civilians", "Boko Haram militants killed 12 villagers."),
        ("Al-Shabaab", "Civilians", "Twelve people were killed by suspected al-Shabab gunmen."),
        (
            "Syrian Democratic Forces",
            "Syrian National Army",
            "Clashes between the SDF and Turkish-backed rebels went on.",
        ),
        ("Islamist gunmen", "Civilians", "Suspected Islamist gunmen shot dead five students."),
        ("Gunmen", "Civilians", "Gunmen abducted three aid workers, police said."),
        (
            "Islamic State (ISIS)",
            "Civilians",
            "A bomber killed nine worshippers. The Islamic State claimed responsibility for the attack.",
        ),
        ("Protesters", "Police", "Police fired tear gas at protesters."),
        ("Al-Shabaab", "Soldiers", "Al-Shabaab said its fighters killed four soldiers in an ambush."),
    ],
)
def test_who_did_it_to_whom(annotate, actor1, actor2, text):
    report = code(annotate(text))[0]
    assert (report.actor1, report.actor2) == (actor1, actor2)


@pytest.mark.parametrize(
    "text",
    [
        "A bomb killed ten people in the town. The ministry blamed Boko Haram for the blast.",
        "An air strike on a district held by Boko Haram killed ten people.",
    ],
)
def test_who_is_only_accused_or_holds_the_place_is_no_sure_doer(text):
    report = code(make(text))[0]
    assert report.actor1 is None or "claims it or is named for it" in report.why


def test_who_backs_a_side_is_not_fought_by_it():
    report = code(make("The Syrian National Army, which Turkey supports, attacked the town and killed nine people."))[0]
    assert (report.actor1, report.actor2) == ("Syrian National Army", "Civilians")


def test_who_says_so(annotate):
    report = code(annotate("Gunmen shot dead three farmers, a tribal leader said."))[0]
    assert report.asserted_by == "a tribal leader"


def test_an_army_abroad_is_an_external_force(annotate, town):
    text = "Turkish artillery shelled Tal Rawan."
    abroad = code(annotate(text, places={"Tal Rawan": town("Tal Rawan", country="SYR")}))[0]
    home = code(annotate(text, places={"Tal Rawan": town("Tal Rawan", country="TUR")}))[0]
    assert abroad.actor1_type is ActorType.EXTERNAL_FORCES
    assert home.actor1_type is ActorType.STATE_FORCES


def test_names_are_those_of_the_day(annotate):
    text = "The Nusra Front killed two villagers on that day."
    early = code(annotate(text, days={"that day": date(2015, 3, 28)}))[0]
    late = code(annotate(text, days={"that day": date(2019, 3, 28)}))[0]
    assert (early.actor1, late.actor1) == ("Jabhat al-Nusra", "Hayat Tahrir al-Sham")


def test_who_suffered_it_did_not_do_it(annotate):
    report = code(annotate("Three US soldiers were killed in a drone strike on a base."))[0]
    assert report.actor1 is None
    assert report.actor2 == "Military Forces of the United States"


def test_what_a_state_does_by_force_its_forces_do(annotate):
    report = code(annotate("Iran fired 22 missiles at the base."))[0]
    assert report.actor1 == "Military Forces of Iran"
