"""What a reviewer enters becomes a decision; what was decided is offered again."""

from dataclasses import replace
from datetime import date

import pytest

from geo.model import Action, Decision, Event, TimePrecision
from geo.review import about, correction, decision, drift, remembered_places, span_precision, written_name
from tests import store_world as world

EVENT = Event("e1", (world.report(1), world.report(2)))


def made(number, action, *reports, **rest):
    return Decision(number, "", "Ada", action, reports, **rest)


def test_only_what_differs_is_a_correction():
    best = EVENT.best
    wanted = {"place": world.RAS_AL_AYN, "status": best.status, "fatalities_low": None, "quote": "never"}
    assert correction(EVENT, wanted) == {"place": world.RAS_AL_AYN, "fatalities_low": None}


def test_a_decision_is_about_every_report_of_its_events():
    assert decision(Action.ACCEPT, [EVENT], "Ada").reports == EVENT.reports


@pytest.mark.parametrize(
    ("last", "precision"),
    [
        (date(2020, 3, 1), TimePrecision.DAY),
        (date(2020, 3, 7), TimePrecision.WEEK),
        (date(2020, 3, 31), TimePrecision.MONTH),
        (date(2021, 2, 28), TimePrecision.YEAR),
        (date(2021, 3, 3), TimePrecision.LONGER),
    ],
)
def test_a_span_is_as_precise_as_it_is_long(last, precision):
    assert span_precision(date(2020, 3, 1), last) is precision


def test_a_place_put_in_once_is_offered_for_the_same_written_name():
    first = world.report(1, start=100, end=134, place_span=(115, 119), quote="Shells hit the Hama on Monday here")
    again = replace(first, id="r9", article_id="a9", start=0, end=34, place_span=(15, 19))
    assert written_name(first) == "Hama"
    rows = [
        made(1, Action.CORRECT, first, after={"place": world.KOBANI}),
        made(2, Action.CORRECT, again, after={"place": world.RAS_AL_AYN}),
    ]
    assert remembered_places("hama", rows) == (world.RAS_AL_AYN, world.KOBANI)
    assert remembered_places("Homs", rows) == ()
    assert remembered_places(None, rows) == ()
    assert remembered_places("Hama", [*rows, made(3, Action.UNDO, again, undoes=2)]) == (world.KOBANI,)


def test_a_place_told_in_another_sentence_has_no_written_name_here():
    assert written_name(world.report(1, place_span=(400, 410))) is None
    assert written_name(world.report(1, place_span=None)) is None


def test_the_decisions_about_an_event_are_found_after_it_was_read_anew():
    row = made(1, Action.ACCEPT, replace(world.report(1), id="old"))
    other = made(2, Action.ACCEPT, world.report(7))
    assert about(Event("e", (world.report(1),)), [row, other]) == (row,)


def test_where_the_reader_now_differs_is_told_and_what_it_no_longer_finds():
    then, gone = world.report(1), world.report(2)
    now = replace(then, id="new", actor1="Islamic State")
    rows = [
        made(1, Action.CORRECT, then, after={"place": world.RAS_AL_AYN}),
        made(2, Action.ACCEPT, gone),
        made(3, Action.ACCEPT, replace(then, place=world.RAS_AL_AYN)),
    ]
    found = drift(rows, [now])
    assert [(d.made.number, d.now, d.fields) for d in found] == [(1, now, ("actor1",)), (2, None, ())]
    assert drift(rows, [then, gone]) == ()
