"""Articles that somebody sends or pastes, where there is no file on this machine to open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.errors import InputError
from geo.readers import READERS, article_id

if TYPE_CHECKING:
    from datetime import date

    from geo.model import Article

MAX_NAME: Final = 120
"""Characters of a sent file's name that are kept, to name it in messages."""


def read_bytes(name: str, data: bytes) -> tuple[Article | InputError, ...]:
    """Read the articles of a file that somebody sent.

    Parameters
    ----------
    name : str
        What they call it. Its last part's suffix tells the format; nothing is ever opened under it.
    data : bytes
        What is in it.

    Returns
    -------
    tuple of Article or InputError
        In the order of the file; errors are values, so that the rest goes on.
    """
    last = name.replace("\\", "/").split("/")[-1]
    label = Path("".join(c for c in last if c.isprintable())[-MAX_NAME:] or "unnamed")
    reader = READERS.get(label.suffix.lower())
    if reader is None:
        remedy = f"Known formats are {', '.join(sorted(READERS))}"
        return (InputError(f"{label.suffix or 'no suffix'} is no known format", path=label, remedy=remedy),)
    found: list[Article | InputError] = []
    try:
        found.extend(reader(data, label))
    except InputError as error:
        found.append(error)
    return tuple(found)


def read_pasted(
    text: str,
    *,
    title: str | None = None,
    published: date | None = None,
    source: str | None = None,
    url: str | None = None,
) -> tuple[Article | InputError, ...]:
    """Read text that somebody pasted, as if it were a page they had saved.

    Parameters
    ----------
    text : str
        May begin with front matter.
    title, source, url : str or None
        As they give it; None, or nothing but spaces, where they do not.
    published : date or None
        Publication day.

    Returns
    -------
    tuple of Article or InputError
        A paste of two unrelated articles is two; the title is then the first one's.
    """
    data = text.lstrip().encode("utf-8", "replace")
    found = () if data.startswith(b"---") else read_bytes("pasted text.txt", data)
    if all(isinstance(item, InputError) for item in found):
        # Front matter, or so little that it does not look like a page: take it as it stands.
        found = read_bytes("pasted text.md", data)
    told = {"source": source, "url": url}
    given: dict[str, Any] = {key: words for key, value in told.items() if (words := " ".join((value or "").split()))}
    if published is not None:
        given |= {"published": published, "published_basis": "given"}
    items: list[Article | InputError] = []
    for item in found:
        if isinstance(item, InputError):
            items.append(item)
            continue
        name = " ".join((title or "").split()) if not items else ""
        article = replace(item, **given, title=name or item.title, path=None, line=None)
        items.append(replace(article, id=article_id(article.title, article.text, article.url)))
    return tuple(items)
