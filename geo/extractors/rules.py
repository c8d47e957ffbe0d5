"""The project's own reader: rules, lexicons and the gazetteer. Offline, fast, and every choice has its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.annotate import annotate
from geo.coding import code
from geo.extractors.coded import coded

if TYPE_CHECKING:
    from geo.annotate.fallback import Fallback
    from geo.geocoders.gazetteer import Gazetteer
    from geo.model import Annotation, Article, Report


class RulesExtractor:
    """Reads by the rules of :mod:`geo.annotate` and :mod:`geo.coding`."""

    name = "rules"
    version = ""
    shared = False

    def read(
        self, article: Article, *, gazetteer: Gazetteer, fallback: Fallback | None = None
    ) -> tuple[Annotation, tuple[Report, ...]]:
        """Annotate and code one article; with a fallback, ask for names of events' places the gazetteer lacks."""
        return coded(annotate(article, gazetteer=gazetteer), code, gazetteer=gazetteer, fallback=fallback)

    def notice(self) -> str:
        """Nothing leaves this machine."""
        return ""

    def notes(self) -> tuple[str, ...]:
        """Nothing is spent or refused."""
        return ()
