"""Other people's event tables.

A table is read in batches, mapped onto the columns of :mod:`geo.frame`, and kept as one Parquet file beside the store's
own, a *segment*; the store's log says when it came and what was skipped. Its rows are events of their own: they are
never merged with what the articles tell, only linked.
"""

from __future__ import annotations

from geo.importers.events import event_of
from geo.importers.how import How
from geo.importers.importing import Plan, plan, preview, run
from geo.importers.loading import load, parts
from geo.importers.registry import IMPORTERS, Importer, kind_of
from geo.importers.rows import Batch, Skipped, checked
from geo.importers.segments import Segment, damaged, keep, segments, withdraw

__all__ = [
    "IMPORTERS",
    "Batch",
    "How",
    "Importer",
    "Plan",
    "Segment",
    "Skipped",
    "checked",
    "damaged",
    "event_of",
    "keep",
    "kind_of",
    "load",
    "parts",
    "plan",
    "preview",
    "run",
    "segments",
    "withdraw",
]
