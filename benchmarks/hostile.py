"""Hostile articles against a plain one of the same size: how many times longer each takes.

``python -m benchmarks.hostile [--json] [--quick]``

Each text has 10 MB (1 MB with ``--quick``) and is read as ``build`` would: by the reader of its format, then annotated
and coded. The time is processor seconds of one run in a process of its own, the memory its largest resident set.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import time
from pathlib import Path

from benchmarks.dates import make_text

SIZE = 10_000_000
QUICK = 1_000_000
UNITS = {
    "brackets": "(",
    "square brackets": "[",
    "angle brackets": "<",
    "one word": "a",
    "blanks": " ",
    "one endless sentence": "shells hit the town and ",
    "names without an end": "Kobani, ",
    "dates without an end": "3 October 2019 ",
    "triggers": "killed ",
    "lines of one word": "a\n",
    "right-to-left marks": "\u202ea",
    "emphasis": "**a ",
}


def make(name: str, size: int) -> str:
    """Make a text of about `size` code points that ends with a sentence, so that an article is found in it."""
    if name == "plain":
        return make_text(size)
    unit = UNITS[name]
    return unit * (size // len(unit)) + "\n\nShells hit the town of Kobani on Monday, the governor said.\n"


def read(name: str, size: int) -> tuple[float, float]:
    """Read one text; give processor seconds and MB."""
    from geo.model import Article
    from geo.pipeline import annotate_and_code, open_resources, read_bytes

    resources, data = open_resources(), make(name, size).encode()
    begun = time.process_time()
    for item in read_bytes("x.txt", data):
        if isinstance(item, Article):
            annotate_and_code(item, resources)
    seconds = time.process_time() - begun
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(size: int) -> list[dict[str, object]]:
    """Read every text, each in a process of its own."""
    rows: list[dict[str, object]] = []
    context = multiprocessing.get_context("spawn")
    plain = 0.0
    for name in ("plain", *UNITS):
        with context.Pool(1) as pool:
            seconds, megabytes = pool.apply(read, (name, size))
        plain = plain or seconds
        rows.append({"text": name, "seconds": seconds, "times_plain": seconds / plain, "peak_mb": megabytes})
    return rows


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="1 MB instead of 10")
    options = parser.parse_args(arguments)
    rows = measure(QUICK if options.quick else SIZE)
    if options.json:
        sys.stdout.write(json.dumps({"benchmark": Path(__file__).stem, "rows": rows}) + "\n")
        return
    for row in rows:
        told = "{text:24s} {seconds:8.2f} s  {times_plain:6.2f} x plain  {peak_mb:6.0f} MB\n".format(**row)
        sys.stdout.write(told)


if __name__ == "__main__":
    main()
