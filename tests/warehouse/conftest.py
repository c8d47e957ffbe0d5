"""The same few thousand events on every engine."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from geo.warehouse import Warehouse, connect
from geo.warehouse.memory import Memory
from geo.warehouse.parts import written
from tests.warehouse.world import frame

PG_BIN = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
NO_SERVER = "needs a PostgreSQL server on this machine: apt-get install postgresql"


@pytest.fixture(scope="session")
def events():
    return frame()


@pytest.fixture(scope="session")
def memory(events):
    return Memory(events)


@pytest.fixture(scope="session")
def tables(events):
    with written([events[:1700], events[1700:]]) as made:
        yield made


@pytest.fixture(scope="session")
def postgresql_address(tmp_path_factory):
    """Start a server of our own on a socket of our own, and stop it."""
    if PG_BIN is None:
        pytest.skip(NO_SERVER)
    # A socket's path may be 107 characters long at most, and the server refuses to run as root.
    import tempfile

    home = Path(tempfile.mkdtemp(prefix="pg"))
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(home, "postgres")

    def run(*command):
        subprocess.run([*as_user, *map(str, command)], check=True, capture_output=True, cwd=home)

    try:
        run(PG_BIN / "initdb", "-D", home / "data", "-U", "tester", "-A", "trust", "--no-sync", "-E", "UTF8")
        options = f"-k {home} -c listen_addresses= -c fsync=off -c max_connections=10"
        run(PG_BIN / "pg_ctl", "-D", home / "data", "-o", options, "-l", home / "log", "-w", "start")
        yield f"postgresql://tester@/postgres?host={home}"
    finally:
        subprocess.run([*as_user, PG_BIN / "pg_ctl", "-D", home / "data", "-m", "immediate", "stop"], cwd=home)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session", params=["duckdb", "chdb", "postgresql"])
def warehouse(request, tables, tmp_path_factory):
    """The events on one engine."""
    kind = request.param
    folder = tmp_path_factory.mktemp("warehouse")
    if kind == "duckdb":
        address = f"duckdb://{folder / 'events.duckdb'}"
    elif kind == "chdb":
        pytest.importorskip("chdb", reason="needs chDB: pip install -r requirements-dev.txt")
        address = f"chdb://{folder / 'chdb'}"
    else:
        address = request.getfixturevalue("postgresql_address")
    engine = connect(address)
    engine.fill(tables)
    with Warehouse(engine) as opened:
        yield opened
