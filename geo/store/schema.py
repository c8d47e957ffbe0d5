"""The store's file: where it lies, its tables, and how it is opened."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from geo.errors import StoreBusyError, StoreError
from geo.store.transaction import transaction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE_NAME = "borderlines.sqlite"
"""The store's only file; SQLite keeps ``-wal`` and ``-shm`` beside it while it is open."""

SCHEMA_VERSION = 2
"""Version of the tables, kept in SQLite's ``user_version``."""

APPLICATION_ID = 0x42444C4E
"""Tells our files from other SQLite files ("BDLN")."""

_BY_OP = "create index log_op on log (op, n);\n"
_SUPERSEDED = "alter table article add column superseded_by text;\ncreate index article_path on article (path);\n"

MIGRATIONS: dict[int, str] = {1: _BY_OP + _SUPERSEDED}
"""SQL that takes a store from the version of its key to the next. Every version ever released stays here."""

# Text stays in columns a person can read with any SQLite tool; what only we read is JSON.
TABLES = (
    """
create table meta (key text primary key, value text not null) without rowid;
create table article (
    id text primary key, version integer not null, reader text not null, title text, text text not null,
    published text, published_basis text, source text, url text, language text, path text, line integer,
    captions text not null
);
create table report (
    id text primary key, article_id text not null references article (id), rank integer not null,
    current integer not null, body text not null
);
create index report_article on report (article_id, rank);
create table shape (key text primary key, wkb blob not null);
create table event (id text primary key, body text not null);
create table problem (
    id text primary key, path text, line integer, problem text not null, remedy text, noted text not null
);
create table log (
    n integer primary key, at text not null, who text not null, op text not null, entity text not null,
    body text not null, reason text, previous text not null, hash text not null
);
create index log_entity on log (entity, n);
create trigger log_no_update before update on log begin select raise(abort, 'the log is append-only'); end;
create trigger log_no_delete before delete on log begin select raise(abort, 'the log is append-only'); end;
"""
    + _BY_OP
    + _SUPERSEDED
)


def connect(file: Path, *, readonly: bool, wait_s: float) -> sqlite3.Connection:
    """Open the file, making or migrating its tables when opened for writing.

    Parameters
    ----------
    file : Path
        The store's file; its folder is made when opened for writing.
    readonly : bool
        Refuse every write.
    wait_s : float
        Seconds to wait for another writer.

    Returns
    -------
    sqlite3.Connection
        In autocommit mode: transactions are begun by hand.

    Raises
    ------
    StoreError
        The file is missing, damaged, newer than this software, not ours, or may not be written.
    StoreBusyError
        Another writer holds it longer than `wait_s`.
    """
    if readonly and not file.exists():
        raise StoreError(f"there is no store at {file.parent}. Make one: python -m geo build ARTICLES --store FOLDER")
    if not readonly:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{file.parent}: cannot make the store's folder ({error}). Choose another") from error
    with translated(file):
        connection = _open(file, readonly=readonly, wait_s=wait_s)
    if readonly and _is_ours(connection) and _version(connection) < SCHEMA_VERSION:
        connection.close()
        _bring_up_to_date(file, wait_s=wait_s)
        with translated(file):
            connection = _open(file, readonly=True, wait_s=wait_s)
    try:
        with translated(file):
            _prepare(connection, file, readonly=readonly)
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up_to_date(file: Path, *, wait_s: float) -> None:
    """Migrate a store that is only to be read: its readers know the present tables only."""
    try:
        connect(file, readonly=False, wait_s=wait_s).close()
    except StoreBusyError:
        raise
    except StoreError as error:
        raise StoreError(
            f"{file} was written by an earlier Borderlines and cannot be brought up to date where it is ({error}). "
            "Copy its folder to where it may be written"
        ) from error


def _open(file: Path, *, readonly: bool, wait_s: float) -> sqlite3.Connection:
    uri = file.resolve().as_uri()
    # The dashboard's threads share one Store; Store itself takes care that one of them openeds at a time.
    opened = partial(sqlite3.connect, uri=True, timeout=wait_s, isolation_level=None, check_same_thread=False)
    connection = opened(f"{uri}?mode={'ro' if readonly else 'rwc'}")
    try:
        connection.execute("select count(*) from sqlite_schema")
    except sqlite3.OperationalError as error:
        connection.close()
        unwritable = error.sqlite_errorname in (
            "SQLITE_CANTOPEN",
            "SQLITE_READONLY_CANTINIT",
            "SQLITE_READONLY_DIRECTORY",
        )
        if not (readonly and unwritable) or file.with_name(file.name + "-wal").exists():
            raise
        # A store on read-only ground: no -shm can be made beside it, and nobody can be writing it.
        connection = opened(f"{uri}?immutable=1")
    return connection


def _prepare(connection: sqlite3.Connection, file: Path, *, readonly: bool) -> None:
    empty = connection.execute("select count(*) from sqlite_schema").fetchone()[0] == 0
    if not empty:
        _recognise(connection, file)
    elif readonly:
        raise StoreError(f"{file} is empty, its making was broken off. Run the build again")
    if readonly:
        connection.execute("pragma query_only = on")
        return
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
    if not empty and _version(connection) == SCHEMA_VERSION:
        return
    with transaction(connection, kind="immediate"):
        # Looked at again under the lock: two first builds may start at once.
        if connection.execute("select count(*) from sqlite_schema").fetchone()[0] == 0:
            _run(connection, TABLES)
            connection.execute(f"pragma application_id = {APPLICATION_ID}")
            connection.execute(f"pragma user_version = {SCHEMA_VERSION}")
        for version in range(_version(connection), SCHEMA_VERSION):
            _run(connection, MIGRATIONS[version])
            connection.execute(f"pragma user_version = {version + 1}")


def _is_ours(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("pragma application_id").fetchone()[0] == APPLICATION_ID)


def _recognise(connection: sqlite3.Connection, file: Path) -> None:
    if not _is_ours(connection):
        raise StoreError(f"{file} is not a Borderlines store. Choose another folder")
    if (version := _version(connection)) > SCHEMA_VERSION:
        raise StoreError(
            f"{file} was written by a newer Borderlines (tables version {version}, this one knows {SCHEMA_VERSION}). "
            "Update the software; the store is untouched"
        )


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])


def _run(connection: sqlite3.Connection, script: str) -> None:
    # Not executescript: that would commit the transaction it runs in.
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


@contextmanager
def translated(file: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours, each with the file and the remedy.

    Parameters
    ----------
    file : Path
        The store's file.

    Raises
    ------
    StoreBusyError
        Another writer held the store too long.
    StoreError
        Everything else SQLite complains of.
    """
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise StoreBusyError(f"{file} is being written by another process. Wait until it is done") from error
        for start, remedy in _REMEDIES.items():
            if name.startswith(start):
                raise StoreError(f"{file}: {remedy} ({error})") from error
        raise StoreError(f"{file}: {error}") from error


_REMEDIES = {
    "SQLITE_FULL": "the disk is full. Free some space and try again; nothing stored before is lost",
    "SQLITE_READONLY": "the store may only be read. Allow writing to its folder, or choose another",
    "SQLITE_CANTOPEN": "the store cannot be opened. Check that the folder exists and may be read and written",
    "SQLITE_PERM": "the store may not be read. Check the rights of its folder",
    "SQLITE_CORRUPT": "the file is damaged. Put back a copy, or move it away and build again",
    "SQLITE_NOTADB": "the file is damaged or is not a store. Put back a copy, or move it away and build again",
    "SQLITE_IOERR": "the disk did not do as it was told. Check the disk and try again",
}
