"""Runs the JavaScript tests under node's own test runner, so that pytest alone runs everything."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tools import HOW_TO_GET_TSC, tsc

HERE = Path(__file__).parent


@pytest.mark.skipif(
    shutil.which("node") is None, reason="no node: install Node.js 20 or newer to test the JavaScript alone"
)
def test_the_javascript_tests_pass():
    files = sorted(str(file) for file in HERE.glob("*.test.mjs"))
    done = subprocess.run(["node", "--test", *files], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(tsc() is None, reason=HOW_TO_GET_TSC)
def test_the_types_of_the_modules_agree():
    done = subprocess.run([str(tsc()), "-p", str(HERE / "tsconfig.json")], capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
