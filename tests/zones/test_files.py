"""Files of strangers: read where they are clear, mended and told where that is safe, else refused with a reason."""

import sqlite3
import struct
import time
import tracemalloc

import geopandas
import numpy as np
import pytest
import shapely

from geo.errors import ZoneError
from geo.zones.files import read_outlines
from tests.zones.files_of import KML_AREA, SQUARE, UTM37, WGS84, area, feature, geojson, kml, shp, zipped

CLOCKWISE = SQUARE[::-1]
HOLE = [[38.2, 36.2], [38.4, 36.2], [38.4, 36.4], [38.2, 36.2]]
SECRET = b"root:x:0:0"


def one(name, data, **options):
    (found,), errors = read_outlines(name, data, **options)
    assert not errors
    assert found.geometry.is_valid
    return found


def refused(name, data, **options):
    with pytest.raises(ZoneError) as error:
        read_outlines(name, data, **options)
    assert str(error.value.path) == name
    return str(error.value)


@pytest.fixture(scope="module")
def frame():
    shapes = [shapely.box(38, 36, 39, 37), shapely.MultiPolygon([shapely.box(40, 36, 41, 37)])]
    return geopandas.GeoDataFrame({"name": ["Öst", "two"], "n": [1, 2]}, geometry=shapes, crs=4326)


# ----------------------------------------------------------------------------------------------------------- formats


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "zip"])
@pytest.mark.parametrize("crs", [4326, 32637, 3857])
def test_what_other_programs_write_is_read(frame, tmp_path, suffix, crs):
    if suffix == "zip":
        frame.to_crs(crs).to_file(tmp_path / "a.shp")
        data = zipped(*((f.name, f.read_bytes()) for f in tmp_path.iterdir()))
    else:
        frame.to_crs(crs).to_file(tmp_path / f"a.{suffix}")
        data = (tmp_path / f"a.{suffix}").read_bytes()
    outlines, errors = read_outlines(f"a.{suffix}", data)
    assert not errors
    assert [outline.label for outline in outlines] == ["Öst", "two"]
    for outline, shape in zip(outlines, frame.geometry, strict=True):
        assert outline.geometry.symmetric_difference(shape).area < 1e-3
        assert bool(outline.notes) == (crs != 4326)


def test_kml_and_kmz_are_read_with_names_and_holes():
    inner = "<innerBoundaryIs><LinearRing><coordinates>38.7,36.2 38.8,36.2 38.8,36.3 38.7,36.2</coordinates>"
    data = kml(name="A &amp; B").replace(b"</Polygon>", inner.encode() + b"</LinearRing></innerBoundaryIs></Polygon>")
    for name, content in (("a.kml", data), ("a.kmz", zipped(("doc.kml", data), ("files/icon.png", b"x")))):
        found = one(name, content)
        assert found.label == "A & B"
        assert found.geometry.area == pytest.approx(0.5 - 0.005)


def test_a_shapefile_keeps_its_holes():
    data = zipped(("deep/z.shp", shp(CLOCKWISE, HOLE)), ("deep/z.prj", WGS84))
    assert one("z.zip", data).geometry.area == pytest.approx(1 - 0.02)


def test_the_good_shapes_of_a_file_are_read_beside_the_bad(tmp_path):
    line = feature([[38, 36], [39, 37]], "LineString", name="A road")
    (good,), (bad,) = read_outlines("two.geojson", geojson(line, feature([SQUARE], name="Good")))
    assert good.label == "Good"
    assert "feature 1 ('A road') is a LineString" in str(bad)
    point = "<Placemark><name>P</name><Point><coordinates>1,2</coordinates></Point></Placemark>"
    _, (bad,) = read_outlines("two.kml", kml(more=point))
    assert bad.line == 4


# ------------------------------------------------------------------------------------------------------------ mended


@pytest.mark.parametrize(
    ("rings", "size", "told"),
    [
        ([SQUARE[:-1]], 1.0, "not closed"),
        ([[[38, 36], [39, 37], [39, 36], [38, 37], [38, 36]]], 0.5, "crossed itself"),
        ([SQUARE, [[50, 36], [51, 36], [51, 37], [50, 36]]], 1.0, "hole reached out"),
        ([[[179, 10], [-179, 10], [-179, 12], [179, 12], [179, 10]]], 4.0, "180th meridian"),
        ([[[179, 10], [181, 10], [181, 12], [179, 12], [179, 10]]], 4.0, "180th meridian"),
    ],
)
def test_what_can_be_mended_is_and_says_so(rings, size, told):
    found = one("a.geojson", geojson(feature(rings)), latitude_first=False)
    assert found.geometry.area == pytest.approx(size)
    assert any(told in note for note in found.notes)
    west, _, east, _ = found.geometry.bounds
    assert -180 <= west <= east <= 180


def test_parts_that_lie_over_each_other_are_joined():
    moved = [[lon + 0.5, lat] for lon, lat in SQUARE]
    found = one("a.geojson", geojson(feature([[SQUARE], [moved]], "MultiPolygon")))
    assert found.geometry.area == pytest.approx(1.5)
    assert "joined" in found.notes[0]


