"""The dashboard on a hostile store, and pages that remember what they should not have done."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from geo.pipeline import open_resources, rebuild_events
from geo.store import Store
from geo.ui import roles
from tests import store_world
from tests.security import world
from tests.security.desk import LISTS
from tests.security.payloads import MARKER
from tests.watch import OWN, free_port, start, stop

ROOT = Path(__file__).resolve().parent.parent.parent
# Stricter than the program has to be, and only reported: an attribute that would run is told even where it does not.
POLICY = (
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'self' ws: data: blob:; "
    "script-src-attr 'none'; object-src 'none'; base-uri 'self'; form-action 'none'; report-uri /none"
)
_LISTEN = """addEventListener("securitypolicyviolation", (event) =>
  console.debug(`violation ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));"""


class Guarded:
    """A page whose dialogs, violations, foreign requests and markers are counted."""

    def __init__(self, context, *, own: tuple[str, ...] = OWN) -> None:
        self.page = context.new_page()
        self.dialogs, self.violations, self.foreign, self.errors = [], [], [], []
        context.add_init_script(_LISTEN)
        self.page.on("dialog", self._dialog)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        context.on("request", lambda asked: asked.url.startswith(own) or self.foreign.append(asked.url))
        context.on("page", lambda opened: opened is self.page or self.foreign.append(f"opened {opened.url}"))

    def _dialog(self, dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _console(self, message) -> None:
        if message.text.startswith("violation "):
            self.violations.append(message.text)

    def marked(self) -> list[str]:
        """Frames in which something ran."""
        return [
            frame.url for frame in self.page.frames if frame.evaluate(f"() => globalThis.{MARKER} ?? null") is not None
        ]

    def faults(self) -> dict[str, list[str]]:
        """Everything that should not have been; empty for a page that only showed its texts."""
        told = {
            "dialogs": self.dialogs, "violations": self.violations, "foreign": self.foreign, "ran": self.marked(),
            "errors": self.errors,
        }  # fmt: skip
        return {name: found for name, found in told.items() if found}

    def settle(self) -> None:
        """Wait until Streamlit has nothing more to do."""
        self.page.wait_for_timeout(300)
        self.page.wait_for_function(
            "() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'",
            timeout=60_000,
        )
        self.page.wait_for_timeout(250)


def watched_answer(route) -> None:
    """Add the policy to every document."""
    if route.request.resource_type != "document":
        route.continue_()
        return
    answer = route.fetch()
    route.fulfill(response=answer, headers={**answer.headers, "content-security-policy-report-only": POLICY})


@pytest.fixture(scope="session")
def hostile_store(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "store"
    world.fill(folder)
    return folder


@pytest.fixture(scope="session")
def hostile_dashboard(hostile_store, tmp_path_factory):
    port = int(os.environ.get("BORDERLINES_TEST_PORT") or free_port())
    command = [sys.executable, "-m", "geo", "dashboard", "--store", str(hostile_store), "--no-browser"]
    server = start(
        [*command, "--port", str(port)],
        health=f"http://localhost:{port}/_stcore/health",
        folder=ROOT,
        environment={**os.environ, "BORDERLINES_CACHE": str(tmp_path_factory.mktemp("cache"))},
    )
    yield f"http://localhost:{port}"
    stop(server)


@pytest.fixture
def guarded(browser):
    """Make pages; at the end nothing has run, nothing was asked for."""
    made = []

    def make(**options) -> Guarded:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True, **options)
        context.route("**/*", watched_answer)
        # An answer that passed through here counts as one of the internet, which may not ask this machine.
        context.grant_permissions(["local-network-access"])
        made.append((context, Guarded(context)))
        return made[-1][1]

    yield make
    for context, found in made:
        faults = found.faults()
        context.close()
        assert faults == {}


@pytest.fixture
def folder(tmp_path):
    store_world.fill(tmp_path / "store", range(3))
    with Store(tmp_path / "store") as store:
        rebuild_events(store, open_resources())
    return tmp_path / "store"


@pytest.fixture
def listed(tmp_path, monkeypatch):
    (tmp_path / "roles.yaml").write_text(LISTS, encoding="utf-8")
    monkeypatch.setenv(roles.VARIABLE, str(tmp_path / "roles.yaml"))
    return tmp_path / "roles.yaml"
