"""Wire copies among many articles: ours, by MinHash and a check, against comparing every pair with RapidFuzz.

``python -m benchmarks.duplicates [--json] [--quick]``

Articles of 400 words with a fixed seed; one in ten is a copy that was cut, headed and closed otherwise. RapidFuzz,
which a user would pick for likeness, compares pairs of a share only. Processor seconds, largest resident set.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import sys
import time
from itertools import combinations

from geo.model import Article

ARTICLES, QUICK = 10_000, 1_000
SHARE = 300
WORDS = 400


def make(number: int) -> tuple[list[Article], set[str]]:
    """Make articles, and the ids of those that are copies."""
    chance = random.Random(7)  # noqa: S311 - a fixed seed is the purpose
    lexicon = [f"w{n}" for n in range(8_000)]
    articles, copies = [], set()
    for n in range(number):
        if n % 10 == 9:
            words = articles[n - 5].text.split()[: WORDS * 6 // 10]
            text = f"CITY ({n}) - {' '.join(words)} Read more of number {n} on our page."
            copies.add(f"a{n}")
        else:
            text = " ".join(chance.choices(lexicon, k=WORDS))
        articles.append(Article(id=f"a{n}", text=text))
    return articles, copies


def ours(number: int) -> dict[str, float]:
    """Find the copies, and count right and wrong ones."""
    from geo.duplicates import wire_copies

    articles, true = make(number)
    begun = time.process_time()
    found = set(wire_copies(articles))
    return {**_told(begun, number), "recall": len(found & true) / len(true), "wrong": float(len(found - true))}


def peer(number: int) -> dict[str, float]:
    """Compare every pair of a share."""
    from rapidfuzz import fuzz

    articles, true = make(min(number, SHARE))
    begun = time.process_time()
    texts = [article.text.split() for article in articles]
    found = set()
    for (n, one), (m, other) in combinations(enumerate(texts), 2):
        if fuzz.token_set_ratio(" ".join(one), " ".join(other), score_cutoff=90):
            found.add(articles[max(n, m)].id)
    told = _told(begun, len(articles))
    return {**told, "recall": len(found & true) / len(true), "wrong": float(len(found - true))}


def _told(begun: float, number: int) -> dict[str, float]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"articles": float(number), "seconds": time.process_time() - begun, "peak_mb": peak}


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="1,000 articles instead of 10,000")
    options = parser.parse_args(arguments)
    number = QUICK if options.quick else ARTICLES
    rows = {}
    for way in (ours, peer):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            rows[way.__name__] = pool.apply(way, (number,))
    if options.json:
        sys.stdout.write(json.dumps(rows) + "\n")
        return
    for name, row in rows.items():
        sys.stdout.write(f"{name:6s} " + "  ".join(f"{key} {value:,.2f}" for key, value in row.items()) + "\n")


if __name__ == "__main__":
    main()
