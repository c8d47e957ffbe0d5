"""The whole chain of reading against events coded by hand.

``python -m benchmarks.reading [--json] [--errors] [--given FOLDER]``

The sample corpus is read article by article and compared with ``tests/gold/sample_events.yaml``. With ``--given``, a
folder of the five given pages is compared with ``tests/gold/given_pages.yaml`` in the same way.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from benchmarks.gold import (
    NEAR_KM,
    Compared,
    Gold,
    actors_agree,
    compare,
    days_equal,
    days_meet,
    is_dot,
    place_is_right,
)
from geo import paths
from geo.errors import InputError
from geo.model import EVENT_TYPE_OF, EVENTS_OF_THE_DAY
from geo.pipeline import open_resources, read_article
from geo.readers import read_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.model import Article, Report

GOLD = paths.ROOT / "tests" / "gold"
SAMPLE = GOLD / "sample_events.yaml"
GIVEN = GOLD / "given_pages.yaml"


def compare_sample() -> list[Compared]:
    """Read every sample article and match its events."""
    return list(_compare(SAMPLE, ((Path(a.path or "").name, a) for a in _articles(paths.SAMPLE_ARTICLES))))


def compare_given(folder: Path) -> list[Compared]:
    """Read the given pages and match their events; a page's articles are told apart by their order on it."""
    return list(_compare(GIVEN, _numbered(_articles(folder))))


def _articles(folder: Path) -> Iterator[Article]:
    for item in read_paths([folder]):
        if isinstance(item, InputError):
            raise item
        yield item


def _numbered(articles: Iterable[Article]) -> Iterator[tuple[str, Article]]:
    seen: dict[str, int] = {}
    for article in articles:
        page = "".join(re.findall(r"\d{3}", Path(article.path or "").stem)[:1])
        seen[page] = seen.get(page, -1) + 1
        yield f"{page}.{seen[page]}", article


def _compare(gold: Path, articles: Iterable[tuple[str, Article]]) -> Iterator[Compared]:
    rows = yaml.safe_load(gold.read_text(encoding="utf-8"))
    resources = open_resources()
    for name, article in articles:
        told = rows[name]["events"] if isinstance(rows[name], dict) else rows[name]
        yield compare(name, [Gold.from_row(row) for row in told], read_article(article, resources).events)


def figures(compared: Sequence[Compared]) -> dict[str, float]:
    """Work out the figures over articles. Shares are 0 to 1; over nothing they are 0."""
    pairs = [pair for article in compared for pair in article.pairs]
    day = [(g, r) for g, r in pairs if g.of_the_day]
    gold_day = [g for article in compared for g in article.gold if g.of_the_day]
    coded_day = [r for article in compared for r in article.coded if r.status in EVENTS_OF_THE_DAY]
    right_day = [(g, r) for g, r in day if r.status in EVENTS_OF_THE_DAY]
    placed = [(g, r) for g, r in day if g.lon is not None]
    dated = [(g, r) for g, r in day if g.days is not None]
    dead = [(g, r) for g, r in day if g.fatalities is not None]
    sides = [agree for g, r in day for agree in actors_agree(g, r)]
    dots = [r for article in compared for r in article.coded if is_dot(r)]
    false = [dot for article in compared for dot in article.false_dots()]
    return {
        "articles": len(compared),
        "gold events of the day": len(gold_day),
        "coded events of the day": len(coded_day),
        "recall, events of the day": _share(len(right_day), len(gold_day)),
        "precision, events of the day": _share(len(right_day), len(coded_day)),
        "recall, all events": _share(len(pairs), sum(len(article.gold) for article in compared)),
        "event type": _share(sum(EVENT_TYPE_OF[g.sub_event_type] is r.event_type for g, r in day), len(day)),
        "sub-event type": _share(sum(g.sub_event_type == r.sub_event_type for g, r in day), len(day)),
        "day exact": _share(sum(days_equal(g, r) for g, r in dated), len(dated)),
        "day overlaps": _share(sum(r.day_start is not None and days_meet(g, r) for g, r in dated), len(dated)),
        "place within 25 km": _share(sum(place_is_right(g, r, NEAR_KM) is True for g, r in placed), len(placed)),
        "actors": _share(sum(sides), len(sides)),
        "status": _share(sum(g.status is r.status for g, r in pairs), len(pairs)),
        "deaths": _share(sum(_deaths_meet(g, r) for g, r in dead), len(dead)),
        "dots": len(dots),
        "false dots": len(false),
        "false dots per article": _share(len(false), len(compared)),
    }


