"""Finds the words a model quotes in the text they should come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAME: Final = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u02bc\u02bb\u00b4`", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
_UNSEEN: Final = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
"""Signs that nobody sees and no model copies."""


class Finder:
    r"""A text in which quoted words are looked for.

    First as they are, then with quotation marks, dashes and blanks taken for their plain forms; words that differ in
    anything else are not found.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> Finder("He said:\u00a0\u201cGo\u201d.").find('said: "Go"')
    (3, 13)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._plain, self._origin = _plain(text)

    def find(self, words: str, *, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        """Give the offsets of whole words within ``text[start:end]``; None where they do not stand there."""
        end = len(self.text) if end is None else end
        words = words.strip()
        if not words:
            return None
        for at in _all(self.text, words, start, end):
            if self._is_whole(at, at + len(words)):
                return at, at + len(words)
        sought = " ".join(_plain(words)[0].split())
        if not sought:
            return None
        for at in _all(self._plain, sought, 0, len(self._plain)):
            first, last = self._origin[at], self._origin[at + len(sought) - 1] + 1
            if start <= first and last <= end and self._is_whole(first, last):
                return first, last
        return None

    def _is_whole(self, start: int, end: int) -> bool:
        """Tell whether no word is cut: "Iran" does not stand in "Iranian"."""
        text = self.text
        before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
        return not before and not (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())


def _all(text: str, words: str, start: int, end: int) -> Iterator[int]:
    at = text.find(words, start, end)
    while at >= 0:
        yield at
        at = text.find(words, at + len(words), end)


def _plain(text: str) -> tuple[str, list[int]]:
    """Give a text in plain signs, with the offset in `text` of each of its characters."""
    letters: list[str] = []
    origin: list[int] = []
    for at, letter in enumerate(text):
        if letter in _UNSEEN:
            continue
        if letter.isspace():
            if letters and letters[-1] == " ":
                continue
            letter = " "
        letters.append(letter)
        origin.append(at)
    return "".join(letters).translate(_SAME), origin
