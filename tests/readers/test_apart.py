"""PDF and Word: what is read, and every way in which such a file was seen to break its reader."""

import io
import os
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from geo import limits
from geo.errors import InputError
from geo.model import Article
from geo.readers import READERS, read_paths
from tests.readers.made import WORD, a_docx, a_pdf, a_zip, raw_docx

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = [
    "The herons came back to the marsh in the first week of May, and a drone was seen over it.",
    "They stayed until the end of the summer, a warden said, and then all of them left at once.",
]


def read(name: str, data: bytes) -> list[Article | InputError]:
    path = Path(name)
    try:
        return list(READERS[path.suffix](data, path))
    except InputError as error:
        return [error]


def article(name: str, data: bytes) -> Article:
    (item,) = read(name, data)
    assert isinstance(item, Article), item
    return item


def problem(name: str, data: bytes) -> str:
    (item,) = read(name, data)
    assert isinstance(item, InputError), item
    assert item.remedy
    return str(item)


# ------------------------------------------------------------------------------------------------------------- read


@pytest.mark.parametrize(("suffix", "make"), [("pdf", a_pdf), ("docx", a_docx)])
def test_text_and_title_are_read(suffix, make):
    found = article(f"x.{suffix}", make(TEXT, title="Herons over the marsh"))
    assert found.title == "Herons over the marsh"
    assert " ".join(found.text.split()) == " ".join(TEXT)
    assert found.published is None  # the day such a file was made is not when it was published
    assert found.language == "en"


@pytest.mark.parametrize("title", ["Microsoft Word - herons.doc", "herons.docx", "untitled"])
def test_a_file_name_in_the_properties_is_no_title(title):
    assert article("x.pdf", a_pdf(TEXT, title=title)).title is None


def test_running_heads_and_page_numbers_of_a_pdf_are_no_text():
    pages = [
        ["The Marsh Paper", f"On day {n} of the month the herons were counted again by wardens.", str(n)]
        for n in (1, 2, 3, 4)
    ]
    from geo.readers.child import _without_edges

    assert [page for page in _without_edges(pages) if len(page) != 1] == []


def test_words_parted_at_line_ends_are_made_whole():
    from geo.readers.child import _joined

    lines = iter([["The govern-", "ment spoke of the Euphrates-", "Tigris basin and of well-", "known facts"]])
    assert _joined(lines) == ["The government", "spoke of the Euphrates-", "Tigris basin and of wellknown", "facts"]


def test_broken_lines_of_a_page_are_paragraphs_again():
    from geo.readers.child import _paragraphs_of

    full = "Full lines of a page are all of about one width."
    assert _paragraphs_of(["A headline", full, full, "An end.", full, "Another."]) == [
        *("A headline", f"{full} {full} An end.", f"{full} Another.")
    ]
    assert _paragraphs_of([]) == []


def test_table_cells_of_a_word_file_are_read_once():
    import docx

    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = TEXT[0]
    out = io.BytesIO()
    document.save(out)
    assert article("x.docx", out.getvalue()).text == TEXT[0]


# --------------------------------------------------------------------------------------------------------- attacked


def test_a_locked_pdf_says_so():
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(a_pdf(TEXT))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "locked with a password" in problem("x.pdf", out.getvalue())


def test_a_pdf_of_a_thousand_pages_is_refused_before_they_are_read():
    data = a_pdf(["x"], pages=1_000)
    begun = time.perf_counter()
    assert "1,000 pages, more than the 300" in problem("x.pdf", data)
    assert time.perf_counter() - begun < 60


def test_a_batch_goes_on_after_broken_files(tmp_path: Path):
    good = a_pdf(TEXT)
    for name, data in {
        "a.pdf": b"",
        "b.pdf": good[: len(good) // 3],
        "c.pdf": b"%PDF-1.7\n" + os.urandom(2_000),
        "d.pdf": good,
        "e.docx": b"",
        "f.docx": a_docx(TEXT)[:3_000],
        "g.docx": a_docx(TEXT),
    }.items():
        (tmp_path / name).write_bytes(data)
    read_well = [Path(item.path).name for item in read_paths([tmp_path]) if isinstance(item, Article)]
    assert read_well == ["d.pdf", "g.docx"]
    assert len(list(read_paths([tmp_path]))) == 7


def test_a_pdf_without_text_is_told_to_be_pictures():
    assert "pictures of pages" in problem("x.pdf", a_pdf([]))


def test_a_pdf_whose_pages_point_to_each_other_ends():
    data = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999999>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    assert "x.pdf: " in problem("x.pdf", data)


def test_a_pdf_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "APART_S", 1)
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DecodedStreamObject, NameObject

    writer = PdfWriter(PdfReader(io.BytesIO(a_pdf(TEXT))))
    stream = DecodedStreamObject()
    stream.set_data(b"BT (x) Tj ET " * 400_000)
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    begun = time.perf_counter()
    assert "not found within 1 seconds" in problem("x.pdf", out.getvalue())
    assert time.perf_counter() - begun < 60


