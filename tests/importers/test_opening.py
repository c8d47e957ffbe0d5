"""Hostile and clumsy files: every row is taken or told, with the line on which it stands."""

import csv
import json
import tempfile
import zipfile

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from geo.errors import InputError
from geo.importers import delimited, features, plan, preview, run, segments
from geo.importers import zipped as zipped_table
from geo.importers.opening import OPENERS, open_table
from geo.importers.raw import MAX_TEXT
from geo.known import load
from geo.store import Store
from tests.importers.test_kinds import ACLED, table


def kept(folder, path, **how):
    with Store(folder / "store") as store:
        return run(store, plan(path, **how))


def lines_of(opened):
    return [int(line) for batch in opened.batches() for line in batch.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path, encoding):
    path = tmp_path / "rows.csv"
    pd.DataFrame([{**ACLED, "notes": "Café – naïve"}]).to_csv(path, index=False, encoding=encoding)
    rows, _ = preview(plan(path))
    assert rows.loc[0, "quote"] == "Café – naïve"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_delimiters(tmp_path, mark):
    path = tmp_path / "rows.csv"
    pd.DataFrame([ACLED]).to_csv(path, index=False, sep=mark)
    assert len(preview(plan(path))[0]) == 1


def test_columns_in_another_order_and_more_of_them_bring_nothing_new(tmp_path):
    one = kept(tmp_path, table(tmp_path, ACLED))
    other = dict(reversed({**ACLED, "something": "else"}.items()))
    again = kept(tmp_path, table(tmp_path, other, name="renamed.csv"))
    assert again == one


def test_the_same_file_under_another_name_is_one_import(tmp_path):
    one = kept(tmp_path, table(tmp_path, ACLED))
    assert kept(tmp_path, table(tmp_path, ACLED, name="again.csv")).key == one.key
    with Store(tmp_path / "store", readonly=True) as store:
        assert len(segments(store)) == 1


def test_a_newer_file_replaces_the_rows_of_an_older(tmp_path):
    kept(tmp_path, table(tmp_path, ACLED, {**ACLED, "event_id_cnty": "SYR2"}))
    kept(tmp_path, table(tmp_path, {**ACLED, "fatalities": "9"}, name="newer.csv"))
    with Store(tmp_path / "store", readonly=True) as store:
        events = load(store).events
    assert sorted(events["fatalities_low"]) == [3, 9]


def test_a_column_that_is_there_twice_is_refused(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("event_id_cnty,event_date,notes,Notes\n1,2019-10-12,a,b\n")
    with pytest.raises(InputError, match="columns 3 and 4 are both called 'Notes'"):
        plan(path)


@pytest.mark.parametrize("count", [22, 24])
def test_too_few_or_many_values_are_told(tmp_path, count):
    path = table(tmp_path, ACLED)
    with path.open("a") as file:
        file.write(",".join(["1"] * count) + "\n")
    segment = kept(tmp_path, path)
    assert (segment.rows, segment.skipped) == (1, 1)
    assert segment.reasons[0] == (3, f"it has {count} values where the heading has 23")


def test_line_breaks_in_a_note_do_not_shift_the_lines(tmp_path):
    rows = [{**ACLED, "event_id_cnty": str(n), "notes": "one\ntwo\r\nthree"} for n in range(3)]
    path = table(tmp_path, *rows, {**ACLED, "event_id_cnty": "x", "latitude": "?"})
    assert lines_of(open_table(path)) == [2, 5, 8, 11]
    assert kept(tmp_path, path).reasons == ((11, "latitude is '?', not a number"),)


def test_a_field_of_a_million_characters_is_bounded(tmp_path):
    rows, skipped = preview(plan(table(tmp_path, {**ACLED, "notes": "x" * 1_000_000})))
    assert skipped == []
    assert len(rows.loc[0, "quote"]) == MAX_TEXT + 1


def test_a_quotation_mark_that_is_never_closed_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "BLOCK", 4_000)
    path = table(tmp_path, *[{**ACLED, "event_id_cnty": str(n)} for n in range(40)])
    path.write_text(path.read_text().replace("An invented clash.", '"An invented clash.', 1))
    with pytest.raises(InputError, match="opened and never closed"):
        kept(tmp_path, path)
    with Store(tmp_path / "store", readonly=True) as store:
        assert segments(store) == ()


