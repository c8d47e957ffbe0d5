"""A file that was edited holds a new version of its article; the earlier wording stays in the history."""

from datetime import UTC, date, datetime, timedelta

import pytest

from geo.history import as_known_on
from geo.model import Action, KnownBy
from geo.pipeline import build, keep, read_bytes
from geo.review import decision
from geo.store import Store, decide
from geo.store.versions import earlier_wordings

FIRST = "---\npublished: 2020-02-04\n---\nA car bomb exploded in Tal Abyad on 3 February 2020, killing four people."
SECOND = FIRST.replace("four", "six")
OTHER = "---\npublished: 2020-02-05\n---\nGunmen killed three villagers in Ras al-Ain on 4 February 2020."


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bomb.md").write_text(FIRST, encoding="utf-8")
    return tmp_path / "in"


@pytest.fixture
def store(tmp_path, folder):
    with Store(tmp_path / "store") as opened:
        build([folder], opened)
        yield opened


def deaths(store):
    return sorted(event.best.fatalities_low or 0 for event in store.events())


def test_an_edited_article_takes_the_place_of_its_earlier_wording(store, folder):
    (before,) = store.articles()
    (folder / "bomb.md").write_text(SECOND, encoding="utf-8")
    result = build([folder], store)
    (now,) = store.articles()
    assert deaths(store) == [6]
    assert "1 article reads otherwise" in result.notes[0]
    assert earlier_wordings(store, now.id) == (before.id,)
    assert store.article(before.id).text == before.text
    assert store.verify() == []
    today = datetime.now(UTC).date()
    assert [e.best.fatalities_low for e in as_known_on(store, today, KnownBy.RECORDED).events] == [6]


def test_going_back_to_the_earlier_wording_brings_it_back(store, folder):
    (folder / "bomb.md").write_text(SECOND, encoding="utf-8")
    build([folder], store)
    (folder / "bomb.md").write_text(FIRST, encoding="utf-8")
    build([folder], store)
    assert deaths(store) == [4]
    assert store.verify() == []
    assert build([folder], store).new == 0


def test_an_article_that_moved_to_another_file_is_the_same(store, folder):
    (folder / "bomb.md").rename(folder / "moved.md")
    (folder / "bomb.md").write_text(OTHER, encoding="utf-8")
    build([folder], store)
    assert len(store.articles()) == 2


def test_a_file_that_cannot_be_read_today_takes_nothing_off(store, folder):
    (folder / "bomb.md").write_text("---\ntitle: [\n---\nx", encoding="utf-8")
    build([folder], store)
    assert deaths(store) == [4]


def test_a_file_that_is_gone_takes_nothing_off(store, folder):
    (folder / "bomb.md").unlink()
    (folder / "other.md").write_text(OTHER, encoding="utf-8")
    build([folder], store)
    assert len(store.articles()) == 2


def test_two_uploads_of_one_name_are_two_articles(tmp_path):
    with Store(tmp_path) as store:
        for text in (FIRST, SECOND):
            keep(read_bytes("article.md", text.encode()), store)
        assert len(store.articles()) == 2


def test_what_a_person_vouched_for_in_the_earlier_wording_stays(store, folder):
    (event,) = store.events()
    decide(store, decision(Action.CORRECT, [event], "Ada", after={"fatalities_low": 5}), seen=0)
    (folder / "bomb.md").write_text(SECOND, encoding="utf-8")
    build([folder], store)
    assert 5 in deaths(store)
    assert as_known_on(store, date(2020, 2, 4)).events
    assert as_known_on(store, datetime.now(UTC).date() + timedelta(days=1), KnownBy.RECORDED).events
