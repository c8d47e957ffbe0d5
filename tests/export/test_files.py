"""Exactly the events under the query, said in the file; whole or not at all."""

import json
import os
import resource
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date

import geopandas as gpd
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from geo import paths
from geo.errors import GeoError, InputError
from geo.export import FORMATS, About, form_of, read, record_of, save, sidecar, sidecar_of, to_bytes
from geo.export.columns import EXPORTED, as_markdown
from geo.frame import COLUMNS, events_frame
from geo.query import Query, certain, from_params, select
from tests import store_world as world
from tests.export.worlds import assert_same

QUERY = Query(period=(date(2019, 10, 9), date(2019, 10, 13)), zones={"peace_spring"}, statuses=None)
ABOUT = About("f00d" * 16, date(2024, 1, 2))
SELF_TELLING = [form for form, about in FORMATS.items() if about.record_in]


@pytest.fixture(scope="module")
def frame():
    return events_frame(world.events(), world.articles())


@pytest.fixture
def saved(frame, tmp_path):
    def made(form, query=QUERY):
        return save(frame, tmp_path / f"events{FORMATS[form].suffix}", query=query, form=form, about=ABOUT)

    return made


@pytest.mark.parametrize("form", FORMATS)
def test_the_file_holds_exactly_the_events_under_the_query(form, frame, saved):
    chosen = select(frame, QUERY)
    assert 0 < len(chosen) < len(frame)
    assert_same(chosen, read(saved(form), form))


@pytest.mark.parametrize("form", FORMATS)
def test_the_tray_is_there_too(form, frame, saved):
    back = read(saved(form, Query(statuses=None)), form)
    assert len(back) == len(frame)
    assert back["geometry"].isna().sum() == 2
    assert back["day_start"].isna().sum() == 1


@pytest.mark.parametrize("form", FORMATS)
def test_the_record_tells_query_data_software_and_whose_data(form, frame, saved):
    record = record_of(saved(form))
    assert from_params(record["query"]) == (QUERY, [])
    assert record["data"] == ABOUT.fingerprint
    assert record["exported"] == "2024-01-02"
    assert record["events"] == len(select(frame, QUERY))
    assert record["software"].startswith("Borderlines ")
    assert "GeoNames" in record["attribution"]


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_of_other_events_travels_along(form, saved):
    content = saved(form, Query(text="day 2", statuses=None)).read_bytes()
    assert form in ("xlsx", "geoparquet") or b"part 2" in content
    assert b"part 7" not in content
    if form == "geoparquet":
        assert pq.read_table(saved(form, Query(text="day 2")))["title"].to_pylist() == ["Shelling, part 2"]


def test_the_columns_are_documented():
    assert list(EXPORTED) == [*COLUMNS, "certain", "not_on_map"]
    assert len({column.hxl for column in EXPORTED.values()}) == len(EXPORTED)
    # Make it again: python -c "from geo.export.columns import as_markdown; print(as_markdown(), end='')"
    assert (paths.ROOT / "docs" / "columns.md").read_text(encoding="utf-8") == as_markdown()


# ------------------------------------------------------------------------------------------- as other programs read it


def test_csv_in_pandas(frame, saved):
    path = saved("csv", Query(statuses=None))
    table = pd.read_csv(path, keep_default_na=False)
    assert list(table.columns) == list(EXPORTED)
    assert table["day_start"][0] == "2019-10-01"
    assert table["not_on_map"].tolist().count("") == 5
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert table["certain"].tolist() == certain(frame, Query(statuses=None)).tolist()


def test_hxl_has_its_tags_in_the_second_line(saved):
    header, tags = pd.read_csv(saved("hxl"), header=None, nrows=2).to_numpy().tolist()
    assert header == list(EXPORTED)
    assert all(tag.startswith("#") for tag in tags)
    assert (tags[header.index("lat")], tags[header.index("day_start")]) == ("#geo+lat", "#date+start")


def test_xlsx_days_are_days_and_numbers_are_numbers(saved):
    sheet = openpyxl.load_workbook(saved("xlsx"))["events"]
    cells = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert cells["day_start"].is_date
    assert cells["day_start"].number_format == "yyyy-mm-dd"
    assert cells["lon"].data_type == "n"
    assert cells["place"].data_type == "s"


@pytest.mark.parametrize("form", ["geojson", "gpkg", "kml"])
def test_gdal_reads_it(form, frame, saved):
    found = gpd.read_file(saved(form, Query(statuses=None)))
    assert len(found) == len(frame)
    assert found.geometry.notna().sum() == 6
    assert set(found["quote"]) == set(frame["quote"])


