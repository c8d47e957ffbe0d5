"""What the sidebar makes of answers that a browser gives late."""

import pytest
import streamlit as st

from geo.model import Status
from geo.query import Query
from geo.ui import sidebar, state


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
