"""Names the gazetteer lacks, asked from a geocoder that somebody chose."""

import socket
from dataclasses import replace

import pytest
from geopy.location import Location

from geo.annotate.fallback import GIVE_UP, Fallback
from geo.errors import GeocodingError
from geo.geocoders import GEOCODERS
from geo.model import Article, GeoPrecision, PlaceKind
from geo.pipeline import build, open_resources, read_article, reader_fingerprint
from geo.store import Store

TEXT = "Two shells hit the village of Zibrinat in Syria on Friday, killing three people. Raqqa and Kobani were quiet."
ZIBRINAT = {
    "osm_type": "node", "osm_id": 77, "class": "place", "type": "village", "addresstype": "village", "name": "Zibrinat",
    "boundingbox": ["36.48", "36.52", "38.98", "39.02"],
}  # fmt: skip


class Gazette:
    """Answers from a dictionary and remembers its questions; an exception is raised."""

    def __init__(self, answers):
        self.answers, self.asked = answers, []

    def geocode(self, query, *, exactly_one=True):  # noqa: ARG002
        self.asked.append(query)
        answer = self.answers.get(query)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def reverse(self, query, *, exactly_one=True):
        raise NotImplementedError


def location(address="Zibrinat, Raqqa, Syria", lat=36.5, lon=39.0, **raw):
    return Location(address, (lat, lon), {**ZIBRINAT, **raw})


def article(text=TEXT):
    return Article("a", text)


def reading(answers, text=TEXT, name="nominatim"):
    service = Gazette(answers)
    fallback = Fallback(name, service)
    return read_article(article(text), replace(open_resources(), fallback=fallback)), service, fallback


def placed(read, word="Zibrinat"):
    return next(t for t in read.annotation.toponyms if t.text == word)


def test_a_place_of_an_event_is_asked_for_with_its_country_and_becomes_a_place():
    read, service, fallback = reading({"Zibrinat, Syria": [location()]})
    assert service.asked == ["Zibrinat, Syria"]
    place = placed(read).place
    assert (place.id, place.name, place.kind, place.country) == ("osm:node/77", "Zibrinat", PlaceKind.VILLAGE, "SYR")
    assert (place.lat, place.lon) == (36.5, 39.0)
    assert place.note == "Nominatim; © OpenStreetMap contributors"
    event = next(event for event in read.events if event.best.place == place)
    assert event.best.geo_precision is GeoPrecision.AREA
    assert "Zibrinat, Syria" in event.best.why
    assert (fallback.asked, fallback.answered, fallback.unasked) == (1, 1, 0)


def test_the_radius_is_that_of_the_bounding_box():
    read, *_ = reading({"Zibrinat, Syria": [location()]})
    # Half the diagonal of 4.4 km by 3.6 km.
    assert placed(read).place.radius_km == pytest.approx(2.9, abs=0.1)
    read, *_ = reading({"Zibrinat, Syria": [location(boundingbox=["36.5", "36.5", "39", "39"])]})
    assert placed(read).place.radius_km == 1.0
    read, *_ = reading({"Zibrinat, Syria": [location(boundingbox=None)]})
    assert placed(read).place.radius_km == 10.0


def test_an_answer_from_outside_is_worth_less():
    read, *_ = reading({"Zibrinat, Syria": [location()]})
    without = read_article(article(), open_resources())
    assert 0 < placed(read).confidence <= 0.4
    assert placed(without).place != placed(read).place


@pytest.mark.parametrize(
    "answer",
    [
        [],
        None,
        [location(type="restaurant", addresstype="amenity")],
        [location(type="administrative", addresstype="country")],
        [location(address="Zibrinat, Anbar, Iraq")],
    ],
    ids=["nothing", "none", "a shop", "a country", "another country"],
)
def test_what_is_no_such_place_leaves_it_unknown(answer):
    read, service, fallback = reading({"Zibrinat, Syria": answer})
    assert service.asked == ["Zibrinat, Syria"]
    assert read == read_article(article(), open_resources())
    assert fallback.error is None


def test_where_no_country_is_clear_namesakes_stay_unknown():
    text = "Two shells hit the village of Zibrinat on Friday, killing three people."
    here, there = location(), location(address="Zibrinat, Anbar, Iraq")
    read, service, _ = reading({"Zibrinat": [here, there]}, text)
    assert service.asked == ["Zibrinat"]
    assert placed(read).place is None
    read, *_ = reading({"Zibrinat": [here]}, text)
    assert placed(read).place.country == "SYR"


def test_names_that_are_known_or_beside_the_events_are_not_asked_for():
    _, service, _ = reading(
        {}, "Two shells hit Kobani in Syria. The minister's mother was born in the village of Zibrinat."
    )
    assert service.asked == []


def test_a_service_that_fails_leaves_the_rest_as_it_is():
    error = GeocodingError("the service did not answer")
    read, _, fallback = reading({"Zibrinat, Syria": error})
    assert read == read_article(article(), open_resources())
    assert (fallback.error, fallback.unasked) == (error, 1)
    assert fallback.trouble() == "1 name was left without a place. the service did not answer"


def test_a_service_that_keeps_failing_is_left_alone(tmp_path):
    service = Gazette({"Zibrinat, Syria": GeocodingError("busy")})
    fallback = Fallback("nominatim", service)
    with Store(tmp_path) as store:
        result = build_articles(store, fallback, count=6)
        assert len(service.asked) == GIVE_UP
        assert fallback.unasked == 6
        assert (result.read, result.problems) == (6, [])
        assert result.notes == ["6 names were left without a place. busy"]
        # What was left out is asked for the next time, and only then counts as read with the service.
        better = Gazette({"Zibrinat, Syria": [location()]})
        build_articles(store, Fallback("nominatim", better), count=6)
        assert len(better.asked) == 6
        build_articles(store, Fallback("nominatim", better), count=6)
        assert len(better.asked) == 6


def build_articles(store, fallback, count):
    from geo.pipeline import keep

    return keep((Article(f"a{n}", TEXT) for n in range(count)), store, fallback=fallback)


def test_what_was_asked_for_is_kept_by_a_build_that_asks_nobody(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(f"Two shells hit a village\n\n{TEXT}\n")
    with Store(tmp_path / "store") as store:
        build([file], store, fallback=Fallback("nominatim", Gazette({"Zibrinat, Syria": [location()]})))
        before = store.fingerprint()
        assert "osm:node/77" in {report.place and report.place.id for report in store.reports()}
        assert build([file], store).new == 0
        assert store.fingerprint() == before
        assert store.events_are_current(reader_fingerprint())


def test_every_geocoder_by_name_can_be_asked():
    # The offline one speaks the same protocol; it knows no Zibrinat either.
    fallback = Fallback("gazetteer", GEOCODERS["gazetteer"]())
    read = read_article(article(), replace(open_resources(), fallback=fallback))
    assert read == read_article(article(), open_resources())
    assert fallback.error is None


def test_nothing_is_asked_unless_chosen(monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert read_article(article(), open_resources()).events
