"""Every paper: exact sizes, text that stays text, furniture that hides nothing, colours that hold in grey."""

import base64
import io
import itertools
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib_scalebar.scalebar import ScaleBar
from PIL import Image, ImageChops
from pypdf import PdfReader

from geo import snapshot
from geo.frame import events_frame
from geo.layers.palette import EVENT_TYPE_COLOURS
from geo.layers.words import LEFT_TO_RIGHT, listed
from geo.model import EventType, Place, PlaceKind
from geo.query import Query
from geo.snapshot import view as views
from geo.snapshot.figure import frame_axes
from geo.snapshot.graticule import degrees
from geo.snapshot.ground import LAND, WATER, Ground
from geo.snapshot.text import is_right_to_left, shown
from geo.snapshot.zones import LOOKS
from tests import store_world as world
from tests.snapshot.conftest import LOOK, PERIOD, ZONES, texts, words

PICTURES = Path(__file__).parent / "pictures"
ARABIC = "هجوم على كوباني"
BAR = r'd="M ([\d.]+) [\d.]+ \nL ([\d.]+) '


@pytest.mark.parametrize(
    ("size", "pixels"),
    [("slide", (1920, 1080)), ("post", (1200, 675)), ("post-square", (1080, 1080)), ("post-tall", (1080, 1350))],
)
def test_sizes_told_in_pixels_have_exactly_these(frame, size, pixels):
    content = snapshot.to_bytes(snapshot.draw(frame, Query(), options=snapshot.Options(size=size)))
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == pixels


@pytest.mark.parametrize("size", ["a4-portrait", "journal", "journal-column", "slide"])
def test_a_drawing_is_as_large_as_its_paper(frame, size):
    look = replace(LOOK, size=size, dpi=None)
    figure = snapshot.draw(frame, Query(), options=look)
    paper = snapshot.SIZES[size]
    box = PdfReader(io.BytesIO(snapshot.to_bytes(figure, form="pdf"))).pages[0].mediabox
    assert float(box.width) / 72 * 25.4 == pytest.approx(paper.width_mm, abs=0.2)
    assert float(box.height) / 72 * 25.4 == pytest.approx(paper.height_mm, abs=0.2)
    head = snapshot.to_bytes(figure, form="svg")[:600].decode()
    assert float(re.search(r'width="([0-9.]+)mm"', head)[1]) == pytest.approx(paper.width_mm, abs=0.2)


def test_text_stays_text_in_every_direction(frame):
    figure = snapshot.draw(frame, Query(period=PERIOD), zones=ZONES, options=replace(LOOK, title=ARABIC))
    svg = snapshot.to_bytes(figure, form="svg").decode()
    assert f">{ARABIC}</text>" in svg
    assert "unicode-bidi:plaintext" in svg
    font = base64.b64decode(re.search(r"base64,([A-Za-z0-9+/=]+)\)", svg)[1])
    assert font.startswith(b"wOFF")
    assert len(font) < 60_000
    read = PdfReader(io.BytesIO(snapshot.to_bytes(figure, form="pdf"))).pages[0].extract_text()
    assert all(word in read for word in (*ARABIC.split(), "Peace Spring area"))


def test_a_title_from_the_right_stands_at_the_right(frame):
    figure = snapshot.draw(frame, Query(period=PERIOD), options=replace(LOOK, title=f"{ARABIC} SDF " * 6))
    lines = [text for text in figure.texts if text.get_weight() == "bold"]
    assert len(lines) == 2
    assert {text.get_ha() for text in lines} == {"right"}
    assert all(is_right_to_left(text.get_text()) for text in lines)


def test_marks_that_turn_text_round_are_left_out():
    assert shown("a\u202eb\u2066c\u200fd") == "abcd"
    assert shown("می\u200cخواهم") == "می\u200cخواهم"


@pytest.mark.parametrize("size", snapshot.SIZES)
def test_nothing_on_the_map_covers_a_name_or_an_event(frame, size):
    figure = snapshot.draw(frame, Query(), zones=ZONES, options=replace(LOOK, size=size, dpi=None, graticule=True))
    figure.draw_without_rendering()
    axes = next(a for a in figure.axes if any(isinstance(artist, ScaleBar) for artist in a.artists))
    names = [text.get_window_extent() for text in texts(axes, 10)]
    (bar,) = (artist for artist in axes.artists if isinstance(artist, ScaleBar))
    locator = [a.get_window_extent() for a in figure.axes if a.get_label() == "locator"]
    fixed = [bar.get_window_extent(), *locator]
    dots = [
        p
        for group in axes.collections
        if group.get_zorder() == 9
        for p in axes.transData.transform(group.get_offsets())
    ]
    for one, two in itertools.combinations(names, 2):
        assert min(one.x1, two.x1) - max(one.x0, two.x0) < 2 or min(one.y1, two.y1) - max(one.y0, two.y0) < 2
    for box, name in itertools.product(fixed, names):
        assert not box.shrunk(0.9, 0.9).overlaps(name.shrunk(0.9, 0.9))
    for box, (x, y) in itertools.product([*names, *locator], dots):
        assert not box.shrunk(0.9, 0.9).contains(x, y)


