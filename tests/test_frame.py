"""The table of events holds to its schema, and keeps what cannot be drawn."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.errors import GeoError
from geo.frame import COLUMNS, check_frame, drawn, events_frame, load_frame
from geo.model import Event, Place, PlaceKind
from geo.store import Store
from tests import store_world as world


@pytest.fixture
def frame():
    return events_frame(world.events(), world.articles())


def row(frame, number):
    return frame.set_index("event_id").loc[f"e{number:04}"]


def test_columns_and_types_are_the_schemas(frame):
    assert list(frame.columns) == list(COLUMNS)
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == COLUMNS
    assert frame.crs.to_epsg() == 4326


def test_one_row_per_event_sorted_by_day_the_undated_last(frame):
    assert len(frame) == len(world.events())
    assert frame["day_start"].dropna().is_monotonic_increasing
    assert frame["day_start"].isna().tolist() == [False] * 7 + [True]
    assert frame.index.tolist() == list(range(8))


def test_a_row_says_what_the_events_best_report_says(frame):
    seen = row(frame, 0)
    assert (seen["day_start"], seen["lon"], seen["lat"]) == (pd.Timestamp(2019, 10, 9), 38.351, 36.891)
    assert (seen["actor1"], seen["status"], seen["fatalities_low"]) == ("Military Forces of Turkey", "reported", 1)
    assert (seen["title"], seen["source"], seen["zones_inside"]) == (
        "Shelling, part 0",
        "Frontier Post",
        ("peace_spring",),
    )
    assert row(frame, 1)["zones_possible"] == ("peace_spring",)


def test_a_row_says_how_many_were_injured_and_none_where_none_is_told():
    frame = events_frame([world.event(0, injured_low=3, injured_high=5), world.event(1, injured_low=0, injured_high=0)])
    assert frame[["injured_low", "injured_high"]].to_numpy().tolist() == [[3, 5], [0, 0]]
    assert events_frame(world.events())["injured_low"].isna().all()


def test_stretches_and_areas_are_drawn_as_such(frame):
    assert row(frame, 0)["shape"] == "point"
    assert row(frame, 2)["shape"] == "line"
    assert row(frame, 2)["geometry"].equals(world.STRETCH.geometry)
    assert row(frame, 3)["shape"] == "area"


@pytest.mark.parametrize("number", [4, 5])
def test_a_country_and_no_place_have_no_point(frame, number):
    seen = row(frame, number)
    assert seen["geometry"] is None
    assert np.isnan(seen["lon"])
    assert pd.isna(seen["shape"])


def test_a_country_keeps_its_name_and_an_undated_event_its_place(frame):
    assert row(frame, 4)["place"] == "Syria"
    assert pd.isna(row(frame, 6)["day_start"])
    assert row(frame, 6)["geometry"] is not None


def test_a_mountain_without_an_outline_is_a_disc_and_a_wide_region_is_not_placed():
    sinjar = Place("own:sinjar", "Mount Sinjar", 41.85, 36.37, PlaceKind.MOUNTAIN, 25.0)
    shape, geometry = drawn(sinjar)
    assert shape == "area"
    degrees = geometry.bounds[3] - 36.37
    assert degrees * 111.2 == pytest.approx(25.0, rel=0.01)
    assert drawn(Place("own:me", "Middle East", 43.0, 33.0, PlaceKind.REGION, 1500.0)) == (None, None)


def test_articles_may_be_given_by_id_or_not_at_all():
    by_id = {article.id: article for article in world.articles()}
    assert events_frame(world.events(), by_id).equals(events_frame(world.events(), world.articles()))
    assert events_frame(world.events())["title"].isna().all()


def test_no_events_make_an_empty_table_of_the_same_columns():
    empty = events_frame([])
    assert len(empty) == 0
    assert list(empty.columns) == list(COLUMNS)


def test_a_store_gives_the_same_table(tmp_path, frame):
    with Store(tmp_path) as store:
        for article, event in zip(world.articles(), world.events(), strict=True):
            store.write(article, event.reports, "v1")
        store.replace_events(world.events())
        loaded = load_frame(store)
    pd.testing.assert_frame_equal(pd.DataFrame(loaded), pd.DataFrame(frame))


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("lon", 190.0, "event e0003: lon is 190.0, it must be within ±180"),
        ("lat", np.nan, "e0003: lat is nan, it must be within ±90"),
        ("day_start", pd.Timestamp(2020, 1, 1), "day_start is 2020-01-01 00:00:00, it must be not after day_end"),
        ("day_end", pd.NaT, "day_end is NaT, it must be known exactly where day_start is"),
        ("event_id", "e0000", "event_id is e0000, it must be there once"),
        ("confidence", 1.5, "confidence is 1.5, it must be between 0 and 1"),
        ("radius_km", -1.0, "radius_km is -1.0, it must be 0 or more"),
        ("fatalities_low", 9, "fatalities_high is 3, it must be not less than fatalities_low"),
        ("injured_low", -1, "injured_low is -1, it must be 0 or more"),
        ("status", None, "status is nan, it must be known"),
    ],
)
def test_a_value_out_of_range_is_named_with_its_event(frame, column, value, told):
    frame.loc[0, column] = value
    with pytest.raises(GeoError, match=told.replace("(", r"\(")):
        check_frame(frame)


def test_a_value_of_no_list_is_named_with_what_is_allowed(frame):
    frame["event_type"] = frame["event_type"].cat.rename_categories({"Battles": "Brawls"})
    with pytest.raises(GeoError, match="event e0001: event_type is Brawls, it must be one of Battles, "):
        check_frame(frame)


def test_another_crs_is_refused(frame):
    with pytest.raises(GeoError, match="not EPSG:4326"):
        check_frame(frame.to_crs(3857))


def test_another_column_or_type_is_refused(frame):
    with pytest.raises(GeoError, match=r"unknown \['mood'\]"):
        check_frame(frame.assign(mood=1))
    with pytest.raises(GeoError, match="column reports is int64, not Int16"):
        check_frame(frame.assign(reports=1))


def test_a_number_too_large_is_named():
    with pytest.raises(GeoError, match="fatalities_high"):
        events_frame([world.event(0, fatalities_high=2**40)])


def test_days_of_any_year_are_kept():
    frame = events_frame([world.event(0, day_start=date.min, day_end=date.max)])
    assert frame["day_start"].iloc[0].year == 1
    assert frame["day_end"].iloc[0].year == 9999


def test_an_event_keeps_the_count_of_its_reports():
    event = Event("e", (world.report(0), world.report(1)), independent_sources=2)
    frame = events_frame([event])
    assert (frame["reports"].iloc[0], frame["sources"].iloc[0]) == (2, 2)
    assert isinstance(frame, gpd.GeoDataFrame)


def test_an_empty_geometry_is_no_geometry():
    place = Place("own:x", "X", 38.0, 36.0, PlaceKind.TOWN, 3.0, geometry=shapely.Polygon())
    assert drawn(place)[0] == "point"
