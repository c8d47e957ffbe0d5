"""What the commands say to a person, on standard error."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geo.model import Event


def complain(message: str) -> None:
    """Say what went wrong."""
    sys.stderr.write(f"error: {message}\n")


def say(message: str, *, quiet: bool) -> None:
    """Say what was done, unless asked to be quiet."""
    if not quiet:
        sys.stderr.write(f"{message}\n")


def held_back(events: Iterable[Event]) -> str:
    """Say how many events maps and lists leave out unless asked, by their standing; "" where there are none.

    Parameters
    ----------
    events : iterable of Event
        All of a store.
    """
    from geo.model import EVENTS_OF_THE_DAY, Status

    found = Counter(event.best.status for event in events)
    told = ", ".join(
        f"{found[status]} {status}" for status in Status if found[status] and status not in EVENTS_OF_THE_DAY
    )
    return f" (of them {told}: shown only with --status)" if told else ""


@contextmanager
def progress(label: str, *, quiet: bool, total: int | None = None, unit: str = "") -> Iterator[Callable[..., None]]:
    """Show a progress bar while the block runs; call what it gives once a step, or with a number of steps.

    Parameters
    ----------
    label : str
        What is being done.
    quiet : bool
        Show nothing.
    total : int, optional
        Number of steps, where it is known.
    unit : str, optional
        Of a step, where steps are too many to be written out ("B": 1.2GB).
    """
    if quiet:
        yield lambda _steps=1: None
        return
    from tqdm import tqdm

    # Nothing is drawn where nobody watches: a log file wants lines, not a moving bar.
    scale = bool(unit)
    with tqdm(desc=label, total=total, unit=unit, unit_scale=scale, file=sys.stderr, disable=None, leave=False) as bar:

        def step(steps: int = 1) -> None:
            bar.update(steps)

        yield step
