"""Decisions in the store: appended, never overwritten, refused where they would pass over another's."""

from dataclasses import replace

import pytest

from geo.errors import ConflictError, InputError
from geo.model import Action, Decision, Event, Review, ReviewState
from geo.store import Store, decide, decisions
from tests import store_world as world


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path) as opened:
        for number in range(3):
            opened.write(world.article(number), [world.report(number)], "v1")
        opened.replace_events(Event(f"e-{r.id}", (r,)) for r in opened.reports())
        yield opened


def draft(action, *numbers, who="Ada", **rest):
    return Decision(0, "", who, action, tuple(world.report(n) for n in numbers), **rest)


def test_a_decision_is_read_back_as_it_was_made(store):
    after = {"place": world.RAQQA_PROVINCE, "day_start": None, "day_end": None, "time_precision": None}
    made = decide(store, draft(Action.CORRECT, 1, after=after, why="the map in the article"), seen=0)
    (kept,) = decisions(store)
    assert kept == made
    assert kept.after == after
    assert kept.reports == (world.report(1),)
    assert (kept.who, kept.why, bool(kept.at), kept.number > 0) == ("Ada", "the map in the article", True, True)
    assert store.verify() == []


def test_events_are_to_be_made_anew_after_a_decision(store):
    assert store.events_are_current()
    decide(store, draft(Action.ACCEPT, 1), seen=0)
    assert not store.events_are_current()


def test_who_has_not_seen_the_last_decision_cannot_pass_over_it(store):
    decide(store, draft(Action.ACCEPT, 1), seen=0)
    with pytest.raises(ConflictError, match="Ada decided about this meanwhile"):
        decide(store, draft(Action.REJECT, 1, who="Grace"), seen=0)
    decide(store, draft(Action.REJECT, 2, who="Grace"), seen=0)
    assert [d.action for d in decisions(store)] == [Action.ACCEPT, Action.REJECT]


def test_a_comment_stands_in_nobodys_way(store):
    decide(store, draft(Action.COMMENT, 1, why="hm"), seen=0)
    decide(store, draft(Action.ACCEPT, 1, who="Grace"), seen=0)


def test_what_a_later_decision_builds_on_cannot_be_undone(store):
    first = decide(store, draft(Action.CORRECT, 1, after={"fatalities_low": 2}), seen=0)
    second = decide(store, draft(Action.CORRECT, 1, after={"fatalities_low": 5}, who="Grace"), seen=first.number)
    with pytest.raises(ConflictError, match="Undo the later decision first"):
        decide(store, draft(Action.UNDO, 1, undoes=first.number), seen=second.number)
    undo = decide(store, draft(Action.UNDO, 1, undoes=second.number), seen=second.number)
    decide(store, draft(Action.UNDO, 1, undoes=first.number), seen=undo.number)
    assert len(decisions(store)) == 4


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (draft(Action.ACCEPT, 1, who="  "), "reviewer's name"),
        (draft(Action.ACCEPT, 1, who="x" * 81), "reviewer's name"),
        (draft(Action.ACCEPT), "at least one report"),
        (draft(Action.ACCEPT, 1, after={"status": None}), "correction changes"),
        (draft(Action.CORRECT, 1), "correction changes"),
        (draft(Action.CORRECT, 1, after={"quote": "x"}), "quote cannot be corrected"),
        (draft(Action.UNDO, 1), "only an undo"),
        (draft(Action.UNDO, 1, undoes=99), "no decision 99"),
        (draft(Action.COMMENT, 1, why="x" * 2001), "2,001 letters"),
    ],
)
def test_what_is_no_decision_is_refused_and_nothing_is_written(store, wrong, told):
    before = store.generation()
    with pytest.raises(InputError, match=told):
        decide(store, wrong, seen=0)
    assert store.generation() == before


def test_a_reviewed_event_is_kept_with_its_corrections(store):
    review = Review(ReviewState.CORRECTED, "Ada", "2026-01-01", ("place",), 9)
    corrected = replace(world.report(1), place=world.RAQQA_PROVINCE)
    lost = replace(world.report(2), id="r-lost", place=world.STRETCH)
    events = (
        Event("e1", (world.report(0),)),
        Event("e2", (corrected,), review=review),
        Event("e3", (lost,), review=replace(review, corrected=())),
    )
    store.replace_events(events)
    assert store.events() == events
    assert store.event("e2") == events[1]
    assert store.event("e3") == events[2]
    assert store.report("r0001") == world.report(1)
    assert store.fingerprint()
    assert store.verify() == []
