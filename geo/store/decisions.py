"""Reviewers' decisions: rows of the log, read back as they were written."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.errors import ConflictError, InputError, StoreError
from geo.model import CORRECTABLE, Action, Decision
from geo.review import standing
from geo.store import codec, log
from geo.store.rows import clean

if TYPE_CHECKING:
    from geo.store.log import Entry
    from geo.store.store import Store

OP = "decision"
"""What the log calls a decision."""
LONGEST_NAME = 80
LONGEST_REASON = 2000


def decisions(store: Store) -> tuple[Decision, ...]:
    """Read every decision.

    Parameters
    ----------
    store : Store

    Returns
    -------
    tuple of Decision
        In the order in which they were made, the undone among them.
    """
    with store.database.reading() as db:
        return tuple(_decision(store, entry) for entry in log.entries(db, op=OP))


def decide(store: Store, decision: Decision, *, seen: int) -> Decision:
    """Append a decision.

    Parameters
    ----------
    store : Store
        Opened for writing. Its events have to be made anew afterwards (:func:`geo.pipeline.rebuild_events`).
    decision : Decision
        Not yet numbered.
    seen : int
        Number of the last decision the reviewer knew of (0 for none): what was decided about the same reports since
        then would be overwritten unseen.

    Returns
    -------
    Decision
        With its number and time.

    Raises
    ------
    ConflictError
        Somebody decided about the same reports since `seen`, or about them after the one to undo. Nothing is written.
    InputError
        The decision cannot be taken: no name, no report, a field that may not be corrected.
    StoreError, StoreBusyError
        It cannot be written.
    """
    _check(decision)
    shapes: codec.Shapes = {}
    body = codec.canonical(_body(decision, shapes))
    with store.database.writing() as db:
        _demand_no_later(decisions(store), decision, seen=seen)
        db.executemany("insert or ignore into shape (key, wkb) values (?, ?)", shapes.items())
        log.append(
            db,
            op=OP,
            entity=decision.reports[0].id,
            body=body,
            who=clean(decision.who.strip()) or "",
            reason=clean(decision.why),
        )
        number, at = db.execute("select n, at from log order by n desc limit 1").fetchone()
    return replace(decision, number=number, at=at)


def _check(decision: Decision) -> None:
    if not decision.who.strip() or len(decision.who) > LONGEST_NAME:
        raise InputError(f"a decision needs the reviewer's name, at most {LONGEST_NAME} letters")
    if decision.why is not None and len(decision.why) > LONGEST_REASON:
        raise InputError(f"the reason has {len(decision.why):,} letters, at most {LONGEST_REASON:,} are kept")
    if not decision.reports:
        raise InputError("a decision is about at least one report")
    if strange := sorted(set(decision.after) - set(CORRECTABLE)):
        raise InputError(f"{', '.join(strange)} cannot be corrected", remedy=f"Only {', '.join(CORRECTABLE)} can")
    if (decision.action is Action.CORRECT) != bool(decision.after):
        raise InputError("a correction changes at least one field, and nothing else does")
    if (decision.action is Action.UNDO) != (decision.undoes is not None):
        raise InputError("only an undo takes another decision back")


def _demand_no_later(made: tuple[Decision, ...], decision: Decision, *, seen: int) -> None:
    """Refuse what would pass over a decision its maker has not seen, or take away what a later one builds on."""
    about = {report.id for report in decision.reports}
    touching = [
        row for row in made if row.action is not Action.COMMENT and about & {report.id for report in row.reports}
    ]
    for row in touching:
        if row.number > seen:
            raise ConflictError(f"{row.who} decided about this meanwhile. Look at it again, then decide")
    if decision.undoes is None:
        return
    if decision.undoes not in {row.number for row in made}:
        raise InputError(f"there is no decision {decision.undoes} to undo")
    held = {row.number for row in standing(made)}
    for row in touching:
        if row.number > decision.undoes and row.number in held:
            raise ConflictError(f"{row.who} decided about this later on. Undo the later decision first")


def _body(decision: Decision, shapes: codec.Shapes) -> dict[str, Any]:
    return {
        "action": decision.action.value,
        "reports": [codec.encode(report, shapes) for report in decision.reports],
        "after": {name: codec.encode(value, shapes) for name, value in decision.after.items()},
        "groups": [list(group) for group in decision.groups],
        "undoes": decision.undoes,
    }


def _decision(store: Store, entry: Entry) -> Decision:
    body = json.loads(entry.body)
    try:
        return Decision(
            number=entry.n,
            at=entry.at,
            who=entry.who,
            action=Action(body["action"]),
            reports=tuple(store.database.report(data) for data in body["reports"]),
            after=store.database.report_fields(body["after"]),
            groups=tuple(tuple(group) for group in body["groups"]),
            why=entry.reason,
            undoes=body["undoes"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(f"{store.file}: decision {entry.n} cannot be read ({error}). Put back a copy") from error
