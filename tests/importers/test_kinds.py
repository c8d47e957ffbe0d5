"""Each kind of table: its precision codes, actor types and deaths in our words. Every fact here is invented."""

from dataclasses import replace

import pandas as pd
import pytest

from geo import paths
from geo.errors import InputError
from geo.importers import IMPORTERS, plan, preview
from geo.importers.fields import event_id
from geo.importers.how import lists

ACLED = {
    "event_id_cnty": "SYR1234", "event_date": "2019-10-12", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Battles", "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Elsewhere", "inter1": "External/Other forces", "actor2": "A group",
    "inter2": "Rebel group", "civilian_targeting": "", "iso": "760", "country": "Syria", "admin1": "Raqqa",
    "location": "A town", "latitude": "36.70", "longitude": "38.95", "geo_precision": "1", "source": "A desk",
    "notes": "An invented clash.", "fatalities": "3", "tags": "", "timestamp": "1571000000",
}  # fmt: skip
UCDP = {
    "id": "77", "relid": "x", "type_of_violence": "1", "conflict_name": "A conflict", "side_a": "Government of Syria",
    "side_b": "A group", "source_office": "A wire", "source_headline": "An invented headline", "number_of_sources": "2",
    "where_prec": "1", "where_coordinates": "A town", "adm_1": "Raqqa", "latitude": "36.7", "longitude": "38.9",
    "country": "Syria", "event_clarity": "1", "date_prec": "1", "date_start": "2019-10-12 00:00:00.000",
    "date_end": "2019-10-12 00:00:00.000", "best": "4", "high": "6", "low": "3",
}  # fmt: skip
GDELT = {
    "GLOBALEVENTID": "900000001", "SQLDATE": "20191012", "Actor1Name": "TOWN", "Actor1Type1Code": "REB",
    "Actor2Name": "MILITARY", "Actor2Type1Code": "MIL", "IsRootEvent": "1", "EventCode": "1951", "NumMentions": "8",
    "NumSources": "2", "NumArticles": "4", "ActionGeo_Type": "4", "ActionGeo_FullName": "A town, Syria",
    "ActionGeo_CountryCode": "SY", "ActionGeo_Lat": "36.7", "ActionGeo_Long": "38.9", "DATEADDED": "20191013123000",
    "SOURCEURL": "https://a.example/1",
}  # fmt: skip


def table(folder, *rows, name="rows.csv"):
    path = folder / name
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


def gdelt(folder, *rows):
    path = folder / "20191013.export.CSV"
    names = lists()["gdelt"]["names"]
    path.write_text("".join("\t".join(row.get(name, "") for name in names) + "\n" for row in rows))
    return path


def first(path):
    rows, skipped = preview(plan(path))
    assert skipped == []
    return rows.iloc[0]


def test_an_event_of_acled(tmp_path):
    planned = plan(table(tmp_path, ACLED))
    assert planned.kind == "acled"
    row = first(planned.table.path)
    assert row["event_id"] == event_id("acled", "SYR1234")
    assert row["event_id"].isalnum()
    assert (row["title"], row["quote"], row["source"]) == ("ACLED SYR1234", "An invented clash.", "A desk")
    assert (row["actor1_type"], row["actor2_type"]) == ("External/Other forces", "Rebel group")
    assert (row["country"], row["geo_precision"], row["radius_km"]) == ("SYR", 1, 5)
    assert (row["fatalities_low"], row["fatalities_high"]) == (3, pd.NA)
    assert str(row["known_since"].date()) == "2019-10-13"
    assert row["tags"] == "Political violence"


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [("1", "2019-10-12", "2019-10-12"), ("2", "2019-10-09", "2019-10-15"), ("3", "2019-10-01", "2019-10-31")],
)
def test_acleds_time_precision_is_a_span_of_days(tmp_path, code, start, end):
    row = first(table(tmp_path, {**ACLED, "time_precision": code}))
    assert (str(row["day_start"].date()), str(row["day_end"].date())) == (start, end)
    assert row["time_precision"] == int(code)


