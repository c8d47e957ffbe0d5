"""What every command keeps to: help, exit codes, errors in words, README."""

import argparse
import errno
import importlib
import signal
import sys

import pytest

from geo import cli, paths
from tests.cli.conftest import start

# Arguments with which each command works on nothing that could be read.
NOTHING = {
    "watch": ("{folder}/missing", "--store", "{folder}/store", "--once"),
    "fetch": ("--list", "{folder}/missing.txt", "--store", "{folder}/store"),
    "build": ["missing.md", "--store", "{folder}/store"],
    "annotate": ["missing.md"],
    "events": ["--store", "{folder}/missing"],
    "snapshot": ["{folder}/out.png", "--store", "{folder}/missing"],
    "report": ["{folder}/out.docx", "--store", "{folder}/missing"],
    "export": ["{folder}/out.csv", "--store", "{folder}/missing"],
    "changes": ["2020-01-01", "--store", "{folder}/missing"],
    "import": ["{folder}/missing.csv", "--store", "{folder}/new"],
    "imports": ["--store", "{folder}/missing"],
    "index": ["--store", "{folder}/missing"],
    "backup": ["{folder}/copy.zip", "--store", "{folder}/missing"],
    "restore": ["{folder}/missing.zip", "--store", "{folder}/new"],
    "zones": ["add", "{folder}/missing.geojson", "--store", "{folder}/store"],
    "check": ["--store", "{folder}/missing"],
    "gazetteer": ["import", "{folder}/missing.txt"],
    "theatre": ["find", "Goma", "--theatre", "{folder}/missing"],
    "dashboard": ["--store", "{folder}/missing", "--no-browser"],
}


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_contract(name, geo):
    module = importlib.import_module(f"geo.cli.{name}")
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    # Each is documented: --help says every option in words, and README has the command.
    assert all(action.help for action in parser._actions)
    assert f"python -m geo {name}" in (paths.ROOT / "README.md").read_text(encoding="utf-8")
    assert callable(module.run)
    shown = geo(name, "--help")
    assert shown.code == 0
    assert cli.COMMANDS[name].casefold() in " ".join(shown.out.split()).casefold()
    assert "--quiet" in shown.out


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_nothing_to_work_on_is_an_error_in_words(name, geo, tmp_path):
    ran = geo(name, *(argument.format(folder=tmp_path) for argument in NOTHING[name]))
    assert ran.code == 2
    assert ran.err.startswith("error: ")
    assert "missing" in ran.err


def test_without_a_command_help_is_offered(geo):
    ran = geo()
    assert ran.code == 2
    assert "COMMAND" in ran.err
    assert all(name in geo("--help").out for name in cli.COMMANDS)


def test_an_unknown_option_is_named(geo):
    ran = geo("annotate", "--frobnicate", "x")
    assert ran.code == 2
    assert "--frobnicate" in ran.err


@pytest.mark.parametrize(
    ("failure", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (OSError(errno.ENOSPC, "No space left on device", "/tmp/x/events.sqlite"), 2, "/tmp/x/events.sqlite: No space"),
        (PermissionError(errno.EACCES, "Permission denied", "store"), 2, "store: Permission denied"),
        (OSError("odd"), 2, "odd"),
    ],
)
def test_failures_are_told_in_words(failure, code, said, geo, monkeypatch):
    def fail(_):
        raise failure

    monkeypatch.setattr("geo.cli.check.run", fail)
    ran = geo("check")
    assert ran.code == code
    assert ran.err.startswith(f"error: {said}")


def test_a_folder_named_like_a_command_starts_no_other_command(tmp_path):
    # `python -m geo annotate events` reads a folder; it must not load pandas for it.
    script = "import sys; from geo import cli; cli.main(['annotate', 'events']); print('pandas' in sys.modules)"
    child = start()
    child.communicate()
    import subprocess

    ran = subprocess.run([sys.executable, "-c", script], cwd=paths.ROOT, capture_output=True, text=True)
    assert ran.stdout.strip() == "False"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_interrupting_a_real_build_shows_no_traceback(tmp_path):
    for number in range(300):
        (tmp_path / f"{number}.md").write_text(f"Shells hit Kobani on day {number}. Three people were killed.")
    child = start("build", tmp_path, "--store", tmp_path / "store")
    while not (tmp_path / "store").exists():
        assert child.poll() is None
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=30)
    # Shells show 130 for both: the exit code, and an end by the signal itself, which Python chooses where Ctrl+C
    # struck in the middle of an import.
    assert child.returncode in (130, -signal.SIGINT)
    assert "interrupted" in err
    assert "Traceback" not in err
