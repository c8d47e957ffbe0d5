"""A figure says what its query says, fits its paper, and carries its own record."""

from dataclasses import replace

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib_scalebar.scalebar import ScaleBar
from pyproj import Geod

from geo import snapshot
from geo.errors import GeoError, InputError
from geo.frame import events_frame
from geo.model import EventType, Place, PlaceKind
from geo.query import Query
from geo.snapshot import Options, view
from geo.snapshot.symbols import CROWD, radius_pt, symbols
from geo.snapshot.text import Box, Room, width_pt, wrap
from tests import store_world as world
from tests.snapshot.conftest import LOOK, PERIOD, ZONES, words


def test_title_says_the_period_and_the_legend_counts_each_type(figure):
    said = words(figure)
    assert "Events, 9–20 October 2019" in said
    legend = said[said.index("Events on the map") : said.index("Signs")]
    assert legend[1:3] == ["possible", "certain"]
    numbers = {text.get_gid(): text.get_text() for text in figure.findobj(mpl.text.Text) if text.get_gid()}
    assert numbers == {
        "count-battles-certain": "1",
        "count-battles-possible": "0",
        "count-explosions-remote-violence-certain": "2",
        "count-explosions-remote-violence-possible": "1",
    }


def test_it_counts_certain_possible_and_what_is_not_on_the_map(figure):
    assert any(
        text == "4 events (3 certain, 1 possible); 3 more not on the map: no day, no place, or only a country."
        for text in words(figure)
    )


def test_zones_in_force_are_lettered_and_listed(figure):
    said = words(figure)
    assert "Peace Spring area" in said
    assert "Desert (unconfirmed)" in said
    assert "Kobani canton" not in said
    assert said.count("A") == said.count("B") == 2


def test_only_the_zones_that_are_asked_for_are_drawn(frame):
    said = words(snapshot.draw(frame, Query(zones={"desert"}), zones=ZONES, options=LOOK))
    assert "Desert (unconfirmed)" in said
    assert "Peace Spring area" not in said


def test_credits_are_there(figure):
    said = " ".join(words(figure))
    for part in ("Frontier Post", "Natural Earth", "GeoNames (CC BY 4.0)", "data abcdef01", "exported 2024-12-31"):
        assert part in said


def test_the_same_query_gives_the_same_bytes(frame):
    for form in snapshot.FORMATS:
        one, two = (
            snapshot.to_bytes(snapshot.draw(frame, Query(period=PERIOD), zones=ZONES, options=LOOK), form=form)
            for _ in range(2)
        )
        assert one == two


def test_a_map_of_nothing_says_so(frame):
    for empty, query in ((events_frame([]), Query()), (frame, Query(text="no such word"))):
        figure = snapshot.draw(empty, query, options=LOOK)
        assert "No events under these filters have a day and a place." in words(figure)
        assert snapshot.to_bytes(figure)


def test_foreign_text_is_never_a_formula(frame):
    query = Query(text="$x^2$")
    figure = snapshot.draw(frame, query, options=replace(LOOK, title="costs $5 and $\\frac$"))
    assert "costs $5 and $\\frac$" in words(figure)
    assert not any(text.get_parse_math() for text in figure.findobj(mpl.text.Text) if "$" in text.get_text())
    assert snapshot.to_bytes(figure)


@pytest.mark.parametrize("size", snapshot.SIZES)
@pytest.mark.parametrize("title", ["word " * 100, "x" * 500, "هجوم على كوباني"])
def test_nothing_leaves_the_paper(frame, size, title):
    figure = snapshot.draw(
        frame, Query(period=PERIOD), zones=ZONES, options=replace(LOOK, title=title, size=size, dpi=None)
    )
    figure.draw_without_rendering()
    paper = figure.bbox
    for text in figure.findobj(mpl.text.Text):
        if text.get_visible() and text.get_text().strip():
            box = text.get_window_extent()
            assert paper.x0 <= box.x0, text
            assert paper.x1 >= box.x1, text
            assert paper.y0 <= box.y0, text
            assert paper.y1 >= box.y1, text


def test_names_on_the_map_do_not_cover_each_other(figure):
    figure.draw_without_rendering()
    names = [
        t.get_window_extent() for t in figure.findobj(mpl.text.Text) if t.axes is not None and t.get_zorder() == 10
    ]
    assert len(names) > 5
    for i, one in enumerate(names):
        for two in names[i + 1 :]:
            width = min(one.x1, two.x1) - max(one.x0, two.x0)
            height = min(one.y1, two.y1) - max(one.y0, two.y0)
            assert width < 2 or height < 2


def test_the_scale_bar_is_true_at_the_maps_latitude():
    there = view.make((36.0, 35.0, 42.0, 38.0), width_in=8, height_in=5)
    east, west = there.xy([39.5, 38.5], [36.5, 36.5])[0]
    _, _, metres = Geod(ellps="WGS84").inv(38.5, 36.5, 39.5, 36.5)
    assert east - west == pytest.approx(metres, rel=0.002)


