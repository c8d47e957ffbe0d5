"""``.eml`` and ``.mbox``: articles that came by mail. The subject is the title, the sender the source.

Attachments are left out and named, so that nobody takes them for read.
"""

from __future__ import annotations

import email
import email.errors
import email.policy
import re
from dataclasses import dataclass, field, replace
from email.headerregistry import HeaderRegistry
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.limits import MAX_DASHED, MAX_HEADER, MAX_MESSAGE_BYTES, MAX_PARTS, SHOWN_ATTACHMENTS
from geo.model import Article
from geo.readers import markup
from geo.readers.clean import letters, normalise
from geo.readers.fields import article_id
from geo.readers.page import read_lines, read_part
from geo.readers.text import FEWEST_LETTERS, from_part, nothing_left
from geo.readers.webpage import read as read_page
from geo.readers.webpage import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from email.message import EmailMessage
    from pathlib import Path

_HEADER = re.compile(rb"^[!-9;-~]{1,100}:", re.MULTILINE)
_SAVE_TEXT = "Open it in a mail program and save its text as .txt"
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_registry = HeaderRegistry()


def _bounded(name: str, value: str) -> Any:
    """Read a header, never more than so much of it: parsing one takes longer than its length would tell."""
    return _registry(name, value[:MAX_HEADER])


_POLICY = email.policy.default.clone(header_factory=_bounded)


