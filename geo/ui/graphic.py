"""Sentences that not everybody wants to read unasked: folded until they are clicked."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from geo import sources
from geo.errors import DataError

FILE: Final = "graphic_words.yaml"
LABEL: Final = "Graphic text. Click to read"


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    found = sources.load(FILE)
    words = found.get("words") if isinstance(found, dict) else None
    if not isinstance(words, list) or not words:
        raise DataError(f"{FILE} holds no list `words:`. Restore it from the repository")
    return re.compile(rf"\b(?:{'|'.join(re.escape(str(word)) for word in words)})\b", re.IGNORECASE)


def is_graphic(text: str) -> bool:
    """Tell whether a text has a word of the list."""
    return _words().search(text) is not None


def folded(html: str, text: str) -> str:
    """Fold a piece of HTML away where its text is graphic.

    Parameters
    ----------
    html : str
        Escaped already.
    text : str
        What it says.

    Returns
    -------
    str
    """
    if not is_graphic(text):
        return html
    return f'<details class="bl-graphic"><summary>{LABEL}</summary>{html}</details>'
