"""Feeds: what an entry tells is kept, nothing is fetched or opened, and entities stay what they are."""

import time
from pathlib import Path

import pytest

from geo.errors import InputError
from geo.model import Article
from geo.readers import READERS, feed

SENTENCES = "The herons came back to the marsh in the first week of May. They stayed until the end of the summer."
ENTRY = f"""<item><title>Herons &amp; others</title><link>https://marsh.test/1</link>
<pubDate>Mon, 06 May 2019 23:30:00 -0500</pubDate><description>&lt;p&gt;{SENTENCES}&lt;/p&gt;</description></item>"""


def read(data: bytes | str, name: str = "x.rss") -> list[Article | InputError]:
    data = data.encode() if isinstance(data, str) else data
    try:
        return list(READERS[Path(name).suffix](data, Path(name)))
    except InputError as error:
        return [error]


def rss(*items: str, head: str = "") -> str:
    return f"{head}<rss version='2.0'><channel><title>The Marsh Paper</title>{''.join(items)}</channel></rss>"


def test_day_title_source_and_address_are_kept():
    (item,) = read(rss(ENTRY, head="<?xml version='1.0'?>"))
    assert isinstance(item, Article)
    assert (item.title, item.source, item.url) == ("Herons & others", "The Marsh Paper", "https://marsh.test/1")
    assert item.text == SENTENCES
    # In Greenwich it was the seventh; the day is the one written.
    assert item.published is not None
    assert item.published.isoformat() == "2019-05-06"


def test_atom_is_read_and_the_longest_telling_is_taken():
    text = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Marsh</title>
    <entry><title>Kobanê</title><link href="https://marsh.test/2"/><updated>2020-02-03T23:30:00-05:00</updated>
    <summary>Short.</summary>
    <content type="html">&lt;p&gt;{SENTENCES}&lt;br&gt;And a third line of it.&lt;/p&gt;</content>
    <source><title>Another paper</title></source></entry></feed>"""
    (item,) = read(text, "x.atom")
    assert isinstance(item, Article)
    assert item.title == "Kobanê"
    assert item.text.startswith(SENTENCES)
    assert item.text.endswith("And a third line of it.")
    assert item.source == "Another paper"
    assert str(item.published) == "2020-02-03"


def test_an_entry_without_text_is_told_and_the_next_is_read():
    empty = "<item><title>Nothing</title><link>https://marsh.test/0</link></item>"
    wrong, item = read(rss(empty, ENTRY))
    assert "entry 1 (Nothing) has no text" in str(wrong)
    assert isinstance(item, Article)


def test_another_encoding_is_read_as_it_says():
    data = rss(ENTRY.replace("herons", "héron"), head='<?xml version="1.0" encoding="iso-8859-1"?>').encode("latin-1")
    (item,) = read(data)
    assert isinstance(item, Article)
    assert "héron" in item.text


# --------------------------------------------------------------------------------------------------------- attacked


@pytest.mark.parametrize("data", [b"https://127.0.0.1:9/feed <rss", b"/etc/hostname", b"file:///etc/hostname"])
def test_an_address_or_a_file_name_is_text_not_a_thing_to_open(data: bytes, monkeypatch: pytest.MonkeyPatch):
    def never(*_: object, **__: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr("feedparser.http.get", never)
    (item,) = read(data)
    assert isinstance(item, InputError)


def test_feedparser_itself_is_never_given_bytes_that_could_name_a_file(tmp_path: Path):
    secret = tmp_path / "secret.xml"
    secret.write_text(rss(ENTRY))
    with pytest.raises(InputError):
        feed._parsed(str(secret).encode(), Path("x.rss"))


def test_entities_are_neither_multiplied_nor_opened(tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the password of the marsh is heron")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    for name, doctype in {
        "&l11;": f'<!ENTITY l0 "lol">{laughs}',
        "&f;": f'<!ENTITY f SYSTEM "{secret.as_uri()}">',
    }.items():
        for encoding in ("utf-8", "utf-16"):
            head = f"<!DOCTYPE rss [{doctype}]>"
            (item,) = read(rss(ENTRY.replace("herons", name), head=head).encode(encoding))
            assert "defines entities" in str(item)


def test_an_external_document_type_is_never_asked_for():
    (item,) = read(rss(ENTRY, head='<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">'))
    assert isinstance(item, Article)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/hostname", "data:text/html,x", "vbscript:x", "/only/a/path"]
)
def test_only_web_addresses_are_kept(link: str):
    (item,) = read(rss(ENTRY.replace("https://marsh.test/1", link)))
    assert isinstance(item, Article)
    assert item.url is None


def test_scripts_are_no_text():
    code = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;style&gt;p{}&lt;/style&gt;"
    (item,) = read(rss(ENTRY.replace("&lt;p&gt;", f"{code}&lt;p&gt;")))
    assert isinstance(item, Article)
    assert item.text == SENTENCES


@pytest.mark.parametrize("data", [rss(*["<item/>"] * 200_000), rss("<a>" * 90_000), rss(ENTRY * 2_000)], ids=range(3))
def test_too_much_of_anything_is_refused_soon(data: str):
    begun = time.process_time()
    assert isinstance(read(data)[0], InputError)
    assert time.process_time() - begun < 8
