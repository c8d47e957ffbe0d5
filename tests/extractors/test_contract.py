"""What every reader keeps to, whichever it is."""

import json
from dataclasses import replace

import pytest

from geo import paths
from geo import pipeline as steps
from geo.errors import InputError, ReaderError
from geo.extractors import DEFAULT, EXTRACTORS, identity, open_extractor
from geo.model import SUB_EVENT_TYPES, Annotation
from geo.store import Store
from tests.extractors.conftest import ARTICLE


def test_every_reader_is_tested(request):
    from tests.extractors.conftest import extractor

    assert set(EXTRACTORS) == set(extractor._fixture_function_marker.params)
    assert DEFAULT in EXTRACTORS
    documented = (paths.ROOT / "docs" / "readers.md").read_text(encoding="utf-8")
    assert [name for name in EXTRACTORS if f"`{name}`" not in documented] == []


def test_offsets_and_lists_hold(extractor, gazetteer):
    annotation, reports = extractor.read(ARTICLE, gazetteer=gazetteer)
    assert isinstance(annotation, Annotation)
    text = annotation.article.text
    assert text == ARTICLE.text
    for mention in (*annotation.toponyms, *annotation.dates, *annotation.actors):
        assert text[mention.start : mention.end] == mention.text
    assert len(reports) == 1
    report = reports[0]
    assert report.article_id == ARTICLE.id
    assert report.quote == text[report.start : report.end]
    assert report.sub_event_type in SUB_EVENT_TYPES[report.event_type]
    assert (report.place.name, str(report.day_start)) == ("Kobani", "2019-10-11")
    assert report.actor1 == "Military Forces of Turkey (2016-)"
    assert (report.fatalities_low, report.fatalities_high) == (3, 3)


def test_confidence_is_honest_and_reasons_are_given(extractor, gazetteer):
    annotation, reports = extractor.read(ARTICLE, gazetteer=gazetteer)
    for report in reports:
        assert 0 < report.confidence < 1
        told = [part in report.why for part in ("What (", "Who (", "Where (", "When (")]
        assert all(told)
    assert all(0 <= t.confidence <= 1 and t.reason for t in annotation.toponyms)


def test_the_same_article_gives_the_same(extractor, gazetteer):
    assert extractor.read(ARTICLE, gazetteer=gazetteer) == extractor.read(ARTICLE, gazetteer=gazetteer)


@pytest.mark.parametrize(
    "text", ["", " \n", "\u202b\u0642\u0627\u0644 \u0627\u0644\u062c\u064a\u0634 \u00ad\u200b.", "A" * 40_000]
)
def test_odd_texts_are_read_to_nothing(extractor, gazetteer, text):
    annotation, reports = extractor.read(replace(ARTICLE, id="odd", text=text), gazetteer=gazetteer)
    assert reports == ()
    assert annotation.article.text == text


def test_a_version_tells_readers_apart(extractor):
    assert identity(extractor.version) == (
        "rules" if extractor.name == "rules" else extractor.version.partition("#")[0]
    )
    assert "+" not in extractor.version
    assert (extractor.name == "rules") == (not extractor.version)


def test_what_leaves_the_machine_is_said_before(extractor):
    assert bool(extractor.notice()) == (extractor.name == "model")


def test_a_store_is_of_one_reader(extractor, tmp_path, monkeypatch):
    articles = [replace(ARTICLE, id=f"n{n}") for n in range(3)]
    with Store(tmp_path / "store") as store:
        first = steps.keep(articles, store, extractor=extractor)
        assert (first.read, first.new) == (3, 3)
        read = type(extractor).read
        monkeypatch.setattr(type(extractor), "read", lambda *_, **__: pytest.fail("read again without need"))
        assert steps.keep(articles, store, extractor=extractor).new == 0
        monkeypatch.setattr(type(extractor), "read", read)
        if extractor.name != "rules":
            with pytest.raises(InputError, match="were read by") as refused:
                steps.keep(articles[:1], store)
            assert "--reader" in str(refused.value)
        # Chosen by its name, another reader reads all of it again, though only one article was given.
        result = steps.keep(articles[:1], store, extractor=_other(extractor, tmp_path))
        assert len({reader.partition("+")[2] for reader in store.read_by()}) == 1
        assert result.events == store.event_count() > 0
        assert store.verify() == []


def _other(extractor, tmp_path):
    if extractor.name != "rules":
        return open_extractor("rules")
    other = type("Other", (type(extractor),), {"name": "other", "version": "other:one#1"})
    return other()


def test_a_switch_that_is_broken_off_mixes_nothing(model, service, tmp_path):
    articles = [replace(ARTICLE, id=f"n{n}") for n in range(3)]
    with Store(tmp_path / "store") as store:
        steps.keep(articles, store)
        before = store.events()
        good = service.script[0]
        service.says(good, (401, {}, {"error": {"message": "no"}}))
        # Each article is another question only by its text, so the answers are not remembered.
        with pytest.raises(ReaderError):
            steps.keep(
                [replace(a, text=f"{a.text} Part {n}.") for n, a in enumerate(articles)], store, extractor=model()
            )
        assert store.events() == before
        with pytest.raises(InputError, match="were read by model:stand-in"):
            steps.keep(articles[:1], store)
        service.says(good)
        assert steps.keep([], store, extractor=model()).read == 2
        assert {reader.partition("+")[2] for reader in store.read_by()} == {model().version}
        assert store.events() != before


def test_a_build_that_its_reader_ends_takes_nothing_off(model, service, tmp_path):
    file = tmp_path / "articles.jsonl"
    told = [{"id": f"n{n}", "text": f"{ARTICLE.text} Part {n}.", "published": "2019-10-12"} for n in range(4)]
    file.write_text("".join(json.dumps(line) + "\n" for line in told))
    good = service.script[0]
    with Store(tmp_path / "store") as store:
        steps.build([file], store, extractor=model())
        service.says(good, (401, {}, {"error": {"message": "no"}}))
        with pytest.raises(ReaderError):
            steps.build([file], store, extractor=model(model="another"))
        assert {article.id for article in store.articles()} == {"n0", "n1", "n2", "n3"}
        # The rest of that file is read again, though another one is given now.
        service.says(good)
        (tmp_path / "more.md").write_text(ARTICLE.text)
        steps.build([tmp_path / "more.md"], store, extractor=model(model="another"))
        assert {article.id for article in store.articles()} >= {"n0", "n1", "n2", "n3"}
        assert len(store.articles()) == 5
        assert len({reader.partition("+")[2] for reader in store.read_by()}) == 1
