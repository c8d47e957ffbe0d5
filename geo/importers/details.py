"""What is kept of an imported row beside the columns of every event: whose it is, its address, its source's flags."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from geo.importers.rows import MORE_TEXT
from geo.importers.segments import FOLDER, segments

if TYPE_CHECKING:
    from geo.model import Article, Event
    from geo.store import Store


def with_details(store: Store, event: Event, article: Article) -> tuple[Event, Article]:
    """Add to an imported event what only its file holds.

    Parameters
    ----------
    store : Store
    event, article : Event, Article
        From :func:`geo.importers.event_of`.

    Returns
    -------
    (Event, Article)
        With the address, whose it is and its source's flags; as they were, where no import has the event.
    """
    for segment in reversed(segments(store)):
        path = store.folder / FOLDER / f"{segment.digest}.parquet"
        found = pq.read_table(path, columns=list(MORE_TEXT), filters=[("event_id", "==", event.id)]).to_pylist()
        if found:
            flags = f" {found[0]['tags']}." if found[0]["tags"] else ""
            why = f"{event.best.why} From {segment.attribution}.{flags}"
            return replace(event, reports=(replace(event.best, why=why),)), replace(article, url=found[0]["url"])
    return event, article
