"""All zones are there, have the size others publish, and hold the towns they should."""

import time
from datetime import date

import pytest
import shapely

from geo import zones
from geo.model import Place, PlaceKind
from geo.zones import keeping
from geo.zones.building import province_areas

TOWNS = {
    "Tal Abyad": (38.9538, 36.6965, "SYR"),
    "Ras al-Ain": (40.0706, 36.8503, "SYR"),
    "Suluk": (39.1300, 36.5960, "SYR"),
    "Darbasiyah": (40.6520, 37.0728, "SYR"),
    "Kobani": (38.3535, 36.8910, "SYR"),
    "Afrin": (36.8700, 36.5120, "SYR"),
    "al-Bab": (37.5155, 36.3705, "SYR"),
    "Azaz": (37.0464, 36.5866, "SYR"),
    "Jarabulus": (38.0112, 36.8175, "SYR"),
    "Hasakah": (40.7477, 36.5024, "SYR"),
    "Manbij": (37.9549, 36.5281, "SYR"),
    "Tal Rifaat": (37.0951, 36.4722, "SYR"),
    "Ain Issa": (38.8620, 36.3860, "SYR"),
    "Tal Tamr": (40.3710, 36.6560, "SYR"),
    "Qamishli": (41.2314, 37.0522, "SYR"),
    "Akçakale": (38.9475, 36.7111, "TUR"),
}
INSIDE = [
    ("Tal Abyad", "ops"),
    ("Tal Abyad", "ops_core"),
    ("Tal Abyad", "sochi_30km"),
    ("Tal Abyad", "SYR-04"),
    ("Ras al-Ain", "ops"),
    ("Ras al-Ain", "ops_core"),
    ("Suluk", "ops"),
    ("Suluk", "ops_core"),
    ("Darbasiyah", "sochi_patrol_east"),
    ("Darbasiyah", "jazira_canton"),
    ("Kobani", "sochi_patrol_west"),
    ("Kobani", "kobani_canton"),
    ("Kobani", "SYR-09"),
    ("Afrin", "olive_branch"),
    ("al-Bab", "euphrates_shield"),
    ("Azaz", "euphrates_shield"),
    ("Azaz", "azaz_jarabulus_border"),
    ("Jarabulus", "euphrates_shield"),
    ("Jarabulus", "azaz_jarabulus_border"),
    ("Hasakah", "jazira_canton"),
    ("Hasakah", "aanes"),
    ("Manbij", "manbij"),
    ("Tal Rifaat", "shahba"),
    ("Ain Issa", "aanes"),
    ("Tal Tamr", "aanes"),
    ("Akçakale", "TUR-63"),
]
OUTSIDE = [
    ("Darbasiyah", "ops"),
    ("Darbasiyah", "sochi_patrol_west"),
    ("Kobani", "ops"),
    ("Kobani", "sochi_patrol_east"),
    ("Ain Issa", "ops"),
    ("Akçakale", "ops"),
    ("Akçakale", "SYR-04"),
    ("Qamishli", "sochi_patrol_east"),
]


def town(name, radius_km=2.0):
    lon, lat, country = TOWNS[name]
    return Place(id=name, name=name, lon=lon, lat=lat, kind=PlaceKind.TOWN, radius_km=radius_km, country=country)


def answer(place, item):
    """The answer by place, on a day the zone is in force."""
    day = item.zone.valid[0] or date(2020, 1, 1)
    found = zones.membership(place, day, day, {item.zone.id: item})
    return found[0].answer if found else "outside"


def test_all_38_zones_and_the_provinces_are_built(built, own):
    assert len(own) == 38
    provinces = [name for name, item in built.items() if item.zone.kind == "province"]
    assert len(provinces) == 14 + 18 + 81


def test_shapes_are_valid_and_named(built):
    for name, item in built.items():
        assert item.geometry.is_valid, name
        assert item.area_km2 > 0, name
        assert item.zone.name, name
        assert item.countries, name


