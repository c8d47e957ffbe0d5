"""Contract of every geocoder, and what is the offline one's own."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.location import Location

from geo.errors import GeocodingError
from geo.geocoders import GEOCODERS

TAL_ABYAD = (
    b'[{"place_id": 1, "licence": "ODbL", "osm_type": "node", "osm_id": 2, "lat": "36.6970", "lon": "38.9560",'
    b' "class": "place", "type": "town", "importance": 0.4, "display_name": "Tal Abyad, Raqqa, Syria"}]'
)


class StandIn(BaseHTTPRequestHandler):
    """Answers as Nominatim does, and remembers what it was asked."""

    asked: list[tuple[str, str]] = []  # noqa: RUF012 - emptied by the fixture
    mode = "ok"

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = parse_qs(url.query)
        type(self).asked.append((url.path, self.headers["User-Agent"]))
        if self.mode == "busy":
            self.send_error(429)
            return
        body = b"<html>not json</html>" if self.mode == "broken" else self._body(url.path, query)
        self.send_response(200)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _body(self, path: str, query: dict[str, list[str]]) -> bytes:
        if path == "/reverse":
            near = abs(float(query["lat"][0]) - 36.697) < 1
            return TAL_ABYAD[1:-1] if near else b'{"error": "Unable to geocode"}'
        return TAL_ABYAD if "abyad" in query["q"][0].casefold() else b"[]"

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def service() -> Iterator[str]:
    StandIn.asked, StandIn.mode = [], "ok"
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(params=sorted(GEOCODERS))
def geocoder(request: pytest.FixtureRequest, service: str, tmp_path: Path) -> Any:
    options: dict[str, dict[str, Any]] = {
        "nominatim": {"url": service, "cache": tmp_path / "answers.sqlite", "delay_s": 0.0}
    }
    return GEOCODERS[request.param](**options.get(request.param, {}))


# ----------------------------------------------------------------------------------------------------- the contract


def test_a_known_name_gives_a_location(geocoder: Any) -> None:
    found = geocoder.geocode("Tal Abyad")
    assert isinstance(found, Location)
    assert (found.latitude, found.longitude) == pytest.approx((36.697, 38.955), abs=0.05)
    assert isinstance(found.raw, dict)


def test_a_list_is_given_on_demand(geocoder: Any) -> None:
    found = geocoder.geocode("Tal Abyad", exactly_one=False)
    assert isinstance(found, list)
    assert all(isinstance(item, Location) for item in found)


def test_no_such_place_is_none(geocoder: Any) -> None:
    assert geocoder.geocode("Brzeszczykiewicz-on-Sea") is None
    assert geocoder.geocode("Brzeszczykiewicz-on-Sea", exactly_one=False) is None
    assert geocoder.geocode("") is None


def test_a_point_has_a_name(geocoder: Any) -> None:
    found = geocoder.reverse((36.697, 38.955))
    assert "Tal Abyad" in found.address


def test_a_point_far_from_everything_has_none(geocoder: Any) -> None:
    assert geocoder.reverse((-55.0, -120.0)) is None


# ---------------------------------------------------------------------------------------------------------- offline


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("Tal Rifaat, Aleppo, Syria", "Tal Rifaat, Aleppo, Syria"),
        ("Paris, Texas", "Paris, Texas, United States"),
        ("Lebanon, Ohio", "Lebanon, Ohio, United States"),
        ("London, Ontario", "London, Ontario, Canada"),
        ("Sinjar, Idlib", "Sinjār, Idlib, Syria"),
        ("Sinjar, Nineveh province, Iraq", "Sinjar, Nineveh, Iraq"),
        ("Tel Abiad, Syria", "Tal Abyad, Raqqa, Syria"),
        ("Atmeh, Idlib", "Atmeh, Idlib, Syria"),
    ],
)
def test_containers_choose_among_namesakes(query: str, address: str) -> None:
    found = GEOCODERS["gazetteer"]().geocode(query)
    assert isinstance(found, Location)
    assert found.address == address


def test_a_place_is_not_moved_into_a_country_it_is_not_in() -> None:
    assert GEOCODERS["gazetteer"]().geocode("Kobani, Brazil") is None


# -------------------------------------------------------------------------------------------------------- nominatim


def test_a_question_is_asked_once_and_kept_on_disk(service: str, tmp_path: Path) -> None:
    options = {"url": service, "cache": tmp_path / "answers.sqlite", "delay_s": 0.0, "contact": "me@example.org"}
    for _ in range(2):
        again = GEOCODERS["nominatim"](**options)
        assert again.geocode("Tal Abyad") == again.geocode("Tal Abyad")
        assert again.geocode("Nowhere") is None
    assert len(StandIn.asked) == 2


def test_the_user_agent_is_our_own(service: str, tmp_path: Path) -> None:
    GEOCODERS["nominatim"](url=service, cache=tmp_path / "a.sqlite", contact="me@example.org").geocode("Tal Abyad")
    agent = StandIn.asked[0][1]
    assert agent.startswith("borderlines/")
    assert "me@example.org" in agent


@pytest.mark.parametrize("mode", ["busy", "broken"])
def test_failure_is_an_error_and_is_not_kept(service: str, tmp_path: Path, mode: str) -> None:
    geocoder = GEOCODERS["nominatim"](url=service, cache=tmp_path / "a.sqlite", delay_s=0.0)
    StandIn.mode = mode
    with pytest.raises(GeocodingError, match=r"127\.0\.0\.1"):
        geocoder.geocode("Tal Abyad")
    StandIn.mode = "ok"
    assert geocoder.geocode("Tal Abyad") is not None


def test_nobody_there_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    geocoder = GEOCODERS["nominatim"](url="http://127.0.0.1:9", cache=tmp_path / "a.sqlite", delay_s=0.0, timeout_s=0.5)
    with pytest.raises(GeocodingError, match="gazetteer needs no network"):
        geocoder.geocode("Tal Abyad")


def test_questions_keep_their_distance(service: str, tmp_path: Path) -> None:
    import time

    geocoder = GEOCODERS["nominatim"](url=service, cache=tmp_path / "a.sqlite", delay_s=0.2)
    start = time.perf_counter()
    for query in ("Tal Abyad", "Abyad 2", "Abyad 3"):
        geocoder.geocode(query)
    assert time.perf_counter() - start >= 0.38
