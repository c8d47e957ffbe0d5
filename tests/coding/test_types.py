"""One or more sentences of our own for every sub-event type."""

import pytest

from geo.coding import code, load_rules
from geo.model import EVENT_TYPE_OF, SUB_EVENT_TYPES, EventType

SENTENCES = [
    ("Government regains territory", "Iraqi troops retook the town of Baiji from the militants after a long siege."),
    ("Government regains territory", "The Syrian army regained control of two villages east of the river."),
    ("Non-state actor overtakes territory", "ISIS fighters captured the village of Tal Rawan and raised their flag."),
    ("Non-state actor overtakes territory", "The SDF seized the pumping station on the river."),
    ("Non-state actor overtakes territory", "The SDF took control of the district in the morning."),
    ("Armed clash", "Clashes broke out between the SDF and Turkish-backed rebels near the dam."),
    ("Armed clash", "Peshmerga fighters exchanged fire with PKK militants in the mountains."),
    (
        "Excessive force against protesters",
        "Security forces opened fire on protesters in the square, killing two of them.",
    ),
    ("Protest with intervention", "Police fired tear gas to disperse the demonstrators outside the ministry."),
    ("Peaceful protest", "Hundreds of residents marched through the town to demand electricity."),
    ("Violent demonstration", "Protesters threw stones and petrol bombs at police during a demonstration."),
    ("Mob violence", "An angry mob beat a suspected thief to death in the market."),
    ("Chemical weapon", "Shells filled with chlorine landed on the outskirts, doctors said."),
    ("Air/drone strike", "Turkish warplanes bombed two villages near the border."),
    ("Air/drone strike", "Nine people were killed in aerial bombardments of the town."),
    ("Air/drone strike", "A drone strike hit a car on the road to the airport."),
    ("Suicide bomb", "A suicide bomber blew himself up at the checkpoint."),
    ("Shelling/artillery/missile attack", "Turkish artillery shelled the outskirts of the town."),
    ("Remote explosive/landmine/IED", "A roadside bomb hit a minibus on the highway."),
    ("Remote explosive/landmine/IED", "A car bomb went off in the market."),
    ("Grenade", "Unknown men threw a grenade at a shop."),
    ("Sexual violence", "Militiamen raped several women in the camp, a rights group said."),
    ("Attack", "Gunmen shot dead three farmers in their fields."),
    ("Attack", "Militants beheaded a teacher in the village."),
    ("Abduction/forced disappearance", "Gunmen kidnapped two aid workers on the road."),
    ("Agreement", "The two sides agreed to a ceasefire."),
    ("Arrests", "Turkish police arrested eleven suspects in the city."),
    ("Change to group/activity", "Russia sent reinforcements and deployed troops near the airport."),
    ("Disrupted weapons use", "Engineers defused a bomb that had been planted under the bridge."),
    ("Disrupted weapons use", "Air defences shot down a drone near the base."),
    ("Headquarters or base established", "Turkish forces set up a new observation post in the hills."),
    ("Looting/property destruction", "Fighters looted shops and torched houses in the village."),
    ("Non-violent transfer of territory", "The army entered the town without a fight after the fighters withdrew."),
    ("Other", "Turkish and Russian troops held a joint patrol along the border."),
    ("Meeting or visit", "The Iraqi prime minister met the French foreign minister in Baghdad."),
    ("Call or letter", "The two presidents discussed the crisis in a phone call."),
    ("Statement", "Turkey reiterated that its presence protects the border."),
    ("Accusation", "Iraq accused Israel of violating its sovereignty."),
    ("Demand or request", "The foreign minister urged the United Nations to act."),
    ("Threat or ultimatum", "Israel issued an ultimatum to Lebanon."),
    ("Sanction or expulsion", "The European Union imposed sanctions on two ministries."),
    ("Offer or mediation", "Qatar offered to mediate between the governments."),
]


@pytest.mark.parametrize(("expected", "text"), SENTENCES)
def test_sub_event_type(annotate, expected, text):
    reports = code(annotate(text))
    assert reports, "no event was found"
    assert reports[0].sub_event_type == expected
    assert reports[0].event_type is EVENT_TYPE_OF[expected]


def test_every_sub_event_type_has_a_sentence_here_and_a_rule():
    ruled = {rule.sub_event_type for rules in load_rules().rules.values() for rule in rules}
    for sub in (sub for subs in SUB_EVENT_TYPES.values() for sub in subs):
        assert sub in ruled
        assert sub in {expected for expected, _ in SENTENCES}


@pytest.mark.parametrize(
    "text",
    [
        "The bakery opened a second shop on the corner.",
        "Heavy rain is expected in the mountains.",
        "The team won its third match of the season.",
        "",
    ],
)
def test_no_event_where_nothing_happened(annotate, text):
    assert code(annotate(text)) == ()


def test_two_events_of_one_sentence(annotate):
    text = (
        "Turkish warplanes bombed a village near the border, and in the evening police arrested eleven suspects "
        "in the city centre."
    )
    assert {r.sub_event_type for r in code(annotate(text))} == {"Air/drone strike", "Arrests"}


def test_diplomacy_is_never_violence(annotate):
    for report in code(annotate("The foreign minister urged the United Nations to act.")):
        assert report.event_type is EventType.DIPLOMACY
        assert report.fatalities_low is None


@pytest.mark.parametrize(
    ("sub", "text"),
    [
        ("Non-state actor overtakes territory", "SDF fighters took the village of Tal Shair on Monday."),
        ("Government regains territory", "Syrian troops took the town of Saraqib on Monday."),
        ("Non-state actor overtakes territory", "The Syrian Democratic Forces raised their yellow flag over the town."),
        (
            "Non-state actor overtakes territory",
            "Rebels have driven the Islamic State group from the last strip it held.",
        ),
        ("Air/drone strike", "A strike on the village killed two civilians."),
        ("Arrests", "Iraqi forces captured several Islamic State fighters who tried to cross from Syria."),
    ],
)
def test_words_for_ground_taken_and_men_caught(annotate, sub, text):
    assert code(annotate(text))[0].sub_event_type == sub


def test_confidence_is_the_weakest_part_and_is_explained(annotate):
    report = code(annotate("Gunmen killed nine people."))[0]
    assert report.confidence == 0.2
    for part in ("What", "Who", "Where", "When"):
        assert part in report.why


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Fifty farmhands were killed in Tal Rawan.", True),
        ("Police found 17 bullet-riddled bodies in Tal Rawan.", True),
        ("Nine were killed when a wall fell in Tal Rawan.", False),
        ("Nine were killed in a bus crash in Tal Rawan.", False),
        ("Thousands were killed in the war.", False),
    ],
)
def test_a_count_of_the_killed_is_an_attack_unless_it_was_a_mishap(annotate, town, text, told):
    places = {"Tal Rawan": town("Tal Rawan")} if "Tal Rawan" in text else {}
    assert [report.sub_event_type for report in code(annotate(text, places=places))] == ["Attack"] * told
