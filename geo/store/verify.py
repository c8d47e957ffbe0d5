"""Whether a store is whole: the file, the log's chain, and the tables as a fold of the log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geo.store import log
from geo.store.codec import canonical, shape_key
from geo.store.rows import article_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Look through the whole store.

    Parameters
    ----------
    connection : sqlite3.Connection
        Inside a transaction, so that all parts are of one moment.

    Yields
    ------
    str
        One thing that is wrong, in words.
    """
    yield from (f"file: {row[0]}" for row in connection.execute("pragma integrity_check") if row[0] != "ok")
    for table, _, target, _ in connection.execute("pragma foreign_key_check"):
        yield f"table {table}: a row points at a missing {target}"
    for key, wkb in connection.execute("select key, wkb from shape"):
        if shape_key(wkb) != key:
            yield f"shape {key}: its bytes were changed"
    articles: dict[str, Any] = {}
    events: dict[str, Any] = {}
    noted: set[str] = set()
    previous = ""
    for n, entry in enumerate(log.entries(connection), start=1):
        if entry.n != n or entry.previous != previous or entry.hash != entry.expected_hash():
            yield f"log row {entry.n}: the chain is broken, a row was changed, added or taken out"
            return
        previous = entry.hash
        body = json.loads(entry.body)
        if entry.op == "article":
            articles[entry.entity] = body
        elif entry.op == "superseded":
            articles[entry.entity] = {**articles[entry.entity], "reports": []}
        elif entry.op == "events":
            for event_id in body["withdrawn"]:
                events.pop(event_id, None)
            events |= body["set"]
        elif entry.op == "problem":
            noted.add(entry.entity)
        elif entry.op == "settled":
            noted.discard(entry.entity)
    yield from _compare("article", articles, _stored_articles(connection))
    yield from _compare(
        "event", events, {k: json.loads(b) for k, b in connection.execute("select id, body from event")}
    )
    yield from _compare(
        "problem", dict.fromkeys(noted), dict.fromkeys(i for (i,) in connection.execute("select id from problem"))
    )
    yield from _dangling(connection, events)


def _compare(kind: str, logged: dict[str, Any], stored: dict[str, Any]) -> Iterator[str]:
    for key in sorted(logged.keys() | stored.keys()):
        if key not in stored:
            yield f"{kind} {key}: it is in the log but not in its table"
        elif key not in logged:
            yield f"{kind} {key}: it is in its table but not in the log"
        elif canonical(logged[key]) != canonical(stored[key]):
            yield f"{kind} {key}: it is not as the log says"


def _stored_articles(connection: sqlite3.Connection) -> dict[str, Any]:
    reports: dict[str, list[Any]] = {}
    for article_id, body in connection.execute(
        "select article_id, body from report where current order by article_id, rank"
    ):
        reports.setdefault(article_id, []).append(json.loads(body))
    return {
        article_id: {"version": version, "article": article, "reports": reports.get(article_id, [])}
        for article_id, version, article in (
            (row["id"], row["version"], article_of(row)) for row in connection.execute("select * from article")
        )
    }


def _dangling(connection: sqlite3.Connection, events: dict[str, Any]) -> Iterator[str]:
    known = {key for (key,) in connection.execute("select id from report")}
    for event_id, body in sorted(events.items()):
        for report_id in body["reports"]:
            if report_id not in known and report_id not in body.get("corrections", {}):
                yield f"event {event_id}: its report {report_id} is missing"
