"""Put the events made of the reports in place of the earlier ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from geo.errors import StoreError
from geo.model import UNREVIEWED
from geo.store import log
from geo.store.codec import canonical
from geo.store.database import set_meta
from geo.store.rows import event_body

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from geo.model import Event
    from geo.store.codec import Shapes


def put_events(db: sqlite3.Connection, events: tuple[Event, ...], reader: str, file: Path) -> bool:
    """Replace the events, inside the caller's transaction.

    Parameters
    ----------
    db : sqlite3.Connection
    events : tuple of Event
        Every event.
    reader : str
        Fingerprint of the rules that made them.
    file : Path
        The store's file, for messages.

    Returns
    -------
    bool
        False when they are the same as before.

    Raises
    ------
    StoreError
        A report is not in the store, or two events have one id.
    """
    shapes: Shapes = {}
    stored = _demand_reports(db, events, file)
    bodies = {event.id: canonical(event_body(event, stored, shapes)) for event in events}
    if len(bodies) != len(events):
        raise StoreError(f"{len(events) - len(bodies)} events have an id that another event has")
    db.executemany("insert or ignore into shape (key, wkb) values (?, ?)", shapes.items())
    before = {row["id"]: row["body"] for row in db.execute("select id, body from event")}
    withdrawn = sorted(before.keys() - bodies.keys())
    changed = {key: body for key, body in bodies.items() if before.get(key) != body}
    db.execute("delete from report where not current")
    set_meta(db, "events_made_at", str(last_told(db)))
    set_meta(db, "events_made_by", reader)
    if not withdrawn and not changed:
        return False
    db.executemany("delete from event where id = ?", [(key,) for key in withdrawn])
    db.executemany("insert or replace into event (id, body) values (?, ?)", changed.items())
    change = {"set": {key: json.loads(body) for key, body in changed.items()}, "withdrawn": withdrawn}
    log.append(db, op="events", entity="events", body=canonical(change))
    return True


def last_told(db: sqlite3.Connection) -> int:
    """Row of the log after which the events have to be made anew."""
    told = "select coalesce(max(n), 0) from log where op in ('article', 'superseded', 'decision')"
    return int(db.execute(told).fetchone()[0])


def _demand_reports(db: sqlite3.Connection, events: Iterable[Event], file: Path) -> dict[str, str]:
    """Give the stored reports of the reviewed events, by id; an event that nobody reviewed has only such."""
    known = {row["id"] for row in db.execute("select id from report where current")}
    stored: dict[str, str] = {}
    for event in events:
        for report in event.reports:
            if event.review != UNREVIEWED:
                row = db.execute("select body from report where current and id = ?", (report.id,)).fetchone()
                stored |= {} if row is None else {report.id: row["body"]}
            elif report.id not in known:
                raise StoreError(f"event {event.id}: report {report.id} is not in {file}. Write its article first")
    return stored