def test_the_locator_gives_way_to_events_in_every_corner():
    corners = [(36.0, 34.0), (36.0, 37.0), (42.0, 34.0), (42.0, 37.0)]
    places = [Place(f"gn:{n}", f"P{n}", lon, lat, PlaceKind.TOWN, 1.0) for n, (lon, lat) in enumerate(corners)]
    frame = events_frame([world.event(n, place=place) for n, place in enumerate(places)])
    tight = snapshot.draw(frame, Query(), options=replace(LOOK, bounds=(35.9, 33.9, 42.1, 37.1), size="a4-landscape"))
    assert not [axes for axes in tight.axes if axes.get_label() == "locator"]
    loose = snapshot.draw(frame, Query(), options=replace(LOOK, bounds=(30.0, 30.0, 46.0, 39.0)))
    assert [axes for axes in loose.axes if axes.get_label() == "locator"]
    off = snapshot.draw(frame, Query(), options=replace(LOOK, bounds=(30.0, 30.0, 46.0, 39.0), locator=False))
    assert not [axes for axes in off.axes if axes.get_label() == "locator"]


def test_the_graticule_is_there_when_asked_for(frame):
    plain = snapshot.draw(frame, Query(), options=LOOK)
    ruled = snapshot.draw(frame, Query(), options=replace(LOOK, graticule=True))
    assert not any("°" in text for text in words(plain))
    assert any(re.fullmatch(r"3[5-9]°(\d\d′)?N", text) for text in words(ruled))
    assert any(re.fullmatch(r"(3[6-9]|4[0-2])°(\d\d′)?E", text) for text in words(ruled))


@pytest.mark.parametrize(
    ("value", "text"), [(36, "36°N"), (-36.5, "36°30′S"), (0, "0°"), (0.1, "0°06′N"), (36.25, "36°15′N")]
)
def test_degrees_are_written_as_on_a_map(value, text):
    assert degrees(value, "N", "S") == text


@pytest.mark.parametrize(
    "bounds", [(-170.0, -60.0, 170.0, 80.0), (170.0, -20.0, 179.9, -10.0), (-40.0, 60.0, 60.0, 89.0)]
)
def test_any_part_of_the_world_can_be_drawn(frame, bounds):
    assert snapshot.draw(frame, Query(), zones=ZONES, options=replace(LOOK, bounds=bounds, graticule=True))


def test_one_event_is_a_map(frame):
    figure = snapshot.draw(events_frame([world.event(0)]), Query(), options=LOOK)
    assert "1 event." in words(figure)
    assert "Kobani" in words(figure)


def test_more_zones_than_can_be_told_apart_are_counted():
    many = {f"z{n}": replace_zone(n) for n in range(12)}
    figure = snapshot.draw(
        events_frame(world.events()), Query(), zones=many, options=replace(LOOK, size="a4-landscape")
    )
    said = words(figure)
    assert sum(text.startswith("Zone number") for text in said) == len(figure.record["zones"]) == len(LOOKS)
    assert "and 4 more that are not drawn" in said


def replace_zone(number):
    zone = type(ZONES["desert"])
    return zone(f"Zone number {number}", (None, None), shapely.box(38 + number / 8, 35.4, 38.6 + number / 8, 35.9))


def lightness(colour):
    """CIE L* of a colour: what a black-and-white printer leaves of it."""
    red, green, blue = (np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255) ** 2.2
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return 116 * y ** (1 / 3) - 16


def test_event_types_can_be_told_apart_in_grey():
    greys = sorted(lightness(EVENT_TYPE_COLOURS[kind]) for kind in EventType)
    assert min(np.diff(greys)) > 3.5
    assert max(greys) < lightness("#f4f1ea") - 15


def test_zones_can_be_told_apart_in_grey():
    assert len({(look.angles, look.dashes) for look in LOOKS}) == len(LOOKS)
    assert len({look.colour for look in LOOKS}) == len(LOOKS)


