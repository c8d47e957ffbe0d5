"""``--geocoder``: a service on the internet is asked only when chosen, and may fail."""

import json
import os
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cli.conftest import start

TEXT = "Two shells hit the village of Zibrinat in Syria on Friday, killing three people."
ANSWER = {
    "place_id": 1, "licence": "ODbL", "osm_type": "node", "osm_id": 77, "lat": "36.5", "lon": "39.0", "class": "place",
    "type": "village", "addresstype": "village", "name": "Zibrinat", "importance": 0.1,
    "display_name": "Zibrinat, Raqqa, Syria", "boundingbox": ["36.48", "36.52", "38.98", "39.02"],
}  # fmt: skip


class StandIn(BaseHTTPRequestHandler):
    """Answers as Nominatim does."""

    asked: list = []  # noqa: RUF012 - emptied by the fixture
    works = True

    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)
        type(self).asked.append((query["q"][0], query["accept-language"][0], self.headers["User-Agent"]))
        if not self.works:
            self.send_error(503)
            return
        body = json.dumps([ANSWER] if query["q"] == ["Zibrinat, Syria"] else []).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Keep the test's output clean."""


@pytest.fixture
def service(tmp_path, monkeypatch):
    """Address of a service; its answers are kept in the test's own folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr("geo.geocoders.nominatim.DELAY_S", 0.0)
    StandIn.asked, StandIn.works = [], True
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def article(tmp_path):
    """An article that names a village no gazetteer has."""
    file = tmp_path / "article.jsonl"
    file.write_text(json.dumps({"id": "a", "text": TEXT, "published": "2019-10-12"}) + "\n")
    return file


def test_a_chosen_service_places_what_the_gazetteer_does_not_know(geo, article, service):
    chosen = ("--geocoder", "nominatim", "--contact", "me@example.org", "--geocoder-url", service)
    line = geo("annotate", article, *chosen).lines[0]
    assert (line["events"][0]["place"], line["events"][0]["lat"], line["events"][0]["radius_km"]) == (
        "Zibrinat",
        36.5,
        2.9,
    )
    assert line["events"][0]["confidence"] < 0.5
    query, language, agent = StandIn.asked[0]
    assert (query, language) == ("Zibrinat, Syria", "en")
    assert agent.endswith("(+me@example.org)")
    # The second time its answer comes from the disk.
    assert geo("annotate", article, *chosen).lines == [line]
    assert len(StandIn.asked) == 1


def test_a_build_with_a_service_that_fails_is_a_build(geo, article, service, tmp_path):
    StandIn.works = False
    store = tmp_path / "store"
    chosen = ("--geocoder", "nominatim", "--geocoder-url", service, "--store", store)
    ran = geo("build", article, *chosen, "--json")
    assert ran.code == 0
    assert "1 name was left without a place" in ran.err
    assert json.loads(ran.out)["notes"]
    assert json.loads(ran.out)["problems"] == []
    StandIn.works = True
    before = geo("events", "--store", store, "--format", "jsonl").lines
    assert [row["place_id"] for row in before] != ["osm:node/77"]
    assert geo("build", article, *chosen, "--quiet").err == ""
    events = geo("events", "--store", store, "--format", "jsonl")
    assert [row["place_id"] for row in events.lines] == ["osm:node/77"]


def test_a_service_that_is_not_there_shows_no_traceback(article, tmp_path):
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    chosen = ("--geocoder", "nominatim", "--geocoder-url", "http://127.0.0.1:9")
    child = start("annotate", article, *chosen, env=environment)
    out, err = child.communicate(timeout=60)
    assert json.loads(out)["id"] == "a"
    assert child.returncode == 0
    assert err.startswith("error: 1 name was left without a place")
    assert len(err.splitlines()) == 1


def test_the_public_service_wants_to_know_who_asks(geo, article):
    ran = geo("annotate", article, "--geocoder", "nominatim")
    assert ran.code == 2
    assert "--contact me@example.org" in ran.err


def test_an_unknown_service_is_refused(geo, article):
    ran = geo("annotate", article, "--geocoder", "oracle")
    assert ran.code == 2
    assert "nominatim" in ran.err


@pytest.mark.parametrize("command", ["annotate", "build"])
def test_nothing_is_asked_without_the_option(geo, article, tmp_path, monkeypatch, command):
    def refuse(*_):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    more = ("--store", tmp_path / "store") if command == "build" else ()
    assert geo(command, article, *more, "--contact", "me@example.org").code == 0