def test_a_file_that_needs_too_much_memory_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "APART_BYTES", 150 * 2**20)
    document = f'<w:document xmlns:w="{WORD}"><w:body>'.encode() + b"<w:p/>" * 2_000_000 + b"</w:body></w:document>"
    from geo.readers import apart

    with pytest.raises(InputError):
        list(apart.articles("docx", raw_docx(document), Path("x.docx")))


def test_a_word_bomb_is_refused_by_its_directory_in_a_second_and_in_no_memory():
    """0.6 MB that would become 205 MB of XML took 158 s and 4.2 GB."""
    paragraph = b"<w:p><w:r><w:t>shells hit the town of Aaaa</w:t></w:r></w:p>"
    xml = f'<w:document xmlns:w="{WORD}"><w:body>'.encode() + paragraph * (205_000_000 // len(paragraph))
    data = raw_docx(xml + b"</w:body></w:document>")
    del xml
    assert len(data) < 1_000_000
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    assert "Word file" in problem("x.docx", data)
    assert time.process_time() - begun < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB


def test_word_xml_that_is_large_but_packs_badly_is_refused_too():
    noise = os.urandom(8_300_000).hex().encode()
    assert "more than the 16,000,000" in problem("x.docx", raw_docx(noise))


def test_a_directory_of_very_many_members_is_not_read():
    data = a_zip({f"{n}.xml": b"" for n in range(2_000)})
    assert "more than 500 files" in problem("x.docx", data)


def test_a_directory_that_lies_about_a_size_ends_in_an_error():
    data = bytearray(raw_docx(b"<a>" + b"x" * 3_000_000 + b"</a>"))
    at = data.rfind(b"PK\x01\x02")
    assert data[at + 46 :].startswith(b"word/document.xml")
    data[at + 24 : at + 28] = (5_000).to_bytes(4, "little")
    begun = time.perf_counter()
    assert "x.docx: " in problem("x.docx", bytes(data))
    assert time.perf_counter() - begun < 60


def test_entities_in_a_word_file_are_neither_multiplied_nor_opened(tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the password of the marsh is heron")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    body = f"<w:p><w:r><w:t>&l11; &file; {TEXT[0]}</w:t></w:r></w:p>"
    document = (
        f'<!DOCTYPE d [<!ENTITY l0 "lol">{laughs}<!ENTITY file SYSTEM "{secret.as_uri()}">]>'
        f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    )
    begun = time.perf_counter()
    told = "".join(
        item.text if isinstance(item, Article) else str(item) for item in read("x.docx", raw_docx(document.encode()))
    )
    assert time.perf_counter() - begun < 60
    assert "password" not in told
    assert "lollol" not in told


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 100),
        ("x.pdf", b"GIF89a" + a_pdf(TEXT)),  # a polyglot: a picture to one program, a PDF to another
        ("x.docx", a_pdf(TEXT)),
        ("x.docx", b"<html><body>" + b"herons " * 50),
        ("x.eml", a_pdf(TEXT)),
        ("x.mbox", b"PK\x03\x04" + b"0" * 50),
        ("x.rss", b"<html><body><p>herons</p></body></html>"),
        ("x.atom", b"%PDF-1.4 <feed>"),
    ],
)
def test_a_wrong_suffix_is_told(name: str, data: bytes):
    told = problem(name, data)
    assert any(words in told for words in ("something else", "not a ", "not text")), told


def test_a_zip_that_is_no_word_file_is_told():
    assert "no Word file" in problem("x.docx", a_zip({"a.txt": b"herons", "b.xml": b"<a/>"}))


def test_a_member_outside_of_the_archive_is_refused():
    data = io.BytesIO(raw_docx(b"<a/>"))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("../../out.xml", b"x")
    assert "outside" in problem("x.docx", data.getvalue())


def test_the_process_apart_cannot_write_a_file(tmp_path: Path):
    target = tmp_path / "out"
    code = (
        f"import sys; sys.argv = ['child.py']; sys.path.insert(0, {str(ROOT / 'geo' / 'readers')!r})\n"
        f"import child; child._limit(5, 2**30)\n"
        f"open({str(target)!r}, 'wb', buffering=0).write(b'x' * 10)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert b"File too large" in done.stderr
    assert target.stat().st_size == 0
