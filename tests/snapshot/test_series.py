"""Small maps, before and after, and films: each event is where its query puts it, and the counts hold."""

import io
import itertools
from dataclasses import replace
from datetime import date

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

from geo import snapshot
from geo.errors import InputError
from geo.frame import events_frame
from geo.model import EventType
from geo.query import Query
from geo.snapshot import Motion, cells
from geo.snapshot.figure import keep_for_days
from geo.snapshot.film import windows_of
from geo.snapshot.grid import HEAD_PT, grid
from geo.snapshot.legend import BODY_PT, NUMBER_IN, TEXT_AT_IN
from geo.snapshot.text import Box, Room, wrap
from tests import store_world as world
from tests.snapshot.conftest import LOOK, PERIOD, ZONES, words

SMALL = replace(LOOK, size="post", dpi=50)


def map_counts(figure):
    return [text.get_text() for text in figure.findobj(mpl.text.Text) if text.get_gid() == "count-map"]


def maps(figure):
    return [axes for axes in figure.axes if axes.get_label() == "map"]


def test_maps_through_time_split_the_period_whole(frame):
    query = Query(period=(date(2019, 9, 20), date(2019, 11, 10)))
    found, left_out = cells.cells_by(frame, query, "month", {})
    assert [cell.title for cell in found] == ["September 2019", "October 2019", "November 2019"]
    days = [cell.query.period for cell in found]
    assert (days[0][0], days[-1][1]) == query.period
    assert all((after[0] - before[1]).days == 1 for before, after in itertools.pairwise(days))
    assert left_out == 0


def test_small_maps_share_area_and_scale_and_count_their_own(frame):
    figure = snapshot.series(frame, Query(), by="type", zones=ZONES, options=LOOK)
    assert len(maps(figure)) == 2
    assert len({axes.get_xlim() + axes.get_ylim() for axes in maps(figure)}) == 1
    assert len({tuple(np.round(axes.get_position().size, 6)) for axes in maps(figure)}) == 1
    said = words(figure)
    assert {"Battles", "Explosions/Remote violence"} <= set(said)
    assert sorted(map_counts(figure)) == ["1", "3"]
    assert any(text.startswith("4 events on 2 maps; 3 not on any map") for text in said)


def test_an_event_on_two_maps_is_counted_once(frame):
    figure = snapshot.series(frame, Query(), by="actor", options=LOOK)
    assert any(text.startswith("4 events on 2 maps, some on more than one") for text in words(figure))


def test_a_series_by_zone_draws_each_zone_on_its_own_map(frame):
    figure = snapshot.series(frame, Query(), by="zone", zones=ZONES, options=LOOK)
    assert "Peace Spring area" in words(figure)
    assert map_counts(figure) == ["3 (1 possible)"]


@pytest.mark.parametrize("by", snapshot.BY)
def test_a_series_of_nothing_says_so(frame, by):
    figure = snapshot.series(frame, Query(text="no such word"), by=by, zones=ZONES, options=SMALL)
    assert any(text.startswith("0 events on 1 map") for text in words(figure))


def test_too_many_maps_are_refused_in_words(frame):
    long_ago = [world.event(50, day_start=date(2000, 1, 1), day_end=date(2000, 1, 1)), *world.events()]
    with pytest.raises(InputError, match=r"maps by month do not fit one sheet; 24 do. Choose a shorter period"):
        snapshot.series(events_frame(long_ago), Query(), by="month", options=SMALL)
    with pytest.raises(InputError, match="no series by 'moon'"):
        snapshot.series(frame, Query(), by="moon")


def test_before_and_after_stand_beside_each_other(frame):
    periods = ((date(2019, 10, 1), date(2019, 10, 9)), (date(2019, 10, 10), date(2019, 10, 20)))
    figure = snapshot.pair(frame, Query(), periods=periods, zones=ZONES, options=LOOK)
    said = words(figure)
    assert "Before: 1–9 October 2019" in said
    assert "After: 10–20 October 2019" in said
    numbers = {text.get_gid(): text.get_text() for text in figure.findobj(mpl.text.Text) if text.get_gid()}
    assert numbers["count-battles-before"] == "0"
    assert numbers["count-battles-after"] == "1"
    with pytest.raises(InputError, match="without a day in common"):
        snapshot.pair(frame, Query(), periods=(PERIOD, PERIOD))


