"""The steps together: building twice, changed and broken files, builds that are killed, flat memory."""

import gc
import json
import os
import random
import subprocess
import sys
import time
import tracemalloc
from datetime import date

import pytest

from geo import paths, pipeline
from geo.errors import InputError
from geo.extractors import rules
from geo.model import Article
from geo.pipeline import build, open_resources, read_article
from geo.readers import read_paths
from geo.store import Store

KILL_ROUNDS = 4
# A week-day and a caption that tells the day: the article itself gives none.
UNDATED = (
    "Two shells fall near Kobani\n\nSmoke over the town on Friday, Dec. 2, 2022. (Example Photo)\n\n"
    "Two shells hit Kobani on Friday, the governor said. Three people were killed and a school was damaged.\n"
)


def page(number: int, day: str = "2019-10-12") -> str:
    """A short article with front matter."""
    return (
        f"---\ntitle: Shelling, part {number}\npublished: {day}\nsource: Frontier Post\n---\n"
        f"Turkish shells hit Kobani on Friday, killing {number + 2} people, residents said.\n\n"
        "Clashes broke out near Ras al-Ain on Thursday between Turkish troops and the Syrian Democratic Forces.\n"
    )


@pytest.fixture
def folder(tmp_path):
    """Four articles in a folder."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(4):
        (articles / f"{number}.md").write_text(page(number))
    return articles


def state(store: Store) -> tuple[object, ...]:
    """What may not change when the same is built again."""
    return store.fingerprint(), store.generation(), len(store.articles()), len(store.problems())


def test_building_twice_changes_nothing_and_reads_nothing(folder, tmp_path, monkeypatch):
    (folder / "broken.md").write_text("---\ntitle: [\n---\nText.\n")
    (folder / "undated.txt").write_text(UNDATED)
    with Store(tmp_path / "store") as store:
        first = build([folder], store)
        before = state(store)
        assert (first.read, first.new, len(first.problems)) == (5, 5, 1)
        assert first.events > 0
        monkeypatch.setattr(rules, "annotate", lambda *_, **__: pytest.fail("an unchanged article is read again"))
        again = build([folder], store)
        assert (again.read, again.new, again.events, len(again.problems)) == (5, 0, first.events, 1)
        assert state(store) == before
        assert store.verify() == []


def test_an_inferred_day_is_kept_and_does_not_count_as_a_change(tmp_path):
    file = tmp_path / "undated.txt"
    file.write_text(UNDATED)
    with Store(tmp_path / "store") as store:
        build([file], store)
        stored = store.articles()[0]
        given = next(iter(read_paths([file])))
        assert stored.published is not None
        assert stored.published_basis in ("caption", "text")
        assert given.published is None
        assert store.has(given, pipeline.reader_fingerprint())


def test_a_changed_article_is_a_new_version(tmp_path):
    file = tmp_path / "news.jsonl"
    line = {
        "id": "n1",
        "text": "Two shells hit Kobani on Friday.",
        "published": "2019-10-12",
        "source": "Frontier Post",
    }
    file.write_text(json.dumps(line))
    with Store(tmp_path / "store") as store:
        build([file], store)
        before = state(store)
        file.write_text(json.dumps({**line, "text": "Two shells hit Ras al-Ain on Friday."}))
        result = build([file], store)
        assert (result.read, result.new) == (1, 1)
        assert [article.text for article in store.articles()] == ["Two shells hit Ras al-Ain on Friday."]
        assert {report.quote for report in store.reports()} == {"Two shells hit Ras al-Ain on Friday."}
        assert state(store)[0] != before[0]
        assert store.verify() == []


def test_other_rules_read_everything_again(folder, tmp_path, monkeypatch):
    with Store(tmp_path / "store") as store:
        build([folder], store)
        before = state(store)
        read = []
        annotate = rules.annotate
        monkeypatch.setattr(pipeline, "reader_fingerprint", lambda: "other rules")
        monkeypatch.setattr(rules, "annotate", lambda article, **more: read.append(1) or annotate(article, **more))
        assert not store.events_are_current("other rules")
        result = build([folder], store)
        assert (len(read), result.new) == (4, 0)
        assert store.events_are_current("other rules")
        # They came to the same, so nothing changed.
        assert state(store) == before


def test_other_zones_or_ways_to_merge_make_the_events_anew(folder, tmp_path, monkeypatch):
    with Store(tmp_path / "store") as store:
        build([folder], store)
        monkeypatch.setattr(pipeline, "reader_fingerprint", lambda: "other rules")
        monkeypatch.setattr(pipeline, "in_zones", lambda events, _: (e for e in events))
        build([folder], store)
        assert all(event.zones == () for event in store.events())


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(folder, tmp_path):
    bad = folder / "2 bad.md"
    bad.write_text("---\npublished: 2019-99-99\n---\nTwo shells hit Kobani.\n")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    with Store(tmp_path / "store") as store:
        result = build([folder, tmp_path / "missing.txt"], store)
        assert result.read >= 4
        assert {problem.path for problem in store.problems()} >= {bad, tmp_path / "missing.txt"}
        assert {str(problem) for problem in store.problems()} == {str(problem) for problem in result.problems}


def test_a_mended_file_is_off_the_list(folder, tmp_path):
    bad, lines = folder / "bad.md", folder / "lines.jsonl"
    bad.write_text("---\ntitle: [\n---\nTwo shells hit Kobani.\n")
    lines.write_text('{"id": "a", "text": "Two shells hit Kobani."}\nno json\n{"id": "b"}\n')
    with Store(tmp_path / "store") as store:
        build([folder], store)
        assert [(p.path, p.line) for p in store.problems()][1:] == [(lines, 2), (lines, 3)]
        bad.write_text(page(7))
        lines.write_text('{"id": "a", "text": "Two shells hit Kobani."}\n{"id": "b"}\n')
        build([folder], store)
        assert [(p.path, p.line) for p in store.problems()] == [(lines, 2)]
        lines.write_text('{"id": "a", "text": "Two shells hit Kobani."}\n')
        assert build([folder], store).problems == []
        assert store.problems() == ()


def test_an_article_that_cannot_be_stored_is_named(tmp_path):
    items = [
        Article("a", "Half a pair \ud800.", path="odd.jsonl", line=1),
        Article("b", "Two shells hit Kobani.", path="odd.jsonl", line=2),
    ]
    with Store(tmp_path / "store") as store:
        result = pipeline.keep(items, store)
        assert (result.read, [p.line for p in result.problems]) == (1, [1])
        assert [article.id for article in store.articles()] == ["b"]


@pytest.mark.skipif(sys.platform != "linux", reason="file names that are no UTF-8 are Linux's")
def test_a_file_name_that_is_no_text(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    with open(os.fsencode(folder) + b"/caf\xe9.md", "w") as file:  # noqa: PTH123 - a Path cannot be made of bytes
        file.write(page(1))
    with open(os.fsencode(folder) + b"/caf\xe8.md", "w") as file:  # noqa: PTH123
        file.write("---\ntitle: [\n---\n")
    with Store(tmp_path / "store") as store:
        result = build([folder], store)
        assert (result.read, len(result.problems)) == (1, 1)
        before = state(store)
        build([folder], store)
        assert state(store) == before


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is POSIX's")
def test_a_build_killed_at_any_moment_comes_to_the_same(tmp_path):
    rng = random.Random(20191009)
    articles, undisturbed, killed = (tmp_path / name for name in ("articles.jsonl", "undisturbed", "killed"))
    with articles.open("w") as out:
        for number in range(40):
            text = page(number).split("---\n")[2]
            out.write(json.dumps({"id": f"n{number}", "text": text, "published": "2019-10-12"}) + "\n")
    with Store(undisturbed) as store:
        build([articles], store)
        wanted = store.fingerprint(), len(store.articles())
    # The child says when it begins to write, so that the blow falls while it does.
    script = (
        "import sys; from pathlib import Path; from geo.pipeline import build; from geo.store import Store;"
        "build([Path(sys.argv[1])], Store(sys.argv[2]), progress=lambda a: print(a.id, flush=True))"
    )
    stored = 0
    for _ in range(KILL_ROUNDS):
        child = subprocess.Popen([sys.executable, "-c", script, articles, killed], stdout=subprocess.PIPE, text=True)
        child.stdout.readline()
        time.sleep(rng.uniform(0, 0.2))
        child.kill()
        told = 1 + len(child.communicate()[0].splitlines())
        with Store(killed, readonly=True) as store:
            ids = [article.id for article in store.articles()]
            assert len(set(ids)) == len(ids) >= max(told - 1, stored)
            assert store.verify() == []
            stored = len(ids)
    with Store(killed) as store:
        build([articles], store)
        assert (store.fingerprint(), len(store.articles())) == wanted
        assert store.verify() == []


def test_memory_stays_flat_however_many_articles(tmp_path):
    resources = open_resources()

    def grown(count: int) -> int:
        items = (Article(f"n{n}", page(n % 7).split("---\n")[2]) for n in range(count))
        gc.collect()
        tracemalloc.reset_peak()
        start = tracemalloc.get_traced_memory()[0]
        for item in items:
            read_article(item, resources)
        return tracemalloc.get_traced_memory()[1] - start

    grown(10)
    tracemalloc.start()
    try:
        few, many = grown(10), grown(60)
    finally:
        tracemalloc.stop()
    assert many < few + 500_000


def test_the_sample_corpus_reads_without_a_problem():
    items = list(read_paths([paths.SAMPLE_ARTICLES]))
    assert not [item for item in items if isinstance(item, InputError)]
    events = [event for item in items[:8] for event in read_article(item, open_resources()).events]
    assert events
    # The article's own reading and the store's go one way.
    assert all(event.reports for event in events)


def test_an_attack_on_a_position_is_a_clash():
    text = "On Saturday SDF fighters attacked a Turkish position in Ras al-Ain."
    (event,) = read_article(Article("a", text, published=date(2019, 10, 12)), open_resources()).events
    assert (event.best.sub_event_type, event.best.place.name) == ("Armed clash", "Ras al-Ain")
    assert event.best.day_start == date(2019, 10, 12)
