"""``.rss``, ``.atom``, ``.xml``: a news feed that was saved, one article an entry. Nothing is fetched."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.limits import MAX_ENTRIES, MAX_FILE_BYTES, MAX_TAGS
from geo.readers import markup
from geo.readers.clean import letters, normalise
from geo.readers.decode import decode
from geo.readers.fields import article_id, parse_day
from geo.readers.page import read_lines, read_part
from geo.readers.text import FEWEST_LETTERS, from_part
from geo.readers.webpage import web_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from geo.model import Article

_PROLOGUE = re.compile(r"\s{0,100}<\?xml\s[^<>?]{0,300}\?>")
_ENCODING = re.compile(rb"^[^<]{0,100}<\?xml\s[^<>?]{0,200}?encoding\s{0,5}=\s{0,5}[\"']([\w.:-]{1,40})")
_SAVE_AGAIN = "Save the feed again, or read the articles it names"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed as the feed tells it."""

    number: int
    """From 1."""
    title: str | None
    published: date | None
    """The day written, in the zone it is written in."""
    source: str | None
    url: str | None
    text: str
    """What the feed holds of it: all, a summary, or nothing."""


def read(data: bytes, path: Path) -> Iterator[Article | InputError]:
    """Read the articles of a feed, as far as the feed itself holds them.

    Parameters
    ----------
    data : bytes
    path : Path
        Named in articles and messages.

    Yields
    ------
    Article or InputError
        An entry without text is an error; the next one is read.

    Raises
    ------
    InputError
        It is no feed, or one with entities.
    """
    for entry in entries(data, path):
        try:
            yield article(entry, path)
        except InputError as error:
            yield error


def article(entry: Entry, path: Path) -> Article:
    """Make an article of what the feed holds of an entry.

    Raises
    ------
    InputError
        It holds no text of it.
    """
    part = read_part(read_lines(normalise(entry.text)), title=entry.title)
    if letters(part.text) < FEWEST_LETTERS:
        named = f" ({entry.title[:60]})" if entry.title else ""
        raise InputError(f"entry {entry.number}{named} has no text", path=path, remedy="Read the page that it links to")
    made = from_part(part, path, url=entry.url, line=1)
    return with_told(replace(made, source=None), entry)


def with_told(made: Article, entry: Entry) -> Article:
    """Complete an article with what the feed tells of it: the feed's day, title and source are where it has none."""
    published = made.published or entry.published
    made = replace(
        made,
        title=made.title or entry.title,
        published=published,
        published_basis="given" if published else None,
        source=made.source or entry.source,
        url=made.url or entry.url,
    )
    return replace(made, id=article_id(made.title, made.text, made.url))


def entries(data: bytes, path: Path) -> Iterator[Entry]:
    """Give the entries of a feed.

    Parameters
    ----------
    data : bytes
    path : Path
        Named in messages.

    Yields
    ------
    Entry

    Raises
    ------
    InputError
        It is no feed, or one with entities, or with too many entries.
    """
    found = _parsed(_checked(data, path), path)
    outlet = _line(found.feed.get("title"))
    if len(found.entries) > MAX_ENTRIES:
        raise InputError(
            f"{len(found.entries):,} entries, more than the {MAX_ENTRIES:,} that are read", path=path, remedy="Split it"
        )
    for number, entry in enumerate(found.entries, start=1):
        own = entry.get("source")
        yield Entry(
            number=number,
            title=_line(_plain(entry.get("title"), path)),
            published=_day(entry),
            source=(_line(own.get("title")) if isinstance(own, dict) else None) or outlet,
            url=web_address(entry.get("link")),
            text=_plain(_longest(entry), path) or "",
        )


def _checked(data: bytes, path: Path) -> bytes:
    """Bring a feed to UTF-8 without declaration, and refuse what could become more than it is."""
    if len(data) > MAX_FILE_BYTES or data.count(b"<") > MAX_TAGS:
        raise InputError(f"more than the {MAX_TAGS:,} tags that are read", path=path, remedy="Split it")
    declared = _ENCODING.match(data)
    text = decode(data, path, declared=declared[1].decode("ascii") if declared else None)
    start = text[:5_000].casefold()
    if "<!entity" in text.casefold():
        raise InputError("a feed that defines entities is not read", path=path, remedy=_SAVE_AGAIN)
    if not any(root in start for root in ("<rss", "<feed", "<rdf", ":feed", ":rdf")):
        raise InputError("not a feed: neither RSS nor Atom", path=path, remedy="Give it its own suffix")
    return _PROLOGUE.sub("", text, count=1).encode("utf-8", "replace")


def _parsed(data: bytes, path: Path) -> Any:
    # Imported here: only feeds need it.
    import feedparser  # type: ignore[import-untyped] # ships no types

    try:
        # A stream: feedparser would take text, and even bytes, for an address or the name of a file.
        found = feedparser.parse(
            io.BytesIO(data),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:
        # Feeds are made by anybody; whatever a hostile one does to the parser is that feed's fault alone.
        raise InputError(f"the feed is damaged ({type(error).__name__})", path=path, remedy=_SAVE_AGAIN) from error
    if not found.entries:
        wrong = getattr(found.get("bozo_exception"), "getMessage", lambda: "it has no entries")()
        raise InputError(f"no entry could be read: {wrong}", path=path, remedy=_SAVE_AGAIN)
    return found


def _longest(entry: Any) -> str:
    told = [str(content.get("value") or "") for content in entry.get("content") or ()]
    return max([*told, str(entry.get("summary") or "")], key=len)


def _plain(value: object, path: Path) -> str | None:
    if not isinstance(value, str):
        return None
    try:
        return markup.text_of(value)
    except InputError as error:
        raise InputError(error.problem, path=path, remedy=_SAVE_AGAIN) from error


def _line(value: object) -> str | None:
    return " ".join(normalise(value[:2_000]).split())[:300] or None if isinstance(value, str) else None


def _day(entry: Any) -> date | None:
    """Read the day as it is written; feedparser's own is moved to UTC."""
    for name in ("published", "updated"):
        written = str(entry.get(name) or "")[:100]
        for turn in (parse_day, lambda text: parsedate_to_datetime(text).date()):
            try:
                return turn(written)
            except (ValueError, TypeError, IndexError, OverflowError):
                continue
    return None
