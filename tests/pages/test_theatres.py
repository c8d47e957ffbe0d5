"""The chooser of theatres: the link keeps it, filters of one mean nothing in the other."""

import pytest

from geo import paths
from geo.pipeline import build
from geo.store import Store
from geo.theatre import find, use
from geo.theatre.theatre import Theatre


@pytest.fixture(scope="module")
def kivu_store(tmp_path_factory):
    """A few articles of Kivu, where the dashboard looks for them."""
    folder = tmp_path_factory.mktemp("kivu") / "sample"
    kivu = find("kivu")
    with use(kivu), Store(folder) as store:
        build([kivu.articles], store)
    return folder


@pytest.fixture
def with_kivu(monkeypatch, kivu_store):
    def sample(here: Theatre):
        return paths.SAMPLE_STORE if here.is_default else kivu_store

    monkeypatch.setattr(Theatre, "sample_store", property(sample))
    monkeypatch.setattr(Theatre, "own_store", property(lambda here: kivu_store.parent / here.key))


def test_the_link_chooses_the_theatre(open_page, small_store, with_kivu):
    page = open_page("zones", small_store, theatre="kivu")
    assert not page.exception
    assert page.query_params["theatre"] == "kivu"
    assert page.selectbox(key="theatre_picked").value == "kivu"
    assert any("M23" in option for option in page.selectbox(key="zone_picked").options)
    assert not any("Peace Spring" in option for option in page.selectbox(key="zone_picked").options)


@pytest.mark.parametrize("asked", ["", "no-such", "../kivu", "<b>"])
def test_an_unknown_theatre_in_a_link_is_the_default(open_page, small_store, with_kivu, asked):
    page = open_page("zones", small_store, theatre=asked)
    assert not page.exception
    assert "theatre" not in page.query_params
    assert page.selectbox(key="theatre_picked").value == "borderlines"


def test_choosing_another_theatre_drops_what_means_nothing_there(open_page, small_store, with_kivu):
    page = open_page("zones", small_store, zone_card="ops", actor="Syrian National Army")
    page.selectbox(key="theatre_picked").set_value("kivu").run()
    assert not page.exception
    assert page.query_params["theatre"] == "kivu"
    assert page.query_params["zone_card"] != "ops"
    assert "actor" not in page.query_params
    page.selectbox(key="theatre_picked").set_value("borderlines").run()
    assert "theatre" not in page.query_params
    assert not page.exception
