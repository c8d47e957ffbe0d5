"""How an event stands in its sentence: reported, claimed, ongoing, planned, denied, one of many, or history."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from geo.coding.numbers import numbers
from geo.coding.patterns import pattern
from geo.model import ActorType, EventType, Status

if TYPE_CHECKING:
    from datetime import date

    from geo.coding.context import Context
    from geo.coding.lexicon import Span

_PLAN_REACH = 45
"""Characters between a word of intent and the event it is about."""
_DENIAL_REACH = 70
_AHEAD = timedelta(days=1)
"""What lies further after the article's day than clocks differ is to come."""
_HISTORY = timedelta(days=60)
"""An event told with a day this long before publication is told to explain the news."""
_MANY = 5
"""From this many incidents a count is an aggregate."""
_LONG_SPAN = timedelta(days=45)
_CLAIMS = pattern("status_claims")
_FLAT_NO = pattern("status_flat_no")
_EXPLAINS = pattern("status_explains")
_ANSWERS = pattern("status_answers")
_NOT_AFTER = pattern("status_not_after")
_PLANNED_AFTER = pattern("status_planned_after")
_HABIT = pattern("status_habit")
"""What somebody "often" does is no deed of a day."""
_LATE = frozenset({EventType.STRATEGIC})
"""Types whose name may stand before the word of intent: "under the deal the groups are to leave"."""
SPREAD = timedelta(days=20)
"""Several dead over days this far apart are no single event."""


def status_of(context: Context, trigger: Span, event_type: EventType) -> tuple[Status, int | None]:
    """Judge the status of an event from the words about it.

    Parameters
    ----------
    context : Context
        Its sentence.
    trigger : tuple of int
        Offsets of the words that gave the type.
    event_type : EventType

    Returns
    -------
    tuple
        The status, and the number of incidents where it is an aggregate.
    """
    start, end = context.clause(trigger)
    found = context.found
    if event_type is not EventType.DIPLOMACY:
        if _denied(context, trigger, start) or _NOT_AFTER.match(context.text, trigger[1], end):
            return Status.DENIED, None
        if any(
            start <= cue[0] and cue[1] <= trigger[0] and trigger[0] - cue[1] <= _PLAN_REACH
            for cue in found.get("planned", ())
        ):
            return Status.PLANNED, None
        if event_type in _LATE and _PLANNED_AFTER.match(context.text, trigger[1], end):
            return Status.PLANNED, None
        if _answered(context, trigger):
            return Status.BACKGROUND, None
    if (count := _count(context, trigger)) is not None or _HABIT.search(_before(context, trigger)):
        return Status.AGGREGATE, count
    if any(
        cue[1] - cue[0] > 4 and context.text[cue[0] : cue[1]].lower() not in {"had", "once", "former"}
        for cue in found.get("past", ())
    ):
        return Status.BACKGROUND, None
    if event_type is not EventType.DIPLOMACY and any(
        start <= cue[0] < end and abs(cue[0] - trigger[0]) <= _PLAN_REACH for cue in found.get("ongoing", ())
    ):
        return (Status.ONGOING, None) if _lasting(context, start, end) else (Status.REPORTED, None)
    if event_type is not EventType.DIPLOMACY and _CLAIMS.search(context.text, context.sentence.start, trigger[0]):
        return Status.CLAIMED, None
    return Status.REPORTED, None


def _denied(context: Context, trigger: Span, start: int) -> bool:
    for cue in context.found.get("denied", ()):
        if start <= cue[0] and cue[1] <= trigger[0] and trigger[0] - cue[1] <= _DENIAL_REACH:
            word = context.text[cue[0] : cue[1]].lower()
            if not word.endswith(("not", "never")) or trigger[0] - cue[1] <= 12:
                return True
    return _FLAT_NO.lower.search(context.lower[max(start, trigger[0] - 24) : trigger[0]]) is not None


def explains(context: Context, trigger: Span) -> bool:
    """Tell whether the deed stands where a sentence explains itself: "a week after the bombing in the capital"."""
    return _EXPLAINS.lower.search(_before(context, trigger)) is not None


def _answered(context: Context, trigger: Span) -> bool:
    """Tell whether the deed is only what another one answers, or what a plan comes after."""
    if _ANSWERS.lower.search(_before(context, trigger)):
        return True
    return any(cue[1] <= trigger[0] for cue in context.found.get("planned", ())) and explains(context, trigger)


def _before(context: Context, trigger: Span) -> str:
    return context.lower[max(context.sentence.start, trigger[0] - 120) : trigger[0]]


_SINCE = pattern("status_since")


def _lasting(context: Context, start: int, end: int) -> bool:
    return _SINCE.search(context.text, start, end) is not None


def _count(context: Context, trigger: Span) -> int | None:
    """Give the number before the word for the incidents, where it is a count of many."""
    for incident in context.found.get("incident", ()):
        if incident[0] - trigger[1] > 30 or trigger[0] - incident[1] > 30:
            continue
        window = max(context.sentence.start, incident[0] - 40)
        for number in reversed(numbers(context.text, window, incident[0], people=False)):
            words = context.text[number.end : incident[0]].split()
            low = number.low or number.high or 0
            if len(words) <= 2 and low >= _MANY and "," not in context.text[number.end : incident[0]]:
                return low
    return None


def settle(
    status: Status, *, day_start: date | None, day_end: date | None, published: date | None, many: bool = False
) -> Status:
    """Turn a reported event into history where its days say so, or an aggregate if it is `many` over weeks."""
    if status not in {Status.REPORTED, Status.CLAIMED, Status.ONGOING} or day_start is None or day_end is None:
        return status
    if published is not None:
        if day_start - published > _AHEAD:
            return Status.PLANNED
        if published - day_end > _HISTORY:
            return Status.BACKGROUND
    if many and day_end - day_start >= SPREAD:
        return Status.AGGREGATE
    if day_end - day_start > _LONG_SPAN:
        return Status.ONGOING
    return status


def claimed(
    status: Status,
    *,
    speaker: str | None,
    actor: str | None,
    actor_type: ActorType | None,
    boasts: bool,
) -> Status:
    """Mark what only its doer tells.

    A state that makes its own deed known reports it; it claims the dead (`boasts`). Who tells its own losses reports.
    """
    unofficial = actor_type not in {None, ActorType.CIVILIANS, ActorType.PROTESTERS}
    if status is not Status.REPORTED or speaker is None or actor is None or not unofficial:
        return status
    state = actor_type in {ActorType.STATE_FORCES, ActorType.EXTERNAL_FORCES}
    same = speaker == actor or (state and _state(speaker) == _state(actor))
    return Status.CLAIMED if same and (boasts or not state) else status


def _state(actor: str) -> str:
    return actor.removeprefix("Government of ").removeprefix("Military Forces of ").removeprefix("Police Forces of ")
