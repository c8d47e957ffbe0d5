"""``annotate`` to the letter: keys, types, order and offsets, from lines and from pages."""

import errno
import json
import os
import sys
from datetime import date

import pytest

from geo.cli.annotate import _output
from geo.model import SUB_EVENT_TYPES, ActorType, Status
from tests.cli.conftest import ARTICLES, start

MAYBE_TEXT, MAYBE_NUMBER, MAYBE_INT = (str, type(None)), (float, int, type(None)), (int, type(None))
PLACED = {
    "lat": MAYBE_NUMBER,
    "lon": MAYBE_NUMBER,
    "name": MAYBE_TEXT,
    "country": MAYBE_TEXT,
    "kind": MAYBE_TEXT,
    "radius_km": MAYBE_NUMBER,
}
SPAN = {"start": int, "end": int, "text": str}
KEYS = {
    "toponyms": {**SPAN, **PLACED, "confidence": float, "candidates": list},
    "dates": {**SPAN, "type": str, "value": str, "day_start": MAYBE_TEXT, "day_end": MAYBE_TEXT},
    "actors": {**SPAN, "actor": str, "type": str, "confidence": float},
    "events": {
        "start": int,
        "end": int,
        "quote": str,
        "event_type": str,
        "sub_event_type": str,
        "date_start": MAYBE_TEXT,
        "date_end": MAYBE_TEXT,
        "time_precision": MAYBE_INT,
        "place": MAYBE_TEXT,
        "lat": MAYBE_NUMBER,
        "lon": MAYBE_NUMBER,
        "radius_km": MAYBE_NUMBER,
        "geo_precision": MAYBE_INT,
        "actor1": MAYBE_TEXT,
        "actor2": MAYBE_TEXT,
        "status": str,
        "fatalities_low": MAYBE_INT,
        "fatalities_high": MAYBE_INT,
        "zones": list,
        "confidence": float,
    },
}


def check(line, text):
    """Hold one line against the contract."""
    for part, keys in KEYS.items():
        for entry in line[part]:
            wrong = {
                key: entry.get(key, "missing")
                for key, kind in keys.items()
                if not isinstance(entry.get(key, ...), kind)
            }
            assert not wrong
            assert text[entry["start"] : entry["end"]] == entry.get("text", entry.get("quote"))
            assert part == "dates" or 0 <= entry["confidence"] <= 1
    for part in ("toponyms", "dates", "actors"):
        assert [e["start"] for e in line[part]] == sorted(e["start"] for e in line[part])
    for time in line["dates"]:
        assert time["type"] in ("DATE", "TIME", "DURATION", "SET")
        assert all(day is None or date.fromisoformat(day) for day in (time["day_start"], time["day_end"]))
    for toponym in line["toponyms"]:
        assert (toponym["lat"] is None) == (toponym["lon"] is None) == (toponym["name"] is None)
        assert toponym["country"] is None or len(toponym["country"]) == 3
    for event in line["events"]:
        assert event["sub_event_type"] in SUB_EVENT_TYPES[event["event_type"]]
        assert event["status"] in set(Status)
    assert {actor["type"] for actor in line["actors"]} <= set(ActorType)


def test_lines_in_lines_out(geo, articles):
    ran = geo("annotate", articles)
    assert ran.code == 0
    assert ran.err == ""
    assert [line["id"] for line in ran.lines] == ["one", "two", "three"]
    for line, article in zip(ran.lines, ARTICLES, strict=True):
        # The text is the reader's own file; it is not sent back.
        assert set(line) == {"id", *KEYS}
        check(line, article["text"])
    first = ran.lines[0]["events"][0]
    assert (first["place"], first["date_start"], first["date_end"]) == ("Kobani", "2019-10-12", "2019-10-12")
    assert (first["fatalities_low"], first["fatalities_high"]) == (3, 3)
    assert "turkey_syria_border" in first["zones"]


