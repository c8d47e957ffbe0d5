"""The same reading on many cores or machines, over any :class:`concurrent.futures.Executor`.

Paths travel to the workers and readings come back: never a document on its way out. A part names a few files, or a
stretch of a large one, and reading it again gives the same, so a part whose worker died is simply read once more. One
writer, here, takes the readings in the order of the sources; the store is the same as if one process had read them.
"""

from __future__ import annotations

from geo.spread.build import MIN_BYTES, spread_build, worth_it
from geo.spread.pools import POOLS, Pool, open_pool

__all__ = ["MIN_BYTES", "POOLS", "Pool", "open_pool", "spread_build", "worth_it"]
