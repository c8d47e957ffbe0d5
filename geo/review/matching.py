"""Which report of today's reading a decision is about.

A report's id hashes what was read of its sentence, so new rules give the same sentence a new id. A decision is then
about the report that tells of the same thing at the same spot.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.model import Report


class Match(NamedTuple):
    """A report that was decided about, and what became of it."""

    decided: Report
    """As it stood then."""
    now: Report | None
    """As it is read today; None when the reader no longer finds it."""


class Shelf:
    """Today's reports, found by id or by their spot in the article.

    Parameters
    ----------
    reports : iterable of Report
    """

    def __init__(self, reports: Iterable[Report]) -> None:
        self.by_id = {report.id: report for report in reports}
        self._by_article: dict[str, list[Report]] = defaultdict(list)
        for report in self.by_id.values():
            self._by_article[report.article_id].append(report)

    def find(self, decided: Report) -> Report | None:
        """Find the report that tells today what `decided` told.

        Parameters
        ----------
        decided : Report

        Returns
        -------
        Report or None
            The one of the same id; else, of the same article, one of the same event type whose sentence overlaps, if
            there is exactly one, or exactly one with the same sub-event type.
        """
        if decided.id in self.by_id:
            return self.by_id[decided.id]
        near = [
            report
            for report in self._by_article[decided.article_id]
            if report.event_type == decided.event_type and report.start < decided.end and decided.start < report.end
        ]
        for among in (near, [r for r in near if r.sub_event_type == decided.sub_event_type]):
            if len(among) == 1:
                return among[0]
        return None


def match(decided: Iterable[Report], reports: Iterable[Report]) -> tuple[Match, ...]:
    """Find each report that was decided about among those read today.

    Parameters
    ----------
    decided : iterable of Report
    reports : iterable of Report
        Every report of today.

    Returns
    -------
    tuple of Match
    """
    shelf = Shelf(reports)
    return tuple(Match(report, shelf.find(report)) for report in decided)
