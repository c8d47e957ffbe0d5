"""Get what the tests need beside Python packages: a Chromium and a Firefox. Run by ``make test`` before pytest.

Uses the browsers that are installed; else Debian's packages where this user may install them; else Playwright's own
Chromium. When none of that works the tests that need one are skipped, each with the line that says how to get it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HOW_TO_GET_CHROMIUM = "no Chromium: `apt-get install chromium`, or `python -m playwright install chromium`"
HOW_TO_GET_FIREFOX = "no Firefox: `apt-get install firefox-esr`"


def chromium() -> str | None:
    """Path of a Chromium to drive, or None."""
    named = os.environ.get("BORDERLINES_CHROMIUM")
    installed = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome", "chrome"))
    return named or next((path for path in installed if path), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def firefox() -> str | None:
    """Path of a Firefox to drive, or None."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


def _install() -> None:
    missing = [package for package, found in (("chromium", chromium()), ("firefox-esr", firefox())) if found is None]
    if missing and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *missing]):
            subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
    if chromium() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    _install()
    print(f"browsers for the tests: {chromium() or HOW_TO_GET_CHROMIUM}; {firefox() or HOW_TO_GET_FIREFOX}")
