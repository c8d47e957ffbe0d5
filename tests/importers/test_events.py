"""An imported row is shown like any other event."""

import numpy as np
import pandas as pd

from geo.importers import event_of, keep
from geo.importers.details import with_details
from geo.known import load
from geo.model import EventType, Status
from geo.store import Store
from geo.ui.event_card import event_card
from tests.importers.test_segments import ABOUT, batch, rows


def loaded(tmp_path, table):
    with Store(tmp_path) as store:
        keep(store, [batch(table)], key="k", **ABOUT)
        return load(store).events


def test_a_row_becomes_the_event_it_stands_for(tmp_path):
    table = rows(
        1,
        place="Kobani",
        actor1="Islamic State",
        quote="A clash.",
        source="A desk",
        fatalities_low=2,
        injured_low=3,
        title="X 1",
    )
    event, article = event_of(loaded(tmp_path, table), "x:0")
    best = event.best
    assert (best.event_type, best.status, best.actor1) == (EventType.BATTLES, Status.REPORTED, "Islamic State")
    assert (best.place.name, best.place.lon, best.fatalities_low, best.fatalities_high) == ("Kobani", 38.351, 2, None)
    assert (best.injured_low, best.injured_high) == (3, None)
    assert (article.title, article.source, article.text) == ("X 1", "A desk", "A clash.")
    assert str(best.day_start) == "2019-10-10"
    assert event.zones
    assert "Imported as its source has it" in event_card(event, {article.id: article}, {}, dark=False)


def test_a_row_that_says_little_is_an_event_that_says_little(tmp_path):
    table = rows(1, lon=np.nan, lat=np.nan, day_start=pd.NaT, day_end=pd.NaT, radius_km=np.nan)
    event, article = event_of(loaded(tmp_path, table), "x:0")
    assert (event.best.place, event.best.day_start, article.text) == (None, None, "Armed clash")


def test_an_unknown_id_is_none(tmp_path):
    assert event_of(loaded(tmp_path, rows(1)), "nothing") is None


def test_whose_it_is_and_its_flags_are_told_with_it(tmp_path):
    table = rows(1, url="https://a.example/1", tags="civilians targeted")
    with Store(tmp_path) as store:
        keep(store, [batch(table)], key="k", **ABOUT)
        event, article = with_details(store, *event_of(load(store).events, "x:0"))
    assert event.best.why == "Imported as its source has it. From A source. civilians targeted."
    assert article.url == "https://a.example/1"
    assert "An imported row" in event_card(event, {article.id: article}, {}, dark=False)