def test_there_is_one_scale_bar_in_kilometres(figure):
    bars = [artist for axes in figure.axes for artist in axes.artists if isinstance(artist, ScaleBar)]
    assert [(bar.dx, bar.units) for bar in bars] == [(0.001, "km")]


def test_a_view_holds_its_bounds_and_fits_the_paper():
    there = view.make((36.0, 35.0, 42.0, 38.0), width_in=8, height_in=5)
    x0, x1, y0, y1 = there.extent
    assert (x1 - x0) / (y1 - y0) == pytest.approx(8 / 5)
    x, y = there.xy([36.0, 42.0, 36.0, 42.0], [35.0, 35.0, 38.0, 38.0])
    assert there.holds(x, y).all()


def test_events_spread_over_the_world_are_counted_outside_the_map():
    far = Place("gn:x", "Washington", -77.0, 38.9, PlaceKind.CITY, 10.0)
    frame = events_frame([*(world.event(n) for n in range(40)), world.event(99, place=far)])
    figure = snapshot.draw(frame, Query(), options=LOOK)
    said = words(figure)
    assert "41 events, 1 of them outside this map." in said
    assert said[said.index("Explosions/Remote violence") - 1] == "40"


def test_half_the_world_can_be_drawn(frame):
    assert snapshot.to_bytes(
        snapshot.draw(frame, Query(), zones=ZONES, options=replace(LOOK, bounds=(-120.0, -40.0, 150.0, 70.0)))
    )


def test_many_types_at_one_place_become_one_symbol_that_keeps_the_count():
    kinds = list(EventType)
    frame = events_frame([world.event(n, event_type=kinds[n % 7]) for n in range(20)])
    there = view.make((37.0, 36.0, 40.0, 38.0), width_in=8, height_in=5)
    (symbol,) = symbols(frame, frame["lon"].notna(), there)
    assert symbol.n == 20
    assert sum(n for _, _, n in symbol.parts) == 20
    assert len(symbol.parts) == 7


def test_few_types_stand_side_by_side_around_their_place():
    frame = events_frame([world.event(0), world.event(1, event_type=EventType.BATTLES)])
    there = view.make((37.0, 36.0, 40.0, 38.0), width_in=8, height_in=5)
    left, right = sorted(symbols(frame, frame["lon"].notna(), there), key=lambda s: s.x)
    assert left.x < left.at_x < right.x
    assert (right.x - left.x) / there.metres_per_point >= left.r + right.r


def test_more_deaths_are_never_smaller():
    sizes = [radius_pt(deaths) for deaths in range(0, 500, 5)]
    assert sizes == sorted(sizes)


def test_a_crowd_is_drawn_in_its_place():
    random = np.random.default_rng(1)
    points = random.uniform((36, 35), (42, 38), (CROWD + 100, 2))
    places = [Place(f"gn:{n}", f"P{n}", *point, PlaceKind.TOWN, 1.0) for n, point in enumerate(points.tolist())]
    frame = events_frame([world.event(n, place=place) for n, place in enumerate(places)])
    there = view.make((35.5, 34.5, 42.5, 38.5), width_in=8, height_in=5)
    found = symbols(frame, frame["lon"].notna(), there)
    assert len(found) == len(frame)
    assert all((s.x, s.y) == (s.at_x, s.at_y) for s in found)


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"size": "napkin"}, "no figure size 'napkin'; there are a4-landscape"),
        ({"dpi": 5000}, "5000 dpi, it must be from 30 to 1200"),
        ({"bounds": (42.0, 35.0, 36.0, 38.0)}, "is not west, south, east, north"),
    ],
)
def test_options_that_cannot_be_drawn_are_named(bad, told):
    with pytest.raises(InputError, match=told):
        Options(**bad)


def test_an_unknown_format_and_an_unwritable_place_are_named(figure, tmp_path):
    with pytest.raises(InputError, match=r"no figure format 'gif'. Choose one of png, svg, pdf"):
        snapshot.save(figure, tmp_path / "figure.gif")
    with pytest.raises(GeoError, match="cannot be written"):
        snapshot.save(figure, tmp_path / "no such folder" / "figure.png")


def test_no_torn_file_is_left(figure, tmp_path):
    (tmp_path / "figure.png").mkdir()
    with pytest.raises(GeoError, match="cannot be written"):
        snapshot.save(figure, tmp_path / "figure.png")
    assert [file.name for file in tmp_path.iterdir()] == ["figure.png"]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), st.integers(40, 300), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_wrapped_lines_fit(text, width, lines):
    wrapped = wrap(text, width, 8, lines=lines)
    assert 1 <= len(wrapped) <= lines
    assert all(width_pt(line, 8) <= width for line in wrapped if len(line) > 2)


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 100)), max_size=30))
@settings(max_examples=60, deadline=None)
def test_room_is_never_given_twice(spots):
    room = Room(200, 100)
    given_out: list[Box] = []
    for x, y in spots:
        if (box := room.beside(x, y, 2, (30, 8))) is not None:
            assert box.x0 >= 0
            assert box.x1 <= 200
            assert all(box.x1 < t.x0 or t.x1 < box.x0 or box.y1 < t.y0 or t.y1 < box.y0 for t in given_out)
            given_out.append(box)