def test_pages_come_with_their_text(geo, tmp_path):
    page = tmp_path / "news.md"
    page.write_text(f"---\ntitle: Shelling\npublished: 2019-10-13\n---\n{ARTICLES[0]['text']}\n", encoding="utf-8")
    (tmp_path / "b.JSONL").write_text(json.dumps(ARTICLES[1]))
    two, one = sorted(geo("annotate", tmp_path).lines, key=lambda line: "text" in line)
    assert "text" not in two
    assert (one["path"], one["title"], one["published"]) == (str(page), "Shelling", "2019-10-13")
    check(one, one["text"])
    assert geo("annotate", page).lines[0]["id"] == one["id"]


def test_a_bad_line_is_named_and_the_rest_goes_on(geo, articles):
    articles.write_text('{"id": "x", "text": 5}\nnot json\n' + articles.read_text(encoding="utf-8"), encoding="utf-8")
    ran = geo("annotate", articles)
    assert ran.code == 0
    assert len(ran.lines) == 3
    assert [f"error: {articles}:{line}: " in ran.err for line in (1, 2)] == [True, True]


@pytest.mark.parametrize("content", ["", "\n\n", "not json\n"])
def test_where_nothing_could_be_read_the_code_is_2_and_no_file_is_lost(geo, tmp_path, content):
    file, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    file.write_text(content)
    output.write_text("what was there\n")
    ran = geo("annotate", file, "--output", output)
    assert ran.code == 2
    assert f"error: nothing could be read in {file}" in ran.err
    assert output.read_text() == "what was there\n"


def test_the_output_appears_when_it_is_whole(geo, articles, tmp_path, monkeypatch):
    output = tmp_path / "out.jsonl"
    assert geo("annotate", articles, "--output", output, "--quiet").code == 0
    assert [json.loads(line)["id"] for line in output.read_text().splitlines()] == ["one", "two", "three"]
    before = output.read_bytes()

    def fail(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device", str(output))

    monkeypatch.setattr("geo.records.record", fail)
    ran = geo("annotate", articles, "--output", output)
    assert ran.code == 2
    assert ran.err.strip() == f"error: {output}: No space left on device"
    assert output.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["articles.jsonl", "out.jsonl"]


def test_interrupted_it_leaves_nothing_behind(geo, articles, tmp_path, monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("geo.records.record", interrupt)
    assert geo("annotate", articles, "--output", tmp_path / "out.jsonl").code == 130
    assert [file.name for file in tmp_path.iterdir()] == ["articles.jsonl"]


@pytest.mark.parametrize("where", ["no/such/folder/out.jsonl", "."])
def test_an_output_that_cannot_be_written_is_named(geo, articles, tmp_path, where):
    ran = geo("annotate", articles, "--output", tmp_path / where)
    assert ran.code == 2
    assert ran.err.startswith("error: ")
    assert str((tmp_path / where).parent if where != "." else tmp_path) in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="devices are POSIX's")
def test_a_device_is_written_to_and_never_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with _output(pipe) as out:
        out.write("line\n")
    assert os.read(reader, 100) == b"line\n"
    os.close(reader)
    assert pipe.is_fifo()


def test_quiet_and_loud(geo, articles, tmp_path):
    assert geo("annotate", articles, "--output", tmp_path / "out.jsonl", "--quiet").err == ""


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break otherwise there")
def test_a_pipe_that_is_closed_early_is_no_failure(tmp_path):
    file = tmp_path / "many.jsonl"
    file.write_text("".join(json.dumps({**ARTICLES[0], "id": str(n)}) + "\n" for n in range(400)), encoding="utf-8")
    child = start("annotate", file)
    # Lines come as they are made, long before the last one.
    assert json.loads(child.stdout.readline())["id"] == "0"
    child.stdout.close()
    assert child.stderr.read() == ""
    assert child.wait(30) == 0
    child.stderr.close()
