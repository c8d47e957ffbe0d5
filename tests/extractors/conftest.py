"""What the tests of the readers share: an article, a spaCy pipeline made here, a service in place of a model's."""

from datetime import date

import pytest

from geo.extractors import open_extractor
from geo.geocoders import open_gazetteer
from geo.model import Article
from tests.extractors.standin import Service, completion, event

FIRST = "Turkish shells hit Kobani on Friday, killing three people, residents said."
SECOND = "Victoria Example told reporters that the weather was fine in spring."
ARTICLE = Article("one", f"{FIRST} {SECOND}", published=date(2019, 10, 12), published_basis="given")
SHELLING = event(
    FIRST,
    actor1="Turkish shells",
    actor1_type="State forces",
    actor2="three people",
    actor2_type="Civilians",
    place="Kobani",
    time="on Friday",
    day_start="2019-10-11",
    day_end="2019-10-11",
    deaths_low=3,
    deaths_high=3,
    deaths="three people",
    asserted_by="residents",
)


@pytest.fixture
def service():
    """A running stand-in that tells of one event."""
    running = Service().says(completion({"events": [SHELLING]}))
    yield running
    running.close()


@pytest.fixture(scope="session")
def gazetteer():
    return open_gazetteer()


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory):
    """The folder of a spaCy pipeline that knows a few names."""
    spacy = pytest.importorskip("spacy", reason="needs spaCy: pip install -r requirements-extra.txt")
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(
        [
            {"label": "GPE", "pattern": "Kobani"},
            {"label": "PERSON", "pattern": "Victoria Example"},
            {"label": "REBEL_GROUP", "pattern": "Harakat Example"},
            {"label": "LOC", "pattern": "Tell Nowhereland"},
        ]
    )
    folder = tmp_path_factory.mktemp("pipeline") / "small"
    nlp.to_disk(folder)
    return folder


@pytest.fixture
def model(service, tmp_path, monkeypatch):
    """Make a reader that asks the stand-in; waits between tries are not waited for."""
    monkeypatch.delenv("BORDERLINES_MODEL_KEY", raising=False)
    monkeypatch.setattr("geo.extractors.endpoint.BACKOFF_S", 0.0)

    def make(**more):
        from geo.extractors.model import ModelExtractor

        given = {"endpoint": service.url, "model": "stand-in", "answers": tmp_path / "answers.sqlite"}
        return ModelExtractor(**{**given, **more})

    return make


@pytest.fixture(params=["rules", "spacy", "model"])
def extractor(request):
    """Every reader of the registry, each with what it needs."""
    if request.param == "model":
        return request.getfixturevalue("model")()
    if request.param == "spacy":
        return open_extractor("spacy", (("pipeline", str(request.getfixturevalue("pipeline"))),))
    return open_extractor(request.param)
