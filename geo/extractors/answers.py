"""Remembers a model's answers on this machine, so that no question is paid for twice.

A build that was broken off, or one after our own rules changed, asks only for what it has no answer to. The file lies
in the user's cache folder and holds what the model answered, never the key; deleting it is safe.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from geo.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


class Answers:
    """Answers on disk. SQLite writes one whole or not at all, also with two programs at once.

    Parameters
    ----------
    path : Path
        The file; made where there is none.

    Raises
    ------
    InputError
        It cannot be opened there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._open()) as database, database:
                database.execute(
                    "create table if not exists answer (question text primary key, content text not null) without rowid"
                )
        except (OSError, sqlite3.Error) as error:
            raise InputError(
                f"answers cannot be kept in {path} ({error})", remedy="Free the disk or the file"
            ) from error

    def get(self, url: str, question: dict[str, Any]) -> str | None:
        """Give the answer to a question asked before; None where it was not."""
        with closing(self._open()) as database:
            row = database.execute("select content from answer where question = ?", (_key(url, question),)).fetchone()
        return None if row is None else str(row[0])

    def keep(self, url: str, question: dict[str, Any], content: str) -> None:
        """Remember an answer."""
        with closing(self._open()) as database, database:
            database.execute("insert or replace into answer values (?, ?)", (_key(url, question), content))

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=10.0)


def _key(url: str, question: dict[str, Any]) -> str:
    return hashlib.blake2b(json.dumps([url, question], sort_keys=True).encode(), digest_size=16).hexdigest()
