from datetime import date

import pytest

from geo.snapshot import SIZES
from geo.reports.caption import caption
from geo.ui.report_page import SIZE_WORDS
from tests.pages.conftest import html_of

PNG = b"\x89PNG"


def test_the_figure_its_caption_and_the_files_are_there(open_page, small_store):
    page = open_page("report", small_store)
    assert [element for element in page.main if element.type in ("imgs", "image", "image_list")]
    assert {"PNG", "SVG", "PDF"} <= {b.proto.label for b in page.get("download_button")}
    (words,) = page.code
    assert "all days" in words.value
    assert "GeoNames" in words.value


def test_a_title_stands_in_the_caption(open_page, small_store):
    page = open_page("report", small_store)
    page.text_input(key="report_title").set_value("A week in the strip").run()
    assert not page.exception
    assert page.code[0].value.startswith("A week in the strip: all days.")


@pytest.mark.parametrize("size", SIZES)
def test_every_size_is_drawn(open_page, empty_store, size):
    page = open_page("report", empty_store)
    page.selectbox(key="report_size").set_value(size).run()
    assert not page.exception


def test_every_size_has_words():
    assert set(SIZE_WORDS) == set(SIZES)


def test_no_events_make_a_caption_that_says_so(open_page, empty_store):
    page = open_page("report", empty_store)
    assert "No event with a day and a place." in page.code[0].value


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_a_file_is_made_when_it_is_asked_for(small_store, monkeypatch, form):
    from geo.cli.dashboard import STORE_VARIABLE
    from geo.query import Query, select
    from geo.ui.data import read_data
    from geo.ui.figure import figure_file, file_name
    from geo.ui.page import Page

    monkeypatch.setenv(STORE_VARIABLE, str(small_store))
    data = read_data()
    query = Query(period=(date(2020, 1, 1), date(2022, 12, 31)))
    page = Page("Report", data, query, select(data.events, query), {}, arrived=True, dark=False)
    content = figure_file(page, form, dpi=60, area=(38.0, 36.0, 42.0, 37.5))()
    assert content[:4] in (PNG, b"<?xm", b"%PDF")
    assert file_name(page, form).startswith("borderlines_2020-01-01_to_2022-12-31_made_")
    assert file_name(page, form).endswith(f".{form}")


def test_the_map_page_offers_a_snapshot(open_page, small_store):
    page = open_page("map", small_store)
    assert "Snapshot (PNG)" in {b.proto.label for b in page.get("download_button")}
    assert html_of(page)


def test_the_caption_counts_certain_and_possible(small_store):
    from geo.frame import load_frame
    from geo.query import Query, select
    from geo.store import Store

    with Store(small_store, readonly=True) as store:
        frame = load_frame(store)
    query = Query(zones={"ops"})
    words = caption(
        select(frame, query), query, names={"ops": "the strip"}, made=date(2024, 1, 2), fingerprint="abcdef0123"
    )
    assert "inside or possibly inside the strip" in words
    assert "event" in words
    assert words.endswith("on 2 January 2024 from data abcdef01.")