def test_a_hundred_thousand_corners_are_simplified_and_told():
    angle = np.linspace(0, 2 * np.pi, 100_001)
    radius = 1 + 0.05 * np.sin(300 * angle)
    ring = np.column_stack([40 + radius * np.cos(angle), 36 + radius * np.sin(angle)]).round(6)
    found = one("a.geojson", area(ring.tolist()))
    assert shapely.get_num_coordinates(found.geometry) <= 10_000
    assert "100,001 corners were simplified to" in found.notes[0]
    corners = shapely.points(ring[::10])
    assert shapely.distance(found.geometry.boundary, corners).max() < 0.0005


# ----------------------------------------------------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"{}", "no `type`"),
        (geojson(), "no shape"),
        (area([]), "is empty"),
        (area([[38, 36]] * 4), "three are needed"),
        (area([[38, 36], [39, 36], [40, 36], [38, 36]]), "no area"),
        (area([[38, 36], [39, "36"], [40, 36]]), "is no position"),
        (area([[0, 80], [90, 80], [179, 80], [-90, 80], [0, 80]]), "around a pole"),
        (b'{"type":"Polygon","coordinates":[[[NaN,1],[2,3],[3,4]]]}', "NaN"),
        (b'{"type":"Polygon","coordinates":[[[1e400,1],[2,3],[3,4]]]}', "no number"),
        (b'{"type":"Polygon","coordinates":' + b"[" * 200_000, "too deep"),
        (b'{"a":' * 90_000, "too deep"),
        (area([[4.2e6, 4.3e6], [4.3e6, 4.3e6], [4.3e6, 4.4e6], [4.2e6, 4.3e6]]), "no degrees"),
        (area(SQUARE, crs={"type": "name", "properties": {"name": "EPSG:3857"}}), "look like degrees"),
        (area(SQUARE, crs={"type": "name", "properties": {"name": "my own grid"}}), "not known"),
        (area(SQUARE, crs={"type": "link"}), "not known"),
        (area([[100, 33], [101, 33], [101, 100], [100, 33]]), "no degrees|latitude"),
    ],
)
def test_what_is_not_clear_is_refused(data, why):
    import re

    assert re.search(why, refused("a.geojson", data))


def test_swapped_coordinates_are_noticed_and_offered():
    beyond = [[33.0, 100.0], [34.0, 100.0], [34.0, 101.0], [33.0, 100.0]]
    assert "latitude first" in refused("a.geojson", area(beyond))
    swapped = [[30.0, 45.0], [31.0, 45.0], [31.0, 46.0], [30.0, 45.0]]
    assert "swapped" in refused("a.geojson", area(swapped))
    assert one("a.geojson", area(swapped), latitude_first=True).geometry.bounds == (45, 30, 46, 31)
    assert one("a.geojson", area(swapped), latitude_first=False).geometry.bounds == (30, 45, 31, 46)


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ([("z.shp", shp(CLOCKWISE))], "does not say its coordinate system"),
        ([("z.shp", shp(CLOCKWISE)), ("z.prj", UTM37)], "look like degrees"),
        ([("z.shp", shp(CLOCKWISE)), ("z.prj", b'LOCAL_CS["x",UNIT["m",1]]')], "not known"),
        ([("z.shp", shp(CLOCKWISE)[:-40]), ("z.prj", WGS84)], "cut off"),
        ([("z.shp", shp(CLOCKWISE, kind=3)), ("z.prj", WGS84)], "is a line"),
        ([("readme.txt", b"x")], "no shapefile"),
        ([("inner.zip", zipped(("z.shp", b"")))], "zip within the zip"),
    ],
)
def test_shapefiles_that_are_refused(members, why):
    assert why in refused("z.zip", zipped(*members))


# ----------------------------------------------------------------------------------------------------------- hostile


