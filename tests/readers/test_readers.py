"""What holds for every reader, and for the way through files and folders."""

import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import InputError
from geo.model import Article
from geo.readers import MAX_FILE_BYTES, READERS, article_id, read_paths
from geo.readers.clean import normalise
from tests.readers.made import a_docx, a_pdf

SENTENCES = "The herons came back to the marsh in the first week of May. They stayed until the end of the summer.\n"
PLAIN = [".htm", ".html", ".md", ".txt"]
"""Formats that are a page without a wrapping of their own."""
WRAPPED = {
    ".eml": b"Subject: A title\r\nFrom: A Paper <a@paper.test>\r\n\r\n%s",
    ".mbox": b"From a@paper.test Mon May 6 10:00:00 2019\nSubject: A title\n\n%s\n",
    ".rss": b"<rss><channel><title>A paper</title><item><title>A title</title><description>%s</description></item>"
    b"</channel></rss>",
}
WRAPPED[".xml"] = WRAPPED[".rss"]
WRAPPED[".atom"] = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>A paper</title><entry><title>A title</title>'
    b"<summary>%s</summary></entry></feed>"
)
CLEANED = sorted({*PLAIN, *WRAPPED})


def packed(suffix: str, text: str) -> bytes:
    """Wrap a text as its format wants it."""
    if suffix == ".jsonl":
        return json.dumps({"text": text}).encode()
    if suffix in (".pdf", ".docx"):
        return {".pdf": a_pdf, ".docx": a_docx}[suffix]([text])
    return WRAPPED.get(suffix, b"%s") % text.encode()


def outcome(suffix: str, data: bytes) -> list[Article | InputError]:
    try:
        return list(READERS[suffix](data, Path("x" + suffix)))
    except InputError as error:
        return [error]


@pytest.mark.parametrize("suffix", sorted(set(READERS) - {".pdf", ".docx"}))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_crash_a_reader(suffix: str, data: bytes):
    for item in outcome(suffix, data):
        assert isinstance(item, Article | InputError)


@pytest.mark.parametrize("suffix", CLEANED)
@settings(max_examples=40, deadline=None)
@given(noise=st.text(alphabet="ab \u00a0\u00ad\u200b\u200f\u2066\ufeff\r\n\t\x01.é(", max_size=60))
def test_cleaned_text_holds_nothing_invisible(suffix: str, noise: str):
    page = f"A Title for the Page\n\n{SENTENCES}\n{noise} and the rest of it was quiet too.\n"
    if suffix.startswith(".htm"):
        page = f"<html><body><article><h1>A Title</h1><p>{SENTENCES * 3}</p><p>{noise} and the rest.</p></article>"
    if suffix in (".atom", ".rss", ".xml"):
        page = page.replace("\x01", "")
    for item in outcome(suffix, packed(suffix, page)):
        assert isinstance(item, Article)
        assert not set(item.text) & set("\0\x01\r\t\u00a0\u00ad\u200b\u200f\u2066\ufeff")
        assert item.text == normalise(item.text).strip()
        assert "\n\n\n" not in item.text


@given(st.text(max_size=200))
def test_normalise_is_idempotent(text: str):
    once = normalise(text)
    assert normalise(once) == once


@pytest.mark.parametrize("suffix", READERS)
def test_reading_twice_gives_the_same_article(suffix: str):
    data = packed(suffix, SENTENCES)
    first, second = outcome(suffix, data), outcome(suffix, data)
    assert first == second
    assert len(first) == 1
    assert isinstance(first[0], Article)


def test_article_id_depends_on_each_part():
    ids = {article_id(*parts) for parts in [("a", "b", None), ("ab", "", None), ("a", "b", "c"), (None, "ab", None)]}
    assert len(ids) == 4
    assert all(len(i) == 16 and int(i, 16) >= 0 for i in ids)


# ------------------------------------------------------------------------------------------------------- encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_a_mark_are_read(encoding: str):
    (item,) = outcome(".txt", ("Kobanê and Şırnak were quiet. " + SENTENCES).encode(encoding))
    assert isinstance(item, Article)
    assert item.text.startswith("Kobanê and Şırnak")


def test_single_byte_encoding_is_guessed():
    turkish = "Şanlıurfa'nın güneyinde çatışma çıktığını söyleyen yetkililer, ölü ve yaralı olmadığını bildirdi. " * 5
    (item,) = outcome(".txt", turkish.encode("cp1254"))
    assert isinstance(item, Article)
    assert "çatışma" in item.text
    assert item.language == "tr"


def test_damaged_utf8_names_the_byte_and_the_line():
    data = "Kobanê, Serêkaniyê, Efrîn.\n".encode() * 2 + b"\xff" + SENTENCES.encode()
    (item,) = outcome(".txt", data)
    assert isinstance(item, InputError)
    assert item.line == 3
    assert f"byte {data.index(0xFF)} (0xff)" in item.problem


