"""What reading needs beside the article: gazetteer, zones and a reader, opened once for a process."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from geo import theatre
from geo.extractors import Extractor, open_extractor
from geo.geocoders import open_gazetteer
from geo.zones import Memberships, load_all

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geo.annotate.fallback import Fallback
    from geo.geocoders.gazetteer import Gazetteer
    from geo.theatre import Theatre
    from geo.zones import BuiltZone


@dataclass(frozen=True)
class Resources:
    """What reading needs beside the article: opened once, shared by every article of a process."""

    gazetteer: Gazetteer
    fallback: Fallback | None = None
    """Whom to ask for names that the gazetteer does not have; None asks nobody."""
    extractor: Extractor = field(default_factory=open_extractor)
    """What reads the articles: the project's own rules unless another is chosen."""
    here: Theatre = field(default_factory=theatre.current)
    """Whose zones they are, whoever asks first."""
    own: Path | None = None
    """Folder of the store whose own zones count, too."""

    @cached_property
    def zones(self) -> Mapping[str, BuiltZone]:
        """Built zones by id; loaded when the first event has a place."""
        with theatre.use(self.here):
            # What is wrong with one zone keeps no article from being read; :func:`geo.zones.broken` tells it.
            return load_all(self.own, errors=[])

    @cached_property
    def memberships(self) -> Memberships:
        """Which zones an event is in; places are remembered."""
        return Memberships(self.zones)


def open_resources() -> Resources:
    """Open the gazetteer and the zones of the current theatre.

    Raises
    ------
    DataError
        When a built file is missing or damaged.
    """
    # The gazetteer is another one after a dump was imported.
    return _resources(theatre.current(), open_gazetteer())


@lru_cache(maxsize=4)
def _resources(here: Theatre, gazetteer: Gazetteer) -> Resources:  # noqa: ARG001 - each theatre has its zones
    return Resources(gazetteer=gazetteer)
