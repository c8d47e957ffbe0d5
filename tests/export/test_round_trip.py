"""What is exported comes back the same; what a format cannot carry is known."""

import re

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from geo.export import FORMATS, read, save
from geo.query import Query
from tests.export.worlds import FRAMES, NASTY, assert_same, frame_of, rows

EVERY = Query(statuses=None)


def no_control(text):
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)


def rounded(number):
    return float(f"{number:.16g}")


# What `cannot` of the registry says in words.
CHANGED = {
    "xlsx": lambda value: (
        no_control(re.sub("\r\n?", "\n", value)) or pd.NA if isinstance(value, str) else rounded(value)
    ),
    "kml": lambda value: no_control(value) if isinstance(value, str) else value,
    "gpkg": lambda value: value.replace("\0", "\ufffd") if isinstance(value, str) else value,
}


@pytest.mark.parametrize("form", FORMATS)
def test_everything_comes_back(form, tmp_path_factory):
    folder = tmp_path_factory.mktemp(form)
    changed = CHANGED.get(form, lambda value: value)

    # A failing table is small enough as it is; making it smaller takes minutes.
    @settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate])
    @given(frame=FRAMES)
    def holds(frame):
        path = save(frame, folder / f"events{FORMATS[form].suffix}", query=EVERY, form=form)
        assert_same(frame, read(path, form), changed)

    holds()


@pytest.mark.parametrize("form", FORMATS)
def test_every_nasty_text_comes_back(form, tmp_path):
    frame = frame_of([{**plain(), "quote": text, "title": text, "actor1": text} for text in NASTY])
    path = save(frame, tmp_path / f"events{FORMATS[form].suffix}", query=EVERY, form=form)
    assert_same(frame, read(path, form), CHANGED.get(form, lambda value: value))


@pytest.mark.parametrize("form", FORMATS)
def test_long_text_and_long_outlines_come_back(form, tmp_path):
    import shapely

    area = shapely.Point(38, 36).buffer(1 / 3, quad_segs=1500)
    text = "=" + "0123456789abcde=" * 4000 + "😀" * 9000
    long = {**plain(), "quote": text, "geometry": area, "shape": "area", "lon": 38.0, "lat": 36.0}
    frame = frame_of([plain(), long, plain()])
    path = save(frame, tmp_path / f"events{FORMATS[form].suffix}", query=EVERY, form=form)
    assert_same(frame, read(path, form))


@pytest.mark.parametrize("form", FORMATS)
def test_no_events_come_back_as_no_events(form, tmp_path):
    path = save(frame_of([]), tmp_path / f"events{FORMATS[form].suffix}", form=form)
    back = read(path, form)
    assert len(back) == 0
    assert back.crs.to_epsg() == 4326


@pytest.mark.parametrize("form", CHANGED)
def test_what_is_lost_is_told(form):
    assert FORMATS[form].cannot != "–"


def plain():
    return {
        "event_type": "Battles", "sub_event_type": "Armed clash", "day_start": None, "day_end": None,
        "time_precision": None, "place": None, "place_id": None, "country": None, "admin1": None,
        "lon": float("nan"), "lat": float("nan"), "radius_km": float("nan"), "geo_precision": None, "shape": None,
        "actor1": None, "actor1_type": None, "actor2": None, "actor2_type": None, "status": "reported",
        "fatalities_low": None, "fatalities_high": None, "injured_low": None, "injured_high": None,
        "zones_inside": (), "zones_possible": (), "confidence": 0.3,
        "review": "unreviewed",
        "reports": 1, "sources": 1, "title": None, "source": None, "quote": "A clash.", "geometry": None,
    }  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.lists(rows(), max_size=3))
def test_worlds_hold_to_the_schema(given_rows):
    assert len(frame_of(given_rows)) == len(given_rows)