VALUES = st.sampled_from(["1", "a", "two\nlines", 'he said "x"', "", "ü", "a,b", "\r\n", " "])
ROWS = st.lists(st.lists(VALUES, min_size=1, max_size=4), max_size=12)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_rows_in_are_rows_out_and_rows_skipped(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("any") / "rows.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([["a", "b", "c"], *rows])
    # A row of nothing is no row.
    empty = [row for row in rows if len(row) == 3 and not any(row)]
    batches = list(open_table(path).batches())
    assert sum(len(b.rows) + len(b.skipped) for b in batches) == len(rows) - len(empty)
    text = path.read_text(encoding="utf-8").split("\n")
    for batch in batches:
        for first, line in zip(batch.rows["a"].fillna(""), batch.lines, strict=True):
            start = str(first).split("\n")[0].replace("\r", "").replace('"', '""').strip()
            assert start in text[line - 1]


def test_a_sheet_of_excel(tmp_path):
    book = Workbook()
    book.active.append([*ACLED, None])
    book.active.append(
        [pd.Timestamp(2019, 10, 12).to_pydatetime() if key == "event_date" else value for key, value in ACLED.items()]
    )
    book.active.append([])
    numbers = {"latitude": 36.7, "longitude": 38.9, "time_precision": 2.0, "fatalities": 1.0, "event_id_cnty": 5}
    book.active.append([numbers.get(key, value) for key, value in ACLED.items()])
    book.active.append([*ACLED.values(), None, "too many"])
    book.save(tmp_path / "rows.xlsx")
    rows, skipped = preview(plan(tmp_path / "rows.xlsx"))
    assert list(rows["source_id"]) == ["SYR1234", "5"]
    assert list(rows["day_start"].astype(str)) == ["2019-10-12", "2019-10-09"]
    assert [skip.line for skip in skipped] == [5]


@pytest.mark.parametrize("ending", OPENERS)
@pytest.mark.parametrize(
    "content", [b"", b"\0\1\2" * 50, b"PK\x03\x04nonsense", b"<OGRVRTDataSource/>", b"[" * 100_000]
)
def test_a_file_that_is_not_what_it_says_is_refused(tmp_path, ending, content):
    path = tmp_path / f"rows.{ending}"
    path.write_bytes(content)
    with pytest.raises(InputError):
        preview(plan(path, kind="acled"))


def test_another_ending_is_refused(tmp_path):
    (tmp_path / "rows.vrt").write_text("<OGRVRTDataSource/>")
    with pytest.raises(InputError, match="no kind of table"):
        plan(tmp_path / "rows.vrt")


def test_the_name_a_file_was_uploaded_under_is_never_a_path(tmp_path):
    path = table(tmp_path, ACLED)
    planned = plan(path, name="../../etc/passwd.csv")
    assert planned.table.path == path


def features_of(*geometries, **more):
    rows = [
        {"type": "Feature", "geometry": geometry, "properties": {"id": n, "date": "2020-02-03", "type": "Riots"}}
        for n, geometry in enumerate(geometries)
    ]
    return json.dumps({"type": "FeatureCollection", "features": rows, **more})


def test_a_geometry_that_nests_or_is_none_costs_its_row_only(tmp_path):
    deep = {"type": "Point", "coordinates": [38, 36]}
    for _ in range(5_000 // 100):
        deep = {"type": "GeometryCollection", "geometries": [deep]}
    point = {"type": "Point", "coordinates": [38, 36]}
    far = {"type": "Point", "coordinates": [400, 36]}
    path = tmp_path / "x.geojson"
    path.write_text(features_of(point, deep, {"type": "Brick"}, far, None))
    rows, skipped = preview(plan(path))
    assert len(rows) == 2
    assert [skip.reason for skip in skipped] == ["its geometry cannot be read"] * 3


def test_coordinates_in_another_system_are_refused(tmp_path):
    path = tmp_path / "x.geojson"
    path.write_text(features_of(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}))
    with pytest.raises(InputError, match="3857"):
        plan(path)


def test_parts_in_parts_in_well_known_binary_are_refused(tmp_path):
    from geo.importers.geometries import read_shapes

    data = b"".join(b"\1\7\0\0\0\1\0\0\0" for _ in range(100_000)).hex()
    found = read_shapes(pd.Series([data, "0101", "zz", "POINT (1 2)", "GEOMETRYCOLLECTION (GEOMETRYCOLLECTION EMPTY)"]))
    assert list(found.wrong) == [True, True, True, False, True]
    assert features.MAX_DEPTH < 100
    assert np.isnan(found.lon[0])


def zipped(folder, *files, name="rows.zip"):
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as pack:
        for inner, content in files:
            pack.writestr(inner, content)
    return folder / name


def test_a_table_in_a_zip_file_is_the_same_import(tmp_path):
    one = kept(tmp_path, table(tmp_path, ACLED))
    content = (tmp_path / "rows.csv").read_bytes()
    packed = zipped(tmp_path, ("../../20261121.export.CSV", content), ("read me.md", b"x"))
    assert kept(tmp_path, packed) == one


def test_what_was_unpacked_is_removed(tmp_path, monkeypatch):
    (tmp_path / "unpacked").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "unpacked"))
    content = table(tmp_path, ACLED).read_bytes()
    opened = open_table(zipped(tmp_path, ("rows.csv", content)))
    assert sum(len(batch.rows) for batch in opened.batches()) == 1
    del opened
    assert list((tmp_path / "unpacked").iterdir()) == []


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ([], "0 tables"),
        ([("a.csv", "x,y\n1,2\n"), ("b.csv", "x,y\n1,2\n")], "2 tables"),
        ([("a.pdf", "x")], "0 tables"),
        ([("a.csv", "x,y\n" + "1,2\n" * 400)], "more than 1,000 bytes"),
    ],
)
def test_a_zip_file_that_is_no_table_is_told(tmp_path, monkeypatch, files, told):
    monkeypatch.setattr(zipped_table, "MAX_UNPACKED", 1000)
    with pytest.raises(InputError, match=told):
        open_table(zipped(tmp_path, *files))


def test_a_damaged_zip_file_is_told(tmp_path):
    path = zipped(tmp_path, ("rows.csv", "x,y\n" + "1,2\n" * 400))
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(InputError, match="damaged"):
        open_table(path)
