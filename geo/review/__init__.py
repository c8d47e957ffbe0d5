"""People's decisions over what was read: accept, correct, reject, merge, split, comment, undo.

Decisions are appended to the store's log (:mod:`geo.store.decisions`), never changed. :func:`apply` lays them over the
reader's reports each time the events are made, so a re-run of the reader with new rules loses none of them.
"""

from __future__ import annotations

from geo.review.apply import Reviewed, apply, standing
from geo.review.editing import (
    Drift,
    about,
    correction,
    decision,
    drift,
    remembered_places,
    span_precision,
    written_name,
)
from geo.review.matching import Match, match

__all__ = [
    "Drift",
    "Match",
    "Reviewed",
    "about",
    "apply",
    "correction",
    "decision",
    "drift",
    "match",
    "remembered_places",
    "span_precision",
    "standing",
    "written_name",
]
