"""Hostile articles against a plain one of the same size: how many times longer each takes.

``python -m benchmarks.hostile [--json] [--quick] [TEXT ...]``

Each text has 10 MB (1 MB with ``--quick``) and is read as ``build`` would: by the reader of its format, then annotated
and coded. The time is processor seconds of one run in a process of its own, the memory its largest resident set. The
plain one is the sample corpus again and again, as one article; "plain, little in it" has no places and hardly an event.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import time
from functools import cache
from itertools import count
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
    "new names without an end": "Turkish @ District, ",
    "dates without an end": "3 October 2019 ",
    "triggers": "killed ",
    "deeds, sides and days in one sentence": "Kobani 3 October killed SDF ",
    "groups with short names": "the militia Sons of @ (@), ",
    "one event after another": "Shells hit Kobani. ",
    "abbreviations": "Mr. ",
    "paragraphs of one word": "a.\n\n",
    "lines of one word": "a\n",
    "another script": "عين ",
    "right-to-left marks": "\u202ea",
    "emphasis": "**a ",
}
"""What is written again and again; @ is a new word each time."""


def make(name: str, size: int) -> str:
    """Make a text of about `size` code points that ends with a sentence, so that an article is found in it."""
    if name == "plain":
        return (_sample() * (size // len(_sample()) + 1))[:size]
    if name == "plain, little in it":
        return make_text(size)
    unit = UNITS[name]
    return _repeated(unit, size) + "\n\nShells hit the town of Kobani on Monday, the governor said.\n"


def _repeated(unit: str, size: int) -> str:
    if "@" not in unit:
        return unit * (size // len(unit))
    parts: list[str] = []
    for number in count():
        if size <= 0:
            return "".join(parts)
        parts.append(unit.replace("@", "AB" + "".join(chr(65 + number // 26**place % 26) for place in range(4))))
        size -= len(parts[-1])
    raise AssertionError


@cache
def _sample() -> str:
    from geo import paths
    from geo.model import Article
    from geo.readers import read_paths

    texts = [item.text for item in read_paths([paths.SAMPLE_ARTICLES]) if isinstance(item, Article)]
    return "\n\n".join(texts) + "\n\n"


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


def measure(size: int, names: tuple[str, ...] = ()) -> list[dict[str, object]]:
    """Read every text, each in a process of its own."""
    rows: list[dict[str, object]] = []
    context = multiprocessing.get_context("spawn")
    plain = 0.0
    for name in ("plain", *(names or ("plain, little in it", *UNITS))):
        with context.Pool(1) as pool:
            seconds, megabytes = pool.apply(read, (name, size))
        plain = plain or seconds
        rows.append({"text": name, "seconds": seconds, "times_plain": seconds / plain, "peak_mb": megabytes})
    return rows


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("text", nargs="*", help="only these beside the plain one")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="1 MB instead of 10")
    options = parser.parse_args(arguments)
    rows = measure(QUICK if options.quick else SIZE, tuple(options.text))
    if options.json:
        sys.stdout.write(json.dumps({"benchmark": Path(__file__).stem, "rows": rows}) + "\n")
        return
    for row in rows:
        told = "{text:38s} {seconds:8.2f} s  {times_plain:6.2f} x plain  {peak_mb:6.0f} MB\n".format(**row)
        sys.stdout.write(told)


if __name__ == "__main__":
    main()
