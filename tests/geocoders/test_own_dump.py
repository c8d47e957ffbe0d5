"""A user's own GeoNames dump: read line by line, kept beside the built gazetteer, taken away again."""

import json
import zipfile
from pathlib import Path

import pytest

from geo import paths
from geo.cli import main
from geo.errors import DataError, InputError
from geo.fingerprint import reader_fingerprint
from geo.geocoders import geonames, installed, open_gazetteer
from geo.model import Article, PlaceKind
from geo.pipeline import open_resources, read_article


def line(
    number: object, name: str, *, lat: object = 36.9, lon: object = 40.2, code: str = "PPL", **more: object
) -> str:
    cells: dict[str, object] = {"alternates": "", "country": "SY", "admin1": "01", "people": 0} | more
    told = [number, name, name, cells["alternates"], lat, lon, code[0], code, cells["country"], "", cells["admin1"]]
    return "\t".join(map(str, [*told, "", "", "", cells["people"], "", "", "Asia/Damascus", "2024-01-01"])) + "\n"


DUMP = (
    line(900_000_001, "Tall Zibrīn", alternates="Tal Zibrin,تل زبرين,SYZIB"),
    line(163750, "Tall Abyaḑ", lat=36.6965, lon=38.9538, code="PPLA2", admin1="04", people=14_825),
    line(900_000_002, "Wādī Zibrīn", code="WAD"),
    line(900_000_003, "Biʼr Zibrīn", code="WLL"),
    line(900_000_004, "Zibrīn Subdistrict", code="ADM3"),
)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test's gazetteers are put."""
    monkeypatch.setattr(paths, "OWN_GAZETTEERS", tmp_path / "own")
    return tmp_path / "own"


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    file = tmp_path / "SY.txt"
    file.write_text("".join(DUMP), encoding="utf-8")
    return file


def test_its_places_are_used_from_then_on_and_gone_when_removed(own: Path, dump: Path) -> None:
    assert open_gazetteer().lookup("Tal Zibrin") == ()
    before = open_gazetteer().lookup("Tal Abyad")
    assert main(["gazetteer", "import", str(dump), "--quiet"]) == 0
    (place,) = open_gazetteer().lookup("Tal Zibrin")
    assert (place.id, place.lon, place.lat, place.country) == ("gn:900000001", 40.2, 36.9, "SYR")
    assert (place.kind, place.admin1) == (PlaceKind.VILLAGE, "al-Hasakah")
    assert open_gazetteer().lookup("تل زبرين") == (place,)
    assert open_gazetteer().get("gn:900000001") == place
    assert place in open_gazetteer().near(40.2, 36.9, 2)
    assert open_gazetteer().lookup("Tel Zebreen", loose=True)[0] == place
    assert open_gazetteer().names_exist(["tallzibrin", "aleppo", "xyzzy"]) == {"tallzibrin", "aleppo"}
    # What the built gazetteer has is not doubled.
    assert open_gazetteer().lookup("Tal Abyad") == before
    assert main(["gazetteer", "remove", "SY", "--quiet"]) == 0
    assert open_gazetteer().lookup("Tal Zibrin") == ()
    assert list(own.iterdir()) == []


def test_articles_are_read_again_with_the_new_places(own: Path, dump: Path) -> None:
    before, resources = reader_fingerprint(), open_resources()
    assert open_resources() is resources
    assert main(["gazetteer", "import", str(dump), "--quiet"]) == 0
    assert reader_fingerprint() != before
    article = Article(id="a", text="Shells fell on the village of Tal Zibrin on Friday.")
    toponym = read_article(article, open_resources()).annotation.toponyms[0]
    assert toponym.place is not None
    assert toponym.place.id == "gn:900000001"
    assert main(["gazetteer", "remove", "SY", "--quiet"]) == 0
    assert reader_fingerprint() == before


def test_a_brook_of_a_dump_is_not_meant_before_the_city_of_its_name(own: Path, dump: Path) -> None:
    dump.write_text(line(900_000_010, "Raqqa", lat=34.0, lon=38.0, code="WAD"), encoding="utf-8")
    assert main(["gazetteer", "import", str(dump), "--quiet"]) == 0
    article = Article(id="a", text="Shells fell in Raqqa and in Manbij on Friday.")
    first = read_article(article, open_resources()).annotation.toponyms[0]
    assert first.place is not None
    assert first.place.id == "gn:172955"


def test_a_village_of_a_known_name_elsewhere_is_another_place(own: Path, dump: Path) -> None:
    dump.write_text(line(900_000_009, "Kobani", lat=33.0, lon=37.0) + line(5, "Kobani", lat=36.89, lon=38.36))
    assert main(["gazetteer", "import", str(dump), "--quiet"]) == 0
    found = [place.id for place in open_gazetteer().lookup("Kobani")]
    assert found[0] == "gn:172256"
    assert "gn:900000009" in found
    assert "gn:5" not in found


