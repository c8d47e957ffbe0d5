"""A name that a reviewer gave a place is found in the next article."""

from datetime import date

import pytest

from geo import paths
from geo.errors import InputError
from geo.geocoders import open_gazetteer
from geo.model import Article, Place, PlaceKind
from geo.pipeline import open_resources, read_article, reader_fingerprint
from geo.review.names import names, remember
from tests import store_world as world


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "OWN_GAZETTEERS", tmp_path)
    return tmp_path


def test_a_remembered_name_is_found_and_articles_are_read_again(folder):
    before = reader_fingerprint()
    assert open_gazetteer().lookup("Qastal Zinbiri") == ()
    remember("Qastal Zinbiri", world.KOBANI)
    (place,) = open_gazetteer().lookup("qastal zinbiri")
    assert (place.name, place.lon, place.country) == ("Kobani", world.KOBANI.lon, "SYR")
    assert reader_fingerprint() != before
    text = "A drone strike hit Qastal Zinbiri in northern Syria on 3 May 2022, killing two people."
    (event, *_) = read_article(Article("a", text, published=date(2022, 5, 4)), open_resources()).events
    assert event.best.place.name == "Kobani"


def test_the_later_meaning_of_a_name_counts_and_the_list_can_be_read(folder):
    remember("Dayr Nowhere", world.KOBANI)
    remember("dayr  nowhere", world.RAS_AL_AYN)
    remember("نقطة", Place("point:1,2", "Point", 1.0, 2.0, PlaceKind.FACILITY, 0.5))
    assert {entry["name"]: entry["place"] for entry in names()} == {"dayr nowhere": "Ras al-Ayn", "نقطة": "Point"}
    assert open_gazetteer().lookup("نقطة")[0].lon == 1.0


@pytest.mark.parametrize("name", ["", "  ", "--", "x" * 81])
def test_what_is_no_name_is_refused(folder, name):
    with pytest.raises(InputError, match="no name"):
        remember(name, world.KOBANI)
    assert list(folder.iterdir()) == []


def test_a_list_that_was_broken_by_hand_is_named(folder):
    remember("Dayr Nowhere", world.KOBANI)
    (folder / "reviewed.json").write_text("[{]", encoding="utf-8")
    with pytest.raises(InputError, match="reviewed"):
        remember("Another", world.KOBANI)
    assert open_gazetteer().lookup("Dayr Nowhere")
