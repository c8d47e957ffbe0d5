"""Try one target, or all: ``python -m tests.fuzz NAME|all [--seconds N] [--with hypothesis|atheris]``.

Atheris is no requirement of ours, for it has wheels for few systems: ``pip install atheris``, and name one target.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import resource
import sys
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings

from geo.errors import GeoError
from tests.fuzz.inputs import inputs
from tests.fuzz.targets import targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fuzz.targets import Target

ROUND = 400
SLOW_S = 10.0
"""Processor time; an input that takes longer is a finding."""
KEPT = Path("fuzz-findings")


class Tally:
    """What was tried of one target, and what came of it."""

    def __init__(self, target: Target) -> None:
        self.target, self.tried, self.refused, self.slowest = target, 0, 0, 0.0
        self.found: dict[str, bytes] = {}

    def one(self, data: bytes) -> None:
        """Try one input; what should not have happened is kept, once for each line it happened in."""
        began = processor_s()
        self.tried += 1
        try:
            self.target.run(data)
        except GeoError:
            self.refused += 1
        except Exception as error:
            self.found.setdefault(f"{type(error).__name__} {_where(error)}", data)
        took = processor_s() - began
        self.slowest = max(self.slowest, took)
        if took > SLOW_S:
            self.found.setdefault(f"slow: {len(data)} bytes", data)


def _where(error: BaseException) -> str:
    trace, place = error.__traceback__, "?"
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if "/geo/" in name:
            place = f"{name.rpartition('/geo/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def processor_s() -> float:
    """Seconds of processor time of this process and of those it waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def with_hypothesis(target: Target, seconds: float) -> Tally:
    """Try inputs until the time is used up."""
    tally, until = Tally(target), processor_s() + seconds
    looks = settings(
        max_examples=ROUND, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip

    while processor_s() < until:

        @looks
        @given(inputs(target.seeds))
        def some(data: bytes) -> None:
            if processor_s() < until:
                tally.one(data)

        some()
    return tally


@contextlib.contextmanager
def watched(engine: str) -> Iterator[None]:
    """Have atheris watch what is imported meanwhile, of our own: all of the libraries would take minutes."""
    if engine != "atheris":
        yield
        return
    import atheris

    with atheris.instrument_imports(include=["geo"]):
        yield


def with_atheris(target: Target, seconds: float, name: str) -> None:
    """Try inputs that the branches of our code lead to; says what came of it and ends the process."""
    import atheris  # type: ignore[import-not-found]

    tally, until = Tally(target), processor_s() + seconds

    def one(data: bytes) -> None:
        if processor_s() > until:
            os._exit(said(name, tally))
        tally.one(data)

    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(target.seeds):
            (Path(corpus) / str(number)).write_bytes(seed)
        atheris.Setup([sys.argv[0], "-rss_limit_mb=0", "-max_len=20000", corpus], one)
        atheris.Fuzz()


def said(name: str, tally: Tally) -> int:
    """Say what came of a target and keep what was found; 1 where something was."""
    print(
        f"{name}: {tally.tried:,} inputs, {tally.refused:,} refused with a message, slowest {tally.slowest:.2f} s, "
        f"{len(tally.found)} findings",
        flush=True,
    )
    for what, data in tally.found.items():
        KEPT.mkdir(exist_ok=True)
        kept = KEPT / f"{name.replace('/', '_')}-{hashlib.sha256(data).hexdigest()[:12]}"
        kept.write_bytes(data)
        print(f"  {what} ({kept})", flush=True)
    return int(bool(tally.found))


def main() -> int:
    """Try, and say how many inputs there were and what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("name", help="a target, or all")
    parser.add_argument("--seconds", type=float, default=60.0, help="processor time for each, in seconds")
    parser.add_argument("--with", dest="engine", choices=("hypothesis", "atheris"), default="hypothesis")
    given_options = parser.parse_args()
    with watched(given_options.engine):
        every = targets()
        if given_options.name not in (*every, "all"):
            parser.error(f"there is no {given_options.name}; there are {', '.join(every)}")
        if given_options.engine == "atheris":
            with contextlib.suppress(GeoError):
                every[given_options.name].run(every[given_options.name].seeds[0])
    if given_options.engine == "atheris":
        with_atheris(every[given_options.name], given_options.seconds, given_options.name)
    warnings.simplefilter("ignore")
    failed = 0
    for name in every if given_options.name == "all" else [given_options.name]:
        failed |= said(name, with_hypothesis(every[name], given_options.seconds))
    return failed


if __name__ == "__main__":
    sys.exit(main())
