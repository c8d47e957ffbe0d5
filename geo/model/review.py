"""What people decided about what was read: each decision is kept, none is overwritten."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.model.events import Report


class Action(StrEnum):
    """What a reviewer can do."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    MERGE = "merge"
    SPLIT = "split"
    COMMENT = "comment"
    UNDO = "undo"


class ReviewState(StrEnum):
    """How far an event is reviewed."""

    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


CORRECTABLE: tuple[str, ...] = (
    "event_type",
    "sub_event_type",
    "status",
    "day_start",
    "day_end",
    "time_precision",
    "place",
    "geo_precision",
    "actor1",
    "actor1_type",
    "actor2",
    "actor2_type",
    "fatalities_low",
    "fatalities_high",
    "injured_low",
    "injured_high",
)
"""Fields of a report that a correction may change. What the article says, and where, never changes."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of one person, as it stands in the log."""

    number: int
    """Row of the log; 0 while it is not yet written."""
    at: str
    """UTC, ISO; "" while it is not yet written."""
    who: str
    action: Action
    reports: tuple[Report, ...]
    """The reports it is about, as they stood when it was made: what was before."""
    after: Mapping[str, object] = field(default_factory=dict)
    """New values of the corrected fields, out of :data:`CORRECTABLE`."""
    groups: tuple[tuple[str, ...], ...] = ()
    """Report ids: of a merge one group that belongs together, of a split the groups that do not."""
    why: str | None = None
    """The reviewer's reason or comment."""
    undoes: int | None = None
    """Number of the decision that this one takes back."""


@dataclass(frozen=True, slots=True)
class Review:
    """How an event stands with its reviewers."""

    state: ReviewState = ReviewState.UNREVIEWED
    who: str | None = None
    """Who decided last."""
    at: str | None = None
    """When, UTC, ISO."""
    corrected: tuple[str, ...] = ()
    """Fields whose value is a reviewer's, in the order of :data:`CORRECTABLE`."""
    last: int = 0
    """Number of the last decision about it; 0 for none."""


UNREVIEWED = Review()
"""Nobody looked at it yet."""
