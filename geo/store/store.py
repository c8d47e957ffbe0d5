"""The store itself: articles, their reports, the events made of them, and what could not be read."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.store import codec, log, verify
from geo.store.codec import canonical, encode
from geo.store.database import Database
from geo.store.making import last_told, put_events
from geo.store.rows import article_of, clean, event_of, put_article, same, unique
from geo.store.schema import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from geo.model import Article, Event, Report


class Store:
    """A folder that keeps what was read. Every write is one transaction on disk when the call returns.

    Parameters
    ----------
    folder : Path or str
        The store's folder, on a local disk (SQLite's WAL does not work on network file systems).
    readonly : bool, default False
        Only read; a reader never waits for the writer and never stops it.
    wait_s : float, default 10
        Seconds to wait for another writer.

    Raises
    ------
    StoreError
        The store is missing (when reading), damaged, newer than this software, or may not be written.
    StoreBusyError
        Another process writes for longer than `wait_s`.

    Examples
    --------
    >>> with Store("store/own", readonly=True) as store:  # doctest: +SKIP
    ...     len(store.events())
    """

    def __init__(self, folder: Path | str, *, readonly: bool = False, wait_s: float = 10.0) -> None:
        self.folder = Path(folder)
        self.file = self.folder / FILE_NAME
        self.database = Database(self.file, readonly=readonly, wait_s=wait_s)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Closing twice is fine."""
        self.database.close()

    # ------------------------------------------------------------------------------------------------------ articles

    def write(self, article: Article, reports: Iterable[Report], reader: str = "") -> bool:
        """Store an article and its reports, together or not at all.

        Parameters
        ----------
        article : Article
            It replaces the article of the same id.
        reports : iterable of Report
            All of its reports, most salient first; they replace those of an earlier reading. Two of one id are one.
        reader : str
            Fingerprint of the rules that read it, see :meth:`has`.

        Returns
        -------
        bool
            False when the store held exactly this already; then nothing is written, not even to the log.

        Raises
        ------
        InputError
            The text cannot be stored (half of a surrogate pair, a number that is not finite).
        StoreError, StoreBusyError
            Nothing was changed.
        """
        shapes: codec.Shapes = {}
        try:
            told = {
                "article": encode(article, shapes),
                "reports": [encode(r, shapes) for r in unique(reports, article)],
            }
            told["article"]["path"] = clean(article.path)
            canonical(told).encode()
        except ValueError as error:  # UnicodeEncodeError is one
            raise InputError(
                f"article {article.id} cannot be stored ({error})", path=article.path, line=article.line
            ) from error
        with self.database.writing() as db:
            row = db.execute("select * from article where id = ?", (article.id,)).fetchone()
            version = 1
            if row is not None:
                told["article"] |= {"path": row["path"], "line": row["line"]}
                if row["superseded_by"] is None and canonical(told) == canonical(
                    {"article": article_of(row), "reports": self._bodies(article.id)}
                ):
                    db.execute(
                        "update article set reader = ? where id = ? and reader != ?", (reader, article.id, reader)
                    )
                    return False
                version = row["version"] + 1
            put_article(db, told, reader, version)
            db.executemany("insert or ignore into shape (key, wkb) values (?, ?)", shapes.items())
            body = canonical({"version": version, **told})
            log.append(db, op="article", entity=article.id, body=body, reason=f"read by {reader}")
            return True

    def has(self, article: Article | str, reader: str) -> bool:
        """Tell whether an article was read by these rules and is unchanged.

        Parameters
        ----------
        article : Article or str
            The article, or its id. With the article itself, a changed source or publication day counts as a change too;
            where it was read from does not.
        reader : str
            Fingerprint of the rules.

        Returns
        -------
        bool
        """
        key = article if isinstance(article, str) else article.id
        row = self.database.one(
            "select * from article where id = ? and reader = ? and superseded_by is null", key, reader
        )
        return row is not None and (isinstance(article, str) or same(codec.article(article_of(row)), article))

    def read_by(self) -> dict[str, tuple[str, ...]]:
        """Give the ids of the articles that each reader read, by what :meth:`write` was told of it."""
        found: dict[str, list[str]] = {}
        for row in self.database.all("select reader, id from article where superseded_by is null order by id"):
            found.setdefault(row["reader"], []).append(row["id"])
        return {reader: tuple(ids) for reader, ids in found.items()}

    def articles(self) -> tuple[Article, ...]:
        """All articles, by id; not those that stand otherwise in their file today, see :mod:`geo.store.versions`."""
        rows = self.database.all("select * from article where superseded_by is null order by id")
        return tuple(codec.article(article_of(row)) for row in rows)

    def article(self, article_id: str) -> Article | None:
        """Return the article of this id; None when there is none."""
        row = self.database.one("select * from article where id = ?", article_id)
        return None if row is None else codec.article(article_of(row))

    # ----------------------------------------------------------------------------------------------- reports, events

    def reports(self) -> tuple[Report, ...]:
        """All reports of the last reading of each article, by article id, most salient first."""
        with self.database.reading() as db:
            rows = db.execute("select body from report where current order by article_id, rank").fetchall()
            return tuple(self.database.reports(row["body"] for row in rows))

    def report(self, report_id: str) -> Report | None:
        """Return the report of this id; None when there is none."""
        with self.database.reading() as db:
            row = db.execute("select body from report where id = ?", (report_id,)).fetchone()
            return None if row is None else next(self.database.reports([row["body"]]))

    def replace_events(self, events: Iterable[Event], reader: str = "") -> bool:
        """Put the events made of the reports in place of the earlier ones, together or not at all.

        Parameters
        ----------
        events : iterable of Event
            Every event. Their reports must be the store's own, as :meth:`reports` gave them.
        reader : str
            Fingerprint of the rules that merged them and gave them their zones, see :meth:`events_are_current`.

        Returns
        -------
        bool
            False when they are the same as before; then nothing is written.

        Raises
        ------
        StoreError
            A report is not in the store, or two events have one id. Nothing was changed.
        """
        with self.database.writing() as db:
            return put_events(db, tuple(events), reader, self.file)

    def events(self) -> tuple[Event, ...]:
        """All events, by id, as they were last made; see :meth:`events_are_current`."""
        with self.database.reading() as db:
            bodies = [json.loads(row["body"]) for row in db.execute("select body from event order by id").fetchall()]
            rows = db.execute("select id, body from report").fetchall()
            bare = self.database.reports(row["body"] for row in rows)
            by_id = dict(zip((row["id"] for row in rows), bare, strict=True))
            return tuple(event_of(body, by_id, self.database.report) for body in bodies)

    def events_and_articles(self) -> tuple[tuple[Event, ...], tuple[Article, ...]]:
        """All events and all articles of one moment."""
        with self.database.reading():
            return self.events(), self.articles()

    def event(self, event_id: str) -> Event | None:
        """Return the event of this id; None when there is none."""
        with self.database.reading() as db:
            row = db.execute("select body from event where id = ?", (event_id,)).fetchone()
            if row is None:
                return None
            body = json.loads(row["body"])
            reports = [self.report(key) for key in body["reports"]]
            by_id = {report.id: report for report in reports if report is not None}
            return event_of(body, by_id, self.database.report)

    def events_are_current(self, reader: str | None = None) -> bool:
        """Whether nothing was read or decided since the events were made: False after a build that was broken off.

        Parameters
        ----------
        reader : str, optional
            Demand that they were made by these rules, too.
        """
        with self.database.reading() as db:
            meta = self.meta()
            by_these = reader is None or meta.get("events_made_by") == reader
            return by_these and int(meta.get("events_made_at", 0)) >= last_told(db)

    def event_count(self) -> int:
        """Count the events, without reading them."""
        row = self.database.one("select count(*) as n from event")
        return 0 if row is None else int(row["n"])

    # ------------------------------------------------------------------------------------------------------ problems

    def note_problem(self, problem: InputError) -> None:
        """Keep what could not be read; the same problem twice is kept once.

        Parameters
        ----------
        problem : InputError
        """
        path = None if problem.path is None else str(problem.path)
        values = [clean(path), problem.line, clean(problem.problem), clean(problem.remedy)]
        key = hashlib.blake2b(canonical(values).encode(), digest_size=8).hexdigest()
        with self.database.writing() as db:
            if db.execute("select 1 from problem where id = ?", (key,)).fetchone() is None:
                row = (key, *values, datetime.now(UTC).isoformat(timespec="seconds"))
                db.execute(
                    "insert into problem (id, path, line, problem, remedy, noted) values (?, ?, ?, ?, ?, ?)", row
                )
                log.append(db, op="problem", entity=key, body=canonical(values))

    def settle_problems(self, path: Path | str) -> int:
        """Take the problems of a file off the list, because it was read since. The log keeps them.

        Parameters
        ----------
        path : Path or str
            The file, written as it was when the problem was noted.

        Returns
        -------
        int
            How many there were.
        """
        with self.database.writing() as db:
            rows = db.execute("select id from problem where path = ? order by id", (clean(str(path)),)).fetchall()
            for row in rows:
                db.execute("delete from problem where id = ?", (row["id"],))
                log.append(db, op="settled", entity=row["id"], body="null")
            return len(rows)

    def problems(self) -> tuple[InputError, ...]:
        """Return what could not be read, by file and line."""
        rows = self.database.all("select * from problem order by path, line, id")
        return tuple(InputError(r["problem"], path=r["path"], line=r["line"], remedy=r["remedy"]) for r in rows)

    # --------------------------------------------------------------------------------------------------- as a whole

    def generation(self) -> str:
        """Name of the present state, cheap to ask: another after every change, so it can be part of a cache's key."""
        with self.database.reading() as db:
            n, last = log.head(db)
        return f"{n}-{last[:12]}"

    def fingerprint(self) -> str:
        """Hash of all events with their reports: equal for equal events, wherever and whenever they were made.

        Returns
        -------
        str
            SHA-256, hexadecimal.
        """
        digest = hashlib.sha256()
        with self.database.reading() as db:
            bodies = {row["id"]: row["body"] for row in db.execute("select id, body from report")}
            for row in db.execute("select body from event order by id"):
                digest.update(row["body"].encode() + b"\n")
                for key in json.loads(row["body"])["reports"]:
                    # A report kept by a reviewer alone stands whole in the event's own body.
                    digest.update(bodies.get(key, "").encode() + b"\n")
        return digest.hexdigest()

    def meta(self) -> dict[str, str]:
        """Return what is known of the store: ``software`` and ``built_at`` (UTC, ISO) of the last write, and more."""
        return {row["key"]: row["value"] for row in self.database.all("select key, value from meta order by key")}

    def verify(self) -> list[str]:
        """Look through the whole store.

        Returns
        -------
        list of str
            What is wrong, in words; empty when the file is sound, the log's chain whole and the tables as it says.
        """
        with self.database.reading() as db:
            return list(verify.problems(db))

    def _bodies(self, article_id: str) -> list[Any]:
        rows = self.database.all("select body from report where article_id = ? and current order by rank", article_id)
        return [json.loads(row["body"]) for row in rows]
