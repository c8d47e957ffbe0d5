"""What the tests of the commands share: a few articles, a store made of them, and a way to run a command."""

import json
import subprocess
import sys
from dataclasses import dataclass

import pytest

from geo import paths
from geo.cli import main

ARTICLES = (
    {
        "id": "one",
        "title": "Shelling in the north",
        "text": "Turkish shells hit Kobani on Saturday, killing three people, residents said.",
        "published": "2019-10-13",
        "source": "Frontier Post",
    },
    {
        "id": "two",
        "text": "Clashes broke out near Ras al-Ain on Monday between Turkish troops and the Syrian Democratic Forces.",
        "published": "2019-10-15T08:00:00Z",
        "source": "River Wire",
    },
    {"id": "three", "text": "Damascus denied that it had shelled anybody. 😀 Nothing happened in Qamishli."},
)


@dataclass
class Ran:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def geo(capsys):
    """Run a command in this process."""

    def run(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Ran(code, said.out, said.err)

    return run


def start(*arguments, **more):
    """Start a command in a process of its own."""
    command = [sys.executable, "-m", "geo", *map(str, arguments)]
    return subprocess.Popen(command, cwd=paths.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


@pytest.fixture
def articles(tmp_path):
    """A file of articles, one a line."""
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in ARTICLES), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def store(tmp_path_factory):
    """A store of :data:`ARTICLES`."""
    folder = tmp_path_factory.mktemp("built")
    file = folder / "articles.jsonl"
    file.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES), encoding="utf-8")
    assert main(["build", str(file), "--store", str(folder / "store"), "--quiet"]) == 0
    return folder / "store"
