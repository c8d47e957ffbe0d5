"""Lay the decisions over the reader's reports."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from geo.model import CORRECTABLE, UNREVIEWED, Action, Review, ReviewState
from geo.review.matching import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.model import Decision, Event, Report

Pair = frozenset[str]
"""Two report ids."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The reports as they stand after review."""

    reports: tuple[Report, ...]
    """Corrected, without the rejected; with those that a person vouched for and the reader no longer finds."""
    rejected: tuple[Report, ...]
    together: frozenset[Pair]
    """Pairs that a person said are one event."""
    apart: frozenset[Pair]
    """Pairs that a person said are two."""
    reviews: Mapping[str, Review]
    """By report id; a report nobody decided about has none."""

    @property
    def verdicts(self) -> dict[str, frozenset[Any]]:
        """What :func:`geo.merge.merge` has to obey: pairs together and apart, ids that somebody vouched for."""
        vouched = frozenset(key for key, review in self.reviews.items() if review.state in _VOUCHED)
        return {"together": self.together, "apart": self.apart, "vouched": vouched}

    def of(self, event: Event) -> Event:
        """Give an event made of these reports its review."""
        found = [self.reviews[report.id] for report in event.reports if report.id in self.reviews]
        if not found:
            return event
        latest = max(found, key=lambda review: review.last)
        names = {name for review in found for name in review.corrected}
        state = ReviewState.CORRECTED if names else latest.state
        return replace(
            event, review=replace(latest, state=state, corrected=tuple(n for n in CORRECTABLE if n in names))
        )


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Leave out what was undone, and the undoing.

    Parameters
    ----------
    decisions : iterable of Decision
        In the order of the log.

    Returns
    -------
    tuple of Decision
        An undone undo stands for what it took back.
    """
    rows = tuple(decisions)
    undone: set[int] = set()
    for decision in reversed(rows):
        if decision.action is Action.UNDO and decision.number not in undone and decision.undoes is not None:
            undone.add(decision.undoes)
    return tuple(row for row in rows if row.number not in undone and row.action is not Action.UNDO)


def apply(reports: Sequence[Report], decisions: Iterable[Decision]) -> Reviewed:
    """Lay the decisions over the reports.

    Parameters
    ----------
    reports : sequence of Report
        As the reader gives them today.
    decisions : iterable of Decision
        In the order of the log.

    Returns
    -------
    Reviewed
    """
    rows = standing(decisions)
    if not rows:
        return Reviewed(tuple(reports), (), frozenset(), frozenset(), {})
    board = _Board(Shelf(reports))
    for decision in rows:
        board.take(decision)
    vouched = [report for key, report in board.lost.items() if board.reviews[key].state in _VOUCHED]
    everything = [board.corrected(report) for report in (*reports, *vouched)]
    return Reviewed(
        reports=tuple(r for r in everything if not board.is_rejected(r)),
        rejected=tuple(r for r in everything if board.is_rejected(r)),
        together=frozenset(board.together),
        apart=frozenset(board.apart),
        reviews=board.reviews,
    )


@dataclass(slots=True)
class _Board:
    """Where the decisions taken so far have led."""

    shelf: Shelf
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    reviews: dict[str, Review] = field(default_factory=dict)
    lost: dict[str, Report] = field(default_factory=dict)
    """Reports decided about that the reader no longer finds, as they stood."""
    together: set[Pair] = field(default_factory=set)
    apart: set[Pair] = field(default_factory=set)

    def take(self, decision: Decision) -> None:
        ids = {report.id: self._today(report) for report in decision.reports}
        if decision.action is Action.MERGE:
            pairs = {frozenset(pair) for pair in combinations(sorted(set(ids.values())), 2)}
            self.together |= pairs
            self.apart -= pairs
        elif decision.action is Action.SPLIT:
            groups = [{ids[key] for key in group if key in ids} for group in decision.groups]
            pairs = {frozenset((a, b)) for one, other in combinations(groups, 2) for a in one for b in other if a != b}
            self.apart |= pairs
            self.together -= pairs
        for key in ids.values():
            if decision.action is Action.CORRECT:
                self.changes.setdefault(key, {}).update(decision.after)
            self._note(key, decision)

    def _today(self, report: Report) -> str:
        now = self.shelf.find(report)
        if now is not None:
            return now.id
        self.lost.setdefault(report.id, report)
        return report.id

    def _note(self, key: str, decision: Decision) -> None:
        before = self.reviews.get(key, UNREVIEWED)
        changed = self.changes.get(key, {})
        self.reviews[key] = Review(
            state=_STATES.get(decision.action, before.state),
            who=decision.who,
            at=decision.at,
            corrected=tuple(name for name in CORRECTABLE if name in changed),
            last=decision.number,
        )

    def corrected(self, report: Report) -> Report:
        changed = self.changes.get(report.id)
        return replace(report, **changed) if changed else report

    def is_rejected(self, report: Report) -> bool:
        return self.reviews.get(report.id, UNREVIEWED).state is ReviewState.REJECTED


# Merging, splitting and comments say nothing of whether the event is right.
_STATES = {
    Action.ACCEPT: ReviewState.ACCEPTED,
    Action.CORRECT: ReviewState.CORRECTED,
    Action.REJECT: ReviewState.REJECTED,
}
_VOUCHED = frozenset({ReviewState.ACCEPTED, ReviewState.CORRECTED})
