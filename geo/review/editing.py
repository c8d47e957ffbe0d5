"""From what a reviewer enters to a decision, and from decisions to what can be offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from geo.model import CORRECTABLE, Action, Decision, TimePrecision
from geo.review.apply import standing
from geo.review.matching import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from geo.model import Event, Place, Report


def correction(event: Event, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what differs from the event as it stands.

    Parameters
    ----------
    event : Event
    wanted : mapping
        Values of fields out of :data:`geo.model.CORRECTABLE`.

    Returns
    -------
    dict
        Empty when nothing is to be corrected.
    """
    return {name: wanted[name] for name in CORRECTABLE if name in wanted and wanted[name] != getattr(event.best, name)}


def decision(action: Action, events: Sequence[Event], who: str, **rest: Any) -> Decision:
    """Make a decision about events, ready to be written.

    Parameters
    ----------
    action : Action
    events : sequence of Event
        One event; of a merge all that belong together.
    who : str
        The reviewer.
    **rest
        ``after``, ``groups``, ``why``, ``undoes`` of :class:`~geo.model.Decision`.

    Returns
    -------
    Decision
        About every report of the events: they tell of the same thing.
    """
    return Decision(0, "", who, action, tuple(report for event in events for report in event.reports), **rest)


def span_precision(first: date, last: date) -> TimePrecision:
    """Tell how well a day is known when it lies between two.

    Parameters
    ----------
    first, last : date

    Returns
    -------
    TimePrecision
    """
    days = (last - first).days + 1
    limits = {1: TimePrecision.DAY, 7: TimePrecision.WEEK, 31: TimePrecision.MONTH, 366: TimePrecision.YEAR}
    return next((precision for most, precision in limits.items() if days <= most), TimePrecision.LONGER)


def written_name(report: Report) -> str | None:
    """Give the words of the sentence that the place was read from; None where the place stands elsewhere."""
    if report.place_span is None or not report.start <= report.place_span[0] < report.place_span[1] <= report.end:
        return None
    return report.quote[report.place_span[0] - report.start : report.place_span[1] - report.start] or None


def remembered_places(name: str | None, decisions: Iterable[Decision]) -> tuple[Place, ...]:
    """Give the places that reviewers put in for a written name, the last first.

    Parameters
    ----------
    name : str or None
    decisions : iterable of Decision
        In the order of the log.

    Returns
    -------
    tuple of Place
    """
    if name is None:
        return ()
    found: dict[str, Place] = {}
    for made in reversed(standing(decisions)):
        place: Any = made.after.get("place")
        if place is not None and any((written_name(r) or "").casefold() == name.casefold() for r in made.reports):
            found.setdefault(place.id, place)
    return tuple(found.values())


def about(event: Event, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Give the decisions about an event, in the order of the log, the undone among them."""
    shelf = Shelf(event.reports)
    return tuple(made for made in decisions if any(shelf.find(report) is not None for report in made.reports))


class Drift(NamedTuple):
    """A report that people decided about and the reader now reads otherwise. The decision stands."""

    made: Decision
    then: Report
    now: Report | None
    """None when the reader no longer finds it."""
    fields: tuple[str, ...]
    """What differs, out of :data:`geo.model.CORRECTABLE`."""


def drift(decisions: Iterable[Decision], reports: Iterable[Report]) -> tuple[Drift, ...]:
    """Tell where today's reading differs from the one that people decided about.

    Parameters
    ----------
    decisions : iterable of Decision
        In the order of the log.
    reports : iterable of Report
        As the reader gives them today, without the decisions.

    Returns
    -------
    tuple of Drift
        By decision. The first decision about a report counts: it saw what the reader had given.
    """
    shelf = Shelf(reports)
    found: list[Drift] = []
    known: set[str] = set()
    for made in standing(decisions):
        for then in made.reports:
            if then.id in known or made.action is Action.COMMENT:
                continue
            known.add(then.id)
            now = shelf.find(then)
            fields = () if now is None else tuple(n for n in CORRECTABLE if getattr(then, n) != getattr(now, n))
            if now is None or fields:
                found.append(Drift(made, then, now, fields))
    return tuple(found)