def test_bad_lines_are_told_and_the_rest_goes_on(
    own: Path, dump: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bad = ("no columns\n", line("x", "A"), line(7, "B", lat=91), line(8, "C", country="QQ"), line(9, "D", people=-1))
    dump.write_bytes("".join((DUMP[0], *bad)).encode() + b"\xff\xfe\n" + DUMP[1].encode())
    assert main(["gazetteer", "import", str(dump), "--name", "mine"]) == 0
    said = capsys.readouterr().err.splitlines()
    assert [row.split(": ")[1].rsplit(":", 1)[1] for row in said[:6]] == ["2", "3", "4", "5", "6", "7"]
    assert "'91' degrees is no place on Earth" in said[2]
    assert said[-1].startswith("mine: 2 places")
    assert [one.places for one in installed.listed()] == [2]


def test_kinds_that_are_not_read_are_counted(own: Path, dump: Path) -> None:
    result = installed.install(dump, divisions={})
    assert (result.places, result.passed_over, result.bad) == (4, 1, 0)


def test_names_in_the_languages_that_are_read_are_added(own: Path, dump: Path, tmp_path: Path) -> None:
    names = tmp_path / "alternateNamesV2.txt"
    names.write_text(
        "1\t900000001\tku\tGirê Zibrîn\t\t\t\t\t\t\n"
        "2\t900000001\tlink\thttps://example.org/zibrin\t\t\t\t\n"
        "3\t900000001\ten\tOld Zibrin\t\t\t\t1\n"
        "4\t77\ten\tNowhere\n"
        "broken\n",
        encoding="utf-8",
    )
    told: list[InputError] = []
    installed.install(dump, divisions={}, alternate_names=names, problem=told.append)
    assert open_gazetteer().lookup("Gire Zibrin")[0].id == "gn:900000001"
    assert open_gazetteer().lookup("Old Zibrin") == ()
    assert open_gazetteer().lookup("Nowhere at all") == ()
    assert [(error.path, error.line) for error in told] == [(names, 5)]


def test_only_the_named_member_of_a_zip_is_read(own: Path, dump: Path, tmp_path: Path) -> None:
    packed = tmp_path / "SY.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("readme.txt", "not a dump\n" * 10)
        out.write(dump, "SY.txt")
        out.writestr("../../evil.txt", line(1, "Evil"))
    told: list[InputError] = []
    assert installed.install(packed, divisions={}, problem=told.append).places == 4
    assert told == []
    (tmp_path / "XX.zip").write_bytes(packed.read_bytes())
    with pytest.raises(InputError, match=r"holds no XX\.txt"):
        installed.install(tmp_path / "XX.zip", divisions={})


def test_a_zip_that_unpacks_to_too_much_is_refused(own: Path, tmp_path: Path) -> None:
    packed = tmp_path / "SY.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("SY.txt", b"\0" * 3_000_000)
    with pytest.raises(InputError, match="more than a dump does"):
        installed.install(packed, divisions={})


@pytest.mark.parametrize("content", [b"PK\x03\x04 not a zip", b""])
def test_a_broken_zip_is_refused(own: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "SY.zip").write_bytes(content)
    with pytest.raises(InputError, match="cannot be opened"):
        installed.install(tmp_path / "SY.zip", divisions={})


def test_a_failed_import_leaves_what_was_there(own: Path, dump: Path) -> None:
    installed.install(dump, divisions={})
    before = (own / "SY.sqlite").read_bytes()
    dump.write_text(DUMP[3], encoding="utf-8")
    with pytest.raises(InputError, match="holds no place"):
        installed.install(dump, divisions={})
    assert [file.name for file in own.iterdir()] == ["SY.sqlite"]
    assert (own / "SY.sqlite").read_bytes() == before


@pytest.mark.parametrize("name", ["../up", "", "a b", ".hidden", "x" * 41])
def test_a_name_that_is_no_file_name_is_refused(own: Path, dump: Path, name: str) -> None:
    with pytest.raises(InputError, match="is no name for a gazetteer"):
        installed.checked(name)
    with pytest.raises(InputError, match="no gazetteer is called"):
        installed.remove(name)


def test_a_damaged_one_says_how_to_be_rid_of_it(own: Path) -> None:
    own.mkdir()
    (own / "SY.sqlite").write_bytes(b"nothing" * 300)
    with pytest.raises(DataError, match="python -m geo gazetteer remove SY"):
        open_gazetteer()
    installed.remove("SY")
    assert open_gazetteer().lookup("Aleppo")


def test_what_is_installed_is_listed(own: Path, dump: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gazetteer"]) == 0
    assert "only the built gazetteer" in capsys.readouterr().err
    main(["gazetteer", "import", str(dump)])
    capsys.readouterr()
    assert main(["gazetteer", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["name"], told["places"], told["source"]) == ("SY", 4, "SY.txt")
    assert main(["gazetteer"]) == 0
    assert "4 places" in capsys.readouterr().out


def test_the_endless_line_of_a_foreign_file_is_one_bad_line(tmp_path: Path) -> None:
    file = tmp_path / "SY.txt"
    file.write_bytes(b"x" * (geonames.LONGEST_LINE * 2) + b"\n" + DUMP[0].encode())
    told: list[InputError] = []
    rows = list(geonames.Dump(file, divisions={}, problem=told.append).rows())
    assert [row.id for row in rows] == ["gn:900000001"]
    assert {error.line for error in told} == {1}


def test_every_kind_and_country_of_the_table_is_one_of_ours() -> None:
    told = geonames.meaning()
    assert told.countries["SY"] == "SYR"
    assert told.features["PPL"].kind is None
    assert told.features["WAD"].kind is PlaceKind.RIVER
    assert all(len(iso3) == 3 for iso3 in told.countries.values())
