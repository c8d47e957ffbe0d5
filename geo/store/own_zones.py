"""Which of the user's own zones the events of a store were tried against; every change of them is in the log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from geo.store import log
from geo.store.codec import canonical
from geo.store.database import set_meta

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.store.store import Store

OP = "zone"
"""What the log calls a zone that was added, changed or taken away."""
_KEY = "own_zones"


def zones_joined(store: Store) -> dict[str, str]:
    """Tell which zones the events know.

    Parameters
    ----------
    store : Store

    Returns
    -------
    dict
        Mark of each zone of the user's own by its id, as :func:`note_zones` was told it.
    """
    return dict(json.loads(store.meta().get(_KEY) or "{}"))


def note_zones(store: Store, marks: Mapping[str, str]) -> bool:
    """Note which zones the events were tried against.

    Parameters
    ----------
    store : Store
        Opened for writing.
    marks : mapping of str to str
        Hash of each zone by its id.

    Returns
    -------
    bool
        False when nothing changed; then nothing is written.
    """
    with store.database.writing() as db:
        before = zones_joined(store)
        changed = sorted(key for key in {*before, *marks} if before.get(key) != marks.get(key))
        for key in changed:
            # Each change gives the store another generation, so that whoever looks at it looks again.
            log.append(db, op=OP, entity=key, body=canonical(marks.get(key)))
        if changed:
            set_meta(db, _KEY, canonical(dict(marks)))
    return bool(changed)
