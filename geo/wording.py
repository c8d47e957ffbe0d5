"""Numbers of things in words."""

from __future__ import annotations


def many(number: int, thing: str) -> str:
    """Count things in words.

    Parameters
    ----------
    number : int
    thing : str
        In the singular; its plural must end in a plain "s".

    Examples
    --------
    >>> many(1, "article"), many(1200, "event")
    ('1 article', '1,200 events')
    """
    return f"{number:,} {thing}{'s' * (number != 1)}"