def test_utf16_cut_in_half_is_an_error():
    (item,) = outcome(".txt", SENTENCES.encode("utf-16")[:-1])
    assert isinstance(item, InputError)
    assert "utf-16" in item.problem


def test_file_over_the_limit_is_refused():
    (item,) = outcome(".txt", b"a" * (MAX_FILE_BYTES + 1))
    assert isinstance(item, InputError)
    assert "more than" in item.problem


@pytest.mark.parametrize("suffix", sorted(set(READERS) - {".pdf", ".docx"}))  # a process of their own ends those
@pytest.mark.parametrize("unit", [SENTENCES.replace("\n", " "), SENTENCES, "(", "[", "**a", "<", "<b>", "a b ", "A, "])
def test_time_grows_with_the_length_only(suffix: str, unit: str):
    data = packed(suffix, unit * (200_000 // len(unit)))
    begun = time.process_time()
    outcome(suffix, data)
    assert time.process_time() - begun < 4  # a quadratic pattern would need minutes


# ------------------------------------------------------------------------------------------------------------ jsonl


def test_jsonl_is_taken_as_it_is():
    line = {
        "id": "a-1",
        "text": " Two\u00a0spaces\n TT ",
        "title": "T",
        "published": "2020-02-03T23:30:00-05:00",
        "url": "u",
    }
    (item,) = outcome(".jsonl", json.dumps(line).encode())
    assert isinstance(item, Article)
    assert (item.id, item.text, item.title, item.url) == ("a-1", " Two\u00a0spaces\n TT ", "T", "u")
    assert item.published is not None
    assert item.published.isoformat() == "2020-02-03"
    assert item.published_basis == "given"


def test_bad_jsonl_lines_are_named_and_the_rest_is_read():
    good = json.dumps({"id": 7, "text": SENTENCES}).encode()
    bad = [
        b"{",
        b"[1]",
        b'{"id": "x"}',
        b'{"text": 5}',
        b'{"id": [1], "text": "t"}',
        b'{"text": "t", "published": "yesterday"}',
        b'{"text": "\\ud800"}',
        b'{"text": "\xff"}',
        b"[" * 200_000,
        b'{"id": ' + b"9" * 5000 + b', "text": "t"}',
    ]
    items = outcome(".jsonl", b"\n".join([good, b"", *bad, good]))
    assert [isinstance(item, Article) for item in items] == [True] + [False] * len(bad) + [True]
    assert [item.line for item in items] == [1, *range(3, 3 + len(bad) + 1)]
    assert items[0].id == "7"


def test_jsonl_line_over_the_limit_does_not_stop_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("geo.readers.jsonl.MAX_LINE_BYTES", 100)
    monkeypatch.setattr("geo.readers.MAX_LINE_BYTES", 100)
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"text": "' + b"a" * 1000 + b'"}\n{"text": "short"}\n')
    long, short = read_paths([file])
    assert isinstance(long, InputError)
    assert long.line == 1
    assert isinstance(short, Article)
    assert short.line == 2


# ---------------------------------------------------------------------------------------------------------- folders


def test_folder_is_walked_in_order_and_errors_are_values(tmp_path: Path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "z.md").write_text(SENTENCES)
    (tmp_path / "a.TXT").write_text(SENTENCES)
    (tmp_path / "c.txt").write_bytes(b"")
    (tmp_path / "d.txt").write_text(SENTENCES)
    (tmp_path / ".hidden.txt").write_text(SENTENCES)
    (tmp_path / "one.png").write_bytes(b"x")
    (tmp_path / "two.png").write_bytes(b"x")
    items = list(read_paths([tmp_path]))
    names = [Path(str(item.path)).name for item in items]
    assert names == ["a.TXT", "z.md", "c.txt", "d.txt", "one.png"]
    assert [isinstance(item, Article) for item in items] == [True, True, False, True, False]
    assert "1 more such files" in str(items[4])
    assert ".jsonl" in str(items[4])


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path):
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "secret.txt").write_text(SENTENCES)
    (inside / "link.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "round").symlink_to(inside)
    items = list(read_paths([inside]))
    assert len(items) == 3
    assert all(isinstance(item, InputError) for item in items)


def test_what_is_missing_or_no_file_is_an_error(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "empty").mkdir()
    paths = [tmp_path / "none.txt", tmp_path / "pipe.txt", tmp_path / "empty", Path("a\0b.txt")]
    items = list(read_paths(paths))
    assert len(items) == 4
    assert all(isinstance(item, InputError) for item in items)


def test_file_name_that_is_no_utf8_can_be_stored(tmp_path: Path):
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(name)).write_text(SENTENCES)
    (item,) = read_paths([tmp_path])
    assert isinstance(item, Article)
    assert item.path is not None
    assert item.path.encode("utf-8")
