"""The store keeps what it is given, once, and says plainly when it cannot."""

import os
import sqlite3
from dataclasses import replace

import pytest

from geo.errors import InputError, StoreBusyError, StoreError
from geo.model import Event
from geo.store import Store
from geo.version import VERSION
from tests import store_world as world


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path) as opened:
        yield opened


def log_rows(store):
    with sqlite3.connect(store.file) as db:
        return db.execute("select count(*) from log").fetchone()[0]


def test_what_is_written_is_read_back(store):
    report = world.report(1, place=world.RAQQA_PROVINCE)
    store.write(world.article(1), [report], "v1")
    store.replace_events([replace(world.event(1), reports=(report,))])
    assert store.articles() == (world.article(1),)
    assert store.article("a0001") == world.article(1)
    assert store.reports() == (report,)
    assert store.report("r0001") == report
    assert store.events() == (replace(world.event(1), reports=(report,)),)
    assert store.event("e0001") == store.events()[0]
    assert store.verify() == []


def test_what_is_not_there_is_none(store):
    assert store.article("x") is None
    assert store.report("x") is None
    assert store.event("x") is None
    assert store.events() == store.articles() == store.problems() == ()


def test_the_same_article_twice_changes_nothing(store):
    world.filled(store)
    before = (log_rows(store), store.generation(), store.fingerprint(), store.meta())
    for number in range(3):
        assert not store.write(world.article(number), [world.report(number)], "v1")
    assert not store.replace_events(world.one_each(store))
    assert (log_rows(store), store.generation(), store.fingerprint(), store.meta()) == before


def test_an_article_found_under_another_name_is_the_same_article(store):
    world.filled(store)
    assert not store.write(world.article(0, path="copy.md", line=9), [world.report(0)], "v1")
    assert store.article("a0000").path == "0.md"


def test_new_rules_replace_the_reports_of_an_article_and_say_so_in_the_log(store):
    world.filled(store)
    better = world.report(0, place=world.RAS_AL_AYN)
    rows = log_rows(store)
    assert not store.has("a0000", "v2")
    assert store.write(world.article(0), [better, world.report(9, article_id="a0000")], "v2")
    assert store.has("a0000", "v2")
    assert [r.id for r in store.reports()] == ["r0000", "r0009", "r0001", "r0002"]
    assert store.report("r0000") == better
    assert log_rows(store) == rows + 1
    assert store.verify() == []


def test_new_rules_that_read_the_same_are_remembered_without_a_log_row(store):
    world.filled(store)
    rows = log_rows(store)
    assert not store.write(world.article(0), [world.report(0)], "v2")
    assert store.has("a0000", "v2")
    assert log_rows(store) == rows


def test_events_stay_readable_between_a_new_reading_and_the_new_events(store):
    world.filled(store)
    store.write(world.article(0), [world.report(8, article_id="a0000")], "v2")
    assert [e.best.id for e in store.events()] == ["r0000", "r0001", "r0002"]
    assert not store.events_are_current()
    store.replace_events(world.one_each(store))
    assert [e.best.id for e in store.events()] == ["r0001", "r0002", "r0008"]
    assert store.report("r0000") is None
    assert store.events_are_current()
    assert store.verify() == []


def test_events_are_current_again_even_where_they_did_not_change(store):
    world.filled(store)
    store.write(world.article(9), [], "v1")
    assert not store.events_are_current()
    assert not store.replace_events(world.one_each(store))
    assert store.events_are_current()


def test_an_article_whose_day_or_source_was_mended_must_be_read_again(store):
    world.filled(store)
    assert store.has(world.article(0), "v1")
    assert store.has(world.article(0, path="elsewhere.md"), "v1")
    assert not store.has(world.article(0, source="Another Post"), "v1")
    assert not store.has(world.article(0, published=None, published_basis=None), "v1")


def test_a_day_inferred_from_the_text_is_no_change_of_the_article(store):
    store.write(world.article(0, published_basis="text"), [], "v1")
    assert store.has(world.article(0, published=None, published_basis=None), "v1")


def test_a_report_of_another_article_is_refused(store):
    with pytest.raises(InputError, match="is of article a0001"):
        store.write(world.article(0), [world.report(1)], "v1")


