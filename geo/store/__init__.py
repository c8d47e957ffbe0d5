"""What is kept, and its history: one folder, one SQLite file, one writer and any number of readers at once."""

from geo.store.codec import canonical, encode
from geo.store.decisions import decide, decisions
from geo.store.schema import FILE_NAME, SCHEMA_VERSION
from geo.store.store import Store

__all__ = ["FILE_NAME", "SCHEMA_VERSION", "Store", "canonical", "decide", "decisions", "encode"]
