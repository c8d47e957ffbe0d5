"""What we export can be imported again, with every column that an imported row has."""

import pandas as pd
import pytest
import shapely

from geo.export import FORMATS, save
from geo.importers import event_of, load, plan, run
from geo.importers.fields import event_id
from geo.importers.mapping import TARGETS
from geo.query import Query
from geo.store import Store
from tests.export.test_round_trip import plain
from tests.export.worlds import frame_of

MADE_ANEW = {"event_id", "zones_inside", "zones_possible", "review", "reports"}
"""An imported row is nobody's report and nobody's review here, and is asked against the zones there are."""
TEXTS = ("رأس العين", "=1+1", "-12.5", "two\nlines", 'He said "no", twice', "a,b;c", "<img src=x onerror=alert(1)>")


def rows():
    day = pd.Timestamp(2019, 10, 12).date()
    full = {
        "day_start": day, "day_end": day.replace(day=14), "time_precision": 2, "place": "Kobani", "place_id": "gn:1",
        "country": "SYR", "admin1": "Aleppo", "lon": 38.351, "lat": 36.891, "radius_km": 2.5, "geo_precision": 1,
        "shape": "point", "actor1": "A", "actor1_type": "Rebel group", "actor2": "B", "actor2_type": "State forces",
        "status": "claimed", "fatalities_low": 2, "fatalities_high": 5, "injured_low": 3,
        "confidence": 0.7, "sources": 3,
        "title": "A title", "source": "A desk", "geometry": shapely.Point(38.351, 36.891),
    }  # fmt: skip
    line = shapely.LineString([(36.9, 36.7), (37.5, 36.8), (38.0, 36.9)])
    area = shapely.box(38, 36, 39, 37)
    return [
        {**plain(), **full},
        {**plain(), **full, "geometry": line, "shape": "line", "lon": 37.5, "lat": 36.8},
        {**plain(), **full, "geometry": area, "shape": "area", "lon": 38.5, "lat": 36.5},
        *({**plain(), "quote": text, "title": text, "actor1": text} for text in TEXTS),
    ]


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "kml"])
def test_our_own_exports_come_back(tmp_path, form):
    frame = frame_of(rows())
    path = save(frame, tmp_path / f"events{FORMATS[form].suffix}", query=Query(statuses=None), form=form)
    planned = plan(path)
    assert planned.kind == "table"
    with Store(tmp_path / "store") as store:
        segment = run(store, planned)
        found = load(store, {})
    assert (segment.rows, segment.skipped) == (len(frame), int(form == "hxl"))
    expected = {event_id(f"table:{planned.how.dataset}", row.event_id): row for row in frame.itertuples()}
    assert set(found["event_id"]) == set(expected)
    for row in found.itertuples():
        before = expected[row.event_id]
        for name in set(frame.columns) - MADE_ANEW - {"geometry"}:
            one, other = getattr(before, name), getattr(row, name)
            assert (pd.isna(one) and pd.isna(other)) or one == other, (form, name, one, other)
        assert (before.geometry is None) == (row.geometry is None)
        assert before.geometry is None or before.geometry.equals(row.geometry)


def test_an_imported_row_is_nobodys_report(tmp_path):
    path = save(frame_of(rows()), tmp_path / "events.csv", query=Query(statuses=None))
    with Store(tmp_path / "store") as store:
        run(store, plan(path))
        found = load(store, {})
    assert set(found["reports"]) == {0}
    event, _ = event_of(found, found["event_id"].iloc[0])
    assert event.best.place is None or event.best.place.country == "SYR"


def test_every_column_of_ours_can_be_mapped():
    assert set(frame_of([]).columns) - set(TARGETS) <= MADE_ANEW | {"shape"} - {"event_id"}
