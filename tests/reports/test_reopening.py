"""Every file that carries its query brings its view back; anything else is refused in words."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from geo.errors import InputError
from geo.export import sidecar, to_bytes
from geo.query import Query
from geo.reports.bundle import bundle
from geo.reports.figure import pictures, query_json
from geo.reports.pdf import pdf
from geo.reports.reopening import reopened
from geo.reports.word import word
from geo.snapshot import Motion, Options
from geo.snapshot.wish import Wish, wish_of
from geo.standalone import html
from tests.reports.world import ABOUT, material

QUERY = Query(period=(date(2019, 10, 10), date(2019, 10, 20)), event_types={"Battles"}, statuses=None)
LOOKS = Options(title="A title \x01 \u202e", size="a4-portrait", dpi=40, bounds=(36.0, 35.0, 42.0, 38.0))


@pytest.fixture(scope="module")
def given():
    return replace(material(QUERY), looks=LOOKS)


MAKE = {
    "png": lambda given: pictures(given, "png")["png"],
    "svg": lambda given: pictures(given, "svg")["svg"],
    "pdf": lambda given: pictures(given, "pdf")["pdf"],
    "query.json": lambda given: query_json(given).encode(),
    "zip": bundle,
    "docx": word,
    "pdf report": pdf,
}


@pytest.mark.parametrize("form", MAKE)
def test_it_brings_back_exactly_that_view(form, given):
    found = reopened(MAKE[form](given), fingerprint=ABOUT.fingerprint)
    assert (found.query, found.options) == (QUERY, LOOKS)
    assert found.genuine
    assert found.changed is False
    assert found.record["exported"] == "2024-01-02"
    assert reopened(MAKE["query.json"](given), fingerprint="0" * 64).changed is True


def test_a_page_brings_its_query_back(given):
    found = reopened(html(given).encode(), fingerprint=ABOUT.fingerprint)
    assert (found.query, found.options, found.changed) == (QUERY, LOOKS, False)


@pytest.mark.parametrize("form", ["xlsx", "geojson", "gpkg", "geoparquet", "kml"])
def test_a_table_of_events_brings_its_query_back(form, given):
    content = to_bytes(given.frame, form, query=QUERY, about=ABOUT)
    found = reopened(content, fingerprint=ABOUT.fingerprint)
    assert (found.query, found.options, found.changed) == (QUERY, Options(), False)


@pytest.mark.parametrize("form", ["csv", "hxl", "csv-raw"])
def test_a_csv_says_where_its_query_lies(form, given):
    with pytest.raises(InputError, match="cannot carry its query"):
        reopened(to_bytes(given.frame, form, query=QUERY, about=ABOUT))
    beside = sidecar(given.frame, query=QUERY, about=ABOUT)
    assert reopened(beside.encode(), fingerprint=ABOUT.fingerprint).query == QUERY


@pytest.mark.parametrize(
    "wish",
    [
        Wish(by="month"),
        Wish(periods=((None, date(2019, 10, 12)), (date(2019, 10, 13), None))),
        Wish(motion=Motion(step="week", fps=2)),
    ],
)
def test_a_bundle_brings_the_kind_of_its_figure_back(wish, given):
    found = reopened(bundle(replace(given, wish=wish)))
    assert wish_of(found.record) == wish


def zipped(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"nonsense", b"{}", b'{"query": 3}', b"{" * 100_000, b"PK\x03\x04", b"<!DOCTYPE html><p>x",
        b"<!DOCTYPE html>\xff\xfe", b"\x89PNG\r\n\x1a\n", zipped("other.txt", b"x"), zipped("query.json", b"null"),
        zipped("query.json", b" " * 2_000_000), zipped("../query.json", b"{}"), b"PAR1", b"PAR1" * 40,
        b"SQLite format 3\0", b'{"type": "FeatureCollection", "borderlines": {"query"', b"<kml><Document>",
        b'{"type": "FeatureCollection", "features": []}', b"<kml xmlns='x'><Data/></kml>",
        zipped("xl/workbook.xml", b"<x/>"), zipped("word/document.xml", b"<x/>"),
        zipped("xl/workbook.xml", b" " * 150_000_001),
    ],
)  # fmt: skip
def test_what_is_not_ours_is_refused_in_words(content):
    with pytest.raises(InputError):
        reopened(content)
