import pytest

from geo.ui.zones_page import count_words
from geo.zones import load_built
from tests.pages.conftest import html_of


def test_the_link_chooses_the_zone(open_page, small_store):
    page = open_page("zones", small_store, zone_card="ops")
    assert "<h2>Operation Peace Spring area</h2>" in html_of(page)
    assert page.query_params["zone_card"] == "ops"


@pytest.mark.parametrize("asked", ["", "no_such_zone", "<b>", "ops" * 1000])
def test_a_link_to_no_zone_shows_another(open_page, small_store, asked):
    page = open_page("zones", small_store, zone_card=asked)
    assert not page.exception
    assert page.query_params["zone_card"] != asked


def test_the_page_begins_with_a_zone_that_came_into_force_and_says_how_to_choose(open_page, small_store):
    page = open_page("zones", small_store)
    chosen = load_built()[page.query_params["zone_card"]].zone
    assert chosen.valid[0] is not None
    assert not chosen.is_province
    (note,) = [one.value for one in page.caption if "choose one of" in one.value]
    assert chosen.name in note
    page.selectbox[0].set_value("turkey_syria_border").run()
    assert not [one for one in page.caption if "choose one of" in one.value]


def test_events_of_the_zone_are_counted_as_certain_and_possible(open_page, small_store):
    page = open_page("zones", small_store, zone_card="ops")
    (table,) = page.dataframe
    assert set(table.value["inside"]) <= {"inside", "possible"}
    certain = int((table.value["inside"] == "inside").sum())
    assert f"<b>{certain}</b> certain" in html_of(page)
    assert certain >= 1


def test_the_card_tells_parties_figures_and_sources(open_page, small_store):
    written = html_of(open_page("zones", small_store, zone_card="ops"))
    for words in ("since 9 October 2019", "Türkiye (since", "km² as drawn here; published:", "Sources<ul>"):
        assert words in written


def test_provinces_are_listed_apart(open_page, small_store):
    page = open_page("zones", small_store, zone_card="ops")
    assert not any("province" in option for option in page.selectbox[0].options)
    page = open_page("zones", small_store, zone_card="SYR-02")
    assert all("province" in option for option in page.selectbox[0].options if option.startswith("Latakia"))


def test_choosing_a_zone_moves_the_link(open_page, small_store):
    page = open_page("zones", small_store, zone_card="ops")
    page.selectbox[0].set_value("euphrates_shield").run()
    assert page.query_params["zone_card"] == "euphrates_shield"
    assert "<h2>Euphrates Shield area</h2>" in html_of(page)


def test_a_zone_without_events_says_what_was_asked(open_page, small_store):
    page = open_page("zones", small_store, zone_card="tanf_55km")
    assert "No event here" in page.info[0].value


def test_every_zone_has_a_card(small_store):
    from geo.ui.zone_card import zone_card
    from geo.zones import load_built

    every = load_built()
    names = {key: built.zone.name for key, built in every.items()}
    for built in every.values():
        card = zone_card(built, names)
        assert "None" not in card
        assert "In force" in card


@pytest.mark.parametrize(("pair", "words"), [((14, 19), "14 certain, up to 19"), ((3, 3), "3"), ((0, 0), "0")])
def test_count_words(pair, words):
    assert count_words(*pair) == words


def test_the_profile_draws_distance_and_position_along_the_border(small_store):
    from geo.frame import load_frame
    from geo.query import Query, certain, select
    from geo.store import Store
    from geo.ui.charts import border_profile
    from geo.zones import load_built

    with Store(small_store, readonly=True) as store:
        frame = load_frame(store)
    query = Query(zones=frozenset({"ops"}))
    events = select(frame, query)
    chart = border_profile(load_built()["ops"], events, certain(events, query), dark=False)
    (rows,) = chart.to_dict()["datasets"].values()
    depths = {row["place"]: row["depth"] for row in rows}
    # Tal Abyad and Ras al-Ain lie on the border, and some 100 km apart along it.
    assert depths["Tal Abyad"] < 3
    along = {row["place"]: row["along"] for row in rows}
    assert abs(along["Ras al-Ain"] - along["Tal Abyad"]) == pytest.approx(105, abs=10)


def test_the_profile_stands_on_the_page_of_a_border_zone(open_page, small_store):
    page = open_page("zones", small_store, zone_card="ops")
    labels = [tab.label for tab in page.tabs]
    assert "Distance from the border" in labels
    assert any("how far the place may be off" in caption.value for caption in page.caption)