def test_acled_of_the_api_of_old_and_with_numbers_for_actors(tmp_path):
    old = {
        "DATA_ID": "9", "EVENT_DATE": "12 October 2019", "TIME_PRECISION": "2", "EVENT_TYPE": "Riots/Protests",
        "ACTOR1": "Protesters (Nowhere)", "INTER1": "6", "ACTOR2": "", "INTER2": "0", "COUNTRY": "Syria",
        "LOCATION": "A town", "LATITUDE": "36.7", "LONGITUDE": "38.9", "GEO_PRECIS": "3", "NOTES": "",
        "FATALITIES": "0",
    }  # fmt: skip
    row = first(table(tmp_path, old))
    assert row["event_type"] == "Protests"
    assert pd.isna(row["sub_event_type"])
    assert row["actor1_type"] == "Protesters"
    assert pd.isna(row["actor2_type"])
    assert (row["country"], row["radius_km"], row["fatalities_low"]) == ("SYR", 100, 0)


@pytest.mark.parametrize("old", lists()["acled"]["old_types"])
def test_every_old_type_of_acled_has_a_new_one(tmp_path, old):
    row = first(table(tmp_path, {**ACLED, "event_type": old, "sub_event_type": ""}))
    assert row["event_type"] == lists()["acled"]["old_types"][old][0]


def test_a_deaths_figure_that_is_none_is_unknown(tmp_path):
    assert first(table(tmp_path, {**ACLED, "fatalities": ""}))["fatalities_low"] is pd.NA


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"latitude": "north"}, "latitude is 'north', not a number"),
        ({"event_type": "Brawl", "sub_event_type": ""}, "event_type is 'Brawl'"),
        ({"event_date": "31/02/2019"}, "event_date is '31/02/2019'"),
        ({"event_date": "01/02/2019"}, "a day that can be read one way only"),
        ({"time_precision": "9"}, "time_precision is '9', not 1, 2 or 3"),
        ({"inter1": "Bandits"}, "inter1 is 'Bandits'"),
        ({"event_id_cnty": ""}, "no id"),
        ({"latitude": "99"}, "nowhere on Earth"),
        ({"latitude": "nan"}, "not a number"),
        ({"longitude": "inf"}, "nowhere on Earth"),
    ],
)
def test_a_row_that_cannot_be_read_is_told(tmp_path, change, told):
    rows, skipped = preview(plan(table(tmp_path, ACLED, {**ACLED, "event_id_cnty": "SYR2", **change}), kind="acled"))
    assert len(rows) == 1
    ((line, reason),) = skipped
    assert line == 3
    assert told in reason


def test_an_incident_of_ucdp(tmp_path):
    planned = plan(table(tmp_path, UCDP))
    assert planned.kind == "ucdp"
    row = first(planned.table.path)
    assert (row["event_type"], row["status"], row["title"]) == ("Battles", "reported", "UCDP 77")
    assert (row["fatalities_low"], row["fatalities_high"], row["sources"]) == (3, 6, 2)
    assert (row["actor1_type"], row["actor2_type"]) == ("State forces", "Rebel group")
    assert (row["quote"], row["source"]) == ("An invented headline", "A wire")


@pytest.mark.parametrize(("code", "precision", "km"), [("2", 2, 25), ("3", 3, 50), ("4", 3, 100), ("5", 3, 100)])
def test_ucdps_places(tmp_path, code, precision, km):
    row = first(table(tmp_path, {**UCDP, "where_prec": code}))
    assert (row["geo_precision"], row["radius_km"]) == (precision, km)


def test_what_ucdp_knows_the_country_of_is_not_on_the_map(tmp_path):
    row = first(table(tmp_path, {**UCDP, "where_prec": "6"}))
    assert pd.isna(row["lon"])
    assert row["country"] == "SYR"


def test_a_states_army_abroad_and_civilians_in_ucdp(tmp_path):
    row = first(
        table(tmp_path, {**UCDP, "type_of_violence": "3", "side_a": "Government of Turkey", "side_b": "Civilians"})
    )
    assert (row["event_type"], row["actor1_type"], row["actor2_type"]) == (
        "Violence against civilians", "External/Other forces", "Civilians",
    )  # fmt: skip