def _deaths_meet(gold: Gold, report: Report) -> bool:
    if gold.fatalities is None:
        return False
    low = report.fatalities_low if report.fatalities_low is not None else report.fatalities_high
    high = report.fatalities_high if report.fatalities_high is not None else report.fatalities_low
    return low is not None and high is not None and low <= gold.fatalities[1] and gold.fatalities[0] <= high


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def errors(compared: Iterable[Compared]) -> Iterator[str]:
    """Tell article by article what is missed, doubled, untold or wrong."""
    for article in compared:
        yield f"\n{article.name}"
        for gold, report in article.pairs:
            wrong = list(_differences(gold, report))
            yield f"  {'~' if wrong else '='} {_coded(report)}" + (f"\n      {'; '.join(wrong)}" if wrong else "")
        yield from (f"  - missed {_gold(gold)}" for gold in article.missed)
        yield from (f"  + told twice {_coded(report)}" for report in article.doubled)
        yield from (f"  + untold {_coded(report)}" for report in article.untold)
        yield from (f"  ! dot, {reason}: {report.sub_event_type}" for reason, report in article.false_dots())


def _differences(gold: Gold, report: Report) -> Iterator[str]:
    if gold.sub_event_type != report.sub_event_type:
        yield f"type should be {gold.sub_event_type}"
    if not days_meet(gold, report):
        yield f"day should be {_days(gold.days)}"
    if place_is_right(gold, report, NEAR_KM) is False or (gold.place is None) != (report.place is None):
        yield f"place should be {gold.place}"
    first, second = actors_agree(gold, report)
    if not first:
        yield f"actor 1 should be {gold.actor1}"
    if not second:
        yield f"actor 2 should be {gold.actor2}"
    if gold.status is not report.status:
        yield f"status should be {gold.status}"
    if gold.fatalities is not None and not _deaths_meet(gold, report):
        yield f"deaths should be {gold.fatalities}"


def _coded(r: Report) -> str:
    days = (r.day_start, r.day_end) if r.day_start and r.day_end else None
    dead = "" if r.fatalities_low is None and r.fatalities_high is None else f", {r.fatalities_low}-{r.fatalities_high}"
    return (
        f"{r.sub_event_type} [{r.status}] {_days(days)} @ {r.place.name if r.place else None}: "
        f"{r.actor1} / {r.actor2}{dead} ({r.confidence}) at {r.start}"
    )


def _gold(g: Gold) -> str:
    return f"{g.sub_event_type} [{g.status}] {_days(g.days)} @ {g.place}: {g.actor1} / {g.actor2}"


def _days(days: tuple[object, object] | None) -> str:
    if days is None:
        return "no day"
    return str(days[0]) if days[0] == days[1] else f"{days[0]}..{days[1]}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--errors", action="store_true", help="tell every difference as well")
    parser.add_argument("--given", type=Path, metavar="FOLDER", help="folder of the five given pages")
    options = parser.parse_args(arguments)
    runs = {"sample": compare_sample()}
    if options.given is not None:
        runs["given pages"] = compare_given(options.given)
    made = {name: figures(compared) for name, compared in runs.items()}
    out = sys.stdout
    if options.json:
        out.write(json.dumps(made, indent=2) + "\n")
        return 0
    for name, rows in made.items():
        if options.errors:
            out.write("\n".join(errors(runs[name])) + "\n\n")
        out.write(f"{name}\n" + "".join(f"  {label:30} {value:g}\n" for label, value in rows.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
