"""What looks like an event of the day and is none, and what a report must not say."""

from dataclasses import replace
from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coding import code
from geo.model import ActorType, EventType, GeoPrecision, Status, TimePrecision, ToponymRole
from tests.coding.conftest import make, place

DAY = date(2022, 12, 2)


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (Status.PLANNED, "The president vowed to launch a new ground offensive against the fighters."),
        (Status.PLANNED, "Turkish forces could launch an invasion of the region."),
        (Status.DENIED, "The Kurdish groups have denied involvement in the bombing."),
        (Status.DENIED, "The army did not shell the town, an officer said."),
        (Status.AGGREGATE, "Turkish and Russian forces had carried out 344 patrols."),
        (Status.AGGREGATE, "ISIS has claimed 153 attacks in six months."),
        (Status.BACKGROUND, "Thousands marked the anniversary of the massacre of villagers by gunmen."),
        (Status.CLAIMED, "ISIS claimed to have killed six members of the SDF."),
        (Status.ONGOING, "The army has launched a barrage of airstrikes on the hills."),
        (Status.REPORTED, "Gunmen shot dead three farmers."),
    ],
)
def test_status(annotate, status, text):
    assert code(annotate(text))[0].status is status


def test_aggregate_is_one_report_with_its_count(annotate):
    (report,) = code(annotate("Turkish and Russian forces had carried out 344 patrols."))
    assert report.count == 344
    assert {report.actor1, report.actor2} == {"Military Forces of Turkey", "Military Forces of Russia"}


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (5, None, "Gunmen killed at least five villagers."),
        (12, 12, "Gunmen killed 12 villagers and wounded 30."),
        (12, None, "The shelling left dozens dead in the town."),
        (None, 30, "Up to 30 people were killed when gunmen attacked the village."),
        (0, 0, "Artillery shelled the town but there were no casualties."),
        (22, 22, "Twenty-two people were killed by a car bomb."),
        (1, 1, "A farmer was killed by a roadside bomb."),
        (None, None, "A roadside bomb wounded seven people."),
        (2, 2, "The blast of a car bomb left five people wounded and two dead."),
        (1200, 1200, "The death toll of the shelling rose to 1,200."),
    ],
)
def test_deaths(annotate, low, high, text):
    report = code(annotate(text))[0]
    assert (report.fatalities_low, report.fatalities_high) == (low, high)
    assert report.fatalities_text is None or report.fatalities_text in text


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


@pytest.mark.parametrize("role", [ToponymRole.METONYM, ToponymRole.DEMONYM, ToponymRole.DATELINE])
def test_a_name_that_is_no_place_places_nothing(annotate, town, role):
    text = "Ankara shelled the hills."
    report = code(annotate(text, places={"Ankara": town("Ankara", country="TUR")}, roles={"Ankara": role}))[0]
    assert report.place is None
    assert report.geo_precision is None


def test_the_finer_place_wins_and_the_container_does_not(annotate, town):
    places = {"Tal Rawan": town("Tal Rawan"), "Aleppo province": town("Aleppo", kind="admin-1", radius_km=80)}
    report = code(annotate("Shells hit Tal Rawan in Aleppo province.", places=places))[0]
    assert report.place.name == "Tal Rawan"
    assert report.geo_precision is GeoPrecision.PLACE


def test_a_country_stays_a_country(annotate, town):
    report = code(
        annotate(
            "Gunmen shot dead two farmers in Syria.", places={"Syria": town("Syria", kind="country", radius_km=300)}
        )
    )[0]
    assert report.place.name == "Syria"
    assert report.geo_precision is GeoPrecision.REGION


def test_the_next_sentence_completes_place_and_day(annotate, town):
    text = "Gunmen killed nine people in Syria. The attack took place on Tuesday in Tal Rawan."
    places = {"Syria": town("Syria", kind="country"), "Tal Rawan": town("Tal Rawan")}
    report = code(annotate(text, places=places, days={"Tuesday": DAY}))[0]
    assert (report.place.name, report.day_start) == ("Tal Rawan", DAY)


def test_another_story_completes_nothing(annotate, town):
    text = "Gunmen killed nine people in Syria. In a separate incident on Tuesday a bomb exploded in Tal Rawan."
    places = {"Syria": town("Syria", kind="country"), "Tal Rawan": town("Tal Rawan")}
    reports = code(annotate(text, places=places, days={"Tuesday": DAY}))
    first = next(r for r in reports if r.start == 0)
    assert (first.place.name, first.day_start) == ("Syria", None)