@dataclass(slots=True)
class _Found:
    """What the parts of a message hold."""

    plain: list[str] = field(default_factory=list)
    html: list[bytes] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Names of attachments."""


def read(data: bytes, path: Path) -> Iterator[Article | InputError]:
    """Read one message, ``.eml``.

    Parameters
    ----------
    data : bytes
    path : Path
        Named in the article and in messages.

    Yields
    ------
    Article or InputError
        The article, then a word on attachments that were left out.

    Raises
    ------
    InputError
        It is no message, or holds no text.
    """
    yield from _message(data, path, line=1)


def read_mailbox(data: bytes, path: Path) -> Iterator[Article | InputError]:
    """Read the bytes of a whole ``.mbox``; :func:`read_messages` does it without holding the file."""
    yield from read_messages(data.splitlines(keepends=True), path)


def read_messages(lines: Iterable[bytes], path: Path) -> Iterator[Article | InputError]:
    """Read one message after another of a mailbox.

    Parameters
    ----------
    lines : iterable of bytes
        With their line ends.
    path : Path
        Named in articles and messages.

    Yields
    ------
    Article or InputError
        A message that cannot be read gives an error and the next one is read.
    """
    held: list[bytes] = []
    size, begun, blank = 0, 0, True
    for number, line in enumerate(lines, start=1):
        if blank and line.startswith(b"From "):
            yield from _held(held, size, path, begun)
            held, size, begun = [], 0, number
        elif begun:
            size += len(line)
            if size <= MAX_MESSAGE_BYTES:
                held.append(line)
        elif line.strip():
            raise InputError("not a mailbox: no line begins with 'From '", path=path, line=number, remedy=_SAVE_TEXT)
        blank = not line.strip(b"\r\n")
    if not begun:
        raise InputError("the file is empty", path=path, remedy="Export the mailbox again")
    yield from _held(held, size, path, begun)


def _held(held: list[bytes], size: int, path: Path, begun: int) -> Iterator[Article | InputError]:
    if not begun:
        return
    try:
        if size > MAX_MESSAGE_BYTES:
            raise InputError(
                f"a message of {size:,} bytes, more than the {MAX_MESSAGE_BYTES:,} that are read",
                path=path,
                line=begun,
                remedy=_SAVE_TEXT,
            )
        yield from _message(_QUOTED_FROM.sub(rb"\1", b"".join(held)), path, line=begun)
    except InputError as error:
        yield error


def _message(data: bytes, path: Path, *, line: int) -> Iterator[Article | InputError]:
    if not data.strip():
        raise InputError("the message is empty", path=path, line=line, remedy="Export it again")
    parts = data.count(b"boundary") > MAX_PARTS or data.count(b"\n--") > MAX_DASHED
    if len(data) > MAX_MESSAGE_BYTES or parts or b"\0" in data[:1000]:
        raise InputError("no mail message, or one of too many parts", path=path, line=line, remedy=_SAVE_TEXT)
    if not _HEADER.match(data.lstrip()):
        raise InputError(
            "named as a mail message, and is something else", path=path, line=line, remedy="Give it its own suffix"
        )
    try:
        message = email.message_from_bytes(data, policy=_POLICY)
        found = _parts(message)
        article = _article(message, found, path, line)
    except InputError as error:
        raise InputError(error.problem, path=path, line=line, remedy=error.remedy) from error
    except Exception as error:
        # The parser raises whatever a broken header makes it stumble over: KeyError, IndexError, RecursionError.
        raise InputError(
            f"the message is damaged ({type(error).__name__})", path=path, line=line, remedy=_SAVE_TEXT
        ) from error
    yield article
    if found.left_out:
        yield _said(found.left_out, path, line)


def _said(names: list[str], path: Path, line: int) -> InputError:
    shown = ", ".join(names[:SHOWN_ATTACHMENTS]) + (", …" if len(names) > SHOWN_ATTACHMENTS else "")
    many = "1 attachment was" if len(names) == 1 else f"{len(names)} attachments were"
    return InputError(
        f"{many} left out ({shown})", path=path, line=line, remedy="Save what is an article as a file of its own"
    )


def _parts(message: Any) -> _Found:
    found, waiting, number = _Found(), [message], 0
    while waiting:
        part = waiting.pop()
        kind, name = part.get_content_type(), part.get_filename()
        inner = part.get_payload() if part.is_multipart() else None
        if kind.startswith("multipart/") and isinstance(inner, list):
            # A message within a message is not opened: it is somebody else's, of another day.
            number += len(inner)
            if number > MAX_PARTS:
                raise InputError("no mail message, or one of too many parts", remedy=_SAVE_TEXT)
            waiting += reversed(inner)
        elif part.get_content_disposition() == "attachment" or (name and not kind.startswith("image/")) or inner:
            found.left_out.append(_legible(name or kind))
        elif kind == "text/plain":
            found.plain.append(_decoded(part))
        elif kind == "text/html":
            found.html.append(_decoded(part).encode("utf-8", "replace"))
    return found


def _decoded(part: Any) -> str:
    data = part.get_payload(decode=True) or b""
    named = part.get_content_charset() or "utf-8"
    try:
        return str(data.decode(named))
    except (LookupError, UnicodeError):
        # A mail that names the wrong encoding is common; what does not fit shows as a mark.
        return str(data.decode("utf-8", "replace"))


def _article(message: EmailMessage, found: _Found, path: Path, line: int) -> Article:
    title = _legible(str(message["subject"] or ""), most=300) or None
    plain = "\n\n".join(text for text in found.plain if text.strip())
    url = web_address(str(message["archived-at"] or "").strip(" <>"))
    article = None
    if letters(plain) >= FEWEST_LETTERS:
        article = from_part(read_part(read_lines(normalise(plain)), title=title), path, url=url, line=line)
    elif found.html:
        article = _from_html(found.html[0], path, title=title, line=line)
    if article is None or letters(article.text) < FEWEST_LETTERS:
        raise nothing_left(read_part([], title=title), path)
    published = _day(message) or article.published
    article = replace(
        article,
        title=title or article.title,
        published=published,
        published_basis="given" if published else None,
        source=_sender(message) or article.source,
        url=url or article.url,
        line=line,
    )
    return replace(article, id=article_id(article.title, article.text, article.url))


def _from_html(data: bytes, path: Path, *, title: str | None, line: int) -> Article:
    """Read a message's page like one that was saved; where no article is found in it, take all its text."""
    try:
        for item in read_page(data, path):
            if isinstance(item, Article):
                return item
    except InputError:
        pass
    text = markup.text_of(data.decode("utf-8", "replace"))
    return from_part(read_part(read_lines(normalise(text)), title=title), path, line=line)


def _day(message: EmailMessage) -> date | None:
    # The day as the sender's clock had it: it is never moved to another time zone.
    moment = getattr(message["date"], "datetime", None)
    return None if moment is None else moment.date()


def _sender(message: EmailMessage) -> str | None:
    for address in getattr(message["from"], "addresses", ())[:1]:
        return _legible(address.display_name or address.addr_spec, most=200) or None
    return None


def _legible(name: str, *, most: int = 80) -> str:
    return " ".join(normalise(name[: 4 * most]).split())[:most]
