"""Zones and actors by the names that people use, on the command line."""

import pytest

from geo.cli.names import actor_names, zone_ids
from geo.errors import QueryError


@pytest.mark.parametrize("written", ["ops", "Operation Peace Spring area", "operation peace spring AREA", "OPS area"])
def test_a_zone_is_found_by_id_name_and_alias(written):
    assert zone_ids([written], None) == {"ops"}


@pytest.mark.parametrize("written", ["opss", "peace spring are", "Spring"])
def test_a_zone_that_is_none_is_an_error_that_says_what_may_be_meant(written):
    with pytest.raises(QueryError, match=rf"no zone {written!r}; did you mean .*ops \(Operation Peace Spring area\)"):
        zone_ids([written], None)


def test_nothing_like_it_is_said_without_a_guess():
    with pytest.raises(QueryError, match=r"no zone 'xyzzy plugh'; `python -m geo zones list --all` names them"):
        zone_ids(["xyzzy plugh"], None)


def test_a_short_name_of_an_actor_is_its_long_one():
    assert actor_names(["SDF", "Military Forces of Turkey (2016-)", "Marsh herons"]) == {
        "Syrian Democratic Forces", "Military Forces of Turkey (2016-)", "Marsh herons",
    }  # fmt: skip


@pytest.mark.parametrize("written", ["Turkish army", "Military Forces of Turkey"])
def test_an_actor_is_meant_by_all_its_dated_names(written):
    # Events hold the name of their day: the undated one alone gave next to none of them.
    assert actor_names([written]) >= {
        "Military Forces of Turkey (2002-2016)", "Military Forces of Turkey (2016-)",
    }  # fmt: skip


def test_a_dated_name_means_it_alone():
    assert actor_names(["Jabhat al-Nusra"]) == {"Jabhat al-Nusra"}


def test_an_actor_of_a_link_is_the_one_the_dashboard_shows(geo, store):
    dated = geo("events", "--format", "jsonl", "--store", store, "--actor", "Military Forces of Turkey (2016-)").lines
    assert dated
    assert geo("events", "--format", "jsonl", "--store", store, "--actor", "Turkish army").lines == dated
    link = "http://localhost:8501/?actor=Military+Forces+of+Turkey+(2016-)"
    assert geo("events", "--format", "jsonl", "--store", store, "--link", link).lines == dated
    # What a link says is what the dashboard's own filter holds, to the letter.
    assert not geo(
        "events", "--format", "jsonl", "--store", store, "--link", "http://localhost:8501/?actor=Turkish+army"
    ).lines
