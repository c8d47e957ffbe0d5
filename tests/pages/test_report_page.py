from datetime import date

import pytest

from geo.reports.caption import caption
from geo.snapshot import Options
from geo.ui.report_settings import KINDS, Figure
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


@pytest.mark.parametrize("size", ["journal-column", "post-square"])
def test_another_size_is_drawn(open_page, empty_store, size):
    page = open_page("report", empty_store)
    page.selectbox(key="report_size").set_value(size).run()
    assert not page.exception


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
    content = figure_file(page, form, figure=Figure(Options(dpi=60, bounds=(38.0, 36.0, 42.0, 37.5))))()
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


@pytest.mark.parametrize("kind", ["Small maps by type", "Before and after", "Film"])
def test_other_kinds_of_figure_are_drawn_and_kept(open_page, small_store, kind):
    assert kind in KINDS
    page = open_page("report", small_store)
    page.selectbox(key="report_kind").set_value(kind).run()
    assert not page.exception
    assert ({"GIF", "MP4"} <= {b.proto.label for b in page.get("download_button")}) == (kind == "Film")
    page.text_input(key="preset_name").set_value(kind).run()
    page.button(key="preset_keep").click().run()
    other = open_page("report", small_store)
    other.button(key="preset_show").click().run()
    assert not other.exception
    assert other.selectbox(key="report_kind").value == kind
    other.button(key="preset_delete").click().run()


PRESET = "Strip, weekly"


def test_a_preset_brings_filters_and_looks_back_and_can_be_deleted(open_page, small_store):
    page = open_page("report", small_store, **{"from": "2020-01-01", "to": "2020-12-31", "type": "Battles"})
    page.text_input(key="report_title").set_value("A title").run()
    page.selectbox(key="report_size").set_value("slide").run()
    page.toggle(key="report_zones").set_value(False).run()
    page.text_input(key="preset_name").set_value(f"  {PRESET} ").run()
    page.button(key="preset_keep").click().run()
    kept = (small_store / "presets.json").read_text(encoding="utf-8")
    assert "Battles" in kept
    other = open_page("report", small_store)
    assert other.selectbox(key="report_size").value == "a4-landscape"
    other.button(key="preset_show").click().run()
    assert not other.exception
    assert other.selectbox(key="report_size").value == "slide"
    assert other.text_input(key="report_title").value == "A title"
    assert other.toggle(key="report_zones").value is False
    assert "2020; Battles" in other.code[0].value
    other.button(key="preset_delete").click().run()
    assert not other.exception
    assert "Battles" not in (small_store / "presets.json").read_text(encoding="utf-8")


def test_a_preset_without_a_name_is_refused_in_words(open_page, empty_store):
    page = open_page("report", empty_store)
    page.button(key="preset_keep").click().run()
    assert "name" in page.error[0].value
    assert not (empty_store / "presets.json").exists()


@pytest.mark.parametrize("form", ["png", "query.json"])
def test_a_dropped_figure_brings_its_view_back(open_page, small_store, material, form):
    from geo.reports.figure import pictures, query_json

    content = pictures(material, "png", dpi=40)["png"] if form == "png" else query_json(material).encode()
    page = open_page("report", small_store)
    page.file_uploader(key="report_drop").set_value((f"x.{form}", content, "application/octet-stream")).run()
    assert not page.exception
    assert "This view is back" in page.info[0].value
    assert "data are the same" in page.info[0].value
    assert page.selectbox(key="report_size").value == "post"
    assert page.radio(key="report_area").value == "As it was saved"
    assert "since 1 January 2020" in page.code[0].value


def test_a_file_that_is_none_of_ours_is_refused_in_words(open_page, empty_store):
    page = open_page("report", empty_store)
    page.file_uploader(key="report_drop").set_value(("x.png", b"nonsense", "image/png")).run()
    assert "no record" in page.error[0].value


@pytest.fixture
def material(small_store):
    from geo.query import Query
    from geo.reports import gather
    from geo.store import Store

    looks = Options(size="post", bounds=(38.0, 36.0, 42.0, 37.5))
    with Store(small_store, readonly=True) as store:
        return gather(store, Query(period=(date(2020, 1, 1), None)), looks=looks, exported=date(2024, 1, 2))


def test_every_kind_of_report_is_offered_and_made_only_when_asked_for(open_page, small_store, monkeypatch):
    from geo.reports import KINDS
    from geo.reports.registry import Kind
    from geo.ui import report_files

    def never(_):
        raise AssertionError("made without being asked for")

    monkeypatch.setattr(
        report_files, "KINDS", {name: Kind(k.label, k.suffix, k.mime, k.purpose, never) for name, k in KINDS.items()}
    )
    page = open_page("report", small_store)
    assert not page.exception
    assert {"All in one zip", "Word", "PDF report", "Web page"} <= {b.proto.label for b in page.get("download_button")}


def test_a_report_is_made_by_the_same_code_as_the_command_line(small_store, material, monkeypatch):
    from geo.cli.dashboard import STORE_VARIABLE
    from geo.ui.data import read_data
    from geo.ui.page import Page
    from geo.ui.report_files import report_file

    monkeypatch.setenv(STORE_VARIABLE, str(small_store))
    data = read_data()
    page = Page("Report", data, material.query, material.events, {}, arrived=True, dark=False)
    assert report_file(page, "page", Figure(material.looks))().startswith(b"<!DOCTYPE html>")


def test_a_file_made_later_is_made_for_the_theatre_its_reader_looked_at():
    from geo import theatre
    from geo.ui.figure import here

    other = next(known for known in theatre.known() if known != theatre.default())
    with theatre.use(other):
        make = here(lambda: theatre.current().id.encode())
    assert theatre.current() == theatre.default()
    assert make() == other.id.encode()
