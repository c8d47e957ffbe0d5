"""Sentences and time expressions against ``dateparser.search``, on the same text in one run.

``python -m benchmarks.dates [--json] [--megabytes N] [--share KILOBYTES] [--rounds N]``

The text is made with a fixed seed from sentences of our own, one time expression in about thirty words. Ours reads all
of it, once as articles of a usual length and once as one endless article; dateparser, which is slower by orders of
magnitude, reads only a share. Each way runs in a process of its own, one after the other in every round; the time is
the median of processor seconds, the memory the largest resident set.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import statistics
import sys
import time
import warnings
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ARTICLE = 3_000
"""Length of a usual article, in code points."""
REFERENCE = date(2024, 8, 24)
PLAIN = (
    "The ministry said that the patrol had crossed the river and gone back to its base without a loss.",
    "Residents of the village told a local outlet that shells fell near the school and the old mill.",
    "Both sides accused each other of breaking the truce, and neither answered a request for comment.",
    "The governor called for calm and asked aid groups to bring flour, water and fuel to the camp.",
    "A spokesman for the force denied that its fighters were anywhere near the crossing at the time.",
)
DATED = (
    "The road was closed on {day} {month} {year} after a mine killed two men of the convoy.",
    "Last month the two governments agreed to meet again, and talks will resume on Tuesday.",
    "It was the third such strike since {month} {year}, and the first in more than two weeks.",
    "On {weekday} night drones hit a depot; two days earlier the same depot had burned.",
)
MONTHS = ("January", "March", "May", "August", "October", "December")
WEEKDAYS = ("Monday", "Wednesday", "Friday", "Sunday")


def make_text(length: int) -> str:
    """Make a text of at least `length` code points, always the same."""
    chance = random.Random(7)  # noqa: S311 - a fixed seed is the purpose
    parts: list[str] = []
    size = 0
    while size < length:
        sentence = chance.choice(PLAIN) if chance.random() < 0.6 else chance.choice(DATED)
        filled = sentence.format(
            day=chance.randint(1, 28),
            month=chance.choice(MONTHS),
            year=chance.randint(2012, 2024),
            weekday=chance.choice(WEEKDAYS),
        )
        parts.append(filled)
        size += len(filled) + 1
    return " ".join(parts)


def read_articles(text: str) -> int:
    """Read the text as articles of a usual length; give the number of expressions."""
    from geo.annotate import dates, sentences

    found = 0
    for start in range(0, len(text), ARTICLE):
        piece = text[start : start + ARTICLE]
        found += len(dates.find(piece, reference=REFERENCE, sentences=sentences.split(piece)))
    return found


def read_at_once(text: str) -> int:
    """Read the text as one article of one line; give the number of expressions."""
    from geo.annotate import dates, sentences

    return len(dates.find(text, reference=REFERENCE, sentences=sentences.split(text)))


def read_with_dateparser(text: str) -> int:
    """Read the text as articles with dateparser; give the number of expressions."""
    warnings.simplefilter("ignore")
    from dateparser.search import search_dates

    found = 0
    for start in range(0, len(text), ARTICLE):
        found += len(search_dates(text[start : start + ARTICLE], languages=["en"]) or ())
    return found


WAYS: dict[str, Callable[[str], int]] = {
    "ours, articles": read_articles,
    "ours, one line": read_at_once,
    "dateparser.search": read_with_dateparser,
}


def measure(name: str, length: int) -> dict[str, float]:
    """Run one way in this process: words a second, expressions, memory before and at most, in MiB."""
    text = make_text(length)
    WAYS[name](text[:ARTICLE])  # imports and word lists are start-up, not reading
    before = _peak_mib()
    begin = time.process_time()
    found = WAYS[name](text)
    seconds = time.process_time() - begin
    peak = _peak_mib()  # before the words are counted, which takes more memory than reading them
    words = len(text.split())
    rate = words / seconds
    return {"words_per_s": rate, "found": found, "words": words, "mib_before": before, "mib_peak": peak}


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: list[str] | None = None) -> int:
    """Run every way in turn and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--megabytes", type=float, default=10.0, help="length of the text for ours")
    parser.add_argument("--share", type=float, default=60.0, help="kilobytes of it for dateparser")
    parser.add_argument("--rounds", type=int, default=3, help="times each way runs")
    options = parser.parse_args(arguments)
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in WAYS}
    context = multiprocessing.get_context("spawn")
    for _ in range(options.rounds):
        for name in WAYS:
            length = options.share * 1e3 if name.startswith("dateparser") else options.megabytes * 1e6
            with context.Pool(1) as pool:
                runs[name].append(pool.apply(measure, (name, int(length))))
    rows = {name: _summary(measured) for name, measured in runs.items()}
    if options.json:
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
        return 0
    for name, row in rows.items():
        speed = f"{name:18s} {row['words_per_s']:>10,.0f} words/s"
        memory = f"{row['mib_peak']:6.0f} MiB peak ({row['mib_before']:.0f} before)"
        sys.stdout.write(f"{speed}  {memory}  {row['found']:,.0f} found in {row['words']:,.0f} words\n")
    return 0


def _summary(measured: list[dict[str, float]]) -> dict[str, float]:
    row = {key: statistics.median(run[key] for run in measured) for key in measured[0]}
    row["mib_peak"] = max(run["mib_peak"] for run in measured)
    return row


if __name__ == "__main__":
    sys.exit(main())
