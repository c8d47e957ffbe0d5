"""Zones of the user's own: kept beside the store, joined like the others, and never in their way."""

import json
from datetime import date

import pytest
import shapely
import yaml

from geo import rezoning
from geo.errors import ZoneError
from geo.model import Place, PlaceKind
from geo.pipeline import build
from geo.store import Store
from geo.store.own_zones import zones_joined
from geo.zones import load_all, load_built, membership
from geo.zones.claims import Claim, definition_of
from geo.zones.files_kept import free_id, is_id
from geo.zones.own import folder_of, keep, preview, remove, stamp

ARTICLE = """---
title: A bomb in the strip
published: 2020-02-04
source: An outlet
---
A car bomb exploded in Tal Abyad on 3 February 2020, killing four people."""
AROUND = shapely.box(38.7, 36.5, 39.2, 36.75)
ELSEWHERE = shapely.box(44.0, 33.0, 45.0, 34.0)
DISC = """zones:
- id: {id}
  name: A disc
  kind: region
  valid: [{first}, {last}]
  definition: Around Tal Abyad.
  sources: []
  confidence: {{dates: low, geometry: low}}
  geometry: {{disc: {{center: tal_abyad, radius_km: {km}}}}}
"""


def disc(zone_id="disc", *, km=20, first="2019-01-01", last="null"):
    return DISC.format(id=zone_id, km=km, first=first, last=last)


def add(folder, name="Around", shape=AROUND, **told):
    return keep(folder, definition_of(Claim(name, **told), free_id(name, ())), outlines={free_id(name, ()): shape})


@pytest.fixture(scope="module")
def article(tmp_path_factory):
    file = tmp_path_factory.mktemp("articles") / "bomb.md"
    file.write_text(ARTICLE, encoding="utf-8")
    return file


@pytest.fixture
def store(tmp_path, article):
    with Store(tmp_path / "store") as opened:
        build([article], opened)
        yield opened


def zones_of(store):
    return {zone.zone_id: zone.answer for event in store.events() for zone in event.zones}


# ----------------------------------------------------------------------------------------------------------- keeping


def test_a_drawn_shape_becomes_a_zone_like_any_other(tmp_path):
    add(tmp_path, first=date(2019, 10, 9), source="A sketch", publisher="Somebody", note="What it is.")
    every = load_all(tmp_path)
    assert list(every)[: len(load_built())] == list(load_built())
    zone = every["around"].zone
    assert zone.is_own
    assert (zone.name, zone.valid, zone.definition) == ("Around", (date(2019, 10, 9), None), "What it is.")
    assert (zone.sources[0].title, zone.sources[0].publisher, zone.unconfirmed) == ("A sketch", "Somebody", ())
    assert every["around"].geometry.symmetric_difference(AROUND).area < 1e-6
    assert every["around"].countries == ("SYR", "TUR")


def test_without_a_source_it_is_not_confirmed(tmp_path):
    add(tmp_path)
    assert load_all(tmp_path)["around"].zone.unconfirmed == ("dates", "geometry")


def test_a_definition_may_use_every_operator_and_other_zones(tmp_path):
    add(tmp_path, "My area")
    text = disc("rest").replace(
        "disc: {center: tal_abyad, radius_km: 20}", "difference: [{zone: ops}, {outline: my_area}]"
    )
    keep(tmp_path, text)
    every = load_all(tmp_path)
    assert 0 < every["rest"].area_km2 < every["ops"].area_km2
    assert not every["rest"].geometry.intersects(AROUND.buffer(-0.01))


def test_text_is_kept_as_it_was_written_and_several_zones_are_parted(tmp_path):
    noted = disc() + "# a note\n"
    keep(tmp_path, noted)
    assert (folder_of(tmp_path) / "disc.yaml").read_text(encoding="utf-8") == noted
    two = "places: {here: [39.0, 36.6]}\n" + disc("one").replace("tal_abyad", "here") + disc("two")[len("zones:\n") :]
    assert [zone.id for zone in keep(tmp_path, two)] == ["one", "two"]
    assert {"disc", "one", "two"} <= set(load_all(tmp_path))


def test_a_zone_is_replaced_only_when_asked(tmp_path):
    keep(tmp_path, disc(km=20))
    with pytest.raises(ZoneError, match="already"):
        keep(tmp_path, disc(km=5))
    keep(tmp_path, disc(km=5), replacing=True)
    assert load_all(tmp_path)["disc"].area_km2 < 100


@pytest.mark.parametrize("bad", ["ops", "con", "SYR-04", "../x", "x" * 61, "a b"])
def test_an_id_that_is_taken_or_no_file_name_is_refused(tmp_path, bad):
    with pytest.raises(ZoneError):
        keep(tmp_path, disc().replace("id: disc", f"id: {json.dumps(bad)}"))
    with pytest.raises(ZoneError):
        keep(tmp_path, disc(), outlines={bad: AROUND} if bad != "ops" else {"../ops": AROUND})
    assert not remove(tmp_path, bad)
    assert {file.name for file in tmp_path.rglob("*") if file.is_file()} == set()


def test_names_of_every_script_become_ids():
    for name in ("", "...", "AUX", "9 May", "منطقة نبع السلام", "İstanbul", "a" * 500):
        assert is_id(free_id(name, {"zone", "zone_aux"}))
    assert free_id("ops", {"ops", "ops_2"}) == "ops_3"


