"""Zones: definitions made into polygons, and the honest join of uncertain events to them.

>>> built = load_built()
>>> built["ops"].zone.name
'Operation Peace Spring area'
"""

from __future__ import annotations

from geo.zones.answers import Memberships, membership
from geo.zones.batches import memberships
from geo.zones.building import build
from geo.zones.checking import CheckRow, check
from geo.zones.definitions import Definitions, load_zones
from geo.zones.definitions import read as read_definitions
from geo.zones.expressions import OPERATORS
from geo.zones.joining import Pairs, join
from geo.zones.keeping import load_built
from geo.zones.model import BuiltZone, Party, Published, Source, Zone
from geo.zones.own import broken, load_all
from geo.zones.profiles import Profile, profile

__all__ = [
    "OPERATORS",
    "BuiltZone",
    "CheckRow",
    "Definitions",
    "Memberships",
    "Pairs",
    "Party",
    "Profile",
    "Published",
    "Source",
    "Zone",
    "broken",
    "build",
    "check",
    "join",
    "load_all",
    "load_built",
    "load_zones",
    "membership",
    "memberships",
    "profile",
    "read_definitions",
]
