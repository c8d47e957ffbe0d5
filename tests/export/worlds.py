"""Tables of events that no article ever made: any text, any day, any geometry, any of it unknown."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from hypothesis import strategies as st

from geo.frame import COLUMNS, CRS, SHAPES, check_frame
from geo.model import SUB_EVENT_TYPES, ActorType, Status

NASTY = (
    "=HYPERLINK(\"http://a.example\",\"x\")", "@SUM(A1)", "+1", "-1+2", "-12.5", "|calc", "%0A", "\t=1", "\r=1", "\n=1",
    "＝1", " =1", "'=1", "''=1", "'", "\u200b=1", "#N/A", "TRUE", "2019-10-09", "007", "NaN", "null", "None", "",
    "رأس العين", "عين العرب (كوباني)", "Şanlıurfa", 'He said "no", twice', "two\nlines", "two\r\nlines", "a,b;c",
    "<img src=x onerror=alert(1)>", "]]></value><script>alert(1)</script>", "&amp; &lt;", "${x}", "_x003D_1",
    "\x01\x1b", " around ", "😀" * 3, "x" * 300,
)  # fmt: skip
TEXT = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
# A millionth of a millimetre is a place like any other; numbers far below are not.
LON, LAT = (st.floats(-w, w).map(lambda value: value if abs(value) > 1e-14 else 0.0) for w in (180, 90))
PLACES = st.tuples(LON, LAT)
POINT = PLACES.map(shapely.Point)
LINE = st.lists(PLACES, min_size=2, max_size=5).map(shapely.LineString)
BOX = st.builds(lambda p, w: shapely.box(p[0], p[1], p[0] + w, p[1] + w), PLACES, st.floats(0.001, 2))
HOLED = BOX.map(lambda b: shapely.Polygon(b.exterior.coords, [shapely.affinity.scale(b, 0.5, 0.5).exterior.coords]))
MANY = st.one_of(
    st.lists(POINT, min_size=1, max_size=3).map(shapely.MultiPoint),
    st.lists(LINE, min_size=1, max_size=3).map(shapely.MultiLineString),
    st.lists(BOX, min_size=1, max_size=3).map(shapely.MultiPolygon),
    st.tuples(POINT, LINE, BOX).map(shapely.GeometryCollection),
)
GEOMETRY = st.one_of(st.none(), POINT, LINE, BOX, HOLED, MANY)
ZONES = st.lists(st.sampled_from(["ops", "afrin", "patrol_east"]), unique=True, max_size=3).map(tuple)
DAYS = st.one_of(
    st.none(), st.tuples(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.dates(date(1, 1, 1), date(9999, 12, 31)))
)
UNKNOWN_NUMBER = st.one_of(st.none(), st.integers(0, 2**31 - 1))


@st.composite
def figures(draw):
    """Fewest and most people told of, either of them perhaps not told."""
    low, high = sorted(draw(st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1))))
    return draw(st.sampled_from([(low, high), (None, None), (low, None), (None, high)]))


FIGURES = figures()


@st.composite
def rows(draw):
    """One event as values by column."""
    kind = draw(st.sampled_from(list(SUB_EVENT_TYPES)))
    days, shape = draw(DAYS), draw(GEOMETRY)
    (low, high), (hurt_low, hurt_high) = draw(FIGURES), draw(FIGURES)
    text = st.one_of(st.none(), TEXT)
    return {
        "event_type": str(kind),
        "sub_event_type": draw(st.sampled_from([None, *SUB_EVENT_TYPES[kind]])),
        "day_start": min(days) if days else None,
        "day_end": max(days) if days else None,
        "time_precision": draw(st.sampled_from([None, 1, 2, 3, 4, 5])),
        **{name: draw(text) for name in ("place", "place_id", "country", "admin1", "actor1", "actor2")},
        **{name: draw(text) for name in ("title", "source")},
        "lon": draw(LON) if shape else np.nan,
        "lat": draw(LAT) if shape else np.nan,
        "radius_km": draw(st.one_of(st.just(np.nan), st.floats(0, 20_000))),
        "geo_precision": draw(st.sampled_from([None, 1, 2, 3])),
        "shape": SHAPES[int(shapely.get_dimensions(shape))] if shape else None,
        "actor1_type": draw(st.sampled_from([None, *map(str, ActorType)])),
        "actor2_type": draw(st.sampled_from([None, *map(str, ActorType)])),
        "status": draw(st.sampled_from([*map(str, Status)])),
        "fatalities_low": low,
        "fatalities_high": high,
        "injured_low": hurt_low,
        "injured_high": hurt_high,
        "zones_inside": draw(ZONES),
        "zones_possible": draw(ZONES),
        "confidence": draw(st.floats(0, 1, width=32)),
        "review": draw(st.sampled_from(["unreviewed", "accepted", "corrected"])),
        "reports": draw(st.integers(1, 2**15 - 1)),
        "sources": draw(st.integers(1, 2**15 - 1)),
        "quote": draw(TEXT),
        "geometry": shape,
    }


def frame_of(given):
    """Make the table of these rows."""
    given = [{"event_id": f"e{n}", **row} for n, row in enumerate(given)]
    columns = {}
    for name, kind in COLUMNS.items():
        values = [row[name] for row in given]
        if kind == "category":
            found = sorted({value for value in values if value is not None})
            columns[name] = pd.Categorical(values, categories=pd.Index(found, dtype="str"))
        elif kind == "object":
            columns[name] = pd.Series(values, dtype=object)
        elif kind == "datetime64[s]":
            columns[name] = np.array(values, dtype="datetime64[D]").astype("datetime64[s]")
        elif kind != "geometry":
            columns[name] = pd.Series(values, dtype=kind)
    geometry = gpd.GeoSeries([row["geometry"] for row in given], crs=CRS)
    return check_frame(gpd.GeoDataFrame(pd.DataFrame(columns), geometry=geometry)[list(COLUMNS)])


FRAMES = st.lists(rows(), max_size=5).map(frame_of)


def assert_same(given, back, changed=lambda value: value):
    """Hold two tables to be equal, but for what a format is known to do to a text or a number."""
    assert list(back.columns) == list(given.columns)
    for name, kind in COLUMNS.items():
        before, after = given[name].tolist(), back[name].tolist()
        assert str(back[name].dtype) == kind or len(given) == 0, name
        if kind == "geometry":
            assert [g and g.wkb for g in before] == [g and g.wkb for g in after]
        else:
            if kind in ("str", "category", "float64"):
                before = [value if pd.isna(value) else changed(value) for value in before]
            same = [(x == y) is True or (not isinstance(x, tuple) and pd.isna(x) and pd.isna(y)) for x, y in
                    zip(before, after, strict=True)]  # fmt: skip
            assert all(same), (name, before, after)
