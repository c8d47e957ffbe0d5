"""The append-only log: every change of the store, each row chained to the one before by its hash.

The tables are a fold of the log, so it can be verified, and a later version can show the store as it was on any day.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from geo.store.codec import canonical

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator


class Entry(NamedTuple):
    """One row of the log."""

    n: int
    at: str
    """UTC, ISO; never before that of the row before."""
    who: str
    """"reader" for what the software did, else a person's name."""
    op: str
    """"article", "events", "problem" or "settled"."""
    entity: str
    """Id of what changed."""
    body: str
    """What it is now, as JSON."""
    reason: str | None
    previous: str
    """Hash of the row before, "" for the first."""
    hash: str

    def expected_hash(self) -> str:
        """Hash that the row must have, given its values and the row before."""
        return hashlib.sha256(canonical(list(self[:-1])).encode()).hexdigest()


def append(
    connection: sqlite3.Connection, *, op: str, entity: str, body: str, who: str = "reader", reason: str | None = None
) -> None:
    """Add a row, inside the caller's transaction.

    Parameters
    ----------
    connection : sqlite3.Connection
    op, entity, body, who, reason : str
        As in :class:`Entry`.
    """
    n, previous = head(connection)
    last = connection.execute("select at from log where n = ?", (n,)).fetchone()
    # A clock that was set back must not tell of a change before the one it rests on: what was known on a day is asked
    # by these times.
    at = max(datetime.now(UTC).isoformat(timespec="milliseconds"), last[0] if last else "")
    row = Entry(n + 1, at, who, op, entity, body, reason, previous, "")
    connection.execute(
        "insert into log (n, at, who, op, entity, body, reason, previous, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row[:-1], row.expected_hash()),
    )


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """Return number and hash of the last row; (0, "") when there is none."""
    row = connection.execute("select n, hash from log order by n desc limit 1").fetchone()
    return (row[0], row[1]) if row else (0, "")


def entries(connection: sqlite3.Connection, *, op: str | None = None, before: str | None = None) -> Iterator[Entry]:
    """Read the log in order.

    Parameters
    ----------
    connection : sqlite3.Connection
    op : str, optional
        Only rows of this operation.
    before : str, optional
        Only rows written before this time (UTC, ISO as in :class:`Entry`).

    Yields
    ------
    Entry
    """
    chosen = " and ".join(test for test, value in (("op = ?", op), ("at < ?", before)) if value is not None)
    rows = connection.execute(
        f"select n, at, who, op, entity, body, reason, previous, hash from log where {chosen or 1} order by n",  # noqa: S608 - all of it is ours
        [value for value in (op, before) if value is not None],
    )
    for row in rows:
        yield Entry(*row)
