"""Mail: what of a message is article, title, day and source, and messages made to break the parser."""

import time
from pathlib import Path

import pytest

from geo.errors import InputError
from geo.model import Article
from geo.readers import READERS, read_paths

SENTENCES = "The herons came back to the marsh in the first week of May. They stayed until the end of the summer."


def read(data: bytes, name: str = "x.eml") -> list[Article | InputError]:
    try:
        return list(READERS[Path(name).suffix](data, Path(name)))
    except InputError as error:
        return [error]


def message(*, body: str = SENTENCES, **headers: str) -> bytes:
    told = {"Subject": "Herons over the marsh", "From": "The Marsh Paper <news@marsh.test>", **headers}
    return "".join(f"{name}: {value}\r\n" for name, value in told.items()).encode() + b"\r\n" + body.encode()


def parts(*bodies: str) -> bytes:
    inner = "".join(f"--edge\r\n{body}\r\n" for body in bodies)
    return message(**{"Content-Type": 'multipart/mixed; boundary="edge"'}, body=f"{inner}--edge--\r\n")


def test_subject_sender_and_day_are_kept():
    (item,) = read(message(Date="Mon, 06 May 2019 23:30:00 -0500", **{"Archived-At": "<https://marsh.test/1>"}))
    assert isinstance(item, Article)
    assert item.title == "Herons over the marsh"
    assert item.source == "The Marsh Paper"
    assert item.url == "https://marsh.test/1"
    assert item.text == SENTENCES
    # In Greenwich it was the seventh; the day is the one that the sender's clock had.
    assert item.published is not None
    assert item.published.isoformat() == "2019-05-06"
    assert item.published_basis == "given"


@pytest.mark.parametrize("day", ["yesterday", "Mon, 31 Feb 2019 10:00:00 +0000", "", "99999999999999999999"])
def test_a_day_that_is_none_is_unknown(day: str):
    (item,) = read(message(Date=day))
    assert isinstance(item, Article)
    assert item.published is None


def test_a_sender_without_a_name_is_its_address():
    (item,) = read(message(From="news@marsh.test"))
    assert isinstance(item, Article)
    assert item.source == "news@marsh.test"


def test_text_is_taken_before_html_and_attachments_are_named():
    items = read(
        parts(
            f"Content-Type: text/html\r\n\r\n<p>{SENTENCES} In HTML.</p>",
            f"Content-Type: text/plain; charset=utf-8\r\n\r\n{SENTENCES}",
            'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="a\u202e.pdf"\r\n\r\nxxx',
            "Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\nSubject: inner\r\n\r\ninner",
            "Content-Type: image/png\r\nContent-Disposition: inline; filename=logo.png\r\n\r\nxxx",
        )
    )
    assert isinstance(items[0], Article)
    assert items[0].text == SENTENCES
    assert "2 attachments were left out (a.pdf, message/rfc822)" in str(items[1])


def test_a_message_of_html_is_read_like_a_saved_page():
    script = "<script>alert('herons')</script>"
    (item,) = read(parts(f"Content-Type: text/html\r\n\r\n<html><body>{script}<p>{SENTENCES}</p></body></html>"))
    assert isinstance(item, Article)
    assert item.text == SENTENCES
    assert item.title == "Herons over the marsh"


def test_encoded_words_and_a_wrong_charset_are_read():
    (item,) = read(message(Subject="=?utf-8?b?S29iYW7Dqg==?=", **{"Content-Type": "text/plain; charset=nonsense"}))
    assert isinstance(item, Article)
    assert item.title == "Kobanê"


def test_a_mailbox_is_read_message_by_message_and_its_lines_are_numbered(tmp_path: Path):
    start = b"From news@marsh.test Mon May 6 10:00:00 2019\n"
    broken = b"no header at all\n"
    box = b"".join(
        [
            start + message(Subject="One").replace(b"\r\n", b"\n") + b"\n>From the north came more herons.\n\n",
            start + broken + b"\n",
            start + message(Subject="Three").replace(b"\r\n", b"\n") + b"\n",
        ]
    )
    (tmp_path / "a.mbox").write_bytes(box)
    one, wrong, three = read_paths([tmp_path])
    assert isinstance(one, Article)
    assert isinstance(three, Article)
    assert isinstance(wrong, InputError)
    assert [one.title, three.title] == ["One", "Three"]
    assert [one.line, wrong.line, three.line] == [1, 8, 11]
    assert "\nFrom the north" in one.text or " From the north" in one.text
    assert read(box, "x.mbox")[0].title == "One"


def test_a_message_of_a_mailbox_over_the_limit_does_not_stop_the_next(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("geo.readers.mail.MAX_MESSAGE_BYTES", 2_000)
    start = b"From a Mon May 6 10:00:00 2019\n"
    long, short = read(start + message(body="x\n" * 5_000) + b"\n\n" + start + message(), "x.mbox")
    assert "more than the 2,000" in str(long)
    assert isinstance(short, Article)


# --------------------------------------------------------------------------------------------------------- attacked


@pytest.mark.parametrize(
    "data",
    [
        message(From="(" * 100_000),
        message(From="a" + ",a" * 100_000),
        message(From='"' + "\\" * 100_000),
        message(From="<" * 50_000 + "@" * 50_000),
        message(Date="(" * 100_000),
        message(Subject="=?utf-8?q?" * 50_000),
        message(Subject="=?utf-8?b?" + "?=" * 50_000),
        message(**{"Content-Type": "text/plain; " + "a*0=x; " * 20_000}),
        message(**{"Content-Type": "text/plain; charset=" + "(" * 50_000}),
        message(**{"Content-Type": "multipart/mixed; boundary=" + "a" * 100_000}),
        message(**{"Content-Transfer-Encoding": "base64"}, body="A" * 500_001),
        message(**{"Content-Disposition": 'attachment; filename="' + "=?" * 50_000}),
        b"".join(b"X-%d: y\r\n" % n for n in range(50_000)) + b"\r\n" + SENTENCES.encode(),
        message(body="\r\n" * 300_000 + SENTENCES),
    ],
    ids=range(14),
)
def test_hostile_headers_end_soon(data: bytes):
    begun = time.process_time()
    assert read(data)
    assert time.process_time() - begun < 4


def test_parts_in_parts_in_parts_are_refused():
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(3_000))
    begun = time.process_time()
    (item,) = read(f"Subject: x\r\n{deep}".encode())
    assert "too many parts" in str(item)
    assert time.process_time() - begun < 1


def test_very_many_parts_are_refused():
    for number, most_s in ((5_000, 4), (100_000, 1)):
        begun = time.process_time()
        (item,) = read(parts(*["Content-Type: text/plain\r\n\r\nx"] * number))
        assert "too many parts" in str(item)
        assert time.process_time() - begun < most_s


def test_a_picture_in_the_html_is_never_asked_for_and_its_text_stays_text():
    (item,) = read(parts(f"Content-Type: text/html\r\n\r\n<p>{SENTENCES}<img src=http://127.0.0.1:9/x> &lt;b&gt;</p>"))
    assert isinstance(item, Article)
    assert item.text.endswith("<b>")
