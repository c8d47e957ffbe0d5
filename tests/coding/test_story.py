"""What sentences of one story lend each other, and what another story does not."""

from datetime import date

from geo.coding import code

DAY = date(2022, 12, 2)


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


def test_no_place_is_carried_to_a_deed_of_another_day(annotate, town):
    text = "Rockets hit a market in Azaz on Friday. An air strike killed 11 soldiers on Tuesday."
    days = {"Friday": DAY, "Tuesday": date(2022, 11, 29)}
    reports = code(annotate(text, places={"Azaz": town("Azaz")}, days=days, published=DAY))
    assert {r.sub_event_type: r.place and r.place.name for r in reports} == {
        "Shelling/artillery/missile attack": "Azaz",
        "Air/drone strike": None,
    }


def test_a_claim_far_below_names_who_did_it(annotate):
    text = (
        "A suicide bomber blew himself up beside a market. The dead were carried away. Shops stayed shut. "
        "The governor spoke of a black day. The Islamic State group claimed the attack."
    )
    assert code(annotate(text))[0].actor1 == "Islamic State (ISIS)"


def test_what_a_ministry_named_before_says_names_nobody(annotate, town):
    text = "A bomb killed two people in Ras al-Ain. The ministry accused the YPG of the bombing."
    assert code(annotate(text, places={"Ras al-Ain": town("Ras al-Ain")}))[0].actor1 is None


def test_a_sentence_with_a_deed_of_its_own_names_nobody_for_another(annotate, town):
    text = "Gunmen shot dead two farmers in Tal Rawan. Taliban mortars hit Deir Sawan and killed four guards."
    places = {"Tal Rawan": town("Tal Rawan"), "Deir Sawan": town("Deir Sawan", lon=39.0)}
    reports = code(annotate(text, places=places))
    assert {r.place.name: r.actor1 for r in reports} == {"Tal Rawan": "Gunmen", "Deir Sawan": "Taliban"}


def test_nobody_hurt_three_sentences_on_is_no_dead(annotate):
    text = "Iran fired 22 missiles at the base. They came at night. The sky was lit. Nobody was hurt."
    report = code(annotate(text))[0]
    assert (report.fatalities_low, report.fatalities_high) == (0, 0)


def test_the_area_goes_before_what_it_is_a_part_of(annotate, town):
    text = "Turkish troops clashed with PKK fighters in the Gara region of northern Iraq."
    places = {
        "Gara region": town("Mount Gara", country="IRQ", kind="mountain", radius_km=15),
        "northern Iraq": town("northern Iraq", country="IRQ", kind="region", radius_km=150),
    }
    assert code(annotate(text, places=places))[0].place.name == "Mount Gara"
