"""What was known on an earlier day, and what changed since."""

import sqlite3
from dataclasses import replace
from datetime import date

import pytest

from geo.history import Changes, as_known_on, compare
from geo.known import load
from geo.model import Action, Decision, Event, KnownBy, ReviewState
from geo.pipeline import open_resources, rebuild_events
from geo.query import Query, describe, from_params, to_params
from geo.store import Store, decide
from tests import store_world as world


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path) as opened:
        yield opened


def write(store, *numbers):
    for number in numbers:
        store.write(world.article(number), [world.report(number)], "v1")
    rebuild_events(store, open_resources())


def places(events):
    return {event.best.id: event.best.place and event.best.place.name for event in events}


def test_known_by_publication_is_what_the_articles_out_by_then_tell(store):
    write(store, 0, 1, 2)
    known = as_known_on(store, date(2019, 10, 10))
    assert places(known.events) == {"r0000": "Kobani", "r0001": "Kobani"}
    assert {article.id for article in known.articles} == {"a0000", "a0001"}
    assert as_known_on(store, date(2020, 1, 1)).events == tuple(
        sorted(store.events(), key=lambda event: str(event.best.day_start))
    )


def test_an_article_of_unknown_day_is_counted_not_guessed(store):
    write(store, 0)
    store.write(world.article(1, published=None, published_basis=None), [world.report(1)], "v1")
    known = as_known_on(store, date(2030, 1, 1))
    assert (len(known.events), known.left_out) == (1, 1)


def test_a_decision_holds_in_the_past_too_when_asked_by_publication(store):
    write(store, 0, 1)
    after = {"place": world.RAS_AL_AYN}
    decide(store, Decision(0, "", "Ada", Action.CORRECT, (world.report(0),), after), seen=0)
    (event,) = as_known_on(store, date(2019, 10, 9)).events
    assert (event.best.place, event.review.state) == (world.RAS_AL_AYN, ReviewState.CORRECTED)


def backdate(store, days):
    """Let the log's rows have been written on these days."""
    with sqlite3.connect(store.file) as db:
        db.execute("drop trigger log_no_update")
        for n, day in days.items():
            db.execute("update log set at = ? where n = ?", (f"{day}T12:00:00.000+00:00", n))


def test_known_by_record_is_what_the_store_held(store):
    write(store, 0)  # log rows 1 and 2
    write(store, 1)  # 3 and 4
    store.write(world.article(0), [world.report(0, place=world.RAQQA_PROVINCE)], "v2")
    rebuild_events(store, open_resources())  # 5 and 6
    backdate(store, dict(zip(range(1, 7), ["2026-01-01"] * 2 + ["2026-01-02"] * 2 + ["2026-01-03"] * 2, strict=True)))
    recorded = {day: places(as_known_on(store, date(2026, 1, day), KnownBy.RECORDED).events) for day in (1, 2, 3)}
    assert recorded == {
        1: {"r0000": "Kobani"},
        2: {"r0000": "Kobani", "r0001": "Kobani"},
        3: {"r0000": "Raqqa", "r0001": "Kobani"},
    }
    assert as_known_on(store, date(2025, 12, 31), KnownBy.RECORDED).events == ()


def test_what_changed_is_told_by_what_differs():
    same, moved, gone = (Event(f"e{n}", (world.report(n),)) for n in range(3))
    now = Event("e1", (world.report(1, place=world.RAS_AL_AYN, fatalities_low=2),))
    new = Event("e9", (world.report(9),))
    changes = compare([same, moved, gone], [same, now, new])
    assert (changes.added, changes.withdrawn) == ((new,), (gone,))
    (change,) = changes.changed
    assert (change.before, change.after, change.fields) == ((moved,), (now,), ("place", "deaths"))


def test_another_count_of_the_injured_is_told_as_such():
    before, now = (Event("e1", (world.report(1, injured_low=low, injured_high=5),)) for low in (None, 3))
    (change,) = compare([before], [now]).changed
    assert change.fields == ("injured",)


def test_merged_and_split_events_are_told_as_such():
    one, two = Event("e1", (world.report(1),)), Event("e2", (world.report(2),))
    both = Event("e1", (world.report(1), world.report(2)))
    assert [change.fields for change in compare([one, two], [both]).changed] == [("merged",)]
    assert [change.fields for change in compare([both], [one, two]).changed] == [("split",)]


def test_a_report_read_anew_is_the_one_it_was():
    before = Event("e1", (world.report(1),))
    again = Event("e8", (replace(world.report(1), id="r8888", actor1="Islamic State"),))
    (change,) = compare([before], [again]).changed
    assert change.fields == ("actors",)


def test_nothing_changed_between_equal_states():
    events = world.events()
    assert compare(events, events) == Changes((), (), ())


def test_a_query_carries_the_day_of_knowledge():
    query = Query(known_on=date(2020, 3, 1), known_by=KnownBy.RECORDED)
    assert from_params(to_params(query)) == (query, [])
    assert describe(query) == "all days; as recorded here by 1 March 2020"
    assert Query(known_by=KnownBy.RECORDED) == Query()
    _, notes = from_params({"known_on": "1 March", "known_by": "heart"})
    assert notes == ["Left out of the link: known_on='1 March' is not a day like 2019-10-09"]
    _, notes = from_params({"known_on": "2020-03-01", "known_by": "heart"})
    assert len(notes) == 1


def test_loading_for_a_day_gives_that_days_events_and_their_own_fingerprint(store):
    write(store, 0, 1)
    now, then = load(store), load(store, Query(known_on=date(2019, 10, 9)))
    assert (len(now.events), len(then.events)) == (2, 1)
    assert then.fingerprint != now.fingerprint
    write(store, 2)
    assert load(store, Query(known_on=date(2019, 10, 9))).fingerprint == then.fingerprint
