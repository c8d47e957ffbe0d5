import sqlite3
from pathlib import Path

import pytest

from geo.errors import DataError
from geo.geocoders import open_gazetteer
from geo.geocoders.gazetteer import ALIAS, EXACT, LOOSE, Gazetteer, distance_km
from geo.geocoders.names import fold
from geo.model import POINT_KINDS, PlaceKind


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Tal Abyad", "gn:163750"),
        ("Girê Spî", "gn:163750"),
        ("تل أبيض", "gn:163750"),
        ("Serêkaniyê", "gn:165509"),
        ("Ras al-Ain", "gn:165509"),
        ("Kobanê", "gn:172256"),
        ("Ayn al-Arab", "gn:172256"),
        ("عين العرب", "gn:172256"),
        ("Jarablus", "gn:169179"),
        ("Cerablus", "gn:169179"),
        ("Hasakeh", "gn:173811"),
        ("Hassakeh", "gn:173811"),
        ("الحسكة", "gn:173811"),
        ("Kamışlı", "gn:173377"),
        ("Qamishlo", "gn:173377"),
        ("Deir Ezzor", "gn:170794"),
        ("al-Tanf", "own:tanf_garrison"),
        ("Hamodouli", "own:al_mahmudli"),
        ("Tabqa air base", "own:tabqa_air_base"),
        ("al-Hol camp", "own:al_hol_camp"),
        ("Türkiye", "country:TUR"),
        ("Suriye", "country:SYR"),
        ("العراق", "country:IRQ"),
        ("U.S.", "country:USA"),
        ("Georgia", "country:GEO"),
        ("Lebanon", "country:LBN"),
        ("California", "gn:5332921"),
        ("Cuyahoga County", "us-county:39035"),
        ("northern Syria", "own:northern_syria"),
        ("Turkish-Syrian border", "own:syria_turkiye_border"),
        ("Kurdistan Region", "own:kurdistan_region"),
        ("Fırat", "ne:river-Euphrates"),
        ("Aleppo", "gn:170063"),
        ("Aleppo province", "gn:170062"),
        ("Nineveh", "gn:92877"),
        ("Paris", "gn:2988507"),
    ],
)
def test_the_best_known_place_of_a_name_comes_first(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    assert gazetteer.lookup(name)[0].id == place_id


def test_an_unknown_name_is_nobody(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Xyzzyville") == ()
    assert gazetteer.lookup("") == ()
    assert gazetteer.lookup("—") == ()
    assert gazetteer.get("gn:1") is None
    assert gazetteer.get("gn:none") is None


def test_a_match_says_how_it_was_found(gazetteer: Gazetteer) -> None:
    ways = {place.id: how for place, how in gazetteer.match("Tel Abiad", loose=True)}
    assert ways["gn:163750"] in {ALIAS, LOOSE}
    assert gazetteer.match("Tal Abyad")[0][1] == EXACT
    assert gazetteer.match("Girê Spî")[0][1] == ALIAS
    exact_first = [how for _place, how in gazetteer.match("Tal Abyad", loose=True)]
    assert exact_first == sorted(exact_first, key=[EXACT, ALIAS, LOOSE].index)


def test_loose_names_are_found_in_the_theatre_only_when_asked_for(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Jindayres Castle") == ()
    assert not any(place.country == "SYR" for place in gazetteer.lookup("Kafer Zeita"))
    assert any(place.country == "SYR" for place in gazetteer.lookup("Kafer Zeita", loose=True))


def test_country_comes_from_the_gazetteer_and_not_from_the_map(gazetteer: Gazetteer) -> None:
    # Natural Earth draws both on the Turkish side of the border.
    for name in ("Tal Abyad", "Kobani", "Tal Abyad crossing"):
        assert gazetteer.lookup(name)[0].country == "SYR"


def test_every_own_place_keeps_the_province_it_was_given(gazetteer: Gazetteer) -> None:
    found = gazetteer.get("own:tanf_garrison")
    assert found is not None
    assert (found.country, found.admin1, found.kind) == ("SYR", "Homs", PlaceKind.BASE)


def test_areas_and_lines_have_a_shape_and_points_have_none(gazetteer: Gazetteer) -> None:
    for name in ("Syria", "Aleppo province", "northern Syria", "Euphrates", "Syria-Turkey border", "M4 highway"):
        place = gazetteer.lookup(name)[0]
        assert place.geometry is not None, name
        assert place.kind not in POINT_KINDS
    assert gazetteer.lookup("Tal Abyad")[0].geometry is None


def test_near_gives_points_nearest_first(gazetteer: Gazetteer) -> None:
    places = gazetteer.near(38.954, 36.697, 30)
    away = [distance_km(38.954, 36.697, place.lon, place.lat) for place in places]
    assert places[0].id == "gn:163750"
    assert away == sorted(away)
    assert away[-1] <= 30
    assert all(place.kind in POINT_KINDS for place in places)


def test_near_works_over_the_date_line_and_at_the_pole(gazetteer: Gazetteer) -> None:
    assert {place.country for place in gazetteer.near(179.99, -16.8, 150)} == {"FJI"}
    assert isinstance(gazetteer.near(0.0, 89.9, 200), tuple)


def test_names_exist_tells_many_at_once(gazetteer: Gazetteer) -> None:
    keys = {fold("Tal Abyad"), fold("Damascus"), "qqqqqq"}
    many = keys | {f"qq{number}" for number in range(2000)}
    assert gazetteer.names_exist(many) == {fold("Tal Abyad"), fold("Damascus")}
    assert gazetteer.names_exist([]) == set()


def test_radius_grows_with_population(gazetteer: Gazetteer) -> None:
    small, large = gazetteer.lookup("Tal Abyad")[0], gazetteer.lookup("Damascus")[0]
    assert 1.0 <= small.radius_km < large.radius_km <= 30.0


def test_a_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"geo\.builddata gazetteer"):
        Gazetteer(tmp_path / "none.sqlite")


def test_a_file_that_is_no_gazetteer_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "bad.sqlite"
    bad.write_bytes(b"not a database at all" * 100)
    with pytest.raises(DataError, match="cannot be read"):
        Gazetteer(bad)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as database:
        database.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        database.execute("INSERT INTO meta VALUES ('version', '0')")
    database.close()
    with pytest.raises(DataError, match="layout 0"):
        Gazetteer(other)


def test_one_gazetteer_serves_every_caller() -> None:
    assert open_gazetteer() is open_gazetteer()


def test_a_quoting_name_is_only_a_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("'; DROP TABLE place; --") == ()
    assert gazetteer.lookup("Tal Abyad")