@pytest.mark.parametrize(
    ("name", "query", "looks"),
    [
        ("map", Query(period=PERIOD), {"size": "post"}),
        ("column", Query(), {"size": "journal-column", "graticule": True}),
        ("nothing", Query(text="no such word"), {"size": "post"}),
        ("half the world", Query(), {"size": "post", "bounds": (-60.0, -30.0, 120.0, 75.0)}),
    ],
)
def test_it_looks_like_the_picture_that_was_looked_at(frame, name, query, looks, tmp_path):
    look = replace(LOOK, dpi=45 if name != "column" else 80, **looks)
    content = snapshot.to_bytes(snapshot.draw(frame, query, zones=ZONES, options=look))
    (tmp_path / f"{name}.png").write_bytes(content)
    with Image.open(io.BytesIO(content)) as drawn, Image.open(PICTURES / f"{name}.png") as wanted:
        assert drawn.size == wanted.size
        apart = np.asarray(ImageChops.difference(drawn.convert("L"), wanted.convert("L")), dtype=float)
    # Another machine smooths letters otherwise; a part that moved changes far more.
    assert apart.mean() < 1.5, f"compare {tmp_path / name}.png with tests/snapshot/pictures/{name}.png"


def test_the_scale_bar_is_read_back_true(figure, files):
    svg = files.svg.decode()
    (told,) = re.findall(r">(\d+) km</text>", svg)
    # The bar stands after its number, a filled rectangle in points.
    after = svg[svg.index(f">{told} km</text>") - 6000 : svg.index(f">{told} km</text>") + 2000]
    bars = [abs(float(x1) - float(x0)) for x0, x1 in re.findall(BAR, after)]
    axes = next(a for a in figure.axes if any(isinstance(artist, ScaleBar) for artist in a.artists))
    x0, x1 = axes.get_xlim()
    wide_pt = axes.get_position().width * figure.get_size_inches()[0] * 72
    wanted = float(told) * 1000 / (x1 - x0) * wide_pt
    assert any(bar == pytest.approx(wanted, rel=0.01) for bar in bars)


# Siberia, Congo, Amazon, the pole's own land; Atlantic, Indian Ocean, Kara Sea, Pacific.
LANDS = ((100.0, 66.0), (20.0, 0.0), (-60.0, -5.0), (-20.0, -80.0))
SEAS = ((-30.0, 40.0), (70.0, -20.0), (75.0, 76.0), (150.0, 20.0), (-140.0, 20.0))


# The last but one has land at the other end of the earth, which must not turn inside out.
@pytest.mark.parametrize("bounds", [(-60, -30, 120, 75), (-180, -60, 180, 80), (60, -85, 180, 85), (-180, -80, 0, 80)])
def test_half_the_world_has_its_land_and_no_other(bounds):
    view = views.make(bounds, width_in=8, height_in=6)
    sheet = Figure(figsize=(8, 6), dpi=50)
    axes = sheet.add_axes((0, 0, 1, 1))
    frame_axes(axes, view)
    Ground(view).draw(axes)
    canvas = FigureCanvasAgg(sheet)
    canvas.draw()
    picture = np.asarray(canvas.buffer_rgba())[..., :3]
    colours = {LAND: LANDS, WATER: SEAS}
    for colour, (lon, lat) in [(colour, spot) for colour, spots in colours.items() for spot in spots]:
        x, y = view.xy(lon, lat)
        if view.holds(x, y):
            column, row = axes.transData.transform((x, y))
            found = "#{:02x}{:02x}{:02x}".format(*picture[int(300 - row), int(column)])
            assert found == colour, (lon, lat)


def test_nothing_is_drawn_along_the_date_line():
    view = views.make((100, 40, 180, 80), width_in=8, height_in=6)
    axes = Figure().add_subplot()
    Ground(view).draw(axes)
    line = shapely.LineString(np.column_stack(view.xy(np.full(50, 180.0), np.linspace(66, 68.5, 50)))).buffer(3_000)
    drawn = [shapely.LineString(path.vertices) for made in axes.collections for path in made.get_paths()
             if isinstance(made, LineCollection)]  # fmt: skip
    assert drawn
    assert sum(shapely.intersection(shape, line).length for shape in drawn) < 20_000


def test_names_from_the_right_stand_in_the_order_of_the_list():
    names = ["صحيفة الشرق", "Frontier Post", "وكالة الأناضول", "شبكة شام"]
    told = listed(names)
    # What parts two of them is written from the left again.
    assert told.replace(LEFT_TO_RIGHT, "") == "; ".join(names)
    assert f"{names[2]}{LEFT_TO_RIGHT}; {names[3]}{LEFT_TO_RIGHT}" in told
    articles = [world.article(n, source=name) for n, name in enumerate(names)]
    figure = snapshot.draw(events_frame([world.event(n) for n in range(4)], articles), Query(), options=LOOK)
    (line,) = (text for text in words(figure) if "4 sources" in text)
    assert line.count(LEFT_TO_RIGHT) == 3