def test_every_published_figure_is_met_within_its_tolerance(built):
    rows = zones.check(built)
    assert len(rows) >= 27
    assert [row for row in rows if not row.ok] == []


def test_check_fails_on_a_wrong_figure(own):
    from dataclasses import replace

    item = own["ops"]
    wrong = replace(item, area_km2=item.area_km2 * 1.2)
    (area,) = (row for row in zones.check({"ops": wrong}) if row.figure == "area_km2")
    assert not area.ok
    assert area.off_pct == pytest.approx(14.5, abs=1)


@pytest.mark.parametrize(("name", "zone"), INSIDE)
def test_town_is_inside(built, name, zone):
    assert answer(town(name), built[zone]) == "inside"


@pytest.mark.parametrize(("name", "zone"), OUTSIDE)
def test_town_is_not_inside(built, name, zone):
    assert answer(town(name), built[zone]) != "inside"


def test_town_of_another_country_is_outside_not_possible(built):
    assert answer(town("Akçakale", 5.0), built["ops"]) == "outside"


def test_only_small_discs_leave_a_zone_for_the_neighbour(own):
    assert own["ops"].countries == ("SYR",)
    assert own["claw_lock"].countries == ("IRQ",)
    assert set(own["iraq_syria_border"].countries) == {"IRQ", "SYR"}


def test_strips_are_cut_square(own):
    # A round cap would reach 30 km west of Tal Abyad; the literal strip begins beside the town.
    assert own["ops_core"].geometry.bounds[0] > 38.9538 - 0.12


def test_what_is_not_looked_up_says_so(own):
    assert "dates" in own["eastern_ghouta"].zone.unconfirmed
    assert set(own["badia"].zone.unconfirmed) == {"dates", "geometry"}
    for item in own.values():
        if not item.zone.sources:
            assert item.zone.unconfirmed, item.zone.id


def test_parts_name_their_whole(own):
    assert own["ops_core"].zone.parent == "ops"


def test_parties_change_by_day(own):
    zone = own["azaz_jarabulus_border"].zone
    assert [party.name for party in zone.parties_on(date(2016, 9, 3))] == ["ISIS"]
    assert "ISIS" not in [party.name for party in zone.parties_on(date(2016, 9, 5))]


def test_kept_zones_equal_freshly_built_ones(own):
    found = zones.read_definitions()
    began = time.process_time()
    fresh = zones.build(found.zones, places=found.places, path=found.path)
    assert time.process_time() - began < 2
    assert list(fresh) == list(own)
    for name, item in fresh.items():
        assert shapely.symmetric_difference(item.geometry, own[name].geometry).area < 1e-6, name
        assert item.zone == own[name].zone
        assert item.length_km == own[name].length_km


def test_built_file_is_the_one_of_these_definitions():
    assert keeping._kept(keeping.FILE, keeping.fingerprint()) is not None


def test_changed_definitions_are_built_anew(tmp_path):
    path = tmp_path / "zones.yaml"
    text = zones.definitions.DEFINITIONS.read_text(encoding="utf-8")
    path.write_text(
        text.replace("{center: makhmour_camp, radius_km: 2}", "{center: makhmour_camp, radius_km: 4}"), "utf-8"
    )
    assert zones.load_built(path)["makhmour"].area_km2 == pytest.approx(50, rel=0.03)


def test_damaged_or_missing_file_is_built_anew(tmp_path):
    damaged = tmp_path / "damaged.geojson.gz"
    damaged.write_bytes(b"no gzip")
    assert list(zones.load_built(file=damaged)) == list(zones.load_built(file=tmp_path / "missing.geojson.gz"))


def test_province_areas_are_near_the_official_ones():
    areas = province_areas()
    assert areas["SYR-01"] == pytest.approx(23334, rel=0.06)
    assert areas["IRQ-01"] == pytest.approx(138501, rel=0.06)