def test_geojson_is_plain_rfc_7946(frame, saved):
    found = json.loads(saved("geojson", Query(statuses=None)).read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection"
    first = found["features"][1]
    assert first["geometry"] == {"type": "Point", "coordinates": [38.351, 36.891]}
    assert first["properties"]["day_start"] == "2019-10-09"
    assert first["properties"]["zones_inside"] == ["peace_spring"]
    assert first["properties"]["confidence"] == 0.75


def test_geopandas_reads_the_geoparquet(frame, saved):
    found = gpd.read_parquet(saved("geoparquet", Query(statuses=None)))
    assert found.crs.to_epsg() == 4326
    assert found.geometry.notna().sum() == 6
    assert found["day_start"][1] == date(2019, 10, 9)


def test_kml_shows_text_and_never_html(tmp_path):
    attack = '<img src=x onerror="alert(1)"> ]]> $[name] ${x} <script>alert(2)</script>'
    hostile = events_frame([world.event(0, quote=attack, actor1=attack)], [world.article(0, title=attack)])
    path = save(hostile, tmp_path / "x.kml")
    text = path.read_text(encoding="utf-8")
    assert "CDATA" not in text
    assert "<img" not in text
    kml = "{http://www.opengis.net/kml/2.2}"
    (placemark,) = ET.fromstring(text).iter(f"{kml}Placemark")
    balloon = placemark.findtext(f"{kml}description")
    # The balloon is HTML for Google Earth: after XML is read, what is left must still be escaped.
    assert "<img" not in balloon
    assert "&lt;img" in balloon
    assert placemark.findtext(f"{kml}TimeSpan/{kml}begin") == "2019-10-09"
    assert read(path)["quote"].tolist() == [attack]


# ------------------------------------------------------------------------------------------------ whole or not at all


@pytest.mark.parametrize("form", FORMATS)
def test_what_cannot_be_written_leaves_what_was_there(form, frame, tmp_path, monkeypatch):
    path = save(frame, tmp_path / f"events{FORMATS[form].suffix}", form=form)
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(GeoError, match="No space left"):
        save(frame, path, form=form, query=QUERY)
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


FILL = """
import resource, sys
from geo.errors import GeoError
from geo.export import FORMATS, save
from geo.frame import events_frame
from tests import store_world as world
events = [world.event(n % 1000, quote=f"Shells hit {n}. " * 40) for n in range(1000)]
frame = events_frame(events, world.articles())
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
for form, about in FORMATS.items():
    try:
        save(frame, f"{sys.argv[1]}/{form}{about.suffix}", form=form)
        print(form, "was written")
    except GeoError as error:
        print(form, "refused:", str(error).splitlines()[0][:300])
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="no limit of this kind here")
def test_a_full_disk_half_way_leaves_nothing(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", FILL, str(tmp_path)], cwd=paths.ROOT, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    assert [line.split()[1] for line in ran.stdout.splitlines()] == ["refused:"] * len(FORMATS), ran.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", FORMATS)
def test_no_folder_is_an_error_in_words(form, frame, tmp_path):
    with pytest.raises(GeoError, match="cannot be written"):
        save(frame, tmp_path / "missing" / f"x{FORMATS[form].suffix}", form=form)
    (tmp_path / f"folder{FORMATS[form].suffix}").mkdir()
    with pytest.raises(GeoError, match="this is a folder"):
        save(frame, tmp_path / f"folder{FORMATS[form].suffix}", form=form)


def test_an_unknown_format_is_named(frame, tmp_path):
    with pytest.raises(InputError, match=r"x\.shp.*\.csv"):
        save(frame, tmp_path / "x.shp")
    with pytest.raises(InputError, match="'shp'"):
        to_bytes(frame, "shp")
    assert list(tmp_path.iterdir()) == []


def test_the_suffix_tells_the_format():
    assert [form_of(name) for name in ("a.CSV", "a.hxl.csv", "b/c.parquet", "x.json")] == [
        "csv",
        "hxl",
        "geoparquet",
        "geojson",
    ]


def test_too_many_events_for_a_sheet(frame, tmp_path, monkeypatch):
    monkeypatch.setattr("geo.export.xlsx.MOST_EVENTS", 3)
    with pytest.raises(InputError, match=r"holds 3.*\.parquet"):
        save(frame, tmp_path / "x.xlsx", query=Query(statuses=None))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("content", [b"", b"nonsense", b"<OGRVRTDataSource></OGRVRTDataSource>", b"{}", b"PK\x03\x04"])
def test_what_is_not_ours_is_refused_in_words(form, content, tmp_path):
    path = tmp_path / f"x{FORMATS[form].suffix}"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"x\."):
        read(path, form)


@pytest.mark.parametrize("form", FORMATS)
def test_a_torn_file_is_refused_in_words(form, saved):
    path = saved(form)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    with pytest.raises((InputError, GeoError)):
        read(path, form)


@pytest.mark.parametrize("form", SELF_TELLING)
def test_one_file_is_all_there_is_and_reading_leaves_nothing_beside_it(form, saved):
    path = saved(form)
    assert list(path.parent.iterdir()) == [path]
    assert record_of(path)
    assert len(read(path))
    assert list(path.parent.iterdir()) == [path]


def test_a_missing_file_is_refused_in_words(tmp_path):
    with pytest.raises(InputError, match=r"none\.csv"):
        read(tmp_path / "none.csv")


@pytest.mark.parametrize("form", SELF_TELLING)
def test_bytes_are_a_file_that_tells_of_itself(form, frame, tmp_path):
    path = tmp_path / f"x{FORMATS[form].suffix}"
    path.write_bytes(to_bytes(frame, form, query=QUERY, about=ABOUT))
    assert_same(select(frame, QUERY), read(path))
    assert record_of(path)["data"] == ABOUT.fingerprint


def test_the_record_beside_a_file_has_its_hash(frame, saved):
    import hashlib

    path = saved("csv")
    beside = json.loads(sidecar_of(path).read_text(encoding="utf-8"))
    assert beside["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert json.loads(sidecar(frame, query=QUERY, about=ABOUT))["query"] == beside["query"]
