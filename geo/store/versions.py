"""Articles whose words changed: the file's present wording counts, the earlier one stays in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.store import log
from geo.store.codec import canonical
from geo.store.rows import clean

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from geo.store.store import Store


def articles_at(store: Store, path: Path | str) -> frozenset[str]:
    """Return the ids of the articles that were read from a file and stand.

    Parameters
    ----------
    store : Store
    path : Path or str
        As it was written when they were read.
    """
    rows = store.database.all("select id from article where path = ? and superseded_by is null", clean(str(path)))
    return frozenset(row["id"] for row in rows)


def supersede(store: Store, article_id: str, *, by: Collection[str]) -> None:
    """Take an article off: its file holds other articles today.

    Its text and its reports stay in the log, and so does what was known through it on an earlier day. The events have
    to be made anew afterwards.

    Parameters
    ----------
    store : Store
        Opened for writing.
    article_id : str
    by : collection of str
        Ids of the articles that the file holds today and did not before.

    Raises
    ------
    StoreError, StoreBusyError
        Nothing was changed.
    """
    with store.database.writing() as db:
        names = canonical(sorted(by))
        changed = db.execute(
            "update article set superseded_by = ? where id = ? and superseded_by is null", (names, article_id)
        )
        if changed.rowcount:
            db.execute("update report set current = 0 where article_id = ?", (article_id,))
            log.append(db, op="superseded", entity=article_id, body=names)


def earlier_wordings(store: Store, article_id: str) -> tuple[str, ...]:
    """Return the ids of the articles whose place this one took, the last first."""
    rows = store.database.all(
        "select a.id from article a join log l on l.entity = a.id and l.op = 'superseded' "
        "where a.superseded_by like ? group by a.id order by max(l.n) desc",
        f'%"{article_id}"%',
    )
    return tuple(row["id"] for row in rows)
