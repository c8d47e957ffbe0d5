"""Who did it to whom, in sentences of our own."""

import pytest

from geo.coding import code
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
