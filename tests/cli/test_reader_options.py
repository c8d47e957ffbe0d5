"""``--reader``, ``--jobs`` and ``--scheduler`` as a person gives them."""

import json

import pytest

from geo.extractors.endpoint import KEY
from tests.cli.conftest import ARTICLES
from tests.extractors.standin import Service, completion, event

ASKED = ("--reader", "model", "--model", "stand-in")


@pytest.fixture
def service(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv(KEY, "sk-secret")
    text = ARTICLES[0]["text"]
    shelling = event(text, place="Kobani", actor1="Turkish", time="on Saturday", day_start="2019-10-12")
    running = Service()
    yield running.says(
        lambda body: completion({"events": [shelling] if text in body["messages"][1]["content"] else []})
    )
    running.close()


def test_annotate_by_a_model_says_what_is_sent_and_what_it_cost(geo, articles, service):
    ran = geo("annotate", articles, *ASKED, "--endpoint", service.url, "--price-in", "2", "--price-out", "8")
    assert ran.code == 0
    assert [line["id"] for line in ran.lines] == ["one", "two", "three"]
    assert [len(line["events"]) for line in ran.lines] == [1, 0, 0]
    assert ran.lines[0]["events"][0]["place"] == "Kobani"
    assert "the text of every article to be read is sent to 127.0.0.1" in ran.err
    assert "cost 0.0108 at 2 and 8" in ran.err
    assert "sk-secret" not in ran.err + ran.out
    again = geo("annotate", articles, *ASKED, "--endpoint", service.url, "--quiet")
    assert (again.code, again.err, again.lines) == (0, "", ran.lines)
    assert len(service.asked) == 3


def test_build_by_a_model_at_several_articles_at_once(geo, articles, service, tmp_path):
    store = tmp_path / "store"
    asked = (*ASKED, "--endpoint", service.url)
    ran = geo("build", articles, "--store", store, *asked, "--jobs", "3", "--json")
    told = json.loads(ran.out)
    assert (ran.code, told["read"], told["new"], told["events"]) == (0, 3, 3, 1)
    assert "3 answers" in told["reader"][0]
    refused = geo("build", articles, "--store", store)
    assert refused.code == 2
    assert "were read by model:stand-in@127.0.0.1" in refused.err
    switched = geo("build", articles, "--store", store, "--reader", "rules")
    assert switched.code == 0
    assert "3 articles read" in switched.err


def test_a_service_that_refuses_ends_the_build_and_tells_the_cost(geo, articles, service, tmp_path):
    service.says((401, {}, {"error": {"message": "bad key sk-secret"}}))
    ran = geo("build", articles, "--store", tmp_path / "store", *ASKED, "--endpoint", service.url)
    assert ran.code == 2
    assert f"the key in {KEY} is not accepted" in ran.err
    assert "sk-secret" not in ran.err


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--reader", "model"), "needs --endpoint and --model"),
        ((*ASKED,), "needs --endpoint"),
        ((*ASKED, "--endpoint", "http://models.example.org/v1"), "Use https"),
        (("--endpoint", "https://models.example.org/v1"), "--endpoint is for --reader model"),
        (("--reader", "rules", "--spacy-pipeline", "x"), "--spacy-pipeline is for --reader spacy"),
        (("--reader", "spacy", "--spacy-pipeline", "xx_not_there"), "spacy download"),
        (("--reader", "oracle"), "invalid choice"),
        (("--price-in", "-1"), "not between"),
    ],
)
def test_options_that_cannot_be(geo, articles, given, told):
    for command in ("annotate", "build"):
        ran = geo(command, articles, *given)
        assert ran.code == 2
        assert told in ran.err


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--jobs", "0"), "not between"),
        (("--jobs", "2", "--scheduler", "tcp://127.0.0.1:9"), "exclude each other"),
        (("--jobs", "2", "--geocoder", "nominatim", "--contact", "me@example.org"), "one question a second"),
    ],
)
def test_ways_to_spread_that_cannot_be(geo, articles, tmp_path, given, told):
    ran = geo("build", articles, "--store", tmp_path / "store", *given)
    assert ran.code == 2
    assert told in ran.err
