"""A process that has everything loaded and starts work in children of its own, which the tests then kill.

Loading takes two seconds and a fork takes two milliseconds: fifty kills are affordable. The work is the real thing;
each piece of it that is acknowledged is named on the pipe that the tests read.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from geo.model import Action, Article

ROOT = Path(__file__).resolve().parents[2]
FIRST = date(2020, 1, 1)


def article(number: int) -> Article:
    """Article `number`, in which the reader finds one event."""
    day = FIRST + timedelta(days=number)
    return Article(
        id=f"a{number:05}",
        text=f"A car bomb exploded in Tal Abyad on {day.day} {day:%B %Y}, killing four people.",
        title=f"A bomb, part {number}",
        published=day,
        published_basis="given",
        source="Frontier Post",
        path=f"{number}.md",
    )


def build(folder: Path, start: int) -> None:
    from geo.pipeline import keep
    from geo.store import Store

    with Store(folder) as store:
        # A few at a time: the events are made again after each lot, and that must be struck as well.
        for first in range(start, 100_000, 8):
            lot = [article(number) for number in range(first, first + 8)]
            keep(lot, store, progress=lambda done: _say(int(done.id[1:])))


def imports(folder: Path, start: int) -> None:
    from geo.importers import keep
    from geo.store import Store
    from tests.importers.test_segments import ABOUT, batch, rows

    with Store(folder) as store:
        for number in range(start, 100_000):
            ids = [f"{number}:{row}" for row in range(400)]
            parts = [batch(rows(200, event_id=ids[at : at + 200])) for at in (0, 200)]
            keep(store, iter(parts), key=str(number), **ABOUT)
            _say(number)


def review(folder: Path, _start: int) -> None:
    from geo.pipeline import open_resources, rebuild_events
    from geo.review import decision
    from geo.store import Store, decide

    with Store(folder) as store:
        while True:
            for event in store.events():
                action = (Action.ACCEPT, Action.COMMENT, Action.CORRECT)[event.review.last % 3]
                after = {"fatalities_low": 0, "fatalities_high": event.review.last} if action is Action.CORRECT else {}
                made = decide(
                    store, decision(action, [event], "Ada", after=after, why="as told"), seen=event.review.last
                )
                _say(made.number)
                rebuild_events(store, open_resources())


def backup(folder: Path, start: int) -> None:
    from geo.store.backup import backup

    for number in range(start, 100_000):
        backup(folder, folder.parent / f"copy{number % 2}.zip")
        _say(number)


WORK = {"build": build, "imports": imports, "review": review, "backup": backup}


def _say(number: int) -> None:
    os.write(1, f"{number}\n".encode())


class Prepared:
    """The process; :meth:`start` gives the id of a child that works."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.faults.prepared"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self._read("ready")

    def start(self, work: str, folder: Path, start: int = 0) -> int:
        self.process.stdin.write(f"{work}\t{folder}\t{start}\n")
        return int(self._read("child").split()[1])

    def acknowledged(self) -> int:
        """The next thing that is acknowledged, waited for."""
        line = self.process.stdout.readline()
        assert line.strip().isdigit(), f"the work ended by itself: {line}"
        return int(line)

    def rest(self) -> list[int]:
        """What was acknowledged until the child was gone."""
        found = []
        while not (line := self.process.stdout.readline()).startswith("gone"):
            assert line.strip().isdigit(), f"not an acknowledgement: {line!r}"
            found.append(int(line))
        assert line.split()[1] == "-9", "the work ended by itself before it was killed"
        return found

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()

    def _read(self, word: str) -> str:
        line = self.process.stdout.readline()
        assert line.startswith(word), f"expected {word}, got {line!r}"
        return line


def _serve() -> None:
    import geo.importers  # noqa: F401
    import tests.importers.test_segments  # noqa: F401 - loaded before the forks
    from geo.pipeline import open_resources, read_article

    read_article(article(0), open_resources())
    os.write(1, b"ready\n")
    for line in sys.stdin:
        work, folder, start = line.rstrip("\n").split("\t")
        told, telling = os.pipe()
        child = os.fork()
        if child == 0:
            # Both write on one pipe: the child's id is said first.
            os.read(told, 1)
            WORK[work](Path(folder), int(start))
            os._exit(0)
        os.write(1, f"child {child}\n".encode())
        os.write(telling, b"!")
        os.close(told)
        os.close(telling)
        _, status = os.waitpid(child, 0)
        os.write(1, f"gone {os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    _serve()