def test_text_that_cannot_be_stored_names_its_file(store):
    with pytest.raises(InputError, match=r"0\.md: article a0000 cannot be stored"):
        store.write(world.article(0, text="half \ud83d"), [], "v1")
    assert store.articles() == ()


def test_events_of_unknown_reports_are_refused_and_nothing_changes(store):
    world.filled(store)
    before = store.events()
    with pytest.raises(StoreError, match="r0007 is not in"):
        store.replace_events([world.event(7)])
    with pytest.raises(StoreError, match="1 events have an id"):
        store.replace_events([Event("same", (world.report(0),)), Event("same", (world.report(1),))])
    assert store.events() == before


def test_generation_changes_with_the_data_only(store):
    seen = [store.generation()]
    world.filled(store, 1)
    seen.append(store.generation())
    store.note_problem(InputError("empty page", path="x.html"))
    seen.append(store.generation())
    assert len(set(seen)) == 3
    assert store.generation() == seen[-1]


def test_the_fingerprint_does_not_depend_on_when_and_in_which_order_it_was_built(tmp_path):
    prints = set()
    for name, numbers in (("a", [0, 1, 2]), ("b", [2, 0, 1])):
        with Store(tmp_path / name) as store:
            for number in numbers:
                store.write(world.article(number), [world.report(number)], name)
            store.replace_events(world.one_each(store))
            prints.add(store.fingerprint())
    assert len(prints) == 1


def test_problems_are_kept_once_and_settled_when_the_file_is_read(store):
    problem = InputError("line is not JSON", path="a.jsonl", line=7, remedy="Mend the line")
    for _ in range(2):
        store.note_problem(problem)
    (kept,) = store.problems()
    assert (str(kept), kept.line, kept.remedy) == (str(problem), 7, "Mend the line")
    assert store.settle_problems("a.jsonl") == 1
    assert store.problems() == ()
    assert store.verify() == []


def test_a_file_name_that_is_no_text_is_kept_escaped(store):
    store.note_problem(InputError("cannot be read", path=os.fsdecode(b"caf\xe9.txt")))
    assert "caf" in str(store.problems()[0].path)


def test_it_names_the_software_that_wrote_it(store):
    world.filled(store, 1)
    assert store.meta()["software"] == VERSION
    assert store.meta()["built_at"].endswith("+00:00")


def test_the_log_refuses_to_be_rewritten(store):
    world.filled(store)
    with sqlite3.connect(store.file) as db:
        for change in ("update log set who = 'x'", "delete from log"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                db.execute(change)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (
            "update report set body = replace(body, 'Kobani', 'Ankara') where id = 'r0001'",
            "article a0001: it is not as the log says",
        ),
        ("delete from event where id = 'e-r0001'", "event e-r0001: it is in the log but not in its table"),
        ("drop trigger log_no_update; update log set body = '{}' where n = 2", "log row 2: the chain is broken"),
        ("drop trigger log_no_delete; delete from log where n = 2", "log row 3: the chain is broken"),
    ],
)
def test_verify_finds_what_was_changed_behind_its_back(store, damage, told):
    world.filled(store)
    db = sqlite3.connect(store.file)
    db.executescript(damage)
    db.close()
    assert any(told in problem for problem in store.verify())


def test_a_reader_sees_one_moment_while_another_writes(tmp_path, store):
    world.filled(store)
    with Store(tmp_path, readonly=True) as reader, reader.database.reading():
        before = reader.events()
        store.write(world.article(5), [world.report(5)], "v1")
        store.replace_events(world.one_each(store))
        assert reader.events() == before
    with Store(tmp_path, readonly=True) as reader:
        assert len(reader.events()) == 4


def test_a_second_writer_waits_then_says_that_the_store_is_busy(tmp_path, store):
    busy = pytest.raises(StoreBusyError, match="being written by another process")
    with store.database.writing(), Store(tmp_path, wait_s=0.05) as second, busy:
        second.write(world.article(0), [], "v1")


def test_a_reader_cannot_write(tmp_path, store):
    with Store(tmp_path, readonly=True) as reader, pytest.raises(StoreError, match="may only be read"):
        reader.write(world.article(0), [], "v1")
