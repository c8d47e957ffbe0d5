"""Table rows and their JSON: what the store and its verification share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geo.model import UNREVIEWED, Event
from geo.store import codec

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping

    from geo.model import Article, Report

ARTICLE_COLUMNS = (
    "id",
    "text",
    "title",
    "published",
    "published_basis",
    "source",
    "url",
    "language",
    "path",
    "line",
    "captions",
)


def article_of(row: sqlite3.Row) -> dict[str, Any]:
    """Article columns as the codec's value."""
    return {**{name: row[name] for name in ARTICLE_COLUMNS}, "captions": json.loads(row["captions"])}


def article_values(data: Mapping[str, Any]) -> list[Any]:
    """Return the codec's value as columns, in :data:`ARTICLE_COLUMNS` order."""
    return [
        json.dumps(data[name], ensure_ascii=False) if name == "captions" else data[name] for name in ARTICLE_COLUMNS
    ]


def unique(reports: Iterable[Report], article: Article) -> Iterable[Report]:
    """Take each id's first report; ValueError for another article's report."""
    first: dict[str, Report] = {}
    for report in reports:
        if report.article_id != article.id:
            raise ValueError(f"report {report.id} is of article {report.article_id}")
        first.setdefault(report.id, report)
    return first.values()


def same(stored: Article, given: Article) -> bool:
    """Whether `given` is what `stored` was made of: where it lay does not matter, what was inferred may be missing."""
    for name in ARTICLE_COLUMNS:
        before, now = getattr(stored, name), getattr(given, name)
        inferred = now is None and (
            name == "language" or (name in ("published", "published_basis") and stored.published_basis != "given")
        )
        if name not in ("path", "line") and before != now and not inferred:
            return False
    return True


def clean(text: str | None) -> str | None:
    """Text that can be stored: a file name on Linux may hold bytes that are no UTF-8."""
    return None if text is None else text.encode("utf-8", "backslashreplace").decode()


def event_body(event: Event, stored: Mapping[str, str], shapes: codec.Shapes) -> dict[str, Any]:
    """Return an event as it is stored: its reports by id, and what reviewers changed in them.

    Parameters
    ----------
    event : Event
    stored : mapping of str to str
        JSON of the store's reports by id. Only asked for the reports of an event that was reviewed.
    shapes : dict of str to bytes
        Filled with the WKB of every geometry that a reviewer gave.
    """
    body = {
        "id": event.id,
        "reports": [report.id for report in event.reports],
        "zones": codec.encode(event.zones, {}),
        "independent_sources": event.independent_sources,
        "merge_reason": event.merge_reason,
    }
    if event.review != UNREVIEWED:
        body["review"] = codec.encode(event.review, {})
        body["corrections"] = {}
        for report in event.reports:
            told = codec.encode(report, shapes)
            # A report that somebody vouched for and the reader no longer gives is kept whole.
            read = json.loads(stored[report.id]) if report.id in stored else {}
            if changed := {name: value for name, value in told.items() if name not in read or read[name] != value}:
                body["corrections"][report.id] = changed
    return body


def event_of(body: Mapping[str, Any], reports: Mapping[str, Report], build: Callable[[Any], Report]) -> Event:
    """Rebuild an event from :func:`event_body`'s value.

    Parameters
    ----------
    body : mapping
    reports : mapping of str to Report
        The store's reports by id, as read.
    build : callable
        Makes a report of the codec's value.
    """
    corrections = body.get("corrections", {})
    return Event(
        id=body["id"],
        reports=tuple(
            build({**(codec.encode(reports[key], {}) if key in reports else {}), **corrections[key]})
            if key in corrections
            else reports[key]
            for key in body["reports"]
        ),
        zones=tuple(codec.zone_membership(zone) for zone in body["zones"]),
        independent_sources=body["independent_sources"],
        merge_reason=body["merge_reason"],
        review=codec.review(body["review"]) if "review" in body else UNREVIEWED,
    )


def put_article(db: sqlite3.Connection, told: Mapping[str, Any], reader: str, version: int) -> None:
    """Put an article and its reports in place of what was read of it before."""
    key = told["article"]["id"]
    columns = ("version", "reader", *ARTICLE_COLUMNS)
    marks = ", ".join("?" * len(columns))
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns if name != "id") + ", superseded_by = null"
    db.execute(
        f"insert into article ({', '.join(columns)}) values ({marks}) on conflict (id) do update set {updates}",  # noqa: S608 - the columns are ours
        [version, reader, *article_values(told["article"])],
    )
    # Reports of an earlier reading stay, no longer current, until the events that are made of them are replaced.
    db.execute("update report set current = 0 where article_id = ?", (key,))
    db.executemany(
        "insert or replace into report (id, article_id, rank, current, body) values (?, ?, ?, 1, ?)",
        [(data["id"], key, rank, codec.canonical(data)) for rank, data in enumerate(told["reports"])],
    )
