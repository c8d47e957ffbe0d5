"""The build's steps on a handful of rows, and the project's own files of places."""

from pathlib import Path

import pytest
import shapely
import yaml

from geo.builddata import gazetteer as build
from geo.builddata import gazetteer_own as own
from geo.builddata.gazetteer_areas import Piece, area_rows, assign
from geo.errors import DataError
from geo.geocoders.gazetteer import Gazetteer
from geo.geocoders.rows import Row, kept, radius_of_town
from geo.geocoders.unpack import INDEXES
from geo.model import PlaceKind
from geo.paths import SOURCES

PLACES = yaml.safe_load((SOURCES / "places.yaml").read_text(encoding="utf-8"))["places"]
REGIONS = yaml.safe_load((SOURCES / "regions.yaml").read_text(encoding="utf-8"))["regions"]


def town(
    name: str, *, number: int = 1, lon: float = 39.0, lat: float = 36.0, code: str = "SY.04", **more: object
) -> Row:
    values: dict[str, object] = {
        "id": f"gn:{number}", "name": name, "lon": lon, "lat": lat, "kind": PlaceKind.TOWN, "radius_km": 1.0,
        "country": "SYR", "admin1_code": code, "population": 100, "fame": 100.0,
    }  # fmt: skip
    return Row(**(values | more))  # type: ignore[arg-type]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [town("Tall Abyaḑ", names=("Tal Abyad", "تل أبيض")), town("Ar Raqqah", number=2, admin1="Raqqa")]
    for name in ("one", "two"):
        build.write(tmp_path / name, rows)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    row = town("Ar Raqqah", number=7, admin1="Raqqa", names=("الرقة",))
    build.write(tmp_path / "g.sqlite", [row])
    import sqlite3

    database = sqlite3.connect(tmp_path / "g.sqlite")
    database.executescript(INDEXES)
    database.close()
    gazetteer = Gazetteer(tmp_path / "g.sqlite")
    for name in ("Ar-Raqqah", "al-Raqqah", "Raqqah", "الرقة", "رقة"):
        (place,) = gazetteer.lookup(name)
        assert (place.id, place.lon, place.lat, place.admin1, place.kind) == (
            "gn:7",
            39.0,
            36.0,
            "Raqqa",
            PlaceKind.TOWN,
        )
    assert gazetteer.lookup("Rakka") == ()
    assert gazetteer.lookup("Rakka", loose=True) == gazetteer.lookup("Raqqah")
    assert gazetteer.get("gn:7") == gazetteer.lookup("Raqqah")[0]
    gazetteer.close()


def test_codes_foreign_scripts_and_letterwise_romanisations_are_left_out() -> None:
    names = ["DAM", "Damas", "dmshq", "دمشق", "大马士革", "ash-Sham", "Dımaşk", "Дамаск", "SYDAM"]
    assert kept(names) == ("Damas", "دمشق", "ash-Sham", "Dımaşk", "Дамаск", "SYDAM")


def test_radius_is_that_of_a_disc_within_bounds() -> None:
    assert radius_of_town(0) == 1.0
    assert radius_of_town(1_000_000) == pytest.approx(8.0, abs=0.1)
    assert radius_of_town(10**9) == 30.0


def test_pieces_take_the_code_that_most_of_their_towns_have() -> None:
    names = {"name": "North", "adm1_code": "X-1", "adm0_a3": "SYR"}
    pieces = [
        Piece("X-1", "North", "SYR", shapely.box(0, 0, 1, 1), names),
        Piece("X-2", "South", "SYR", shapely.box(0, -1, 1, 0), {**names, "name": "South"}),
        Piece("X-3", "Mixed", "SYR", shapely.box(5, 5, 6, 6), {**names, "name": "Mixed"}),
    ]
    towns = [town(str(n), number=n, lon=0.5, lat=y, code="SY.99") for n, y in enumerate((0.4, 0.6, -0.4, -0.6))]
    towns += [town("a", number=8, lon=5.5, lat=5.5, code="SY.97"), town("b", number=9, lon=5.6, lat=5.5, code="SY.98")]
    assign(pieces, towns)
    assert [piece.code for piece in pieces] == ["SY.99", "SY.99", None]
    rows = {row.name: row for row in area_rows(pieces, towns, {"SY.99": "Whole"})}
    assert rows["Whole"].kind is PlaceKind.ADMIN1
    assert rows["North"].kind is PlaceKind.ADMIN2
    assert rows["North"].admin1 == "Whole"
    assert rows["Mixed"].kind is PlaceKind.ADMIN1


def test_an_alias_for_nobody_is_refused() -> None:
    with pytest.raises(DataError, match="no such place"):
        list(own.overlaid([town("Tal Abyad")]))


@pytest.mark.parametrize("entry", [*PLACES, *REGIONS], ids=lambda entry: entry["id"])
def test_every_own_entry_says_where_it_is_from_and_how_sure(entry: dict[str, object]) -> None:
    lon, lat = entry["at"]  # type: ignore[misc]
    assert -180 <= lon <= 180
    assert -90 <= lat <= 90
    assert entry["source"]
    assert PlaceKind(entry.get("kind", "region"))
    assert float(entry.get("within_km", entry.get("radius_km"))) > 0  # type: ignore[arg-type]
    if entry["source"] == "general knowledge" and "within_km" in entry:
        assert entry["unconfirmed"] is True


def test_own_ids_are_used_once() -> None:
    ids = [entry["id"] for entry in (*PLACES, *REGIONS)]
    assert len(ids) == len(set(ids))
