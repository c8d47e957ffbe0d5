"""The way to the internet: only when somebody asks, only to public addresses, never for long.

Nothing in the package reaches out by itself. ``docs/ingestion.md`` tells what is promised.
"""

from geo.net.asked import ONLINE, demand_online, is_online
from geo.net.fetch import Answer, Fetcher
from geo.net.gather import read_address, read_feed

__all__ = ["ONLINE", "Answer", "Fetcher", "demand_online", "is_online", "read_address", "read_feed"]