def test_a_broken_file_is_told_and_the_others_load(tmp_path):
    keep(tmp_path, disc("good"))
    folder = folder_of(tmp_path)
    bad = {
        "yaml.yaml": "zones: [",
        "deep.yaml": "zones: " + "[" * 100_000,
        "reversed.yaml": disc("reversed", first="2020-01-01", last="2019-01-01"),
        "other.yaml": disc("another"),
        "place.yaml": disc("place").replace("tal_abyad", "nowhere"),
        "circle.yaml": disc("circle").replace("disc: {center: tal_abyad, radius_km: 20}", "zone: circle"),
        "shape.yaml": definition_of(Claim("shape"), "shape"),
        "ops.yaml": disc("ops"),
        "empty.yaml": disc("empty").replace(
            "disc: {center: tal_abyad, radius_km: 20}", "intersection: [{zone: tanf_55km}, {zone: ops}]"
        ),
    }
    for name, text in bad.items():
        (folder / name).write_text(text, encoding="utf-8")
    errors = []
    every = load_all(tmp_path, errors=errors)
    assert set(every) - set(load_built()) == {"good"}
    assert {error.path.name for error in errors} == set(bad)
    assert all(error.line for error in errors)
    assert every["ops"].zone.is_own is False


def test_a_shape_that_leads_elsewhere_is_not_followed(tmp_path):
    text = definition_of(Claim("Around"), "around").replace("outline: around", "outline: ../../secret")
    _, built, errors = preview(text, tmp_path)
    assert not built
    assert "cannot stand here" in str(errors[0])


def test_what_was_cut_off_leaves_nothing_behind(tmp_path, monkeypatch):
    from pathlib import Path

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="space"):
        keep(tmp_path, disc())
    assert not list(folder_of(tmp_path).iterdir())


def test_dates_reversed_are_refused():
    with pytest.raises(ZoneError, match="reversed"):
        definition_of(Claim("A", date(2020, 1, 2), date(2020, 1, 1)), "a")


def test_hostile_words_stay_words(tmp_path):
    words = "<b>x</b>: {a: &b [*b]}\n- id: ops\u202e\0"
    zone_id = free_id(words, ())
    keep(
        tmp_path,
        definition_of(Claim(words, note=words.replace("\0", ""), source=words), zone_id),
        outlines={zone_id: AROUND},
    )
    zone = load_all(tmp_path)[zone_id].zone
    assert "\n" not in zone.name
    assert zone.name.startswith("<b>x</b>: {a: &b [*b]}")
    assert (
        yaml.safe_load((folder_of(tmp_path) / f"{zone_id}.yaml").read_text(encoding="utf-8"))["zones"][0]["id"]
        == zone_id
    )


# ----------------------------------------------------------------------------------------------------------- joining


def test_adding_changing_and_removing_a_zone_joins_again(store):
    before, fingerprint = store.generation(), store.fingerprint()
    add(store.folder)
    assert rezoning.rejoin(store) == 1
    assert zones_of(store)["around"] == "inside"
    assert store.generation() != before
    assert store.fingerprint() != fingerprint
    assert rezoning.rejoin(store) == 0
    keep(store.folder, definition_of(Claim("Around"), "around"), outlines={"around": ELSEWHERE}, replacing=True)
    assert rezoning.rejoin(store) == 1
    assert "around" not in zones_of(store)
    keep(store.folder, definition_of(Claim("Around"), "around"), outlines={"around": AROUND}, replacing=True)
    rezoning.rejoin(store)
    remove(store.folder, "around")
    assert rezoning.rejoin(store) == 1
    assert store.fingerprint() == fingerprint
    assert zones_joined(store) == {}
    assert store.verify() == []


def test_only_its_own_days_count(store):
    add(store.folder, last=date(2020, 2, 2))
    assert rezoning.rejoin(store) == 0
    assert "around" not in zones_of(store)


def test_joining_again_gives_what_a_build_gives(store, article):
    add(store.folder)
    keep(store.folder, disc())
    rezoning.rejoin(store)
    quick = store.events()
    with Store(store.folder.parent / "other") as other:
        add(other.folder)
        keep(other.folder, disc())
        build([article], other)
        assert other.events() == quick
        assert other.fingerprint() == store.fingerprint()
        assert zones_joined(other) == zones_joined(store)


def test_a_definition_changed_by_hand_is_joined_by_the_next_build(store, article):
    keep(store.folder, disc())
    assert "disc" not in zones_of(store)
    build([article], store)
    assert zones_of(store)["disc"] == "inside"


def test_the_answers_are_those_of_every_zone(tmp_path):
    keep(tmp_path, disc(km=20))
    every = load_all(tmp_path)
    place = Place("gn:1", "Tal Abyad", 38.9538, 36.6965, PlaceKind.TOWN, radius_km=1.0, country="SYR")
    found = {z.zone_id: z.answer for z in membership(place, date(2020, 1, 1), date(2020, 1, 1), every)}
    assert found["disc"] == "inside"
    assert found["ops"] == "inside"


def test_the_stamp_follows_every_change(tmp_path):
    seen = {stamp(tmp_path)}
    add(tmp_path)
    seen.add(stamp(tmp_path))
    keep(tmp_path, disc())
    seen.add(stamp(tmp_path))
    remove(tmp_path, "disc")
    seen.add(stamp(tmp_path))
    assert len(seen) == 4 or seen == {"", *seen}
