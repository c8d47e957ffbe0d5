"""``build``, ``events`` and ``check``: what they print, for people and for programs."""

import json

import pytest

from geo.query import Query, to_params
from geo.store import Store
from geo.zones import CheckRow
from tests.cli.conftest import ARTICLES


def test_build_says_what_it_did(geo, articles, tmp_path):
    ran = geo("build", articles, "--store", tmp_path / "store")
    assert ran.code == 0
    assert ran.out == ""
    assert "3 articles read (3 new)" in ran.err
    assert "0 not read" in ran.err
    again = geo("build", articles, "--store", tmp_path / "store", "--json")
    result = json.loads(again.out)
    assert (result["read"], result["new"], result["problems"], result["notes"]) == (3, 0, [], [])
    assert again.err == ""
    assert geo("build", articles, "--store", tmp_path / "store", "--quiet").err == ""


def test_build_says_how_many_events_are_shown_only_on_demand(geo, tmp_path):
    article = tmp_path / "a.md"
    article.write_text(
        "---\npublished: 2021-10-20\n---\nShells hit Kobani on Tuesday, killing two people. "
        "Turkish and Russian troops have carried out 344 joint patrols since 2019.\n"
    )
    ran = geo("build", article, "--store", tmp_path / "store")
    assert "2 events (of them 1 aggregate: shown only with --status) in" in ran.err
    assert "1 event" in geo("events", "--store", tmp_path / "store").err


def test_build_names_what_it_could_not_read(geo, articles, tmp_path):
    bad = tmp_path / "bad.md"
    bad.write_text("---\ntitle: [\n---\nText.\n")
    ran = geo("build", articles, bad, "--store", tmp_path / "store", "--json", "--quiet")
    assert ran.code == 0
    assert ran.err.startswith(f"error: {bad}:")
    problem = json.loads(ran.out)["problems"][0]
    assert problem["path"] == str(bad)
    assert problem["line"] == 2
    assert problem["problem"]
    assert geo("build", bad, "--store", tmp_path / "other", "--quiet").code == 2


def test_build_into_a_place_that_is_no_folder(geo, articles, tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    ran = geo("build", articles, "--store", file / "store")
    assert ran.code == 2
    assert str(file) in ran.err


def test_events_as_table_and_lines_and_geojson(geo, store):
    table = geo("events", "--store", store)
    assert "Kobani" in table.out
    assert "events" in table.err
    lines = geo("events", "--store", store, "--format", "jsonl", "--quiet")
    assert lines.err == ""
    kobani = next(row for row in lines.lines if row["place"] == "Kobani")
    assert (kobani["day_start"], kobani["fatalities_low"], kobani["actor1_type"]) == (
        "2019-10-12", 3, "External/Other forces",
    )  # fmt: skip
    assert (kobani["injured_low"], kobani["injured_high"]) == (None, None)
    features = json.loads(geo("events", "--store", store, "--format", "geojson", "--quiet").out)["features"]
    assert len(features) == len(lines.lines)
    point = next(f for f in features if f["properties"]["place"] == "Kobani")["geometry"]
    assert point["type"] == "Point"
    assert point["coordinates"] == pytest.approx([38.35, 36.89], abs=0.05)


def ids(ran):
    return {row["event_id"] for row in ran.lines}


@pytest.mark.parametrize(
    ("filters", "sources"),
    [
        (["--from", "2019-10-14"], {"River Wire"}),
        (["--to", "2019-10-13"], {"Frontier Post"}),
        (["--type", "Battles"], {"River Wire"}),
        (["--type", "Battles", "--type", "Explosions/Remote violence"], {"Frontier Post", "River Wire"}),
        (["--actor", "Syrian Democratic Forces"], {"River Wire"}),
        (["--zone", "ops"], {"River Wire"}),
        (["--text", "residents"], {"Frontier Post"}),
        (["--min-confidence", "1"], set()),
        (["--text", "no such words anywhere"], set()),
    ],
)
def test_events_under_filters(geo, store, filters, sources):
    ran = geo("events", "--store", store, "--format", "jsonl", *filters)
    assert ran.code == 0
    assert {row["source"] for row in ran.lines} == sources


def test_a_link_of_the_dashboard_gives_the_same_events(geo, store):
    from urllib.parse import urlencode

    link = "http://localhost:8501/?" + urlencode(to_params(Query(event_types={"Battles"})), doseq=True)
    linked = geo("events", "--store", store, "--format", "jsonl", "--link", link)
    asked = geo("events", "--store", store, "--format", "jsonl", "--type", "Battles")
    assert ids(linked) == ids(asked) != set()
    # Options change what the link says.
    more = geo("events", "--store", store, "--format", "jsonl", "--link", link, "--to", "2019-10-13")
    assert ids(more) == set()


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (("--link", "http://localhost/?from=yesterday&min_confidence=9"), ("yesterday", "9.0")),
        (("--type", "Battle"), ("Battle", "Riots")),
        (("--status", "sure"), ("sure", "claimed")),
    ],
)
def test_a_filter_that_is_none_is_refused_and_not_dropped(geo, store, asked, named):
    # A dashboard shows the rest of a broken link; a script that asks for less must not get more.
    ran = geo("events", "--store", store, "--format", "jsonl", *asked)
    assert ran.code == 2
    assert ran.out == ""
    assert all(word in ran.err for word in named)


def test_a_folder_that_is_not_there_leaves_nothing_behind(geo, tmp_path):
    ran = geo("build", tmp_path / "nope", "--store", tmp_path / "store")
    assert ran.code == 2
    assert "nope" in ran.err
    assert not (tmp_path / "store").exists()


def test_a_day_that_is_none_is_refused(geo, store):
    ran = geo("events", "--store", store, "--from", "2019-13-01")
    assert ran.code == 2
    assert "2019-13-01" in ran.err


def test_check_prints_a_row_per_figure(geo, store):
    ran = geo("check", "--store", store, "--json")
    assert ran.code == 0
    assert {"zone_id", "figure", "computed", "published", "ok"} <= set(ran.lines[0])
    assert all(row["ok"] for row in ran.lines)
    assert "0 store problems" in ran.err
    plain = geo("check")
    assert len(plain.out.splitlines()) == len(ran.lines)
    assert geo("check", "--quiet").out == ""


def test_check_says_no(geo, store, monkeypatch):
    wrong = CheckRow("ops", "area_km2", 1.0, (4000.0, 4000.0), 10.0, 99.9, False, None)
    monkeypatch.setattr("geo.zones.check", lambda _: [wrong])
    monkeypatch.setattr(Store, "verify", lambda _: ["the chain is broken at 7"])
    ran = geo("check", "--store", store, "--quiet")
    assert ran.code == 1
    assert "OUTSIDE TOLERANCE" in ran.out
    assert "store: the chain is broken at 7" in ran.out


def test_the_articles_of_these_tests_are_told_apart():
    assert len({article["id"] for article in ARTICLES}) == len(ARTICLES)
