import json
from datetime import date

import pytest

from geo.export import FORMATS, About, read
from geo.query import Query, from_params, select
from geo.ui.data import read_data
from geo.ui.data_files import OFFERED, data_file
from geo.ui.page import Page
from tests.export.worlds import assert_same


def buttons(page):
    return {b.proto.label for b in page.get("download_button")}


@pytest.mark.parametrize("store", ["small_store", "empty_store"])
def test_every_format_is_offered(open_page, store, request):
    page = open_page("report", request.getfixturevalue(store))
    assert not page.exception
    assert {FORMATS[form].label for form in OFFERED} | {"Query file"} <= buttons(page)


def test_what_is_offered_is_everything_but_the_raw_csv():
    assert set(FORMATS) - set(OFFERED) == {"csv-raw"}


@pytest.mark.parametrize("form", OFFERED)
def test_a_file_holds_the_events_under_the_filters(form, small_store, monkeypatch, tmp_path):
    from geo.cli.dashboard import STORE_VARIABLE

    monkeypatch.setenv(STORE_VARIABLE, str(small_store))
    data = read_data()
    query = Query(period=(date(2020, 1, 1), date(2022, 12, 31)))
    chosen = select(data.events, query)
    page = Page("Report", data, query, chosen, {}, arrived=True, dark=False)
    path = tmp_path / f"x{FORMATS[form].suffix}"
    path.write_bytes(data_file(page, form, About(data.fingerprint))())
    assert 0 < len(chosen) <= len(data.events)
    assert_same(chosen, read(path, form))


def test_the_query_can_be_asked_again(small_store):
    from geo.export import sidecar
    from geo.frame import load_frame
    from geo.store import Store

    with Store(small_store, readonly=True) as store:
        frame = load_frame(store)
    query = Query(period=(date(2020, 1, 1), None), text="bomb")
    assert from_params(json.loads(sidecar(frame, query=query))["query"]) == (query, [])
