"""Plain text out of whatever a page holds: one kind of space, one kind of line end, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Soft hyphen, zero-width characters, direction marks, control characters, tags, and halves of surrogate pairs.
# The Arabic number signs (U+0600 to U+0605 and their like) are format characters too, but they are seen: they stay.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SPACES = re.compile("[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def normalise(text: str) -> str:
    r"""Bring text to NFC with plain spaces and line feeds, without invisible characters.

    Parameters
    ----------
    text : str
        Any text; halves of surrogate pairs are dropped.

    Returns
    -------
    str
        Lines end with a line feed; runs of spaces are one space; no line begins or ends with a space.

    Examples
    --------
    >>> normalise("Kobani\xa0 was\u200b hit\r\n")
    'Kobani was hit\n'
    """
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text))
    return "\n".join(line.strip(" ") for line in text.split("\n"))


def letters(text: str) -> int:
    """Count the letters of a text, in any script."""
    return sum(map(str.isalpha, text))
