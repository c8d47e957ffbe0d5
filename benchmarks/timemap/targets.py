"""What the map is meant to hold, beside what was measured."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LARGEST = 1_000_000
_SIGNS = {operator.le: "at most", operator.ge: "at least"}


@dataclass(frozen=True)
class Target:
    """One figure that is promised for a million events."""

    says: str
    what: str
    """Name of the measurement."""
    path: tuple[str, ...]
    """Where the figure stands in it."""
    holds: Callable[[float, float], bool]
    limit: float
    ratio: float | None = None

    def of(self, results: Iterable[dict[str, object]]) -> float | None:
        """Give the figure among what was measured."""
        for result in results:
            if result["what"] != self.what or result.get("events") != LARGEST:
                continue
            if self.ratio is None or result.get("ratio") == self.ratio:
                found: object = result
                for key in self.path:
                    found = found[key]
                return float(found)
        return None


def _map(says: str, *path: str, holds: Callable[[float, float], bool], limit: float, ratio: float = 1.0) -> Target:
    return Target(says, "time map", path, holds, limit, ratio)


TARGETS = (
    _map("p95 of a frame, 30 days, ms", "30 days", "frame95", holds=operator.le, limit=20),
    _map("p95 of a frame, 1 year, ms", "1 year", "frame95", holds=operator.le, limit=20),
    _map("frames a second, 1 year", "1 year", "fps", holds=operator.ge, limit=59),
    _map("frames a second, all", "all", "fps", holds=operator.ge, limit=50),
    _map("frames a second, 30 days, ratio 2", "30 days", "fps", holds=operator.ge, limit=50, ratio=2.0),
    _map("frames a second, 1 year, ratio 2", "1 year", "fps", holds=operator.ge, limit=50, ratio=2.0),
    _map("frames a second, all, ratio 2", "all", "fps", holds=operator.ge, limit=50, ratio=2.0),
    _map("page opened to map drawn, ms", "page_to_map_ms", holds=operator.le, limit=3000),
    _map("bytes an event", "bytes_an_event", holds=operator.le, limit=10),
    _map("filter with all counts, ms", "filter_and_counts_ms", holds=operator.le, limit=20),
    _map("filter until the map is drawn, ms", "filter_to_map_ms", holds=operator.le, limit=20),
    Target("release to table, median, ms", "release to table", ("median_ms",), operator.le, 250),
    Target("release to table, bytes down", "release to table", ("down_bytes",), operator.le, 10_240),
    Target("frames a second the map's table takes", "live table", ("fps_lost",), operator.le, 1),
)
"""Sixty frames a second are 59 and more: Chromium's clock and ours never agree to the last frame."""


def held(results: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    """Say of each target what was measured, and whether it holds."""
    for target in TARGETS:
        figure = target.of(results)
        if figure is not None:
            verdict = "held" if target.holds(figure, target.limit) else "MISSED"
            yield {"target": target.says, "is": figure, _SIGNS[target.holds]: target.limit, "verdict": verdict}
