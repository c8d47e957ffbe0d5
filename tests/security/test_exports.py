"""Everything that can be taken away, made of hostile texts: data stays data, and nothing runs where it is opened."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace

import pytest
from defusedxml import ElementTree

from geo.export import FORMATS, read, save
from geo.query import Query
from geo.reports import KINDS, gather
from geo.reports.figure import pictures
from geo.snapshot import Options
from geo.store import Store
from tests.security.payloads import FOREIGN, PAYLOADS

XLINK = "{http://www.w3.org/1999/xlink}href"


@pytest.fixture(scope="module")
def material(hostile_store):
    with Store(hostile_store, readonly=True) as store:
        found = gather(store, Query(statuses=None), looks=Options(title=PAYLOADS[0]))
    return replace(found, looks=Options(title=PAYLOADS[0], dpi=50))


@pytest.fixture(scope="module")
def reports(material):
    return {name: kind.make(material) for name, kind in KINDS.items()}


def scanned_pdf(content: bytes) -> None:
    """A document without any action, whose links are web addresses."""
    from pypdf import PdfReader

    read_back = PdfReader(io.BytesIO(content))
    catalog = read_back.trailer["/Root"].get_object()
    assert {"/AA", "/AcroForm"}.isdisjoint(catalog)
    # Where it opens: a place on a page, never something to do.
    assert isinstance(catalog.get("/OpenAction", []), list)
    assert {"/JavaScript", "/EmbeddedFiles"}.isdisjoint(catalog.get("/Names", {}))
    for page in read_back.pages:
        assert "/AA" not in page
        for note in page.get("/Annots", []):
            action = note.get_object().get("/A", {})
            assert action.get("/S", "/URI") in ("/URI", "/GoTo")
            assert action.get("/URI", "https://").startswith(("http://", "https://"))


def scanned_svg(content: bytes) -> None:
    for element in ElementTree.fromstring(content).iter():
        name = element.tag.rpartition("}")[2].lower()
        assert name not in ("script", "foreignobject", "iframe", "animate", "set", "handler", "a")
        for key, value in element.attrib.items():
            assert not key.rpartition("}")[2].lower().startswith("on")
            if key in ("href", XLINK):
                assert value.startswith(("#", "data:image/png;base64,"))


@pytest.mark.parametrize("name", FORMATS)
def test_every_text_comes_back_as_it_was(material, tmp_path, name):
    path = tmp_path / f"events{FORMATS[name].suffix}"
    save(material.events, path, form=name, query=material.query, about=material.about)
    back = read(path, name)
    told = {text for column in ("quote", "title", "actor1") for text in material.events[column].dropna().astype(str)}
    there = {text for column in ("quote", "title", "actor1") for text in back[column].dropna().astype(str)}
    assert {_plain(text) for text in there} == {_plain(text) for text in told}


def _plain(text: str) -> str:
    # What the formats that cannot hold them say they lose: controls, and line breaks but the line feed.
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffd\ufffe\uffff\u200b\s]+", " ", text).strip()


def test_a_workbook_holds_text_and_no_formula(reports):
    with zipfile.ZipFile(io.BytesIO(reports["bundle"])) as bundle:
        book = zipfile.ZipFile(io.BytesIO(bundle.read("events.xlsx")))
        tables = [bundle.read(name).decode("utf-8-sig") for name in ("events.csv", "sources.csv")]
    for name in book.namelist():
        content = book.read(name)
        assert b"<f>" not in content
        assert b"<f " not in content
        assert b"<hyperlink" not in content
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in content
    import csv

    for table in tables:
        for row in csv.reader(io.StringIO(table)):
            for cell in row:
                assert not re.match(r"^[=+@|%\t\r＝＋＠]", cell), cell
                assert not re.match(r"^-(?![0-9.eE]+$)", cell), cell


def test_a_word_report_links_to_nothing_but_web_addresses(reports):
    with zipfile.ZipFile(io.BytesIO(reports["word"])) as document:
        for name in document.namelist():
            content = document.read(name)
            if name.endswith(".rels"):
                for link in ElementTree.fromstring(content):
                    if link.get("TargetMode") == "External":
                        assert link.get("Type", "").endswith("/hyperlink")
                        assert link.get("Target", "").startswith(("http://", "https://"))
            elif name.endswith(".xml"):
                fields = re.findall(rb"<w:instrText[^>]*>([^<]*)", content)
                assert all(field.split()[0] in (b"PAGE", b"NUMPAGES", b"TOC", b"HYPERLINK") for field in fields)
                assert b"altChunk" not in content
        assert PAYLOADS[0] in "".join(ElementTree.fromstring(document.read("word/document.xml")).itertext())


def test_a_pdf_report_has_no_action(reports):
    scanned_pdf(reports["pdf"])


def test_kml_is_xml_without_markup_of_articles(material, tmp_path):
    save(material.events, tmp_path / "x.kml", query=material.query, about=material.about)
    content = (tmp_path / "x.kml").read_bytes()
    assert b"<![CDATA[" not in content
    names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(content).iter()}
    assert names.isdisjoint({"script", "img", "iframe", "href", "NetworkLink", "a"})


def test_geojson_is_json(material, tmp_path):
    save(material.events, tmp_path / "x.geojson", query=material.query, about=material.about)
    told = json.loads((tmp_path / "x.geojson").read_bytes(), parse_constant=pytest.fail)
    assert PAYLOADS[0] in json.dumps(told, ensure_ascii=False).replace('\\"', '"')


@pytest.fixture(scope="module")
def figures(material):
    return pictures(material, "svg", "pdf")


def test_a_figure_is_a_drawing_and_no_program(figures):
    scanned_svg(figures["svg"])
    scanned_pdf(figures["pdf"])


@pytest.mark.browser
def test_what_a_browser_can_open_runs_nothing(browser, reports, figures, tmp_path):
    from tests.security.conftest import Guarded

    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    files = {"page.html": reports["page"], "figure.svg": figures["svg"]}
    holder = b"<!doctype html><object data=figure.svg></object><iframe src=figure.svg></iframe>"
    for name, content in {**files, "holder.html": holder}.items():
        (tmp_path / name).write_bytes(content)
    policy = re.search(rb'http-equiv="Content-Security-Policy" content="([^"]*)"', reports["page"])[1]
    assert policy.startswith(b"default-src 'none'; script-src 'sha256-")
    assert b"unsafe" not in policy
    assert b"*" not in policy
    guarded = Guarded(context, own=(tmp_path.as_uri(), "data:"))
    page = guarded.page
    for name in ("figure.svg", "holder.html"):
        page.goto((tmp_path / name).as_uri())
        page.wait_for_timeout(300)
        assert guarded.faults() == {}
    page.goto((tmp_path / "page.html").as_uri())
    page.locator("#list li").first.wait_for()
    page.get_by_label("Colour", exact=False).first.select_option("actor")
    for row in page.locator("#list li button").all()[:: max(1, len(PAYLOADS) // 30)]:
        row.click()
    page.locator(".tm-panel summary", has_text="Filters").click()
    page.wait_for_timeout(300)
    assert FOREIGN in page.locator("#list").inner_text() + page.locator("#card").inner_text() + page.content()
    assert guarded.faults() == {}
    context.close()
