"""``python -m geo report`` and ``python -m geo export OUT.html``."""

import pytest

from geo.cli import main
from tests import store_world as world


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("store") / "s"
    world.fill(folder, range(3))
    return folder


@pytest.mark.parametrize("command", ["report", "export"])
def test_a_page_is_written_and_told_of(command, store, tmp_path, capsys):
    path = tmp_path / "week.html"
    assert main([command, str(path), "--store", str(store), "--from", "2019-10-10"]) == 0
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "since 10 October 2019: 2 events, 2 of them on the map" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["x.zip", "x.docx", "x.pdf"])
def test_every_kind_is_written(name, store, tmp_path):
    assert main(["report", str(tmp_path / name), "--store", str(store), "--title", "A title", "--quiet"]) == 0
    assert (tmp_path / name).stat().st_size > 10_000


def test_a_bundle_is_reopened_by_its_query_file(store, tmp_path, capsys):
    import zipfile

    main(["report", str(tmp_path / "x.zip"), "--store", str(store), "--type", "Battles", "--quiet"])
    with zipfile.ZipFile(tmp_path / "x.zip") as archive:
        archive.extract("query.json", tmp_path)
    assert main(["snapshot", "--reopen", str(tmp_path / "query.json"), "--store", str(store)]) == 0
    told = capsys.readouterr().out
    assert "Battles" in told
    assert "the same as then" in told


@pytest.mark.parametrize("name", ["x.odt", "missing/x.html", "."])
def test_what_cannot_be_is_said_in_words_and_nothing_is_left(name, store, tmp_path, capsys):
    assert main(["report", str(tmp_path / name), "--store", str(store)]) == 2
    assert capsys.readouterr().err.startswith("error: ")
    assert list(tmp_path.iterdir()) == []


def test_a_report_tells_what_was_known_on_a_day(store, tmp_path, capsys):
    assert main(["report", str(tmp_path / "x.html"), "--store", str(store), "--known-on", "2019-10-10"]) == 0
    assert ": 2 events, 2 of them on the map" in capsys.readouterr().err