def test_the_day_of_telling_is_not_surely_the_day_of_the_deed(annotate):
    text = "Gunmen killed nine people on Tuesday, police said on Friday."
    report = code(annotate(text, days={"Tuesday": date(2022, 11, 29), "Friday": DAY}))[0]
    assert report.day_start == date(2022, 11, 29)
    only_told = code(annotate("Gunmen killed nine people, police said on Friday.", days={"Friday": DAY}))[0]
    assert only_told.time_precision is TimePrecision.WEEK


def test_no_day_in_the_text_is_no_day(annotate):
    assert code(annotate("Gunmen killed nine people.", published=DAY))[0].day_start is None


def test_history_told_to_explain_is_background(annotate):
    text = "Turkish forces shelled the town on that day."
    old = code(annotate(text, days={"that day": date(2019, 10, 9)}, published=DAY))[0]
    assert old.status is Status.BACKGROUND


def test_a_day_to_come_is_planned(annotate):
    text = "Turkish forces deployed troops on that day."
    ahead = code(annotate(text, days={"that day": date(2023, 3, 1)}, published=DAY))[0]
    assert ahead.status is Status.PLANNED


def test_confidence_is_the_weakest_part_and_is_explained(annotate):
    report = code(annotate("Gunmen killed nine people."))[0]
    assert report.confidence == 0.2
    for part in ("What", "Who", "Where", "When"):
        assert part in report.why


WORDS = st.lists(
    st.sampled_from(
        [
            "Gunmen",
            "killed",
            "12",
            "villagers",
            "in",
            "Tal Rawan",
            "on",
            "Tuesday",
            "the",
            "SDF",
            "and",
            "Turkish",
            "troops",
            "by",
            "said.",
            "not",
            "\u00a0",
            "İstanbul",
            "“will",
            "bomb”",
            "attack,",
            "denied",
            "clashes",
            "between",
            "ISIS",
            ". The",
            "\n\n",
            "protesters",
            "٣",
            "ß",
            "dozens",
            "airstrike",
        ]
    ),
    max_size=40,
)


@given(WORDS)
@settings(max_examples=80, deadline=None)
def test_any_text_codes_without_a_crash_and_offsets_are_right(words):
    text = " ".join(words)
    named = {"Tal Rawan": place("Tal Rawan")} if "Tal Rawan" in text else {}
    days = {"Tuesday": DAY} if "Tuesday" in text else {}
    annotation = make(text, places=named, days=days)
    reports = code(annotation)
    assert reports == code(annotation)
    assert len({r.id for r in reports}) == len(reports)
    for report in reports:
        assert text[report.start : report.end] == report.quote
        assert report.start <= report.trigger[0] < report.trigger[1] <= report.end
        for start, end in report.actor_spans:
            assert text[start:end].strip()
        assert 0 <= report.confidence <= 1
        assert report.fatalities_text is None or report.fatalities_text in text


@given(st.text(max_size=200))
@settings(max_examples=80, deadline=None)
def test_any_characters_code_without_a_crash(text):
    for report in code(make(text)):
        assert text[report.start : report.end] == report.quote


def test_a_town_that_only_gives_the_direction_is_not_the_place(annotate, town):
    places = {"Tal Rawan": town("Tal Rawan"), "Deir Sawan": town("Deir Sawan", lon=39.0)}
    report = code(annotate("In Tal Rawan, northeast of Deir Sawan, gunmen killed two guards.", places=places))[0]
    assert report.place.name == "Tal Rawan"


def test_the_year_since_which_it_goes_on_is_not_the_day(annotate):
    text = "Gunmen killed six people in a province that has seen fighting since that year."
    assert code(annotate(text, days={"that year": date(2011, 1, 1)}))[0].day_start is None


@pytest.mark.parametrize("text", ["Nine people were killed in a bus crash.", "Floods killed a hundred people."])
def test_an_accident_is_no_attack(annotate, text):
    assert not [r for r in code(annotate(text)) if r.sub_event_type == "Attack"]


def test_who_suffered_it_did_not_do_it(annotate):
    report = code(annotate("Three US soldiers were killed in a drone strike on a base."))[0]
    assert report.actor1 is None
    assert report.actor2 == "Military Forces of the United States"


def test_the_war_it_is_about_is_not_the_place(annotate, town):
    places = {"Tal Rawan": town("Tal Rawan"), "Deir Sawan": town("Deir Sawan", lon=39.0)}
    text = "Rockets hit a base in Tal Rawan in retaliation for the war in Deir Sawan."
    assert code(annotate(text, places=places))[0].place.name == "Tal Rawan"


def test_a_month_is_no_march(annotate):
    assert code(annotate("The road is closed through March.")) == ()


def test_one_endless_sentence_is_coded_in_time_that_grows_with_its_length():
    text = "Boko Haram militants killed 12 villagers on the road and police clashed with gunmen " * 2000
    before = process_time()
    assert len(code(make(text))) <= 2
    assert process_time() - before < 5


