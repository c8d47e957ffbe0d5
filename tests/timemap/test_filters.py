import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from geo.query import Query, on_map, select
from geo.timemap import filter_spec, pack, publish
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
    Query(text="kobani", actors={"Syrian army"}),
    Query(text="no such word"),
    Query(period=(date(2019, 1, 1), date(2019, 2, 1))),
]


@pytest.mark.skipif(
    shutil.which("node") is None, reason="no node: install Node.js 20 or newer to test the JavaScript alone"
)
def test_the_browser_shows_what_the_query_selects(tmp_path):
    payload = publish(FRAME, folder=tmp_path)
    (tmp_path / "payload").write_bytes(pack(FRAME))
    (tmp_path / "filters").write_text(json.dumps([filter_spec(query, payload, FRAME) for query in QUERIES]))
    script = Path(__file__).parents[1] / "js" / "passing.mjs"
    done = subprocess.run(
        ["node", str(script), str(tmp_path / "payload"), str(tmp_path / "filters")], capture_output=True, check=True
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
    payload = publish(FRAME, folder=tmp_path)
    spec = filter_spec(Query(text="<script>", actors={"Syrian army"}, zones={"ops"}), payload, FRAME)
    assert "script" not in json.dumps(spec)
    assert "army" not in json.dumps(spec)