def test_a_file_that_names_another_is_never_followed(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_bytes(SECRET)
    layer = f'<OGRVRTLayer name="a"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer>'
    vrt = f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>"
    for name in ("x.geojson", "x.kml", "x.gpkg", "x.zip"):
        assert SECRET.decode() not in refused(name, vrt.encode())


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE k [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE k [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE k SYSTEM "http://a.example/x.dtd">',
    ],
)
def test_entities_are_refused(head):
    data = f"{head}<kml><Placemark><name>&b;</name></Placemark></kml>".encode()
    assert "entities" in refused("x.kml", data)
    assert "entities" in refused("x.kmz", zipped(("doc.kml", data)))


def lying(data):
    changed = bytearray(data)
    at = changed.rfind(b"PK\x01\x02")
    struct.pack_into("<L", changed, at + 24, 100)
    return bytes(changed)


SPACES = b"<kml>" + b" " * 100_000_000


@pytest.fixture(scope="module")
def bombs():
    return {
        "many times larger": (zipped(("doc.kml", SPACES)), "times larger"),
        "many files": (zipped(*((f"{n}.txt", b"") for n in range(20_000))), "more than 500 files"),
        "nested": (zipped(("doc.kmz", zipped(("doc.kml", kml())))), "no KML"),
        "much in sum": (zipped(*((f"{n}.txt", bytes(900_000)) for n in range(70))), "larger than 60 MB"),
        "lying": (lying(zipped(("doc.kml", b"<kml>" + b"ab" * 2_000_000))), "damaged zip|times larger"),
        "cut off": (zipped(("doc.kml", kml()))[:-30], "damaged zip"),
        "above": (zipped(("../../doc.kml", kml())), "outside"),
        "root": (zipped(("/etc/doc.kml", kml())), "outside"),
        "drive": (zipped(("C:\\doc.kml", kml())), "outside"),
    }


@pytest.mark.parametrize(
    "kind", ["many times larger", "many files", "much in sum", "nested", "lying", "cut off", "above", "root", "drive"]
)
def test_a_bomb_is_refused_by_its_directory(bombs, kind):
    import re

    data, why = bombs[kind]
    tracemalloc.start()
    started = time.process_time()
    told = refused("x.kmz", data)
    took = time.process_time() - started
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert re.search(why, told)
    assert took < 1
    assert most < 50_000_000


@pytest.mark.parametrize("name", ["x.geojson", "x.kml", "x.kmz", "x.gpkg", "x.zip", "x.exe", "x"])
def test_one_format_named_as_another_is_refused(name):
    assert "something else" in (told := refused(name, b"\x89PNG\r\n\x1a\n" + bytes(50))) or "no known format" in told


@pytest.mark.parametrize("name", ["../../etc/a.kml", "C:\\x\\a.kml", "a\0b.kml", "\u202egnp.kml", "n" * 300 + ".kml"])
def test_a_hostile_name_is_only_ever_a_label(name):
    bad = kml(more=KML_AREA.format(name="P", corners="1,2"))
    _, (error,) = read_outlines(name, bad)
    assert len(str(error.path)) <= 120
    assert str(error.path).isprintable()
    assert not str(error.path).startswith(("/", "..", "C:"))


def hostile_gpkg(tmp_path, script):
    with sqlite3.connect(tmp_path / "h.gpkg") as database:
        database.executescript(script)
    database.close()
    return (tmp_path / "h.gpkg").read_bytes()


SYSTEMS = """create table gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id);
insert into gpkg_spatial_ref_sys values (1, 'EPSG', 4326), (0, 'NONE', 0);
"""
COLUMNS = "create table gpkg_geometry_columns (table_name, column_name, srs_id);\n"
ENDLESS = "with recursive r(n) as (select 1 union all select n + 1 from r) select n as geom from r"


@pytest.mark.parametrize(
    ("script", "why"),
    [
        (
            SYSTEMS
            + COLUMNS
            + f"create view v as {ENDLESS}; insert into gpkg_geometry_columns values ('v', 'geom', 1)",
            "no layer",
        ),
        (SYSTEMS + f"create view gpkg_geometry_columns as {ENDLESS}", "GeoPackage"),
        ("create table t (a)", "GeoPackage"),
        (
            SYSTEMS + COLUMNS + "create table t (geom); insert into gpkg_geometry_columns values ('t', 'geom', 0);"
            "insert into t values (x'4750000100000000' || x'00')",
            "geometry",
        ),
    ],
)
def test_a_hostile_database_is_refused(tmp_path, script, why):
    started = time.process_time()
    assert why in refused("h.gpkg", hostile_gpkg(tmp_path, script))
    assert time.process_time() - started < 7


def test_geometry_in_geometry_does_not_overrun_the_stack(tmp_path):
    nested = struct.pack("<BII", 1, 7, 1) * 300_000
    script = SYSTEMS + COLUMNS + "create table t (geom); insert into gpkg_geometry_columns values ('t', 'geom', 1);"
    hostile_gpkg(tmp_path, script)
    with sqlite3.connect(tmp_path / "h.gpkg") as database:
        database.execute("insert into t values (?)", (b"GP\0\1" + struct.pack("<i", 4326) + nested,))
    database.close()
    assert "no polygon" in refused("h.gpkg", (tmp_path / "h.gpkg").read_bytes())


@pytest.mark.parametrize("teeth", [9_000, 200_000])
def test_a_saw_does_not_overrun_the_stack(teeth):
    x = np.arange(teeth)
    y = np.where(x % 2, 1, -1) * (teeth - x) * 1e-6
    started = time.process_time()
    assert refused("saw.geojson", area(np.column_stack([38 + x * 1e-5, 36 + y]).round(7).tolist()))
    assert time.process_time() - started < 10


def test_a_scribble_is_refused_before_it_is_mended():
    scribble = np.random.default_rng(1).uniform(38, 39, (9_000, 2)).round(4)
    assert "crosses itself" in refused("a.geojson", area(scribble.tolist()))


def test_too_much_is_refused():
    assert "corners" in refused("a.geojson", area([[38.5, 36.5]] * 300_000))
    assert "larger than 20 MB" in refused("a.geojson", b"{" + b" " * 20_000_001)
    assert "shapes" in refused("a.geojson", geojson(*[feature([])] * 5_001))
