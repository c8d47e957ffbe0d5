"""What was fetched as articles: a page, a document, or the pages a feed names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from geo.errors import InputError
from geo.limits import MAX_ADDRESSES
from geo.model import Article
from geo.readers import READERS, article_id, feed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geo.net.fetch import Answer, Fetcher

_SUFFIX: Final = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/rdf+xml": ".rss",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "message/rfc822": ".eml",
}
"""What is read of what servers send. Anything else is refused, whatever its name says."""
_FEEDS: Final = {".rss", ".atom", ".xml"}
_AS_TOLD: Final = {".html", ".txt", ".md"}
_UTF8_MARK: Final = b"\xef\xbb\xbf"


def read_address(fetcher: Fetcher, url: str) -> Iterator[Article | InputError]:
    """Fetch one address and read its article.

    Parameters
    ----------
    fetcher : Fetcher
    url : str

    Yields
    ------
    Article or InputError
        A feed gives what it holds itself of its entries, see :func:`read_feed` for more. The address of an article is
        the one it was fetched from, unless its page names another of the same host.
    """
    try:
        answer = fetcher.get(url)
        yield from articles_of(answer)
    except InputError as error:
        yield error


def articles_of(answer: Answer) -> Iterator[Article | InputError]:
    """Read the articles of an answer.

    Raises
    ------
    InputError
        It is of no kind that is read.
    """
    suffix = _SUFFIX.get(answer.kind)
    if suffix is None:
        raise InputError(
            f"{answer.url}: {_said(answer)} is no article", remedy="Articles come as HTML, text, PDF, Word or a feed"
        )
    label = Path("page" + suffix)
    try:
        for item in READERS[suffix](_as_told(answer, suffix), label):
            yield _from_here(item, answer.url) if isinstance(item, Article) else _named(item, answer.url)
    except InputError as error:
        raise _named(error, answer.url) from error


def read_feed(
    fetcher: Fetcher, url: str, *, answer: Answer | None = None, known: Callable[[str], bool] = lambda _: False
) -> Iterator[tuple[str, Article | InputError]]:
    """Fetch a feed, and the page of each of its entries.

    Parameters
    ----------
    fetcher : Fetcher
    url : str
    answer : Answer, optional
        The feed, where it was fetched already.
    known : callable, optional
        Tells whether the page of this address need not be fetched.

    Yields
    ------
    (str, Article or InputError)
        Address, and what was found there. Where a page cannot be read, what the feed itself holds of it is taken; the
        error comes beside it.

    Raises
    ------
    InputError
        The feed cannot be fetched or read.
    """
    answer = answer or fetcher.get(url)
    if _SUFFIX.get(answer.kind) not in {*_FEEDS, ".txt", ".html"}:
        raise InputError(f"{url}: {_said(answer)} is no feed", remedy="Give the address of an RSS or Atom feed")
    try:
        for entry in feed.entries(_as_told(answer, ".txt"), Path("feed")):
            if entry.url is None or not known(entry.url):
                for item in _of_entry(fetcher, entry):
                    yield entry.url or "", item
    except InputError as error:
        raise _named(error, url) from error


def addresses(lines: Iterable[str], path: Path) -> Iterator[str]:
    """Give the addresses of a list, one a line; blank lines and lines that begin with # are passed over.

    Raises
    ------
    InputError
        The list is too long.
    """
    found = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found += 1
        if found > MAX_ADDRESSES:
            raise InputError(f"more than {MAX_ADDRESSES:,} addresses", path=path, line=number, remedy="Split the list")
        yield line.strip()


def _of_entry(fetcher: Fetcher, entry: feed.Entry) -> Iterator[Article | InputError]:
    wrong: list[InputError] = []
    found = 0
    for item in read_address(fetcher, entry.url) if entry.url else ():
        if isinstance(item, InputError):
            wrong.append(item)
        else:
            found += 1
            yield feed.with_told(item, entry)
    if not found:
        try:
            made = feed.article(entry, Path("feed"))
            yield replace(made, path=None, line=None)
        except InputError as error:
            wrong.append(_named(error, entry.url or "feed"))
    yield from wrong


def _as_told(answer: Answer, suffix: str) -> bytes:
    """Bring text to UTF-8 where the server names its encoding, as a browser does, before the page itself is asked."""
    charset = answer.headers.get("content-type", "").lower().rpartition("charset=")[2].split(";")[0].strip(" \"'")[:40]
    if suffix not in _AS_TOLD or not charset or charset == answer.kind or answer.data.startswith(_UTF8_MARK):
        return answer.data
    try:
        return _UTF8_MARK + answer.data.decode(charset).encode("utf-8")
    except (LookupError, UnicodeError, ValueError):
        return answer.data


def _from_here(article: Article, url: str) -> Article:
    told = article.url if article.url and urlsplit(article.url).hostname == urlsplit(url).hostname else url
    return replace(article, url=told, path=None, line=None, id=article_id(article.title, article.text, told))


def _named(error: InputError, url: str) -> InputError:
    return error if error.path is None else InputError(f"{url}: {error.problem}", remedy=error.remedy)


def _said(answer: Answer) -> str:
    kind = "".join(c for c in answer.kind if c.isprintable())[:60]
    return kind or "something of no told kind"
