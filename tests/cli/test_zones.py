"""`python -m geo zones` and `--zone` with a zone of the user's own."""

import json

import pytest
import shapely

from geo.cli import main
from geo.pipeline import build
from geo.store import Store
from tests.zones.files_of import area, feature, geojson, kml
from tests.zones.test_own import ARTICLE

RING = [list(corner) for corner in shapely.box(38.7, 36.5, 39.2, 36.75).exterior.coords]
FAR = [list(corner) for corner in shapely.box(44, 33, 45, 34).exterior.coords]


@pytest.fixture
def store(tmp_path):
    (tmp_path / "bomb.md").write_text(ARTICLE, encoding="utf-8")
    with Store(tmp_path / "store") as opened:
        build([tmp_path / "bomb.md"], opened)
    return tmp_path / "store"


@pytest.fixture
def run(store, capsys):
    def ran(*arguments, code=0):
        assert main(["zones", *map(str, arguments), "--store", str(store)]) == code
        return capsys.readouterr()

    return ran


def test_a_zone_is_added_listed_shown_asked_for_and_removed(run, store, tmp_path, capsys):
    file = tmp_path / "a.geojson"
    file.write_bytes(area(RING, name="Around Tal Abyad"))
    told = run("add", file, "--from", "2019-01-01", "--source", "A map").err
    assert "around_tal_abyad: Around Tal Abyad" in told
    assert "1 event now in other zones" in told
    assert "around_tal_abyad" in run("list").out
    (line,) = run("list", "--json").out.splitlines()
    assert json.loads(line)["valid"] == ["2019-01-01", None]
    assert "A map" in run("show", "around_tal_abyad").out
    assert main(["events", "--store", str(store), "--zone", "around_tal_abyad", "--format", "jsonl"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "around_tal_abyad" in json.loads(line)["zones_inside"]
    assert main(["check", "--store", str(store), "--quiet"]) == 0
    capsys.readouterr()
    run("remove", "around_tal_abyad")
    assert run("list").out == ""


def test_several_shapes_are_chosen_joined_or_parted(run, tmp_path):
    file = tmp_path / "two.geojson"
    file.write_bytes(geojson(feature([RING], name="North", code="n1"), feature([FAR], name="South", code="s1")))
    assert "North, South" in run("add", file, code=2).err
    run("add", file, "--pick", "North")
    run("add", file, "--name", "Both")
    run("add", file, "--each", "--attribute", "code")
    assert {line.split()[0] for line in run("list").out.splitlines()} == {"north", "both", "n1", "s1"}
    assert "no shape named" in run("add", file, "--pick", "West", code=2).err
    assert "no attribute" in run("add", file, "--attribute", "west", code=2).err


@pytest.mark.parametrize(
    ("name", "data", "options", "why"),
    [
        ("a.kml", kml(), ["--from", "2020-01-02", "--to", "2020-01-01"], "reversed"),
        ("a.kml", b"\x89PNG", [], "something else"),
        ("a.geojson", area([[30, 45], [31, 45], [31, 46], [30, 45]]), [], "swapped"),
        ("a.yaml", b"zones:\n- id: x\n", [], "a.yaml:2"),
    ],
)
def test_what_is_refused_names_the_file_and_why(run, tmp_path, name, data, options, why):
    (tmp_path / name).write_bytes(data)
    told = run("add", tmp_path / name, *options, code=2).err
    assert why in told
    assert run("list").out == ""


def test_what_is_not_there_is_told(run, tmp_path):
    assert "no such file" in run("add", tmp_path / "none.kml", code=2).err
    for step in ("show", "remove"):
        assert "there is no zone" in run(step, "none", code=2).err
    assert "of your own" in run("remove", "ops", code=2).err


def test_latitude_first_is_taken_at_its_word(run, tmp_path):
    (tmp_path / "a.geojson").write_bytes(area([[30, 45], [31, 45], [31, 46], [30, 45]]))
    run("add", tmp_path / "a.geojson", "--latitude-first")
    (line,) = run("list", "--json").out.splitlines()
    assert json.loads(line)["bounds"] == [45, 30, 46, 31]
