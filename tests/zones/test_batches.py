"""Many events at once get the answers that each gets alone."""

from datetime import date, timedelta

import numpy as np
import pytest
import shapely

from geo import zones
from geo.model import Place, PlaceKind
from geo.zones import batches


def events(count):
    random = np.random.default_rng(11)
    for number in range(count):
        lon, lat = random.uniform(35.5, 44.5), random.uniform(32, 38)
        kind = [PlaceKind.TOWN, PlaceKind.VILLAGE, PlaceKind.REGION][number % 3]
        shape = shapely.box(lon, lat, lon + 0.4, lat + 0.3) if number % 40 == 0 else None
        country = [None, "SYR", "IRQ", "TUR"][number % 4]
        radius = float(random.choice([0, 0.5, 2, 6, 15, 70]))
        place = Place(
            id=str(number), name="x", lon=lon, lat=lat, radius_km=radius, kind=kind, country=country, geometry=shape
        )
        first = date(2014, 1, 1) + timedelta(days=int(random.integers(0, 4500)))
        last = first + timedelta(days=int(random.integers(0, 900)))
        span = [(first, first), (first, last), (first, None), (None, last), (None, None)][number % 5]
        yield (None if number % 25 == 0 else place), span


@pytest.mark.parametrize("few", [0, 10_000])
def test_many_answers_equal_single_ones(monkeypatch, built, few):
    monkeypatch.setattr(batches, "FEW", few)
    places, spans = zip(*events(800), strict=True)
    found = zones.memberships(places, spans, built)
    assert found == [zones.membership(place, *span, built) for place, span in zip(places, spans, strict=True)]
    assert sum(map(bool, found)) > 400


def test_a_town_on_the_wrong_side_of_a_coarse_border_is_put_right(monkeypatch, built):
    monkeypatch.setattr(batches, "FEW", 0)
    town = Place(id="x", name="Kobani", lon=38.3535, lat=36.8910, radius_km=2.0, kind=PlaceKind.TOWN, country="SYR")
    (found,) = zones.memberships([town], [(date(2020, 1, 1), None)], built)
    assert "SYR-09" in {row.zone_id for row in found if row.answer == "inside"}


def test_no_events_and_unlike_numbers(built):
    assert zones.memberships([], [], built) == []
    with pytest.raises(ValueError, match="1 places and 0 spans"):
        zones.memberships([None], [], built)