def test_an_aggregate_of_ucdp_is_one(tmp_path):
    assert first(table(tmp_path, {**UCDP, "event_clarity": "2", "date_prec": "4"}))["status"] == "aggregate"


def test_a_row_of_gdelt_is_a_count_of_news(tmp_path):
    planned = plan(gdelt(tmp_path, GDELT))
    assert planned.kind == "gdelt"
    row = first(planned.table.path)
    assert (row["event_type"], row["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert (row["status"], row["country"], row["source"]) == ("reported", "SYR", "https://a.example/1")
    assert "8 mentions, 2 sources, 4 articles" in row["quote"]
    assert (row["actor1_type"], str(row["known_since"].date())) == ("Rebel group", "2019-10-13")
    assert pd.isna(row["actor2_type"])


def test_what_gdelt_saw_named_in_passing_is_background(tmp_path):
    assert first(gdelt(tmp_path, {**GDELT, "IsRootEvent": "0"}))["status"] == "background"


def test_a_country_is_no_place_in_gdelt(tmp_path):
    assert pd.isna(first(gdelt(tmp_path, {**GDELT, "ActionGeo_Type": "1"}))["lon"])


OWN = {"id": 1, "date": "2020-02-01", "type": "Riots", "Killed": "2", "Wounded": "5", "Max injured": "7"}


def test_the_injured_of_a_table_of_ones_own_are_found_and_chosen(tmp_path):
    planned = plan(table(tmp_path, OWN))
    row = first(planned.table.path)
    assert (row["fatalities_low"], row["injured_low"], row["injured_high"]) == (2, 5, 7)
    chosen = replace(planned.how, columns={**planned.how.columns, "injured_low": "Killed"})
    (row,) = preview(replace(planned, how=chosen))[0].to_dict("records")
    assert row["injured_low"] == 2


def test_a_column_of_words_is_not_taken_for_the_number_of_the_injured(tmp_path):
    path = table(tmp_path, {**OWN, "Wounded": "some"})
    assert "injured_low" not in plan(path).how.columns
    assert first(path)["injured_low"] is pd.NA


def test_the_known_kinds_tell_no_injured(tmp_path):
    for path in (table(tmp_path, ACLED), table(tmp_path, UCDP, name="u.csv"), gdelt(tmp_path, GDELT)):
        row = first(path)
        assert row["injured_low"] is pd.NA
        assert row["injured_high"] is pd.NA


def test_every_root_of_cameo_has_a_type():
    types = lists()["gdelt"]["types"]
    assert {f"{n:02d}" for n in range(1, 21)} <= set(types)


def test_gdelt_with_another_number_of_columns_is_refused(tmp_path):
    path = tmp_path / "x.tsv"
    path.write_text("\t".join(["1"] * 58) + "\n")
    with pytest.raises(InputError, match=r"58 columns; an event file of GDELT 2\.0 has 61"):
        plan(path, kind="gdelt")


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(InputError, match="columns missing: event_date, latitude"):
        plan(table(tmp_path, {k: v for k, v in ACLED.items() if k not in ("event_date", "latitude")}), kind="acled")


@pytest.mark.parametrize("name", IMPORTERS)
def test_contract(name, tmp_path):
    importer = IMPORTERS[name]
    told = (paths.ROOT / "docs" / "imports.md").read_text(encoding="utf-8")
    assert f"`{name}`" in told
    assert importer.label
    made = {
        "acled": table(tmp_path, ACLED),
        "ucdp": table(tmp_path, UCDP, name="u.csv"),
        "gdelt": gdelt(tmp_path, GDELT),
    }
    path = made.get(name) or table(tmp_path, {"id": 1, "date": "2020-02-01", "type": "Riots"}, name="t.csv")
    planned = plan(path)
    assert planned.kind == name
    assert planned.attribution
    rows, skipped = preview(planned)
    assert (len(rows), len(skipped)) == (1, 0)
