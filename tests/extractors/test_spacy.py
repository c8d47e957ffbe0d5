"""The spaCy reader: a pipeline says what is a name, the rest is ours, and what is missing is said with its remedy."""

import builtins
from dataclasses import replace

import pytest

from geo.errors import InputError
from geo.extractors import open_extractor
from geo.extractors.spacy_pipeline import SpacyExtractor
from geo.model import ActorType
from tests.extractors.conftest import ARTICLE


def test_the_pipeline_decides_what_is_a_place(pipeline, gazetteer):
    text = "Fighters of Harakat Example attacked Tell Nowhereland on Friday. They had come from Manbij and Kobani."
    article = replace(ARTICLE, text=text)
    annotation, _ = SpacyExtractor(pipeline=str(pipeline)).read(article, gazetteer=gazetteer)
    shown = {t.text: t for t in annotation.toponyms}
    assert set(shown) == {"Tell Nowhereland", "Kobani"}
    assert shown["Tell Nowhereland"].place is None
    assert "marks it LOC" in shown["Tell Nowhereland"].reason
    assert shown["Kobani"].place.country == "SYR"
    assert "marks it GPE" in shown["Kobani"].reason
    # Rules alone know Manbij: the pipeline's word counts.
    rules, _ = open_extractor("rules").read(article, gazetteer=gazetteer)
    assert "Manbij" in {t.text for t in rules.toponyms}


def test_a_label_of_ours_makes_an_actor(pipeline, gazetteer):
    article = replace(ARTICLE, text="Harakat Example shelled Kobani on Friday, killing two civilians.")
    annotation, reports = SpacyExtractor(pipeline=str(pipeline)).read(article, gazetteer=gazetteer)
    assert ("Harakat Example", ActorType.REBEL_GROUP) in {(m.actor, m.type) for m in annotation.actors}
    assert [(r.actor1, r.actor1_type) for r in reports] == [("Harakat Example", ActorType.REBEL_GROUP)]


def test_a_long_article_is_read_in_pieces(pipeline, gazetteer, monkeypatch):
    monkeypatch.setattr("geo.extractors.spacy_pipeline.MAX_PIECE", 120)
    article = replace(ARTICLE, text="\n\n".join([ARTICLE.text] * 6))
    annotation, _ = SpacyExtractor(pipeline=str(pipeline)).read(article, gazetteer=gazetteer)
    assert [t.text for t in annotation.toponyms if t.place and t.role == "literal"] == ["Kobani"] * 6


def test_a_changed_pipeline_is_another_version(pipeline, tmp_path):
    spacy = pytest.importorskip("spacy")
    nlp = spacy.load(pipeline)
    nlp.get_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Manbij"}])
    nlp.to_disk(tmp_path / "small")
    one, other = (SpacyExtractor(pipeline=str(folder)).version for folder in (pipeline, tmp_path / "small"))
    assert one != other
    assert one.partition("#")[0] == other.partition("#")[0]


def test_what_is_missing_is_named_with_its_remedy(pipeline, tmp_path, monkeypatch):
    with pytest.raises(InputError, match="spacy download") as refused:
        SpacyExtractor(pipeline="xx_not_there")
    assert "--spacy-pipeline" in str(refused.value)
    spacy = pytest.importorskip("spacy")
    silent = spacy.blank("en")
    silent.add_pipe("entity_ruler").add_patterns([{"label": "MONEY", "pattern": "dollar"}])
    silent.to_disk(tmp_path / "silent")
    with pytest.raises(InputError, match="marks no places"):
        SpacyExtractor(pipeline=str(tmp_path / "silent"))
    real = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", lambda name, *more, **kw: _absent(name) or real(name, *more, **kw))
    with pytest.raises(InputError, match=r"pip install -r requirements-extra\.txt"):
        SpacyExtractor(pipeline=str(pipeline))


def _absent(name):
    if name == "spacy":
        raise ImportError(name)
