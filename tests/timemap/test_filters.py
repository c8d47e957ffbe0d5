import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from geo.query import Query, on_map, select
from geo.timemap import filter_spec, pack, publish, query_from, words
from geo.timemap.payload import arrange
from geo.timemap.tables import confidence_code
from geo.timemap.words import pack_words
from tests.timemap import world

FRAME = world.frame(500)
QUERIES = [
    Query(),
    Query(statuses=None),
    Query(event_types={"Battles", "Riots"}),
    Query(event_types={"Battles"}, sub_event_types={"Armed clash"}),
    Query(actors={"Islamic State"}),
    Query(actors={"Islamic State"}, actor_types={"State forces"}),
    Query(actors={"nobody of this name"}),
    Query(zones={"ops"}),
    Query(zones={"ops", "afrin"}),
    Query(zones={"ops", "afrin"}, possible=False),
    Query(statuses={"claimed"}),
    Query(min_confidence=0.7),
    Query(min_confidence=float(FRAME.confidence.iloc[3])),
    Query(min_confidence=0.35, actor_types={"Rebel group"}),
    Query(text="kobani", actors={"Syrian army"}),
    Query(text="Kobanî, army"),
    Query(text="ain turk"),
    Query(text="no such word"),
    Query(period=(date(2019, 1, 1), date(2019, 2, 1))),
]


@pytest.mark.skipif(
    shutil.which("node") is None, reason="no node: install Node.js 20 or newer to test the JavaScript alone"
)
@pytest.mark.parametrize("texts_in_browser", [True, False])
def test_the_browser_shows_what_the_query_selects(tmp_path, monkeypatch, texts_in_browser):
    if not texts_in_browser:
        monkeypatch.setattr(words, "MOST_TEXT", 10)
    payload = publish(FRAME, folder=tmp_path)
    assert (payload.words_url is not None) == texts_in_browser
    (tmp_path / "words").write_bytes(pack_words(arrange(FRAME)) or b"")
    (tmp_path / "payload").write_bytes(pack(FRAME))
    (tmp_path / "filters").write_text(json.dumps([filter_spec(query, payload, FRAME) for query in QUERIES]))
    script = Path(__file__).parents[1] / "js" / "passing.mjs"
    done = subprocess.run(
        ["node", str(script), *(str(tmp_path / name) for name in ("payload", "filters", "words"))],
        capture_output=True,
        check=True,
    )
    for query, rows in zip(QUERIES, json.loads(done.stdout), strict=True):
        # The window of time is the map's own, so a filter knows no period.
        wanted = on_map(select(FRAME, Query(**{**vars_of(query), "period": None})))
        assert {payload.row_ids[row] for row in rows} == set(wanted.event_id), query


def vars_of(query):
    return {name: getattr(query, name) for name in query.__dataclass_fields__}


def test_no_filter_is_an_empty_order(tmp_path):
    assert filter_spec(Query(statuses=None), publish(FRAME, folder=tmp_path), FRAME) == {}


def test_a_filter_holds_codes_and_bits_only(tmp_path):
    payload = replace(publish(FRAME, folder=tmp_path), words_url=None)
    spec = filter_spec(Query(actors={"Syrian army"}, zones={"ops"}, text="kobani"), payload, FRAME)
    assert "army" not in json.dumps(spec)
    assert {key: type(value) for key, value in spec.items()} == {
        "statuses": list, "zones": list, "actors": list, "text": str, "rows": str,
    }  # fmt: skip


def told(query, payload):
    """What the map says when it was told a query."""
    spec = filter_spec(query, payload, FRAME)
    listed = {key: spec.get(key) for key in ("subs", "actors", "actor_types", "zones", "statuses")}
    return {**listed, "possible": query.possible, "min_confidence": query.min_confidence, "text": query.text}


@pytest.mark.parametrize("query", QUERIES)
def test_what_the_map_was_told_comes_back_as_the_same_query(tmp_path, query):
    payload = publish(FRAME, folder=tmp_path)
    assert query_from(told(query, payload), query, payload) == query


@pytest.mark.parametrize("query", [q for q in QUERIES if q.actors != {"nobody of this name"}])
def test_any_filter_can_be_set_and_taken_off_in_the_map(tmp_path, query):
    payload = publish(FRAME, folder=tmp_path)
    # Period and type have their own ways: the window and the legend.
    query = replace(query, period=None, event_types=None)
    assert query_from(told(query, payload), Query(), payload) == query
    assert query_from(told(Query(), payload), query, payload) == Query()


def test_a_step_of_confidence_is_exact_at_its_edge():
    confidence = np.arange(0, 1001, dtype="float32") / np.float32(1000)
    for step in range(1, 21):
        limit = step / 20
        assert ((confidence_code(confidence) >= step * 10) == (confidence >= np.float32(limit))).all()
