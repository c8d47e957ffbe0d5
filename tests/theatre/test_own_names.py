"""A theatre's own names are found in its texts, words in lower case among them."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo import theatre
from geo.annotate import toponyms
from geo.annotate.sentences import split
from geo.annotate.toponyms import written
from geo.geocoders import open_gazetteer
from geo.model import Article
from geo.pipeline import open_resources, read_article

ABOUT = """id: darfur
name: Darfur
languages: [en]
bounds: [21.5, 8.5, 39.0, 22.5]
countries: {SDN: 0.9}
"""
PLACES = """places:
- {id: zamzam, name: Zamzam camp, at: [25.31, 13.49], within_km: 3, kind: camp, country: SDN, heads: [Zamzam],
   source: general knowledge}
- {id: airport, name: Khartoum airport, at: [32.553, 15.59], within_km: 1, kind: base, country: SDN, heads: [Khartoum],
   source: general knowledge}
- {id: palace, name: Republican Palace, at: [32.5277, 15.6115], within_km: 0.5, kind: facility, country: SDN,
   source: general knowledge}
"""
ALIASES = "aliases:\n- {place: 'gn:379555', name: El Fasher, aliases: [besieged capital of North Darfur]}\n"


@pytest.fixture(scope="module")
def darfur(tmp_path_factory):
    folder = tmp_path_factory.mktemp("theatres") / "darfur"
    folder.mkdir()
    (folder / "theatre.yaml").write_text(ABOUT, encoding="utf-8")
    (folder / "aliases.yaml").write_text(ALIASES, encoding="utf-8")
    palace = PLACES.replace(
        "kind: facility, country: SDN,", "kind: facility, country: SDN, aliases: [presidential palace],"
    )
    (folder / "places.yaml").write_text(palace, encoding="utf-8")
    with theatre.use(theatre.open_theatre(folder)) as here:
        yield here


def _placed(text: str) -> list[tuple[str, str | None]]:
    found = toponyms.find(text, sentences=split(text), gazetteer=open_gazetteer())
    return [(toponym.text, toponym.place and toponym.place.id) for toponym in found]


READ = [
    ("RSF shelled Zamzam camp on Monday.", "Zamzam camp", "own:zamzam"),
    ("Drones hit the Zamzam displacement camp on Monday.", "Zamzam displacement camp", "own:zamzam"),
    ("RSF shelled Zamzam on Monday.", "Zamzam", "own:zamzam"),
    ("Soldiers retook the presidential palace on Friday.", "presidential palace", "own:palace"),
    ("Presidential palace retaken by soldiers on Friday.", "Presidential palace", "own:palace"),
    ("Shells fell on the besieged capital of North Darfur.", "besieged capital of North Darfur", "gn:379555"),
    ("Warplanes bombed Khartoum airport.", "Khartoum airport", "own:airport"),
    ("Warplanes bombed Khartoum.", "Khartoum", "gn:379252"),
]


@pytest.mark.parametrize(("text", "name", "place"), READ)
def test_a_theatres_own_names_stand_at_their_place(darfur, text, name, place):
    assert (name, place) in _placed(text)


def test_a_longer_word_is_another_word(darfur):
    assert _placed("They built presidential palaces everywhere.") == []


def test_an_event_stands_in_the_camp(darfur):
    article = Article(
        id="a", text="The RSF shelled Zamzam camp on Monday, killing 12 people.", published=date(2024, 5, 13)
    )
    (report,) = read_article(article, open_resources()).reports
    assert report.place is not None
    assert report.place.id == "own:zamzam"


def test_the_head_alone_is_found_by_whoever_corrects_an_event(darfur):
    assert open_gazetteer().lookup("Zamzam")[0].id == "own:zamzam"
    assert "own:airport" not in {place.id for place in open_gazetteer().lookup("Khartoum")}


def test_names_that_capitals_tell_are_left_to_them():
    assert written.patterns(["Isle of Wight", "al-Hol", "Deir ez-Zor", "Goma", "the Dam"]) == {}
    assert list(written.patterns(["Zamzam camp", "presidential palace"])) == ["presidential", "zamzam"]


@given(st.text(max_size=40))
@example("0 \xa00")
def test_any_name_makes_a_pattern_that_finds_itself(name):
    for patterns in written.patterns([name]).values():
        assert all(pattern.match(name.removeprefix("the ").strip()) for pattern in patterns)
