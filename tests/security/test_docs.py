"""What docs/security.md names is there: every test, by file and name, and all thirty-two faults."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
PAGE = (TESTS.parent / "docs" / "security.md").read_text(encoding="utf-8")


def test_every_test_that_is_named_is_there():
    named = re.findall(r"`((?:[a-z_]+/)?test_[a-z_]+\.py)(?:::(test_\w+))?`", PAGE)
    assert len(named) > 80
    for file, name in named:
        assert (TESTS / file).is_file(), file
        assert not name or f"def {name}(" in (TESTS / file).read_text(encoding="utf-8"), f"{file}::{name}"


def test_each_of_the_faults_has_its_line():
    part = PAGE[PAGE.index("## The fault tests") :]
    assert [int(n) for n in re.findall(r"^\| (\d+) \|", part, re.MULTILINE)] == list(range(1, 33))