def test_a_deed_that_only_explains_another_is_background(annotate, town):
    text = "The minister called the raids an answer to a rocket attack near Kirkuk on Friday."
    reports = code(annotate(text, places={"Kirkuk": town("Kirkuk")}, days={"Friday": DAY}, published=DAY))
    assert {r.status for r in reports if r.event_type is EventType.EXPLOSIONS} == {Status.BACKGROUND}


def test_many_dead_over_a_month_are_an_aggregate(town):
    text = "Six villagers were killed in the camp in November."
    made = make(text, days={"November": date(2022, 11, 1)}, published=DAY)
    month = replace(made.dates[0], day_end=date(2022, 11, 30), precision=TimePrecision.MONTH)
    (report,) = code(replace(made, dates=(month,)))
    assert report.status is Status.AGGREGATE


def test_the_province_of_a_governor_who_speaks_is_not_the_place(annotate, town):
    text = "An air strike killed 33 soldiers in Idlib, the governor of Hatay said."
    places = {"Idlib": town("Idlib"), "Hatay": town("Hatay", country="TUR")}
    assert code(annotate(text, places=places))[0].place.name == "Idlib"


def test_an_agreement_stands_where_it_was_signed(annotate, town):
    text = "The patrols were agreed in Moscow this month, together with a ceasefire along the line in Idlib."
    places = {"Moscow": town("Moscow", country="RUS"), "Idlib": town("Idlib")}
    (report,) = [r for r in code(annotate(text, places=places)) if r.sub_event_type == "Agreement"]
    assert report.place.name == "Moscow"


def test_no_place_is_carried_to_a_deed_of_another_day(annotate, town):
    text = "Rockets hit a market in Azaz on Friday. An air strike killed 11 soldiers on Tuesday."
    days = {"Friday": DAY, "Tuesday": date(2022, 11, 29)}
    reports = code(annotate(text, places={"Azaz": town("Azaz")}, days=days, published=DAY))
    assert {r.sub_event_type: r.place and r.place.name for r in reports} == {
        "Shelling/artillery/missile attack": "Azaz",
        "Air/drone strike": None,
    }


def test_what_a_state_does_by_force_its_forces_do(annotate):
    report = code(annotate("Iran fired 22 missiles at the base."))[0]
    assert report.actor1 == "Military Forces of Iran"


def test_a_claim_far_below_names_who_did_it(annotate):
    text = (
        "A suicide bomber blew himself up beside a market. The dead were carried away. Shops stayed shut. "
        "The governor spoke of a black day. The Islamic State group claimed the attack."
    )
    assert code(annotate(text))[0].actor1 == "Islamic State (ISIS)"


def test_a_vowed_offensive_is_a_threat_still_to_come(annotate):
    report = code(annotate("The president vowed to launch a new ground offensive against the fighters."))[0]
    assert (report.sub_event_type, report.status) == ("Threat or ultimatum", Status.PLANNED)


def test_an_earlier_deed_in_an_aside_is_background(annotate, town):
    text = (
        "Turkish warplanes bombed Kobani late on Friday, a week after the bombing in Istanbul which killed six people."
    )
    places = {"Kobani": town("Kobani"), "Istanbul": town("Istanbul", country="TUR")}
    reports = code(annotate(text, places=places, days={"Friday": DAY}, published=DAY))
    assert [r.sub_event_type for r in reports if r.status is Status.REPORTED] == ["Air/drone strike"]


def test_where_an_official_speaks_is_not_where_it_happened(annotate, town):
    text = "Gunmen shot dead three guards, an official in Baghdad said."
    assert code(annotate(text, places={"Baghdad": town("Baghdad", country="IRQ")}))[0].place is None


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (None, "Baghdad blames Turkey for the shelling of the village."),
        ("Baghdad", "A car bomb in southern Baghdad killed nine."),
    ],
)
def test_a_seat_of_government_is_a_place_only_where_the_words_say_so(annotate, town, place, text):
    report = code(annotate(text, places={"Baghdad": town("Baghdad", country="IRQ")}))[0]
    assert (report.place and report.place.name) == place
    assert report.actor1 != "Government of Iraq"


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


def test_talk_of_an_operation_borrows_no_day_for_a_dot(annotate, town):
    text = (
        "Iraq is eager to guard its border with Damascus after Islamic State fighters got away during an operation. "
        "The minister arrived on Friday."
    )
    places = {"Damascus": town("Damascus")}
    reports = code(annotate(text, places=places, days={"Friday": DAY}, published=DAY))
    assert not [r for r in reports if r.event_type is EventType.BATTLES and r.status is Status.REPORTED]
