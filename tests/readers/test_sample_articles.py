"""The sample corpus is read whole, and the gold beside it speaks of it and of nothing else."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from geo import paths
from geo.model import EVENT_TYPE_OF, Article, EventType, Status
from geo.readers import read_paths

GOLD = Path(__file__).parents[1] / "gold"
ARTICLES = sorted(paths.SAMPLE_ARTICLES.glob("*.md"))
EVENTS = yaml.safe_load((GOLD / "sample_events.yaml").read_text(encoding="utf-8"))
GIVEN = yaml.safe_load((GOLD / "given_pages.yaml").read_text(encoding="utf-8"))


def test_there_are_enough_articles_over_the_years():
    assert len(ARTICLES) >= 36
    assert {path.name[:4] for path in ARTICLES} == {str(year) for year in range(2016, 2025)}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_sample_article_is_complete(path: Path):
    (article,) = read_paths([path])
    assert isinstance(article, Article)
    assert article.title
    assert article.source
    assert article.source.startswith("Borderlines sample, after ")
    assert article.language == "en"
    assert article.published is not None
    assert path.name.startswith(article.published.isoformat())
    assert 60 <= len(article.text.split()) <= 160


def test_articles_have_ids_of_their_own():
    assert len({article.id for article in read_paths(ARTICLES)}) == len(ARTICLES)


def test_gold_names_every_sample_article_once():
    assert sorted(EVENTS) == [path.name for path in ARTICLES]


@pytest.mark.parametrize("events", [*EVENTS.values(), *(page["events"] for page in GIVEN.values())])
def test_gold_events_use_the_closed_lists(events: list[dict]):
    assert events
    for event in events:
        kind = EVENT_TYPE_OF[event["sub_event_type"]]
        assert EventType(event.get("event_type", kind)) is kind
        assert Status(event["status"])
        first, last = event["days"] or [date.min, date.max]
        assert first <= last
        low, high = event["fatalities"] or [0, 0]
        assert 0 <= low <= high
        if "lon" in event:
            assert 25 <= event["lon"] <= 75 or event["place"] == "Rome"
            assert 28 <= event["lat"] <= 56
            assert event["within_km"] > 0
