"""The dashboard's pages on a store that is asked instead of loaded, on every engine."""

import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from geo.cli.dashboard import STORE_VARIABLE
from geo.pipeline import build
from geo.query import Query
from geo.store import Store
from geo.timemap.cells import parse_cells
from geo.ui import large, large_pages, state
from geo.ui.limits import VARIABLE
from geo.warehouse import View

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(file.stem for file in (ROOT / "pages").glob("*.py"))
NEED_A_FOLDER = ("articles", "changes", "review")
HERE = (37.5, 36.4, 38.5, 37.2)
ARTICLE = "Turkish drones struck a vehicle in Kobani on 22 November 2022, killing two fighters."


def html_of(page):
    return "\n".join(element.proto.body for element in page.main if element.type == "html")


def script(name, **params):
    page = AppTest.from_file(str(ROOT / "pages" / f"{name}.py"), default_timeout=120)
    for key, value in params.items():
        page.query_params[key] = value
    return page


@pytest.fixture
def on_engine(warehouse, monkeypatch):
    """The dashboard on the events of the contract tests."""
    house = large.House(warehouse.engine, warehouse.engine.dialect, "the server")
    monkeypatch.setenv(STORE_VARIABLE, "postgresql://me@here/events")
    monkeypatch.setattr(large, "house_at", lambda _address: house)
    st.cache_resource.clear()
    return house


@pytest.fixture
def on_file(tables, tmp_path_factory, monkeypatch):
    """The dashboard on a DuckDB file of the same events, opened by its address."""
    from geo.warehouse import connect

    file = tmp_path_factory.getbasetemp() / "dashboard.duckdb"
    if not file.exists():
        engine = connect(f"duckdb://{file}")
        engine.fill(tables)
        engine.close()
    monkeypatch.setenv(STORE_VARIABLE, f"duckdb://{file}")
    st.cache_resource.clear()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A store of one article that counts as too large to load."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.md").write_text(f"---\npublished: 2022-11-23\n---\n{ARTICLE}", encoding="utf-8")
    with Store(tmp_path / "store") as store:
        build([tmp_path / "articles"], store)
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    monkeypatch.setenv(VARIABLE, "0")
    st.cache_resource.clear()
    return tmp_path / "store"


@pytest.mark.parametrize("params", [{}, {"from": "2016-02-10", "to": "2017-03-05", "actor": "O'Brien"}], ids=str)
def test_the_map_counts_what_the_events_themselves_give(on_engine, memory, params):
    page = script("map", **params).run()
    # As the map tells once it is there.
    page.session_state["view"] = state.View(lon=38.0, lat=36.8, zoom=7.0, bounds=HERE)
    page.run()
    assert not page.exception
    assert not page.error
    query = page.session_state["query"]
    right = memory.totals(View(query=query))
    assert [tab.label for tab in page.tabs] == [
        f"Events in this period ({right.on_map:,})",
        f"Not on the map ({right.off_map:,})",
    ]
    assert f"{right.events:,}" in html_of(page)
    counts = memory.facet(View(query=query), "event_types")
    offered = next(box for box in page.sidebar.multiselect if box.label == "Event type").options
    assert {f"{kind} ({n:,})" for kind, n in counts.items()} <= set(offered)
    shown = re.search(r"([\d,]+) in view, (as counts|one by one)", html_of(page))
    _, order, ids, _ = page.session_state["large_map_order"]
    told = order["shown"]
    assert told["events"] == int(shown[1].replace(",", ""))
    assert told["events"] == (len(told["points"]) if "points" in told else sum(cell[2] for cell in told["cells"]))
    assert len(ids) == len(told.get("points", ()))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_works_or_says_in_words_why_not(on_file, name):
    page = script(name).run()
    assert not page.exception
    assert not page.error
    assert f"<h1>{name.capitalize()}</h1>" in html_of(page)
    said = " ".join(info.value for info in page.info)
    assert ("needs the folder of a store" in said) is (name in NEED_A_FOLDER)


