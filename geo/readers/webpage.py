"""``.html``: a web page saved whole. Trafilatura finds the article in it; nothing is fetched."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.limits import MAX_HTML_BYTES, MAX_TAGS
from geo.model import Article
from geo.readers.clean import letters, normalise
from geo.readers.decode import decode
from geo.readers.fields import article_id, detect_language, parse_day, shown
from geo.readers.page import read_lines, read_part
from geo.readers.text import FEWEST_LETTERS, nothing_left

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2}(?=$|[-_])")
_SAVE_ANEW = "Open the page in a browser and save it again, or save its text as .txt"


def read(data: bytes, path: Path) -> Iterator[Article | InputError]:
    """Read a web page.

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
        When the bytes are no web page, or hold no article.
    """
    if len(data) > MAX_HTML_BYTES or data.count(b"<") > MAX_TAGS:
        raise InputError(
            f"a page of {len(data):,} bytes and {data.count(b'<'):,} tags is more than the {MAX_HTML_BYTES:,} bytes"
            f" and {MAX_TAGS:,} tags that are read",
            path=path,
            remedy=_SAVE_ANEW,
        )
    declared = _CHARSET.search(data[:4096])
    # Cleaned before it is parsed: one control character makes the extractor give up on the whole page.
    markup = normalise(decode(data, path, declared=declared[1].decode("ascii") if declared else None))
    tree = _parse(markup, path)
    language = _declared_language(tree)
    captions = _take_captions(tree)
    found = _extract(tree, path)
    part = read_part(read_lines(normalise(found.get("text") or "")), title=_one_line(found.get("title")))
    text = part.text
    if letters(text) < FEWEST_LETTERS:
        raise nothing_left(part, path)
    published = _day(found.get("date")) or part.published
    url = web_address(found.get("url"))
    yield Article(
        id=article_id(part.title, text, url),
        text=text,
        title=part.title,
        published=published,
        published_basis="given" if published else None,
        source=_one_line(found.get("sitename")) or part.source or _one_line(found.get("hostname")),
        url=url,
        language=language or detect_language(text),
        path=shown(path),
        line=1,
        captions=tuple(dict.fromkeys([*captions, *part.captions])),
    )


def _parse(markup: str, path: Path) -> Any:
    # Imported here: parser and extractor take longer to load than the rest of the reader together.
    from lxml import etree, html  # type: ignore[import-untyped] # ships no types

    try:
        # As bytes: lxml refuses a str that begins with an XML declaration.
        parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
        tree = html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError(f"not a web page: {error}", path=path, remedy=_SAVE_ANEW) from error
    return tree


def _declared_language(tree: Any) -> str | None:
    match = _LANGUAGE.match(str(tree.get("lang") or "").strip().lower())
    return match[0] if match else None


def _take_captions(tree: Any) -> list[str]:
    """Take figure captions out of the page: they are no text, but they may carry a day."""
    captions = []
    for element in list(tree.iter("figcaption")):
        caption = _one_line("".join(element.itertext()))
        if caption:
            captions.append(caption)
        element.drop_tree()
    return captions


def _extract(tree: Any, path: Path) -> dict[str, Any]:
    from trafilatura import bare_extraction

    # The extractor logs what it gives up on; what it could not read is said by the error below.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        document = bare_extraction(
            tree,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            # The day the page states, first publication before edits; never a guess from a day in the text.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:
        # Pages are made by anybody; whatever a hostile one does to the extractor is that page's fault alone.
        raise InputError(
            f"the page could not be read ({type(error).__name__})", path=path, remedy=_SAVE_ANEW
        ) from error
    if document is None:
        raise InputError("no article found on the page", path=path, remedy=_SAVE_ANEW)
    return document if isinstance(document, dict) else document.as_dict()


def _one_line(value: object) -> str | None:
    return " ".join(normalise(value).split()) or None if isinstance(value, str) else None


def _day(value: object) -> date | None:
    try:
        return parse_day(str(value))
    except ValueError:
        return None


def web_address(value: object) -> str | None:
    """Give a web address as it was written; None for anything else (javascript:, data:) that stands in its place."""
    text = _one_line(value)
    return text if text and text.lower().startswith(("http://", "https://")) else None
