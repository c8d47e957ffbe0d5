"""What was fetched and read before: an SQLite file beside a store's own, so that a round asks only for what is new."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.errors import StoreError
from geo.limits import MAX_RETRY_S

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType

FILE_NAME: Final = "watched.sqlite"
TRIES: Final = 3
"""Rounds in which a page that cannot be fetched is asked for."""
_TABLES = """
create table if not exists file (path text primary key, size integer, changed integer, reader text) without rowid;
create table if not exists feed (url text primary key, etag text, modified text, not_before real) without rowid;
create table if not exists page (url text primary key, tries integer, done integer) without rowid;
"""


@dataclass(frozen=True, slots=True)
class Stamp:
    """How a file stands: another when it was changed."""

    path: str
    size: int
    changed: int
    """Nanoseconds."""


class Remembered:
    """Remembers files, feeds and pages. Losing it costs time, never an article.

    Parameters
    ----------
    folder : Path
        The store's folder.

    Raises
    ------
    StoreError
        The file is damaged or may not be written.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME
        try:
            self._db = sqlite3.connect(self._file, timeout=10, isolation_level=None)
            self._db.executescript(_TABLES)
        except sqlite3.Error as error:
            raise StoreError(f"{self._file}: {error}. Delete it; everything is then looked at once more") from error

    def __enter__(self) -> Remembered:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def has_file(self, stamp: Stamp, reader: str) -> bool:
        """Tell whether a file was read as it stands, by these rules."""
        row = self._db.execute("select size, changed, reader from file where path = ?", (stamp.path,)).fetchone()
        return bool(row == (stamp.size, stamp.changed, reader))

    def put_files(self, stamps: Iterable[Stamp], reader: str) -> None:
        """Remember files that were read, all or none."""
        with self._db:
            self._db.execute("begin")
            self._db.executemany(
                "insert or replace into file values (?, ?, ?, ?)",
                ((s.path, s.size, s.changed, reader) for s in stamps),
            )

    def headers(self, url: str) -> dict[str, str]:
        """Give what the server said of a feed's state when it was last fetched."""
        row = self._db.execute("select etag, modified from feed where url = ?", (url,)).fetchone()
        named = zip(("etag", "last-modified"), row or (), strict=False)
        return {name: value for name, value in named if value}

    def may_ask(self, url: str) -> bool:
        """Tell whether the server of a feed did not ask to be left alone for longer."""
        row = self._db.execute("select not_before from feed where url = ?", (url,)).fetchone()
        # The longest wait is bounded here, too: the clock may have been set back since.
        return row is None or not row[0] or not time.time() < row[0] <= time.time() + MAX_RETRY_S

    def put_feed(self, url: str, *, headers: dict[str, str], wait_s: float = 0.0) -> None:
        """Remember a feed's state."""
        later = time.time() + min(wait_s, MAX_RETRY_S) if wait_s > 0 else 0.0
        row = (url, headers.get("etag", "")[:500], headers.get("last-modified", "")[:500], later)
        self._db.execute("insert or replace into feed values (?, ?, ?, ?)", row)

    def is_settled(self, url: str) -> bool:
        """Tell whether a page was fetched, or given up."""
        row = self._db.execute("select tries, done from page where url = ?", (url,)).fetchone()
        return row is not None and bool(row[1] or row[0] >= TRIES)

    def put_page(self, url: str, *, done: bool) -> None:
        """Remember that a page was fetched, or that it could not be."""
        self._db.execute(
            "insert into page values (?, 1, ?) on conflict (url) do update set tries = tries + 1, done = excluded.done",
            (url, done),
        )
