"""What every kind of test shares."""

import signal
import sys

import pytest
from hypothesis import settings

from tests.tools import HOW_TO_GET_CHROMIUM, chromium
from tests.watch import CHROMIUM_ARGUMENTS

# A test is not a clock: how long an example takes is the machine's affair, benchmarks measure it.
settings.register_profile("borderlines", deadline=None)
settings.load_profile("borderlines")


@pytest.fixture(autouse=True, scope="session")
def hears_interrupts():
    """A suite started in the background of a shell is deaf to Ctrl+C, and so would be every command that it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def own_main():
    """Streamlit's tests put the page's script in the place of the main module, and new processes would run it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def browser():
    """A running Chromium; the tests that need one are skipped where there is none."""
    from playwright.sync_api import sync_playwright

    # Playwright's own look for a browser cannot run inside another of its sessions.
    path = chromium()
    if path is None:
        pytest.skip(HOW_TO_GET_CHROMIUM)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGUMENTS))
        yield running
        running.close()
