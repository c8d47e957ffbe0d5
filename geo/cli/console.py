"""What the commands say to a person, on standard error."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def complain(message: str) -> None:
    """Say what went wrong."""
    sys.stderr.write(f"error: {message}\n")


def say(message: str, *, quiet: bool) -> None:
    """Say what was done, unless asked to be quiet."""
    if not quiet:
        sys.stderr.write(f"{message}\n")


@contextmanager
def progress(label: str, *, quiet: bool, total: int | None = None) -> Iterator[Callable[[], None]]:
    """Show a progress bar while the block runs; call what it gives once a step.

    Parameters
    ----------
    label : str
        What is being done.
    quiet : bool
        Show nothing.
    total : int, optional
        Number of steps, where it is known.
    """
    if quiet:
        yield lambda: None
        return
    from tqdm import tqdm

    # Nothing is drawn where nobody watches: a log file wants lines, not a moving bar.
    with tqdm(desc=label, total=total, unit="", file=sys.stderr, disable=None, leave=False) as bar:

        def step() -> None:
            bar.update()

        yield step
