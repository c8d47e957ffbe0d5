"""Get what the tests need beside Python packages, browsers and a TypeScript compiler. Run by ``make test``.

Uses what is installed; else Debian's packages where this user may install them; else Playwright's own
Chromium. Where none of that works the tests that need one are skipped, each with the line that says how to get it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HOW_TO_GET_CHROMIUM = "no Chromium: `apt-get install chromium`, or `python -m playwright install chromium`"
HOW_TO_GET_FIREFOX = "no Firefox: `apt-get install firefox-esr`"
HOW_TO_GET_TSC = "no tsc to check the types: `apt-get install node-typescript`, or name one in BORDERLINES_TSC"


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


def tsc() -> str | None:
    """Path of a TypeScript compiler, or None."""
    return os.environ.get("BORDERLINES_TSC") or shutil.which("tsc")


def _install() -> None:
    wanted = {"chromium": chromium(), "firefox-esr": firefox(), "node-typescript": tsc()}
    missing = [package for package, found in wanted.items() if found is None]
    if missing and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        # One by one: a package that is not to be had does not keep the others away.
        for arguments in (["update", "-qq"], *(["install", "-y", "-qq", package] for package in missing)):
            subprocess.run(["apt-get", *arguments], env=environment, check=False, stdout=subprocess.DEVNULL)
    if chromium() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


if __name__ == "__main__":
    _install()
    found = chromium() or HOW_TO_GET_CHROMIUM, firefox() or HOW_TO_GET_FIREFOX, tsc() or HOW_TO_GET_TSC
    print("for the tests:", "; ".join(found))
