"""Bundle, Word and PDF: what is in them, what is not, and that they are whole or not there."""

import csv
import hashlib
import io
import json
import os
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from geo.errors import GeoError, InputError
from geo.export import read
from geo.query import Query, from_params
from geo.reports import KINDS, kind_of, outline, save
from geo.reports.bundle import bundle, caption_of
from geo.reports.facts import counts
from geo.reports.lines import lines
from geo.reports.links import web_address
from geo.reports.pdf import pdf
from geo.reports.sources import sources_csv, sources_text
from geo.reports.word import word
from tests.reports.world import ARABIC, BAD_LINKS, HOSTILE, hostile, made, material
from tests.store_world import article, event

NAMES = ("رأس العين", "Şanlıurfa", "Serêkaniyê", "سەرێ کانیێ", "Dêrik")
EMPTY = Query(actors={"nobody at all"})


@pytest.fixture(autouse=True, scope="module")
def small_figures():
    """The figure has tests of its own; here it only has to be one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geo.reports.bundle.pictures", drawn_small)
        for module in ("word", "pdf"):
            patch.setattr(f"geo.reports.{module}.page_picture", lambda *_, **__: blank())
        yield


def blank():
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (120, 80), "white").save(out, "png")
    return out.getvalue()


def drawn_small(given, *forms, dpi=None):
    from geo.reports.figure import pictures

    return pictures(replace(given, zones={}), *forms, dpi=40)


def files(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def bundled():
    return files(bundle(material()))


# ------------------------------------------------------------------------------------------------------------- bundle


def test_a_bundle_has_all_an_editor_needs(bundled):
    assert list(bundled) == [
        "README.txt", "figure.png", "figure.svg", "figure.pdf", "caption.txt", "events.csv", "events.xlsx",
        "sources.csv", "sources.txt", "query.json",
    ]  # fmt: skip
    told = json.loads(bundled["query.json"])
    assert from_params(told["query"]) == (Query(statuses=None), [])
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in bundled.items()}
    assert told["files"] == {name: hashes[name] for name in told["files"]}
    assert set(told["files"]) == set(bundled) - {"README.txt", "query.json"}
    assert "8 events" not in bundled["README.txt"].decode()
    for name in told["files"]:
        assert name in bundled["README.txt"].decode()


def test_its_tables_are_the_events_and_every_report_of_them(bundled, tmp_path):
    for name in ("events.csv", "events.xlsx"):
        (tmp_path / name).write_bytes(bundled[name])
        assert read(tmp_path / name)["event_id"].tolist() == material().events["event_id"].tolist()
    rows = list(csv.DictReader(io.StringIO(bundled["sources.csv"].decode("utf-8-sig"))))
    assert [row["quote"] for row in rows] == [line.told[0].quote for line in lines(material())]
    assert {row["source"] for row in rows} == {"Frontier Post"}


def test_a_source_with_a_comma_in_its_name_is_one_source():
    names = ["Frontier Post, Urfa", "Urfa", "Frontier Post"]
    events = [event(n) for n in range(3)]
    given = made(events, [article(n, source=name) for n, name in enumerate(names)], None)
    rows = list(csv.DictReader(io.StringIO(sources_csv(given).decode("utf-8-sig"))))
    assert [row["source"] for row in rows] == names
    assert "Sources: Frontier Post; Frontier Post, Urfa; Urfa." in caption_of(given)


def test_no_events_make_a_bundle_that_says_so():
    empty = files(bundle(material(EMPTY)))
    assert "No event with a day and a place." in empty["caption.txt"].decode()
    assert empty["sources.txt"].decode() == "No event.\n"
    assert len(empty["sources.csv"].decode().splitlines()) == 1


def test_many_events_make_a_bundle_without_a_workbook(monkeypatch):
    monkeypatch.setattr("geo.reports.bundle.MOST_IN_EXCEL", 3)
    without = files(bundle(material()))
    assert "events.xlsx" not in without
    assert "No Excel file: more than 3 events" in without["README.txt"].decode()


@pytest.mark.parametrize("kind", ["bundle", "word", "pdf"])
def test_the_same_material_gives_the_same_bytes(kind):
    assert KINDS[kind].make(material()) == KINDS[kind].make(material())


# ---------------------------------------------------------------------------------------------------------- documents


def text_of_word(content):
    from docx import Document

    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def text_of_pdf(content):
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize(("make", "text_of"), [(word, text_of_word), (pdf, text_of_pdf)])
def test_a_document_has_counts_method_events_sources_and_credits(make, text_of):
    text = " ".join(text_of(make(material())).split())
    for section in outline.SECTIONS:
        assert section in text
    assert "A dot is a place at which" in text
    assert "Shells hit the town on day 6" in text
    assert "Frontier Post" in text
    assert "GeoNames (CC BY 4.0)" in text
    assert "Not on the map: no day" in text
    for count in counts(material()):
        assert count.name in text


HURT = (event(0, injured_low=3, injured_high=5), event(1, injured_low=0, injured_high=0), event(2))


@pytest.mark.parametrize(("make", "text_of"), [(word, text_of_word), (pdf, text_of_pdf)])
def test_a_document_tells_the_injured_beside_the_dead(make, text_of):
    text = " ".join(text_of(make(made(HURT, [article(n) for n in range(3)], None))).split())
    assert "Injured told: 3 to 5." in text
    assert "Injured told: 0." in text
    assert text.count("Injured told:") == 3  # the caption, and the two events that tell of any
    assert "deaths: 1 to 3, injured: 3 to 5" in text


def test_the_injured_are_added_up_and_unknown_where_nobody_tells_of_them():
    given = made(HURT, [article(n) for n in range(3)], None)
    assert [count.injured for count in counts(given)][-2:] == ["3 to 5", "–"]
    assert "Deaths told: 3 to 9. Injured told: 3 to 5." in caption_of(given)
    assert {count.injured for count in counts(material())} == {"–"}
    assert "Injured" not in caption_of(material())
    rows = list(csv.DictReader(io.StringIO(sources_csv(given).decode("utf-8-sig"))))
    assert sorted((row["injured_low"], row["injured_high"]) for row in rows) == [("", ""), ("0", "0"), ("3", "5")]


@pytest.mark.parametrize(("make", "text_of"), [(word, text_of_word), (pdf, text_of_pdf)])
def test_no_events_make_a_document_that_says_so(make, text_of):
    assert "No event under these filters." in text_of(make(material(EMPTY)))


@pytest.mark.parametrize(("make", "text_of"), [(word, text_of_word), (pdf, text_of_pdf)])
def test_a_long_list_is_cut_and_says_so(make, text_of, monkeypatch):
    monkeypatch.setattr(outline, "MOST_LISTED", 3)
    text = " ".join(text_of(make(material())).split())
    assert "The first 3 events by day are listed; 5 of 8 are left out" in text
    assert "events.csv and sources.csv of the bundle" in text
    assert "4. " not in text.partition("Events and their sources")[2].partition("Data and credits")[0]


def test_a_word_report_keeps_names_and_reads_from_the_right():
    given = made([event(0, quote=f"{ARABIC}، {NAMES[3]}", actor1=", ".join(NAMES))], [article(0, title=NAMES[0])], None)
    content = word(given)
    text = text_of_word(content)
    for name in NAMES:
        assert name in text
    body = files(content)["word/document.xml"].decode()
    assert re.search(r"<w:bidi/>.*?<w:rtl/>.*?" + ARABIC.split()[0], body, flags=re.DOTALL)


def test_a_pdf_has_a_glyph_for_every_letter_of_our_names(caplog):
    given = made([event(0, quote=" ".join(NAMES), actor1=", ".join(NAMES))], [article(0, title=ARABIC)], None)
    content = pdf(given)
    told = [record.getMessage().lower() for record in caplog.records if not record.name.startswith("streamlit")]
    assert not any("missing" in line for line in told)
    text = text_of_pdf(content)
    assert "Şanlıurfa" in text
    assert "Serêkaniyê" in text


def test_nothing_of_an_article_is_more_than_text_in_word():
    parts = files(word(hostile()))
    assert not [name for name in parts if "vba" in name.lower() or "embed" in name.lower()]
    body = parts["word/document.xml"].decode()
    assert body.count("w:fldSimple") + body.count("w:instrText") == 0
    assert "<script" not in body
    assert HOSTILE[3].split("<")[0] in body
    links = re.findall(r'Target="([^"]*)" TargetMode="External"', parts["word/_rels/document.xml.rels"].decode())
    assert links == ["https://a.example/%22onmouseover=%22window.hacked=11"]


def test_nothing_of_an_article_is_more_than_text_in_a_pdf():
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(pdf(hostile())))
    found = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    assert {note["/A"]["/URI"] for note in found} == {"https://a.example/%22onmouseover=%22window.hacked=11"}
    assert "/JavaScript" not in str(reader.trailer["/Root"])
    assert "/OpenAction" not in reader.trailer["/Root"] or "/JS" not in str(reader.trailer["/Root"]["/OpenAction"])


@pytest.mark.parametrize("title", ["x" * 500, "$\\frac{a}{b}$ costs $5", f"{ARABIC} " * 5, "\x00\x1b", " "])
def test_any_title_will_do(title):
    from geo.snapshot import Options

    given = replace(material(), looks=Options(title=title))
    assert word(given)
    assert pdf(given).startswith(b"%PDF")


@pytest.mark.parametrize("url", [url for url in BAD_LINKS if "a.example/" not in url])
def test_only_plain_web_addresses_become_links(url):
    assert web_address(url) is None


def test_a_table_of_sources_runs_no_formula():
    for row in csv.reader(io.StringIO(sources_csv(hostile()).decode("utf-8-sig"))):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "@"))
    assert "=HYPERLINK" in sources_text(hostile())


# ------------------------------------------------------------------------------------------------ whole or not at all


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_written_leaves_what_was_there(kind, tmp_path, monkeypatch):
    path = tmp_path / f"report{KINDS[kind].suffix}"
    path.write_bytes(b"before")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(GeoError, match="No space left"):
        save(material(EMPTY), path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {path.name: b"before"}


def test_a_place_that_is_none_is_an_error_in_words(tmp_path):
    (tmp_path / "folder.html").mkdir()
    for path in (tmp_path / "missing" / "x.html", tmp_path / "folder.html"):
        with pytest.raises(GeoError, match="cannot be written"):
            save(material(EMPTY), path)
    with pytest.raises(InputError, match=r"no report for 'x\.odt'.*\.docx"):
        kind_of("x.odt")


# ----------------------------------------------------------------------------------------------------------- the words


def test_counts_tell_certain_from_possible():
    given = material(Query(period=(date(2019, 10, 10), date(2019, 10, 20)), statuses=None))
    every = {count.name: count for count in counts(given)}
    whole = every["All on the map"]
    assert whole.certain == whole.most - 1
    assert every["Not on the map"].most == len(given.hidden)


def test_lines_say_what_is_not_known():
    told = {line.id: line for line in lines(material())}
    assert told["e0005"].where == "place not told"
    assert told["e0006"].when == "day not told"
    assert told["e0003"].when == "some day in October 2019"
    assert told["e0004"].hidden == "only a country or wide region"
