"""A store that an earlier version made is opened, reviewed and asked like any other."""

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from geo.frame import load_frame
from geo.history import as_known_on
from geo.model import Action, KnownBy, ReviewState
from geo.pipeline import open_resources, read_article, rebuild_events
from geo.review import decision, drift
from geo.store import FILE_NAME, Store, decide, decisions

WITHOUT_INJURED = Path(__file__).parent / "stores" / "without_injured.sql"
"""Made by version 0.2.0 before reports told the injured: one article, one report, one correction by Ada."""
APPLICATION, SCHEMA = 1111772238, 2


@pytest.fixture
def store(tmp_path):
    with sqlite3.connect(tmp_path / FILE_NAME) as db:
        db.executescript(WITHOUT_INJURED.read_text(encoding="utf-8"))
        db.execute(f"pragma application_id = {APPLICATION}")
        db.execute(f"pragma user_version = {SCHEMA}")
    db.close()
    with Store(tmp_path) as opened:
        yield opened


def injured(event):
    return event.best.injured_low, event.best.injured_high, event.best.injured_text


def test_it_is_whole_and_its_injured_are_unknown(store):
    store.verify()
    (event,) = store.events()
    assert (event.best.fatalities_high, *injured(event)) == (2, None, None, None)
    assert load_frame(store)["injured_low"].isna().all()
    (recorded,) = as_known_on(store, datetime.now(UTC).date(), KnownBy.RECORDED).events
    (published,) = as_known_on(store, date(2020, 1, 1)).events
    assert injured(recorded) == injured(published) == (None, None, None)


def test_its_old_decision_stands_and_a_new_one_corrects_the_injured(store):
    (made,) = decisions(store)
    assert (made.who, dict(made.after), made.reports[0].injured_low) == ("Ada", {"fatalities_low": 1}, None)
    rebuild_events(store, open_resources())
    (event,) = store.events()
    after = {"injured_low": 3, "injured_high": 4}
    decide(store, decision(Action.CORRECT, [event], "Grace", after=after), seen=event.review.last)
    rebuild_events(store, open_resources())
    (event,) = store.events()
    assert event.review.corrected == ("fatalities_low", "injured_low", "injured_high")
    assert (event.best.fatalities_low, *injured(event)) == (1, 3, 4, None)
    decide(store, decision(Action.UNDO, [event], "Grace", undoes=event.review.last), seen=event.review.last)
    rebuild_events(store, open_resources())
    (event,) = store.events()
    assert (event.review.state, event.best.fatalities_low, *injured(event)) == (
        ReviewState.CORRECTED, 1, None, None, None,
    )  # fmt: skip


def test_what_the_reader_tells_today_beside_it_is_shown_and_changes_no_decision(store):
    (old,) = store.articles()
    store.write(old, [event.best for event in read_article(old, open_resources()).events], "today")
    rebuild_events(store, open_resources())
    (event,) = store.events()
    assert (event.best.fatalities_low, event.best.injured_low) == (1, 3)
    (found,) = drift(decisions(store), store.reports())
    assert "injured_low" in found.fields
