"""Words per second and peak memory of finding place names, over 10 MB of text.

    python benchmarks/toponyms.py [--megabytes 10] [ARTICLES ...]

Reads the sample articles (or the files given) again and again until the text is as long as asked; every article is read
as one. The first round over the articles is timed apart, for it fills the gazetteer's memory of names.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="*", type=Path, help="text files; by default the sample articles")
    parser.add_argument("--megabytes", type=float, default=10.0)
    options = parser.parse_args()

    start = time.perf_counter()
    from geo.annotate import toponyms
    from geo.annotate.sentences import split
    from geo.geocoders import open_gazetteer

    gazetteer = open_gazetteer()
    toponyms.find("Aleppo.", sentences=(), gazetteer=gazetteer)
    print(f"start-up               {time.perf_counter() - start:8.2f} s")

    paths = options.articles or sorted((ROOT / "data/sources/articles").glob("*.md"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    if not texts:
        raise SystemExit("no articles to read")
    ready = [(text, split(text), len(text.split())) for text in texts]
    once = sum(words for _text, _sentences, words in ready)
    start = time.perf_counter()
    names = sum(len(toponyms.find(text, sentences=found, gazetteer=gazetteer)) for text, found, _words in ready)
    first = time.perf_counter() - start
    print(
        f"first round            {once / first:8,.0f} words/s ({len(texts)} articles, {once:,} words, {names:,} names)"
    )

    rounds = max(1, round(options.megabytes * 1e6 / sum(len(text.encode()) for text in texts)))
    start = time.perf_counter()
    for _ in range(rounds):
        for text, found, _words in ready:
            toponyms.find(text, sentences=found, gazetteer=gazetteer)
    taken = time.perf_counter() - start
    print(f"{options.megabytes:4.0f} MB                {rounds * once / taken:8,.0f} words/s")
    print(f"peak memory            {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8,.0f} MiB")


if __name__ == "__main__":
    main()
