"""Decisions lie over what was read: each stands until it is undone, and a new reading loses none."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.merge import merge
from geo.model import Action, Decision, EventType, ReviewState, Status
from geo.review import apply, match, standing
from tests import store_world as world


def decided(number, action, *reports, **rest):
    return Decision(number, "2026-01-01T00:00:00.000+00:00", "Ada", action, tuple(reports), **rest)


def events_of(reports, decisions=()):
    reviewed = apply(reports, decisions)
    merged = merge(reviewed.reports, sources={}, together=reviewed.together, apart=reviewed.apart)
    return [reviewed.of(event) for event in merged]


def test_without_decisions_nothing_changes():
    reports = (world.report(1), world.report(2))
    reviewed = apply(reports, ())
    assert reviewed.reports == reports
    assert reviewed.rejected == ()
    assert all(event.review.state is ReviewState.UNREVIEWED for event in events_of(reports))


def test_a_correction_changes_the_event_and_says_whose_it_is():
    report = world.report(1)
    (event,) = events_of([report], [decided(7, Action.CORRECT, report, after={"place": world.RAS_AL_AYN})])
    assert event.best.place == world.RAS_AL_AYN
    assert event.best.quote == report.quote
    assert (event.review.state, event.review.who, event.review.corrected, event.review.last) == (
        ReviewState.CORRECTED, "Ada", ("place",), 7,
    )  # fmt: skip


def test_the_later_correction_of_a_field_holds_and_other_fields_stay_corrected():
    report = world.report(1)
    rows = [
        decided(1, Action.CORRECT, report, after={"fatalities_low": 2, "status": Status.CLAIMED}),
        decided(2, Action.CORRECT, report, after={"fatalities_low": 3}),
    ]
    (event,) = events_of([report], rows)
    assert (event.best.fatalities_low, event.best.status) == (3, Status.CLAIMED)
    assert event.review.corrected == ("status", "fatalities_low")


def test_a_rejected_report_makes_no_event_and_is_still_told_of():
    reports = (world.report(1), world.report(2))
    rows = [decided(1, Action.REJECT, reports[0])]
    assert [event.best.id for event in events_of(reports, rows)] == ["r0002"]
    assert [report.id for report in apply(reports, rows).rejected] == ["r0001"]


def test_an_accepted_event_after_a_rejection_is_back():
    report = world.report(1)
    (event,) = events_of([report], [decided(1, Action.REJECT, report), decided(2, Action.ACCEPT, report)])
    assert event.review.state is ReviewState.ACCEPTED


def test_a_merge_joins_what_the_rules_keep_apart():
    one = world.report(1)
    other = world.report(2, event_type=EventType.BATTLES, sub_event_type="Armed clash", actor1="Ahrar al-Sham")
    assert len(events_of([one, other])) == 2
    (event,) = events_of([one, other], [decided(1, Action.MERGE, one, other)])
    assert {report.id for report in event.reports} == {one.id, other.id}
    assert "reviewer" in event.merge_reason


def test_a_split_parts_what_the_rules_join_and_a_later_merge_joins_it_again():
    one, other = world.report(1), replace(world.report(1), id="r0009", article_id="a0009")
    assert len(events_of([one, other])) == 1
    split = decided(1, Action.SPLIT, one, other, groups=((one.id,), (other.id,)))
    assert len(events_of([one, other], [split])) == 2
    assert len(events_of([one, other], [split, decided(2, Action.MERGE, one, other)])) == 1


def test_an_undo_takes_back_and_its_own_undo_gives_back():
    report = world.report(1)
    reject = decided(1, Action.REJECT, report)
    undo = decided(2, Action.UNDO, report, undoes=1)
    redo = decided(3, Action.UNDO, report, undoes=2)
    assert standing([reject]) == (reject,)
    assert standing([reject, undo]) == ()
    assert standing([reject, undo, redo]) == (reject,)


def test_a_comment_is_no_judgement():
    report = world.report(1)
    (event,) = events_of([report], [decided(4, Action.COMMENT, report, why="ask the editor")])
    assert (event.review.state, event.review.last) == (ReviewState.UNREVIEWED, 4)


# ------------------------------------------------------------------------------------------------ read again, otherwise


def test_the_same_sentence_read_otherwise_keeps_its_decision():
    report = world.report(1)
    again = replace(report, id="r7777", place=world.RAQQA_PROVINCE)
    (event,) = events_of([again], [decided(1, Action.CORRECT, report, after={"place": world.RAS_AL_AYN})])
    assert (event.best.id, event.best.place) == ("r7777", world.RAS_AL_AYN)
    assert match([report], [again])[0].now == again


@pytest.mark.parametrize("action", [Action.ACCEPT, Action.CORRECT])
def test_what_a_person_vouched_for_stays_when_the_reader_no_longer_finds_it(action):
    report = world.report(1)
    after = {"fatalities_low": 2} if action is Action.CORRECT else {}
    (event,) = events_of([], [decided(1, action, report, after=after)])
    assert event.best.id == report.id


@pytest.mark.parametrize("action", [Action.REJECT, Action.COMMENT])
def test_what_nobody_vouched_for_goes_when_the_reader_no_longer_finds_it(action):
    assert events_of([], [decided(1, action, world.report(1))]) == []


def test_two_sentences_that_could_be_meant_are_not_guessed_between():
    report = world.report(1)
    twins = [replace(report, id=f"r77{n}", start=n) for n in range(2)]
    assert match([report], twins)[0].now is None


@given(st.lists(st.tuples(st.sampled_from(list(Action)), st.integers(0, 3), st.integers(0, 9)), max_size=12))
def test_whatever_is_decided_every_report_is_an_event_or_rejected_once(rows):
    reports = [world.report(number) for number in range(4)]
    decisions = [
        decided(
            n, action, reports[about],
            after={"fatalities_low": value} if action is Action.CORRECT else {},
            undoes=value if action is Action.UNDO and value < n else None,
        )
        for n, (action, about, value) in enumerate(rows, start=1)
    ]  # fmt: skip
    reviewed = apply(reports, decisions)
    found = [report.id for event in events_of(reports, decisions) for report in event.reports]
    assert sorted([*found, *(report.id for report in reviewed.rejected)]) == [report.id for report in reports]
