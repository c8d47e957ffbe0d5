"""Names of files as strangers choose them: shown on one line, what cannot be seen spelt out, never a way elsewhere."""

import os
import time
from pathlib import Path

import pytest

from geo.errors import InputError
from geo.intake import read_bytes
from geo.model import Article
from geo.readers import READERS, read_paths
from geo.readers.files import FileWalk

HOSTILE = ["a\nb.pdf", "a\rb.pdf", "evil\u202efdp.exe.pdf", "a\x1b[31mb.pdf", "a\u200bb.pdf", "\udcff.pdf"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_told_on_one_line_with_nothing_hidden(tmp_path: Path, name: str):
    Path(os.fsdecode(os.fsencode(tmp_path)) + "/" + name).write_bytes(b"x")
    (problem,) = read_paths([tmp_path])
    assert isinstance(problem, InputError)
    assert str(problem).isprintable()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "..\\..\\boot.txt", "a\0b.txt", "C:\\x.txt", "x" * 300 + ".txt"]
)
def test_a_sent_name_leads_nowhere(name: str):
    items = read_bytes(name, b"The herons came back to the marsh in May. They stayed until the summer had ended.")
    assert isinstance(items[0], Article)
    assert "/" not in items[0].path
    assert "\0" not in items[0].path


def test_a_nul_in_a_path_is_an_error_not_a_crash():
    (problem,) = read_paths([Path("a\0b.txt")])
    assert isinstance(problem, InputError)
    assert str(problem).isprintable()


def test_folders_may_lie_as_deep_as_they_like(tmp_path: Path):
    deep = tmp_path
    for _ in range(600):
        deep = deep / "d"
    deep.mkdir(parents=True)
    (deep / "x.txt").write_text("x")
    assert [str(path) for path in FileWalk(frozenset(READERS)).walk([tmp_path])] == [str(deep / "x.txt")]


def test_very_many_small_files_are_walked_one_by_one(tmp_path: Path):
    for number in range(5_000):
        (tmp_path / f"{number:05}.{'txt' if number % 2 else 'png'}").touch()
    begun = time.process_time()
    walk = FileWalk(frozenset(READERS)).walk([tmp_path])
    assert next(walk) == tmp_path / "00001.txt"
    rest = list(walk)
    assert len(rest) == 2_500
    assert "2499 more such files" in str(rest[-1])
    assert time.process_time() - begun < 5
