"""What a theatre is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from geo import paths

if TYPE_CHECKING:
    from pathlib import Path

LISTS = ("places.yaml", "aliases.yaml", "regions.yaml", "rivers.yaml", "actors.yaml", "zones.yaml")
"""A theatre's own lists; each may be missing."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Theatre:
    """One conflict's ground. Two objects are equal only if they are the same one, so a theatre is a quick cache key."""

    id: str
    """Small letters, digits, hyphens: "borderlines", "kivu"."""
    name: str
    folder: Path
    """Where its lists and articles lie; absolute."""
    languages: tuple[str, ...]
    """Of its articles, ISO 639-1."""
    bounds: Box
    """West, south, east, north of the detailed basemap, degrees."""
    view: Box
    """The same of the map where there is no event to show."""
    countries: tuple[tuple[str, float], ...]
    """ISO 3166-1 alpha-3, and how much a name there gains over one elsewhere, 0 (a neighbour) to 1."""
    about: str | None = None

    @cached_property
    def is_default(self) -> bool:
        """It is the one whose lists are the shared ones."""
        return self.folder == paths.SOURCES

    @cached_property
    def weights(self) -> dict[str, float]:
        """What a name gains, by country; neighbours are left out."""
        return {iso3: weight for iso3, weight in self.countries if weight > 0}

    @cached_property
    def near(self) -> frozenset[str]:
        """Its countries and their neighbours, ISO 3166-1 alpha-3."""
        return frozenset(iso3 for iso3, _ in self.countries)

    @property
    def articles(self) -> Path:
        """Folder of its sample articles; may be missing."""
        return self.folder / "articles"

    def file(self, name: str) -> Path | None:
        """Give one of its own lists, None where it has none. The default's lists are the shared ones, not its own."""
        return self._files.get(name)

    @property
    def own_lists(self) -> tuple[Path, ...]:
        """Its description and every list it has of its own; none for the default."""
        return tuple(self._files.values())

    @cached_property
    def _files(self) -> dict[str, Path]:
        return {} if self.is_default else {n: p for n in ("theatre.yaml", *LISTS) if (p := self.folder / n).is_file()}

    @cached_property
    def key(self) -> str:
        """A name for folders: its id, and of a theatre outside the program also a mark of its path."""
        shipped = self.folder.is_relative_to(paths.ROOT / "data")
        mark = hashlib.blake2b(str(self.folder).encode(), digest_size=4).hexdigest()
        return self.id if shipped else f"{self.id}-{mark}"

    @property
    def own_store(self) -> Path:
        """Where ``build`` puts a user's articles of this theatre unless told otherwise."""
        return paths.OWN_STORE if self.is_default else paths.ROOT / "store" / "theatres" / self.key / "own"

    @property
    def sample_store(self) -> Path:
        """Made from its sample articles when the dashboard first opens."""
        return paths.SAMPLE_STORE if self.is_default else paths.ROOT / "store" / "theatres" / self.key / "sample"
