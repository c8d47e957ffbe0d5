"""``python -m geo dashboard``: open the dashboard in a browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from geo import paths, theatre
from geo.cli.console import progress, say
from geo.errors import InputError, StoreError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from types import FrameType

    from geo.theatre import Theatre

STOP_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
MAX_PORT = 65_535
GRACE_S = 5.0
"""Seconds the server has to end by itself."""
STORE_VARIABLE = "BORDERLINES_STORE"
"""Environment variable that tells the dashboard which store to open."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "--store",
        help="folder of the store (default: your own, else the sample), or the address of a server that one was loaded"
        " into: postgresql://user@host/database or clickhouse://user@host/database",
    )
    parser.add_argument("--sample", action="store_true", help="open the sample corpus even where you have a store")
    parser.add_argument(
        "--port", type=int, default=8501, help="port on this machine (default: %(default)s, or the next free)"
    )
    parser.add_argument("--online", action="store_true", help="let users fetch an article by its web address")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    parser.add_argument("--quiet", action="store_true", help="show only errors")


def run(options: argparse.Namespace) -> int:
    """Build the sample where it is missing, print the address, serve until interrupted."""
    store = _store(options)
    port = _free_port(options.port)
    address = f"http://localhost:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    variables = {
        STORE_VARIABLE: str(store.resolve() if isinstance(store, Path) else store),
        **({"BORDERLINES_ONLINE": "1"} if options.online else {}),
    }
    with suppress(KeyboardInterrupt), _serving(command, variables) as server:
        # The server takes a second to start: what the first page would wait for is made meanwhile.
        if store == theatre.current().sample_store:
            build_sample(theatre.current(), quiet=options.quiet)
        _publish_basemap()
        say(f"Borderlines on {_named(store)}: {address}  (stop with Ctrl+C)", quiet=options.quiet)
        if not options.no_browser and _has_screen():
            threading.Thread(target=_open_when_ready, args=(address,), daemon=True).start()
        return server.wait()
    return 0


@contextmanager
def _serving(command: list[str], variables: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run the server while the block runs; it never outlives this process by a signal."""
    environment = {**os.environ, **variables}
    before = {sign: signal.signal(sign, _stop) for sign in STOP_SIGNALS}
    # Streamlit's own banner would name the address a second time. Nothing of the command comes from outside.
    server = subprocess.Popen(command, cwd=paths.ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        yield server
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
        _end(server)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.terminate()
    try:
        server.wait(GRACE_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _named(store: Path | str) -> str:
    if isinstance(store, Path):
        return str(store)
    from geo.warehouse import without_password

    return without_password(store)


def _store(options: argparse.Namespace) -> Path | str:
    """Return the folder of a store, or the address of a server."""
    if options.store is not None and "://" in str(options.store):
        from geo.warehouse import ENGINES, is_address

        if not is_address(options.store):
            raise StoreError(f"no such kind of server: there are {', '.join(ENGINES)}. Or give the folder of a store")
        return str(options.store)
    if options.store is not None:
        from geo.store.schema import FILE_NAME

        folder = Path(options.store)
        if not (folder / FILE_NAME).exists():
            raise StoreError(f"there is no store at {folder}. Make one: python -m geo build ARTICLES --store {folder}")
        return folder
    here = theatre.current()
    return here.own_store if here.own_store.exists() and not options.sample else here.sample_store


def build_sample(here: Theatre, *, quiet: bool) -> None:
    """Read a theatre's sample articles; those that are in the store as they are now cost nothing.

    Parameters
    ----------
    here : Theatre
        The current one.
    quiet : bool
        Show no progress.
    """
    from geo.pipeline import build
    from geo.store import Store

    with Store(here.sample_store) as store, progress("reading the sample articles", quiet=quiet) as step:
        build([here.articles] if here.articles.is_dir() else [], store, progress=lambda _: step())


def _publish_basemap() -> None:
    from geo.timemap import publish_basemap

    publish_basemap()


def _free_port(wanted: int) -> int:
    if not 1 <= wanted <= MAX_PORT:
        raise InputError(f"--port is {wanted}", remedy=f"Give a number from 1 to {MAX_PORT}")
    for port in range(wanted, min(wanted + 50, MAX_PORT + 1)):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise StoreError(f"no free port between {wanted} and {wanted + 49}. Name one: --port NUMBER")


def _has_screen() -> bool:
    # Without a screen `webbrowser` would open a text browser in this terminal.
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_when_ready(address: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):  # noqa: S310 - our own address
                webbrowser.open(address)
                return
        except OSError:
            time.sleep(0.1)