@pytest.mark.parametrize(("step", "cumulative"), [("day", False), ("week", False), ("month", True), ("year", False)])
def test_the_pictures_of_a_film_leave_no_day_out(frame, step, cumulative):
    query = Query(period=(date(2019, 10, 3), date(2019, 12, 5)))
    windows = windows_of(frame, query, Motion(step=step, cumulative=cumulative))
    assert windows[0][0] == query.period[0]
    assert windows[-1][1] == query.period[1]
    for before, after in itertools.pairwise(windows):
        assert after[0] == (before[0] if cumulative else date.fromordinal(before[1].toordinal() + 1))


def test_a_film_shows_each_step_and_carries_its_record(frame):
    steps = []
    gif = snapshot.film(
        frame, Query(period=PERIOD), form="gif", motion=Motion(step="week", fps=2), zones=ZONES, options=SMALL,
        step=lambda: steps.append(1),
    )  # fmt: skip
    with Image.open(io.BytesIO(gif)) as picture:
        assert picture.n_frames == len(steps) == 2
        assert picture.size == SMALL.paper.pixels(50)
        assert picture.info["duration"] == 500
        frames = [np.asarray(picture.convert("RGB")) for n in range(2) if picture.seek(n) is None]
    assert (frames[0] != frames[1]).any()
    assert (frames[0][2, 2] == 255).all()
    found = snapshot.reopen(gif, fingerprint=LOOK.fingerprint)
    assert (found.kind, found.query, found.changed) == ("film", Query(period=PERIOD), False)


def test_the_same_film_is_the_same_bytes_and_carries_its_record_as_mp4(frame):
    pytest.importorskip("imageio_ffmpeg", reason="pip install imageio-ffmpeg")
    one, two = (
        snapshot.film(frame, Query(period=PERIOD), form="mp4", motion=Motion(step="week"), options=SMALL)
        for _ in range(2)
    )
    assert one == two
    assert snapshot.record_of(one)["step"] == "week"


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"form": "avi"}, "no film format 'avi'. Choose one of gif, mp4"),
        ({"options": replace(LOOK, dpi=600)}, "too large for a film"),
        ({"query": Query(period=(date(1000, 1, 1), None)), "motion": Motion(step="day")}, "more than 400"),
    ],
)
def test_a_film_that_cannot_be_is_refused_before_it_is_drawn(frame, bad, told):
    with pytest.raises(InputError, match=told):
        snapshot.film(frame, bad.pop("query", Query()), **bad)


def test_motion_is_bounded():
    with pytest.raises(InputError, match="no film step 'hour'"):
        Motion(step="hour")
    with pytest.raises(InputError, match="1 to 30 pictures a second, not 99"):
        Motion(fps=99)


@pytest.mark.parametrize("size", ["post-square", "journal-column"])
def test_the_names_of_maps_are_read_whole_on_small_paper(size):
    long = [f"Military Forces of the Republic of Number {n} (2014-2020)" for n in range(12)]
    events = [world.event(n, actor1=name) for n, name in enumerate(long)]
    sheet = snapshot.series(events_frame(events), Query(), by="actor", options=replace(LOOK, size=size, dpi=30))
    heads = [text.get_text() for text in sheet.findobj(mpl.text.Text) if text.get_size() == HEAD_PT]
    assert heads
    assert not any("…" in head for head in heads)
    # The twelve, and whom they fought.
    assert f"{13 - len(maps(sheet))} more actor" in " ".join(words(sheet))


def test_maps_too_small_to_be_read_are_refused_in_words():
    with pytest.raises(InputError, match="Choose a larger size"):
        grid([f"{n}" for n in range(60)], (0.0, 0.0, 4.0, 2.0))


@pytest.mark.parametrize("size", [size for size in snapshot.SIZES.values() if not size.below])
def test_no_word_of_the_legend_is_broken_beside_two_numbers(size):
    room = (size.panel_in - TEXT_AT_IN - 2 * NUMBER_IN) * 72
    for kind in map(str, EventType):
        parts = [word for line in wrap(kind, room, BODY_PT) for word in line.replace("/", "/ ").split()]
        assert parts == kind.replace("/", "/ ").split()


def test_the_days_of_a_film_hide_no_event_where_there_is_room():
    room = Room(330.0, 180.0)
    # Events along the top, and one in the middle below.
    for spot in (Box(40, 165, 60, 175), Box(160, 165, 180, 175), Box(300, 165, 320, 175), Box(250, 5, 260, 15)):
        room.take(spot)
    assert keep_for_days(room) == (0.0, 0.0)
