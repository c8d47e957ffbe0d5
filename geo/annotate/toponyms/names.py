"""What the gazetteer knows of the names of an article, asked once per name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.annotate.toponyms import written

if TYPE_CHECKING:
    from geo.geocoders.gazetteer import Gazetteer
    from geo.model import Place

KEPT = 200_000
"""Names remembered with their answer, known or not."""


class Names:
    """Remembers what a gazetteer answered.

    Parameters
    ----------
    gazetteer : Gazetteer
        Anything with ``lookup(name)``.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.written = written.patterns(gazetteer.spellings)
        self._known: dict[str, tuple[Place, ...]] = {}

    def lookup(self, name: str) -> tuple[Place, ...]:
        """Give the places of a name, best known first; empty if there is none."""
        found = self._known.get(name)
        if found is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            found = self._known[name] = tuple(self.gazetteer.lookup(name))
        return found

    def alike(self, name: str) -> tuple[tuple[Place, float], ...]:
        """Give the places whose name is this one transliterated another way, with how alike they are."""
        return tuple(self.gazetteer.alike(name))
