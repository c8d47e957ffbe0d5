"""Long texts in pieces that end where a sentence ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.annotate.sentences import split

if TYPE_CHECKING:
    from collections.abc import Iterator


def pieces(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Cut a text at ends of sentences.

    Parameters
    ----------
    text : str
    most : int
        Characters of the longest piece; a sentence longer than that is cut where it reaches it.

    Yields
    ------
    (int, int)
        Offsets of the pieces, in order, together holding every sentence.

    Examples
    --------
    >>> list(pieces("He came. He saw. He left.", 17))
    [(0, 16), (17, 25)]
    """
    start = end = 0
    for sentence in split(text):
        if end > start and sentence.end - start > most:
            yield start, end
            start = end = sentence.start
        if end == start:
            start = sentence.start
        while sentence.end - start > most:
            yield start, start + most
            start += most
        end = sentence.end
    if end > start:
        yield start, end
