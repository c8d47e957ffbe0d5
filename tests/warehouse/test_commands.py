"""The command line asks a server, or a snapshot, as it asks a folder."""

import json

import pytest

from geo.cli import main
from geo.warehouse import is_address, without_password
from tests import store_world as world


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("commands") / "store"
    world.fill(folder, range(6))
    return folder


@pytest.fixture(scope="module")
def chdb_address(tmp_path_factory):
    pytest.importorskip("chdb", reason="needs chDB: pip install -r requirements-dev.txt")
    return f"chdb://{tmp_path_factory.mktemp('commands') / 'chdb'}"


def events(capsys, *options):
    capsys.readouterr()
    assert main(["events", "--format", "jsonl", *map(str, options)]) == 0
    told = capsys.readouterr()
    return [json.loads(line) for line in told.out.splitlines()], told.err


def test_a_snapshot_gives_the_same_lines(folder, capsys):
    options = ("--store", folder, "--actor", "Syrian Democratic Forces", "--from", "2019-10-11")
    before = events(capsys, *options)
    assert main(["index", "--store", str(folder)]) == 0
    assert "duckdb" in capsys.readouterr().err
    assert events(capsys, *options) == before
    assert len(before[0]) == 4


@pytest.mark.parametrize("engine", ["chdb_address", "postgresql_address"])
def test_a_server_gives_the_same_lines(engine, request, folder, capsys, tmp_path):
    address = request.getfixturevalue(engine)
    here = events(capsys, "--store", folder, "--text", "shells")
    assert main(["index", "--store", str(folder), "--to", address, "--quiet"]) == 0
    assert events(capsys, "--store", address, "--text", "shells") == here
    table = tmp_path / "events.csv"
    assert main(["export", str(table), "--store", address, "--quiet"]) == 0
    assert len(table.read_text(encoding="utf-8").splitlines()) == 7


def test_what_needs_the_folder_says_so(capsys):
    assert main(["changes", "2019-10-10", "--store", "postgresql://nowhere/events"]) == 2
    assert main(["snapshot", "x.png", "--store", "postgresql://nowhere/events"]) == 2
    assert capsys.readouterr().err.count("this command needs the folder of a store") >= 1


def test_as_of_an_earlier_day_is_asked_of_the_store(folder, capsys, tmp_path):
    assert main(["events", "--store", "chdb://memory", "--known-on", "2019-10-10"]) == 2
    assert "what is known now" in capsys.readouterr().err


def test_a_server_that_is_not_there_is_named_without_its_password(capsys):
    address = "postgresql://me:secret@127.0.0.1:9/events"
    assert main(["events", "--store", address]) == 2
    told = capsys.readouterr().err
    assert "postgresql://me@127.0.0.1:9/events does not answer" in told
    assert "secret" not in told


def test_addresses():
    assert is_address("clickhouse://host/events")
    assert not is_address("/folder")
    assert not is_address("mysql://host/events")
    assert without_password("clickhouses://a:b@host:9000/db?password=c") == "clickhouses://a@host:9000/db"


def test_an_engine_that_is_none_is_refused(capsys):
    assert main(["index", "--to", "mysql://host/events"]) == 2
    assert "it must be an address" in capsys.readouterr().err
    assert main(["events", "--store", "mysql://host/events"]) == 2
    assert "no engine 'mysql'" in capsys.readouterr().err
