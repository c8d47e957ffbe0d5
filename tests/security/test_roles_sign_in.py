"""Sign-in as people do it: a provider on loopback, a real browser; and no secret in anything that leaves the server."""

import os
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

from geo.pipeline import open_resources, rebuild_events
from geo.store import Store
from geo.store.backup import backup
from tests import store_world as world
from tests.security.provider import CLIENT, SECRET
from tests.watch import STARTED_WITHIN_S, Watched, free_port, start, stop

pytest.importorskip("authlib", reason="no authlib: pip install -r requirements-extra.txt")
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sign_in")]
ROOT = Path(__file__).resolve().parents[2]
COOKIE = "PLANTED-COOKIE-SECRET-0123456789abcdef"
PLANTED = (SECRET, COOKIE, "PLANTED-ACCESS-TOKEN")
SECRETS = """
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "{cookie}"
client_id = "{client}"
client_secret = "{secret}"
server_metadata_url = "http://127.0.0.1:{provider}/.well-known/openid-configuration"

[roles]
reader = ["cy@a.example"]
reviewer = ["bo@a.example"]
"""


class Served:
    """A dashboard with sign-in, its provider, and what it wrote while it ran."""

    def __init__(self, folder):
        self.store = folder / "store"
        world.fill(self.store, range(3))
        with Store(self.store) as store:
            rebuild_events(store, open_resources())
        provider, port = free_port(), free_port()
        self.provider, self.address, self.log = (
            f"http://127.0.0.1:{provider}",
            f"http://localhost:{port}",
            folder / "log",
        )
        secrets = folder / "secrets.toml"
        told = {"port": port, "provider": provider, "client": CLIENT, "secret": SECRET, "cookie": COOKIE}
        secrets.write_text(SECRETS.format(**told), encoding="utf-8")
        self.servers = [
            start(
                [sys.executable, "-m", "tests.security.provider", str(provider)],
                health=f"{self.provider}/keys", folder=ROOT, environment={**os.environ},
            )
        ]  # fmt: skip
        shown = {"BORDERLINES_STORE": str(self.store), "BORDERLINES_CACHE": str(folder / "cache")}
        with self.log.open("wb") as log:
            options = ["--server.port", str(port), "--secrets.files", str(secrets), "--logger.level", "debug"]
            self.servers.append(
                subprocess.Popen(
                    [sys.executable, "-m", "streamlit", "run", "dashboard.py", *options],
                    cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
                    env={**os.environ, **shown},
                )
            )  # fmt: skip
        _until_healthy(f"{self.address}/_stcore/health")

    def sign_in_as(self, address, *, verified="yes"):
        urllib.request.urlopen(f"{self.provider}/as?address={address}&verified={verified}").close()

    def close(self):
        for server in self.servers:
            stop(server)


def _until_healthy(address):
    until = time.monotonic() + STARTED_WITHIN_S
    while True:
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < until, "the dashboard did not start"
            time.sleep(0.2)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    found = Served(tmp_path_factory.mktemp("sign_in"))
    yield found
    found.close()


@pytest.fixture
def visit(browser, served):
    contexts = []

    def opened(path):
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
        watched = Watched(contexts[-1].new_page())
        watched.page.goto(f"{served.address}{path}")
        return watched.page

    yield opened
    for context in contexts:
        context.close()


def signed_in(served, page, address, **given):
    served.sign_in_as(address, **given)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for(timeout=60_000)


def test_three_people_sign_in_and_each_may_do_what_their_role_says(served, visit):
    reader = visit("/review")
    reader.get_by_text("for people who sign in").wait_for(timeout=60_000)
    assert reader.get_by_text("Shelling").count() == 0
    signed_in(served, reader, "cy@a.example")
    # The provider sends everybody back to the first page.
    reader.goto(f"{served.address}/review")
    reader.get_by_text("takes the role reviewer").wait_for(timeout=60_000)
    assert reader.get_by_role("button", name="Accept").count() == 0

    reviewer = visit("/")
    signed_in(served, reviewer, "bo@a.example")
    reviewer.goto(f"{served.address}/review")
    reviewer.get_by_text("You decide as bo@a.example").wait_for(timeout=60_000)
    reviewer.get_by_role("button", name="Accept").click()
    reviewer.get_by_text("1 of 3 events").wait_for(timeout=60_000)
    with Store(served.store, readonly=True) as store:
        assert [one.review.who for one in store.events() if one.review.last] == ["bo@a.example"]

    stranger = visit("/")
    signed_in(served, stranger, "eve@b.example")
    stranger.get_by_text("is on no list").wait_for(timeout=60_000)
    assert stranger.locator("iframe").count() == 0
    stranger.get_by_role("button", name="Sign out").click()
    stranger.get_by_role("button", name="Sign in").wait_for(timeout=60_000)


def test_a_forged_cookie_is_nobody(served, browser):
    context = browser.new_context()
    forged = "2|1:0|10:1700000000|15:_streamlit_user|4:e30=|" + "0" * 64
    context.add_cookies([{"name": "_streamlit_user", "value": forged, "url": served.address}])
    page = context.new_page()
    page.goto(served.address)
    page.get_by_role("button", name="Sign in").wait_for(timeout=60_000)
    context.close()


def test_no_secret_is_in_a_log_a_page_an_export_or_a_backup(served, visit, tmp_path):
    page = visit("/")
    signed_in(served, page, "bo@a.example")
    page.wait_for_timeout(1_000)
    said = page.content() + page.evaluate("JSON.stringify([document.cookie, {...localStorage}, {...sessionStorage}])")
    for path in (
        "/_stcore/health",
        "/_stcore/host-config",
        "/_stcore/metrics",
        "/secrets.toml",
        "/.streamlit/secrets.toml",
    ):
        try:
            with urllib.request.urlopen(f"{served.address}{path}") as answer:
                said += answer.read().decode(errors="replace")
        except OSError as error:
            said += str(error)
    backup(served.store, tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as copy:
        copy.extractall(tmp_path / "copy")
    export = [sys.executable, "-m", "geo", "export", str(tmp_path / "events.csv"), "--store", str(served.store)]
    subprocess.run(export, cwd=ROOT, check=True, capture_output=True)
    files = [
        served.log,
        *(tmp_path / "copy").rglob("*"),
        tmp_path / "events.csv",
        *served.store.rglob("*"),
        *served.log.parent.glob("cache/**/*"),
    ]
    for word in PLANTED:
        assert word not in said
        for file in files:
            assert not file.is_file() or word.encode() not in file.read_bytes(), f"{file.name} holds a secret"
