"""``python -m geo dashboard``: starts, finds a port, ends with its server."""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from geo import paths
from geo.cli import dashboard, main
from geo.errors import StoreError
from tests import store_world
from tests.watch import free_port

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
WITHIN_S = 60


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store with one article."""
    folder = tmp_path_factory.mktemp("store")
    with contextlib.redirect_stdout(None):
        store_world.fill(folder, range(1))
    return folder


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1) as page:
            return page.read() == b"ok"
    except OSError:
        return False


def until(true):
    end = time.monotonic() + WITHIN_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


@posix
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_serves_and_a_signal_to_the_command_ends_the_server_too(store, sign):
    port = free_port()
    command = [sys.executable, "-m", "geo", "dashboard", "--store", store, "--port", str(port), "--no-browser"]
    child = subprocess.Popen(command, cwd=paths.ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        # The address is told at once, on the port that was asked for.
        assert f"http://localhost:{port}" in child.stderr.readline()
        until(lambda: answers(port))
        # To the command alone, as a service manager would, not to its group as a terminal does.
        child.send_signal(sign)
        assert child.wait(60) == 0
        assert not answers(port)
        assert "Traceback" not in child.stderr.read()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.stderr.close()
        child.wait()


@posix
def test_a_server_that_does_not_end_by_itself_is_ended(monkeypatch):
    monkeypatch.setattr(dashboard, "GRACE_S", 0.2)
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
    )
    server = subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE)
    server.stdout.readline()
    dashboard._end(server)
    assert server.returncode == -signal.SIGKILL
    server.stdout.close()


def test_a_server_that_fails_hands_on_its_code_and_the_signals(monkeypatch):
    before = [signal.getsignal(sign) for sign in dashboard.STOP_SIGNALS]
    with dashboard._serving([sys.executable, "-c", "raise SystemExit(3)"], {}) as server:
        assert server.wait() == 3
    assert [signal.getsignal(sign) for sign in dashboard.STOP_SIGNALS] == before


def test_a_taken_port_gives_the_next():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < dashboard._free_port(port) < port + 50


def test_no_free_port_is_told(monkeypatch):
    monkeypatch.setattr(socket.socket, "connect_ex", lambda *_: 0)
    with pytest.raises(StoreError, match="--port NUMBER"):
        dashboard._free_port(9000)


@pytest.mark.parametrize("port", ["0", "-1", "70000"])
def test_a_port_that_is_none_is_told(store, capsys, port):
    assert main(["dashboard", "--store", str(store), "--no-browser", "--port", port]) == 2
    assert f"--port is {port}" in capsys.readouterr().err


@pytest.mark.parametrize("there", [True, False])
def test_a_store_that_is_not_there_is_told(tmp_path, capsys, there):
    folder = tmp_path / "mine"
    if there:
        folder.mkdir()
    assert main(["dashboard", "--store", str(folder), "--no-browser"]) == 2
    assert f"there is no store at {folder}" in capsys.readouterr().err


def test_it_opens_ones_own_store_else_the_sample(tmp_path, monkeypatch):
    own, sample = tmp_path / "own", tmp_path / "sample"
    monkeypatch.setattr(paths, "OWN_STORE", own)
    monkeypatch.setattr(paths, "SAMPLE_STORE", sample)
    plain, asked = (argparse.Namespace(store=None, sample=flag, quiet=True) for flag in (False, True))
    assert dashboard._store(plain) == sample
    own.mkdir()
    assert dashboard._store(plain) == own
    assert dashboard._store(asked) == sample


@pytest.mark.parametrize(("sample", "built"), [(True, [1]), (False, [])])
def test_only_the_sample_is_built_when_it_opens(tmp_path, monkeypatch, store, sample, built):
    made = []
    monkeypatch.setattr(paths, "SAMPLE_STORE", store if sample else tmp_path / "sample")
    monkeypatch.setattr(dashboard, "build_sample", lambda *_, **__: made.append(1))
    ended = contextlib.nullcontext(argparse.Namespace(wait=lambda: 0))
    monkeypatch.setattr(dashboard, "_serving", lambda *_: ended)
    assert main(["dashboard", "--store", str(store), "--no-browser", "--quiet"]) == 0
    assert made == built
