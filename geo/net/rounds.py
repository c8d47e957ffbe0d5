"""One round of a watch: what is new in folders and feeds, read into a store."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.errors import InputError
from geo.model import Article
from geo.net.gather import read_feed
from geo.net.remembered import Stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from geo.net.fetch import Fetcher
    from geo.net.remembered import Remembered
    from geo.store import Store

BATCH: Final = 5_000
"""Files after which what was read is remembered, so that a round which is broken off need not begin again."""


@dataclass(slots=True)
class Round:
    """What one round did."""

    files: int = 0
    """Files that were new or changed."""
    pages: int = 0
    """Entries of feeds that were new."""
    read: int = 0
    new: int = 0
    """Articles that the store did not hold as they are now."""
    unchanged: int = 0
    """Feeds whose server said that nothing changed."""
    problems: list[InputError] = field(default_factory=list)


def read_round(
    store: Store,
    remembered: Remembered,
    *,
    folders: Iterable[Path] = (),
    feeds: Iterable[str] = (),
    fetcher: Fetcher | None = None,
) -> Round:
    """Read what is new since the last round.

    Parameters
    ----------
    store : Store
        Opened for writing.
    remembered : Remembered
        Beside it.
    folders : iterable of Path
        Folders and files to look through.
    feeds : iterable of str
        Addresses of feeds.
    fetcher : Fetcher, optional
        Needed where there are feeds.

    Returns
    -------
    Round
    """
    done = Round()
    _read_files(store, remembered, folders, done)
    for url in feeds if fetcher else ():
        if fetcher is not None:
            _read_one_feed(store, remembered, url, fetcher, done)
    return done


def _read_files(store: Store, remembered: Remembered, folders: Iterable[Path], done: Round) -> None:
    from geo.pipeline import build, reader_fingerprint

    reader = reader_fingerprint()
    changed = _changed(folders, remembered, reader, done)
    while batch := list(itertools.islice(changed, BATCH)):
        result = build([path for path, _ in batch], store)
        done.files += len(batch)
        done.read += result.read
        done.new += result.new
        done.problems += result.problems
        remembered.put_files([stamp for _, stamp in batch], reader)


def _changed(folders: Iterable[Path], remembered: Remembered, reader: str, done: Round) -> Iterator[tuple[Path, Stamp]]:
    from geo.readers import READERS
    from geo.readers.files import FileWalk

    for item in FileWalk(frozenset(READERS)).walk(folders):
        if isinstance(item, InputError):
            done.problems.append(item)
            continue
        try:
            state = item.stat()
        except OSError as error:
            done.problems.append(InputError(f"cannot be opened: {error.strerror or error}", path=item))
            continue
        named = str(item.absolute()).encode("utf-8", "backslashreplace").decode()
        stamp = Stamp(named, state.st_size, state.st_mtime_ns)
        if not remembered.has_file(stamp, reader):
            yield item, stamp


def _read_one_feed(store: Store, remembered: Remembered, url: str, fetcher: Fetcher, done: Round) -> None:
    from geo.pipeline import keep

    if not remembered.may_ask(url):
        return
    try:
        answer = fetcher.get(url, known=remembered.headers(url))
        if answer.status == 304:
            done.unchanged += 1
            return
        found: dict[str, list[Article | InputError]] = {}
        for page, item in read_feed(fetcher, url, answer=answer, known=remembered.is_settled):
            found.setdefault(page, []).append(item)
    except InputError as error:
        remembered.put_feed(url, headers=remembered.headers(url), wait_s=_asked_wait(error))
        done.problems.append(error)
        return
    articles = [item for items in found.values() for item in items if isinstance(item, Article)]
    if articles:
        result = keep(articles, store)
        done.read += result.read
        done.new += result.new
        done.problems += result.problems
    done.pages += len(found)
    wrong = [item for items in found.values() for item in items if isinstance(item, InputError)]
    done.problems += wrong
    for page, items in found.items():
        if page:
            remembered.put_page(page, done=not any(isinstance(item, InputError) for item in items))
    # A feed with a page that failed is asked for in full again, so that the page gets its next try.
    remembered.put_feed(url, headers={} if wrong else dict(answer.headers))


def _asked_wait(error: InputError) -> float:
    told = (error.remedy or "").rpartition("after ")[2]
    return float(told) if told.isdecimal() and len(told) < 8 else 0.0
