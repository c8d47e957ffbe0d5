"""Protected places and sources: no output holds a finer coordinate than allowed, and what was left out is said."""

import base64
import gzip
import json
import math
import re
import struct
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cli import main
from geo.errors import InputError
from geo.export import FORMATS, About, save
from geo.importers import keep
from geo.known import load
from geo.model import KnownBy
from geo.pipeline import open_resources, rebuild_events
from geo.protection import MARK, WITHHELD, cell, coarse, is_protected, rules_of, shown
from geo.protection_rows import told
from geo.protection_rules import FILE, Action, Rule, distance_km, read
from geo.query import Query
from geo.reports.material import gather
from geo.standalone import html
from geo.store import Store, decisions
from geo.timemap import pack
from tests import store_world as world
from tests.importers.test_segments import ABOUT, batch, rows

KOBANI = f"{world.KOBANI.lon}", f"{world.KOBANI.lat}"


def rule(folder, text):
    (folder / FILE).write_text("protected:\n  - " + text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "store"
    with Store(folder) as store:
        for number in range(4):
            place = world.KOBANI if number < 2 else world.RAS_AL_AYN
            article = world.article(number, source="Frontier Post" if number != 3 else "River Times")
            store.write(article, [world.report(number, place=place)], "v1")
        keep(store, [batch(rows(2, place="Kobani", place_id="x:1", quote="Shells hit the town"))], key="k", **ABOUT)
        rebuild_events(store, open_resources())
    return folder


def outputs(folder, tmp_path):
    """Everything a store can be turned into, as text by name."""
    with Store(folder, readonly=True) as store:
        events = load(store).events
        material = gather(store, Query())
        yield "table", events.drop(columns="geometry").to_csv() + str(list(events.geometry))
        yield "payload", pack(events).decode("latin-1")
        yield "told", str(material.told) + material.frame.to_csv()
        for name in ("csv", "geojson", "kml"):
            if name in FORMATS:
                path = save(events, tmp_path / f"events.{name}", query=Query(), form=name, about=About("x"))
                yield name, path.read_text(encoding="utf-8", errors="replace")
        known = load(store, Query(known_on=date(2030, 1, 1), known_by=KnownBy.RECORDED)).events
        yield "known on", known.to_csv()
    yield "page", unpacked(html(material))


def unpacked(page):
    """A stand-alone page with what it carries."""
    page = page.decode() if isinstance(page, bytes) else page
    parts = [page]
    for word in re.findall(r"[A-Za-z0-9+/=]{200,}", page):
        try:
            parts.append(gzip.decompress(base64.b64decode(word)).decode("latin-1"))
        except (OSError, ValueError, EOFError):
            continue
    return "\n".join(parts)


@pytest.mark.parametrize("show", ["25", "admin-1", "nothing"])
def test_no_output_holds_the_place_its_name_or_its_sentence(folder, tmp_path, show):
    before = dict(outputs(folder, tmp_path))
    assert any(KOBANI[0] in text for text in before.values())
    rule(folder, f"{{names: [Kobani], discs: [[38.351, 36.891, 3]], show: {show}}}")
    # The payload holds single-precision numbers.
    exact = [struct.pack("<f", float(one)).decode("latin-1") for one in KOBANI]
    assert all(one in before["payload"] for one in exact)
    for name, text in outputs(folder, tmp_path):
        assert not any(one in text for one in exact), name
        # The ground of a page names towns, and so do zones.
        if name != "page":
            assert not any(one in text for one in (*KOBANI, "Kobani")), name
        for secret in ("on day 0", "on day 1", "gn:171914", "part 0", "part 1"):
            assert secret not in text, f"{secret} in {name}"


def test_what_was_left_out_is_counted_and_the_rest_is_whole(folder):
    rule(folder, "{names: [Kobani], show: nothing}")
    with Store(folder, readonly=True) as store:
        events = load(store).events
        assert told(events) == "4 events withheld by rule"
        assert len(events) == 2
        assert len(store.events()) == 4
        assert store.verify() == []
    rule(folder, "{places: [gn:171914], show: 25}")
    with Store(folder, readonly=True) as store:
        events = load(store).events
    assert told(events) == "2 events shown less exactly by rule"
    moved = events[events["place_id"].astype(str).str.startswith(MARK)]
    assert (moved["quote"] == WITHHELD).all()
    assert moved["radius_km"].between(20, 40).all()


def test_every_caption_and_file_says_what_was_left_out(folder, tmp_path):
    from geo.reports.caption import caption
    from geo.reports.words import counted
    from geo.snapshot import draw, to_bytes

    rule(folder, "{names: [Kobani], show: nothing}")
    # Two read from articles, and two imported.
    words = "Of the whole store, 4 events withheld by rule."
    with Store(folder, readonly=True) as store:
        material = gather(store, Query())
    # Whatever is selected, the counts are the store's.
    for one in (material, replace(material, query=Query(text="nothing of this"))):
        assert words in caption(one.events, one.query, names={}, made=None, fingerprint="x")
        assert words[:-1].lower() in counted(one).lower()
        path = save(one.events, tmp_path / "events.geojson", query=one.query, about=About("x"))
        assert words in path.read_text(encoding="utf-8")
        assert words in to_bytes(draw(one.frame, one.query), form="svg").decode()
    with Store(folder, readonly=True) as store:
        known = gather(store, Query(known_on=date(2030, 1, 1), known_by=KnownBy.RECORDED))
    assert "4 events withheld by rule" in counted(known)
    (folder / FILE).unlink()
    with Store(folder, readonly=True) as store:
        assert "Of the whole store" not in counted(gather(store, Query()))


def test_a_protected_source_is_not_named(folder, tmp_path):
    rule(folder, '{sources: ["river times"], show: admin-1}')
    with Store(folder, readonly=True) as store:
        assert shown(store).coarsened == 1
    for name, text in outputs(folder, tmp_path):
        assert "River Times" not in text, name


def test_the_fingerprint_tells_that_a_rule_holds(folder):
    with Store(folder, readonly=True) as store:
        before = load(store).fingerprint
        rule(folder, "{names: [Kobani], show: 25}")
        assert load(store).fingerprint != before


def test_the_store_keeps_what_is_known_and_no_decision_is_made_of_what_is_shown(folder):
    from geo.ui import review_actions

    rule(folder, "{names: [Kobani], show: 25}")
    with Store(folder, readonly=True) as store:
        event = next(one for one in shown(store).events if is_protected(one))
        assert {one.best.place.name for one in store.events()} == {"Kobani", "Ras al-Ayn"}
    import streamlit

    streamlit.session_state["reviewer"] = "Ada"
    review_actions.take(folder, "accept", [event], None)
    assert "protects" in str(streamlit.session_state.pop("review_refused"))
    with Store(folder, readonly=True) as store:
        assert decisions(store) == ()


def test_changes_are_told_under_the_rules_too(folder, capsys):
    rule(folder, "{names: [Kobani], show: nothing}")
    assert main(["changes", "2019-10-01", "--json", "--store", str(folder)]) == 0
    assert "Kobani" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("{names: [X], show: 0.1}", 2, "show is neither"),
        ("{names: [X]}", 2, "show is neither"),
        ("{show: 25}", 2, "protects nothing"),
        ("{names: X, show: 25}", 2, "no list of texts"),
        ("{discs: [[190, 0, 3]], show: 25}", 2, "no list of"),
        ("{names: [X], show: 25, colour: red}", 2, "not known here"),
        ("names: [X]\n    show: 25\n    whyy: so", 4, "not known here"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_line_and_nothing_is_shown(folder, text, line, problem):
    rule(folder, text)
    with pytest.raises(InputError, match=problem) as caught:
        read(folder / FILE)
    assert caught.value.line == line
    with Store(folder, readonly=True) as store, pytest.raises(InputError):
        load(store)


def test_the_strongest_rule_holds(folder):
    (folder / FILE).write_text(
        "protected:\n  - {names: [Kobani], show: 10}\n  - {names: [kobani], show: 50}\n", encoding="utf-8"
    )
    assert rules_of(folder).strongest([(world.KOBANI, None)]).km == 50


places = st.tuples(st.floats(-179.9, 179.9), st.floats(-80, 80))


@given(places, st.sampled_from([1.0, 5.0, 25.0, 100.0, 500.0]), st.floats(0, 1), st.floats(0, 1))
def test_a_rounded_place_tells_no_more_than_its_cell_and_its_radius_reaches_the_true_one(at, km, east, north):
    place = replace(world.KOBANI, lon=at[0], lat=at[1], radius_km=0.0)
    found = coarse(place, Rule(Action.ROUND, km))
    assert distance_km(*at, found.lon, found.lat) <= found.radius_km * 1.02 + 1
    # Any other place of the cell gives the same answer, to the last digit.
    high = km / 111.195
    wide = high / max(0.01, math.cos(math.radians(found.lat)))
    other = (found.lon + (east - 0.5) * wide * 0.98, found.lat + (north - 0.5) * high * 0.98)
    if abs(other[0]) < 179 and abs(found.lon) < 179:
        assert cell(*other, km) == (found.lon, found.lat)
    assert found.geometry is None
    assert json.dumps([found.lon, found.lat]) == json.dumps([round(found.lon, 4), round(found.lat, 4)])