def test_a_table_is_turned_page_by_page(on_file, memory):
    right = list(memory.events(View(query=Query()), drawn=True)["place"].astype(object))
    page = script("map").run()
    number = next(box for box in page.number_input if box.key == "large_table_page")
    number.set_value(2)
    page.run()
    assert list(page.dataframe[0].value["place"]) == right[100:200]


def test_an_event_is_opened_from_the_link(on_file, memory):
    event_id = memory.frame["event_id"].iloc[5]
    page = script("map", event=event_id).run()
    assert not page.exception
    assert "An imported row" in html_of(page)


def test_a_zone_is_chosen_and_counted(on_file, memory):
    page = script("zones", zone_card="patrol").run()
    right = memory.totals(View(query=Query(zones={"patrol"})))
    assert f"<b>{right.certain:,}</b> certainly inside" in html_of(page)


def test_a_report_of_too_many_events_is_refused_with_the_remedy(on_file, monkeypatch):
    monkeypatch.setattr(large_pages, "MOST_LOADED", 10)
    page = script("report").run()
    assert not page.exception
    assert "at most 10 events" in page.info[0].value


def test_a_server_that_is_away_is_told(monkeypatch):
    monkeypatch.setenv(STORE_VARIABLE, "postgresql://nobody:secret@127.0.0.1:1/none")
    st.cache_resource.clear()
    page = script("map").run()
    assert not page.exception
    assert "does not answer" in page.error[0].value
    assert "secret" not in page.error[0].value


@pytest.mark.parametrize("name", PAGES)
def test_a_folder_that_is_too_large_has_every_page(folder, name):
    page = script(name).run()
    assert not page.exception
    assert not page.error
    assert f"<h1>{name.capitalize()}</h1>" in html_of(page)
    if name in NEED_A_FOLDER:
        assert "This page shows the 1 event read from articles" in page.info[0].value
    if name == "map":
        assert page.tabs[0].label == "Events in this period (1)"


def test_what_was_known_earlier_cannot_be_asked_and_is_said(folder):
    page = script("map", known_on="2022-11-25").run()
    assert not page.exception
    assert "earlier day" in page.toast[0].value
    assert page.session_state["query"].known_on is None


def test_a_wrong_threshold_is_told(folder, monkeypatch):
    monkeypatch.setenv(VARIABLE, "many")
    page = script("map").run()
    assert not page.exception
    assert "Give a whole number" in page.error[0].value


SOUND = {"v": 2, "payload": "cells", "seq": 1, "why": "click", "bounds": [37, 36, 39, 38], "zoom": 8, "clicked": 3,
         "rows": [], "ack": 4}  # fmt: skip


def test_a_sound_answer_is_read():
    told = parse_cells(SOUND, 4)
    assert (told.clicked, told.ack, told.zoom, told.bounds) == (3, 4, 8, (37, 36, 39, 38))


@pytest.mark.parametrize(
    "forged",
    [
        None, [], "x", {}, {"v": 1}, {"payload": "other"}, {"why": "live"}, {"why": ["init"]}, {"bounds": [1, 2, 3]},
        {"bounds": [39, 36, 37, 38]}, {"bounds": [37, -95, 39, 38]}, {"bounds": [37, 36, float("nan"), 38]},
        {"zoom": -1}, {"zoom": True}, {"zoom": 1e9}, {"zoom": "8"}, {"clicked": 4}, {"clicked": -1}, {"clicked": "0"},
        {"clicked": 1.5}, {"ack": -1}, {"ack": None}, {"bounds": {"0": 1}},
    ],
    ids=str,
)  # fmt: skip
def test_a_forged_answer_is_none(forged):
    answer = {**SOUND, **forged} if isinstance(forged, dict) and forged else forged
    assert parse_cells(answer, 4) is None
