"""``.jsonl``: articles that are clean already, one JSON object a line. Text and id are taken as they are."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.limits import MAX_LINE_BYTES
from geo.model import Article
from geo.readers.fields import article_id, detect_language, parse_day, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

_UNFIT = re.compile("[\0\ud800-\udfff]")


def read(data: bytes, path: Path) -> Iterator[Article | InputError]:
    """Read articles from the bytes of a whole file; :func:`read_lines` does it without holding the file."""
    yield from read_lines(data.split(b"\n"), path)


def read_lines(lines: Iterable[bytes], path: Path, *, first: int = 1) -> Iterator[Article | InputError]:
    """Read one article a line.

    Parameters
    ----------
    lines : iterable of bytes
        With or without their line ends.
    path : Path
        Named in articles and messages.
    first : int, default 1
        Number of the first of these lines in the file.

    Yields
    ------
    Article or InputError
        In the order of the lines; a blank line gives nothing, a line that cannot be read gives an error and the
        next one is read.
    """
    seen = False
    for number, line in enumerate(lines, start=first):
        raw = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if not raw.strip():
            continue
        seen = True
        try:
            yield _article(raw, path, number)
        except InputError as error:
            yield error
    if not seen and first == 1:
        yield InputError("the file is empty", path=path, remedy='Write one {"id": ..., "text": ...} a line')


def _article(raw: bytes, path: Path, line: int) -> Article:
    entry = _object(raw, path, line)
    text = _text(entry, "text", path, line)
    if text is None:
        raise InputError("the line has no text", path=path, line=line, remedy='Give "text" as a string')
    title, url = _text(entry, "title", path, line), _text(entry, "url", path, line)
    given_id = entry.get("id")
    if given_id is not None and (isinstance(given_id, bool) or not isinstance(given_id, str | int)):
        raise InputError("id is neither a string nor a whole number", path=path, line=line)
    published = _published(_text(entry, "published", path, line), path, line)
    return Article(
        id=article_id(title, text, url) if given_id in (None, "") else _whole(str(given_id), "id", path, line),
        text=text,
        title=title,
        published=published,
        published_basis="given" if published else None,
        source=_text(entry, "source", path, line),
        url=url,
        language=_text(entry, "language", path, line) or detect_language(text),
        path=shown(path),
        line=line,
    )


def _object(raw: bytes, path: Path, line: int) -> dict[str, Any]:
    if len(raw) > MAX_LINE_BYTES:
        raise InputError(f"the line is longer than {MAX_LINE_BYTES:,} bytes", path=path, line=line)
    try:
        entry = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        problem = f"not UTF-8 at byte {error.start} of the line (0x{raw[error.start]:02x})"
        raise InputError(problem, path=path, line=line, remedy="Save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg} at column {error.colno}", path=path, line=line) from error
    except (ValueError, RecursionError) as error:
        raise InputError("not JSON that can be read: too deep or too large a number", path=path, line=line) from error
    if not isinstance(entry, dict):
        raise InputError("the line is no JSON object", path=path, line=line, remedy='Write {"id": ..., "text": ...}')
    return entry


def _text(entry: dict[str, Any], name: str, path: Path, line: int) -> str | None:
    value = entry.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"{name} is no string", path=path, line=line)
    return _whole(value, name, path, line)


def _whole(value: str, name: str, path: Path, line: int) -> str:
    # The text is not cleaned, since its offsets belong to whoever wrote it; what cannot be stored is refused.
    if _UNFIT.search(value):
        raise InputError(f"{name} holds a NUL or half a surrogate pair", path=path, line=line, remedy="Take it out")
    return value


def _published(value: str | None, path: Path, line: int) -> date | None:
    if not value:
        return None
    try:
        return parse_day(value)
    except ValueError as error:
        problem = f"published: {value[:60]!r} is no day"
        raise InputError(problem, path=path, line=line, remedy="Write it as YYYY-MM-DD or an ISO 8601 time") from error
