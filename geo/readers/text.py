"""``.txt``: a page as a user saved it from the browser, with one article or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.model import Article
from geo.readers.clean import letters, normalise
from geo.readers.decode import decode
from geo.readers.fields import article_id, detect_language, shown
from geo.readers.page import read_lines, read_part, split

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.readers.page import Part

FEWEST_LETTERS = 20
"""A page with fewer letters of text than this holds no article."""


def read(data: bytes, path: Path) -> Iterator[Article | InputError]:
    """Read a saved page.

    Parameters
    ----------
    data : bytes
    path : Path
        Named in articles and messages.

    Yields
    ------
    Article or InputError
        Each article of the page; one error when it holds none.

    Raises
    ------
    InputError
        When the bytes are no text.
    """
    yield from articles_of(decode(data, path), path)


def articles_of(text: str, path: Path, *, title: str | None = None) -> Iterator[Article | InputError]:
    """Read the articles of a page's text; the title, where it is known already, is the first one's."""
    pieces = split(read_lines(normalise(text)))
    parts = [read_part(lines, title=None if at else title) for at, lines in enumerate(pieces)]
    articles = [from_part(part, path) for part in parts if letters(part.text) >= FEWEST_LETTERS]
    yield from articles
    if not articles:
        yield nothing_left(parts[0], path)


def from_part(part: Part, path: Path, *, url: str | None = None, line: int | None = None) -> Article:
    """Make the article of one part of a page."""
    text = part.text
    return Article(
        id=article_id(part.title, text, url),
        text=text,
        title=part.title,
        published=part.published,
        published_basis="given" if part.published else None,
        source=part.source,
        url=url,
        language=detect_language(text),
        path=shown(path),
        line=line or part.line,
        captions=tuple(part.captions),
    )


def nothing_left(part: Part, path: Path) -> InputError:
    """Say why a page gives no article."""
    if part.body:
        what = f"the page is nearly empty: {letters(part.text)} letters of text"
    elif part.title:
        what = "the page holds a title and no text"
    else:
        what = "the page holds only captions, buttons and comment rules"
    return InputError(what, path=path, line=part.line, remedy="Save the whole article and try again")
