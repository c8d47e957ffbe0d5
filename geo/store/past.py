"""The store as it was: a fold of its log up to a day."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from geo.store import codec, log
from geo.store.rows import event_of

if TYPE_CHECKING:
    from geo.model import Article, Event
    from geo.store.store import Store


def as_recorded(store: Store, day: date) -> tuple[tuple[Event, ...], tuple[Article, ...]]:
    """Give the events and articles that the store held at the end of a day.

    Parameters
    ----------
    store : Store
    day : date
        In UTC, as the log is.

    Returns
    -------
    (tuple of Event, tuple of Article)
        Both by id; empty before the store was made.

    Raises
    ------
    StoreError
        The store cannot be read.
    """
    end = datetime.combine(day + timedelta(days=1), time(), UTC).isoformat(timespec="milliseconds")
    articles: dict[str, Any] = {}
    reports: dict[str, Any] = {}
    events: dict[str, Any] = {}
    with store.database.reading() as db:
        for entry in log.entries(db, before=end):
            if entry.op == "article":
                body = json.loads(entry.body)
                articles[entry.entity] = body["article"]
                reports |= {report["id"]: report for report in body["reports"]}
            elif entry.op == "superseded":
                articles.pop(entry.entity, None)
            elif entry.op == "events":
                body = json.loads(entry.body)
                for key in body["withdrawn"]:
                    events.pop(key, None)
                events |= body["set"]
        wanted = {key for body in events.values() for key in body["reports"]} & reports.keys()
        built = {key: store.database.report(reports[key]) for key in wanted}
        return (
            tuple(event_of(events[key], built, store.database.report) for key in sorted(events)),
            tuple(codec.article(articles[key]) for key in sorted(articles)),
        )


def begun(store: Store) -> date | None:
    """Return the day in UTC on which the store's log begins; None where nothing was ever written.

    Raises
    ------
    StoreError
        The store cannot be read.
    """
    with store.database.reading() as db:
        first = next(log.entries(db), None)
    return None if first is None else date.fromisoformat(first.at[:10])
