"""One article's reading as a plain record."""

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from geo import paths
from geo.model import Article, ToponymRole
from geo.pipeline import open_resources, read_article
from geo.readers import read_paths
from geo.records import record

NEWS = """
Two shells hit Kobani near Ras al-Ain on Thursday last month Oct. 12, 2019 Turkish troops SDF killed three people denied
in northern Syria Ankara said ( ) “ ” 😀 عين العرب é́ . . 1,200 25 km north of Raqqa planned to strike
"""
WORDS = [*NEWS.split(), "\n", "\n\n", "\u00a0", ""]
TEXT = (
    "Turkish shells hit Kobani on Saturday, killing three people. Damascus denied it. Turkish officials met in Erbil."
)


def read(text, **more):
    return read_article(Article("a", text, **more), open_resources())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join) | st.text(max_size=80))
def test_any_text_gives_plain_json_whose_offsets_hold_its_words(text):
    made = record(read(text, published=date(2019, 10, 13)))
    assert json.loads(json.dumps(made, ensure_ascii=False, allow_nan=False)) == made
    for part in ("toponyms", "dates", "actors"):
        assert all(text[e["start"] : e["end"]] == e["text"] for e in made[part])
    assert all(text[e["start"] : e["end"]] == e["quote"] for e in made["events"])


def test_the_same_text_always_gives_the_same_record():
    assert record(read(TEXT)) == record(read(TEXT))


def test_what_is_unknown_is_null():
    made = record(read("Three people were killed in a clash on Saturday."))
    assert made["toponyms"] == []
    event = made["events"][0]
    assert {event[key] for key in ("place", "lat", "lon", "radius_km", "geo_precision", "date_start", "date_end")} == {
        None
    }
    assert (event["zones"], event["zones_possible"]) == ([], [])


def test_peoples_are_no_toponyms():
    reading = read(TEXT)
    assert ToponymRole.DEMONYM in {t.role for t in reading.annotation.toponyms}
    assert [t["text"] for t in record(reading)["toponyms"]] == ["Kobani", "Damascus", "Erbil"]


def test_events_come_most_salient_first():
    order = [report.id for report in read(TEXT).reports]
    first = [min(order.index(r.id) for r in event.reports) for event in read(TEXT).events]
    assert first == sorted(first)


def test_an_article_of_a_page_comes_with_its_text():
    article = next(iter(read_paths([paths.SAMPLE_ARTICLES])))
    made = record(read_article(article, open_resources()), with_text=True)
    assert (made["text"], made["path"], made["title"]) == (article.text, article.path, article.title)
    assert made["published"] == article.published.isoformat()
    assert "text" not in record(read_article(article, open_resources()))
