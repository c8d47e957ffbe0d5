"""What the sidebar makes of answers that a browser gives late."""

import pytest
import streamlit as st

from geo.model import Status
from geo.query import Query
from geo.store import Store
from geo.ui import sidebar, state
from tests.pages.conftest import html_of


@pytest.fixture
def session(monkeypatch):
    kept = {"query": Query()}
    monkeypatch.setattr(st, "session_state", kept)
    return kept


@pytest.mark.parametrize("answer", ["claimed", "claimed (6)", "claimed (1,204)"])
def test_a_label_with_an_old_count_is_still_its_value(session, answer):
    session["filter_statuses"] = [answer]
    sidebar._take("statuses", {"claimed": "claimed", "denied": "denied"})
    assert state.query().statuses == {Status.CLAIMED}


def test_a_zone_is_found_by_its_name(session):
    session["filter_zones"] = ["Peace Spring area (3)", "no such zone (1)"]
    sidebar._take("zones", {"Peace Spring area": "ops"})
    assert state.query().zones == {"ops"}


def test_control_characters_are_not_searched_for(session):
    session["filter_text"] = "Tal\x00 Abyad\u200b "
    sidebar._take_text()
    assert state.query().text == "Tal Abyad"


def test_an_earlier_day_shows_what_was_known_then(open_page, small_store):
    page = open_page("map", small_store, known_on="2021-06-01")
    assert not page.exception
    assert "as published by 1 June 2021" in html_of(page)
    assert "In this period" in html_of(page)
    assert page.tabs[0].label == "Events in this period (2)"
    page.sidebar.date_input[0].set_value(None)
    page.run()
    assert "as published" not in html_of(page)
    assert page.tabs[0].label == "Events in this period (3)"


def test_sub_event_types_are_explained_those_of_the_chosen_types_alone(open_page, small_store):
    every = open_page("map", small_store).sidebar.multiselect(key="filter_sub_event_types").help
    assert "**Disrupted weapons use**: weapons are found or seized" in every
    some = open_page("map", small_store, type="Battles").sidebar.multiselect(key="filter_sub_event_types").help
    assert some.count("\n") == 2
    assert "**Armed clash**" in some


def test_the_open_events_type_is_explained_on_its_card(open_page, small_store):
    with Store(small_store, readonly=True) as store:
        bomb = next(event for event in store.events() if event.best.sub_event_type == "Remote explosive/landmine/IED")
    shown = html_of(open_page("map", small_store, event=bomb.id))
    assert "Explosions/Remote violence · a mine or a hidden or car bomb goes off" in shown
