"""Imported events stand in reports as they stand on the map, with the words of their row."""

import io
from datetime import date

import numpy as np
import pandas as pd
import pytest

from geo.cli.dashboard import STORE_VARIABLE
from geo.importers import Batch, keep
from geo.known import load
from geo.query import Query, select
from geo.reports import gather
from geo.reports.lines import lines
from geo.reports.sources import sources_csv
from geo.store import Store
from tests import store_world as world

WORDS = "Two sides clashed at the mill, as the table says."


@pytest.fixture
def folder(tmp_path):
    world.fill(tmp_path, range(2))
    first = pd.Timestamp(2019, 10, 10)
    rows = {
        "event_id": ["x:0", "x:1"], "event_type": "Battles", "sub_event_type": "Armed clash", "status": "reported",
        "day_start": first, "day_end": first, "lon": 38.351, "lat": 36.891, "radius_km": 5.0,
        "source": "A table", "quote": [WORDS, None], "fatalities_low": 2, "fatalities_high": 3,
        "known_since": [first, first + pd.Timedelta(days=30)],
    }  # fmt: skip
    with Store(tmp_path) as store:
        keep(
            store,
            [Batch(pd.DataFrame(rows), np.array([2, 3]))],
            key="k",
            name="rows.csv",
            kind="table",
            attribution="A source",
        )
    return tmp_path


@pytest.mark.parametrize("query", [Query(), Query(known_on=date(2019, 10, 21))], ids=["now", "then"])
def test_a_report_is_of_the_events_of_the_map(folder, query):
    with Store(folder, readonly=True) as store:
        material, known = gather(store, query), load(store, query)
    assert set(material.events["event_id"]) == set(select(known.events, query)["event_id"])
    assert material.about.fingerprint == known.fingerprint
    assert "x:0" in set(material.events["event_id"])


def test_an_imported_event_is_told_in_the_words_of_its_row(folder):
    with Store(folder, readonly=True) as store:
        material = gather(store)
    found = {line.id: line.told for line in lines(material)}
    assert [(one.quote, one.source) for one in found["x:0"]] == [(WORDS, "A table")]
    # A row without words quotes none.
    assert found["x:1"] == ()
    sources = pd.read_csv(io.BytesIO(sources_csv(material)))
    assert list(sources.loc[sources["quote"] == WORDS, "event_id"]) == ["x:0"]


def test_the_dashboard_and_its_reports_know_as_much_on_an_earlier_day(folder, monkeypatch):
    # The pages once left imported events out on every earlier day, which the command line did not.
    from geo.ui.data import read_data

    monkeypatch.setenv(STORE_VARIABLE, str(folder))
    query = Query(known_on=date(2019, 10, 21))
    data = read_data(query)
    with Store(folder, readonly=True) as store:
        known = load(store, query)
    assert list(data.events["event_id"]) == list(known.events["event_id"])
    assert (data.fingerprint, data.left_out, data.known) == (known.fingerprint, known.left_out, known.read)
    assert {"x:0"} == {key for key in data.events["event_id"] if key.startswith("x:")}
