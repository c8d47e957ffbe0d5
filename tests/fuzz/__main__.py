"""Try one target, or all: ``python -m tests.fuzz NAME|all [--seconds N] [--with hypothesis|atheris]``."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import resource
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings

from geo.errors import GeoError
from tests.fuzz.inputs import inputs
from tests.fuzz.targets import targets

if TYPE_CHECKING:
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


def with_atheris(target: Target, seconds: float) -> Tally:
    """Try inputs that the code's own branches lead to; ends the process when the time is used up."""
    import atheris  # type: ignore[import-not-found]

    tally = Tally(target)
    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-max_total_time={int(seconds)}"], tally.one)
    with contextlib.suppress(SystemExit):
        atheris.Fuzz()
    return tally


def main() -> int:
    """Try, and say how many inputs there were and what was found."""
    every = targets()
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("name", choices=[*every, "all"])
    parser.add_argument("--seconds", type=float, default=60.0, help="processor time for each, in seconds")
    parser.add_argument("--with", dest="engine", choices=("hypothesis", "atheris"), default="hypothesis")
    given_options = parser.parse_args()
    engine = with_hypothesis if given_options.engine == "hypothesis" else with_atheris
    warnings.simplefilter("ignore")
    failed = 0
    for name in every if given_options.name == "all" else [given_options.name]:
        tally = engine(every[name], given_options.seconds)
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
        failed |= bool(tally.found)
    return failed


if __name__ == "__main__":
    sys.exit(main())
