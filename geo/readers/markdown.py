"""``.md``: an article written by hand, with an optional front matter in YAML between two lines of three dashes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from geo.errors import InputError
from geo.model import Article
from geo.readers.clean import letters, normalise
from geo.readers.decode import decode
from geo.readers.fields import article_id, detect_language, parse_day, shown
from geo.readers.text import FEWEST_LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIELDS = ("title", "published", "date", "source", "url", "language")
"""Front matter that is read; ``date`` is another name for ``published``. Other keys are left alone."""

_MOST_FRONT_MATTER = 2**16
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,500})\]\([^()\s]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\([^()\s]{0,2000}\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)([^*_\n]{1,500})(?<=\S)\1(?!\w)")
_LINE_MARK = re.compile(r"^(?:>|[-*+]) +", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} +([^\n]*?)[ #]*$", re.MULTILINE)


def read(data: bytes, path: Path) -> Iterator[Article | InputError]:
    """Read one Markdown article.

    Parameters
    ----------
    data : bytes
    path : Path
        Named in the article and in messages.

    Yields
    ------
    Article

    Raises
    ------
    InputError
        When the front matter or a day in it cannot be read, or there is no text; with file and line.
    """
    front, body, line = _cut_front_matter(decode(data, path), path)
    given = _read_front_matter(front, path)
    title, text, captions = _plain(body, title=given.get("title"))
    if letters(text) < FEWEST_LETTERS:
        raise InputError("no article text under the title", path=path, line=line, remedy="Write the article below it")
    published = given.get("published") or given.get("date")
    yield Article(
        id=article_id(title, text, given.get("url")),
        text=text,
        title=title,
        published=parse_day(published) if published else None,
        published_basis="given" if published else None,
        source=given.get("source"),
        url=given.get("url"),
        language=given.get("language") or detect_language(text),
        path=shown(path),
        line=line,
        captions=captions,
    )


def _cut_front_matter(text: str, path: Path) -> tuple[str, str, int]:
    """Return the front matter, the body, and the line on which the body begins."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != "---":
        return "", text, 1
    for at, line in enumerate(lines[1:], start=1):
        if line.rstrip() in ("---", "..."):
            front = "\n".join(lines[1:at])
            if len(front) > _MOST_FRONT_MATTER:
                break
            return front, "\n".join(lines[at + 1 :]), at + 2
    raise InputError(
        f"the front matter that begins with --- does not end within {_MOST_FRONT_MATTER:,} characters",
        path=path,
        line=1,
        remedy="Close it with a line ---",
    )


def _read_front_matter(front: str, path: Path) -> dict[str, str]:
    """Read the known fields; each wrong value is named with its line."""
    given: dict[str, str] = {}
    for key, value in _nodes(front, path):
        name = str(key.value)
        line = value.start_mark.line + 2
        if name not in FIELDS:
            continue
        if not isinstance(value, yaml.ScalarNode):
            raise InputError(f"front matter {name} is a list or a table, not a text", path=path, line=line)
        text = " ".join(normalise(value.value).split())
        if name in ("published", "date") and text:
            _check_day(text, path, line)
        if text and value.tag != "tag:yaml.org,2002:null":
            given[name] = text
    return given


def _nodes(front: str, path: Path) -> list[tuple[yaml.Node, yaml.Node]]:
    # Nodes, not values: YAML would turn a day, a "no" or a number into something that is not the text written.
    try:
        root = yaml.compose(front, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        problem = f"front matter is not YAML: {error.problem}"
        line = 1 if mark is None else mark.line + 2
        raise InputError(problem, path=path, line=line, remedy="Put the value in quotes") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise InputError("front matter is not YAML", path=path, line=2, remedy="Write key: value lines") from error
    if root is None:
        return []
    if not isinstance(root, yaml.MappingNode):
        raise InputError("front matter is not a list of key: value lines", path=path, line=2)
    return list(root.value)


def _check_day(value: str, path: Path, line: int) -> None:
    try:
        parse_day(value)
    except ValueError as error:
        raise InputError(
            f"published: {value[:60]!r} is no day", path=path, line=line, remedy="Write it as YYYY-MM-DD"
        ) from error


def _plain(body: str, *, title: str | None) -> tuple[str | None, str, tuple[str, ...]]:
    """Take the Markdown marks off; return title, text and captions."""
    text = normalise(body)
    captions = tuple(caption for caption in _IMAGE.findall(text) if caption)
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    heading = _HEADING.search(text)
    if heading and (title is None or heading[1] == title) and not text[: heading.start()].strip():
        title = heading[1] or None
        text = text[heading.end() :]
    text = _LINE_MARK.sub("", _HEADING.sub(r"\1\n", text))
    text = _EMPHASIS.sub(r"\2", text)
    blocks = (" ".join(block.split("\n")).strip() for block in re.split(r"\n\n+", text))
    return title, "\n\n".join(block for block in blocks if block), captions
