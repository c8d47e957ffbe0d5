"""Small pieces of HTML, as mails and feeds hold them: their text, block by block. Nothing is fetched."""

from __future__ import annotations

from typing import Any

from geo.errors import InputError
from geo.limits import MAX_TAGS

_BLOCKS = {
    *("address", "article", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "footer", "form"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td"),
    *("th", "tr", "ul"),
}
_UNSEEN = {"script", "style", "template", "noscript", "head", "title", "object", "iframe", "figcaption"}


def text_of(markup: str) -> str:
    """Give the text that a reader of a piece of HTML sees.

    Parameters
    ----------
    markup : str
        HTML, or plain text.

    Returns
    -------
    str
        Blocks with a blank line between.

    Raises
    ------
    InputError
        It has more tags than are read, or cannot be parsed.
    """
    if "<" not in markup and "&" not in markup:
        return markup
    if markup.count("<") > MAX_TAGS:
        raise InputError(f"more than the {MAX_TAGS:,} tags that are read")
    from lxml import etree, html  # type: ignore[import-untyped] # ships no types

    try:
        parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
        tree = html.document_fromstring(f"<div>{markup}</div>".encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise InputError("not HTML that can be read") from error
    return "".join(_pieces(tree))


def _pieces(tree: Any) -> list[str]:
    """Walk the tree without recursion: a stranger's HTML may be nested as deep as it likes."""
    from lxml import etree

    pieces: list[str] = []
    unseen = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        block = element.tag in _BLOCKS
        if event == "start":
            unseen += element.tag in _UNSEEN
            if block:
                pieces.append("\n\n")
            if element.text and not unseen:
                pieces.append(" ".join(element.text.split("\n")))
            continue
        unseen -= element.tag in _UNSEEN
        if block:
            pieces.append("\n\n")
        if element.tail and not unseen:
            pieces.append(" ".join(element.tail.split("\n")))
    return pieces
