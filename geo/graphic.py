"""Text that not everybody wants to read unasked: which it is. Whoever shows text decides how to put it away.

The dashboard and the stand-alone page fold it until it is clicked, documents print it on their last pages, and data
files hold it as it is. See ``docs/protection.md``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from geo import sources
from geo.errors import DataError
from geo.query.text import fold

FILE: Final = "graphic_words.yaml"
LABEL: Final = "Graphic text. Click to read"
PUT_AWAY: Final = "Graphic text"
"""What stands in a cell, a label or a document that cannot be clicked."""


def is_graphic(text: str | None) -> bool:
    """Tell whether a text has a word of the list.

    Parameters
    ----------
    text : str or None

    Raises
    ------
    DataError
        The list is missing or wrong.

    Examples
    --------
    >>> is_graphic("Three prisoners were Beheaded."), is_graphic("Two people were killed."), is_graphic(None)
    (True, False, False)
    """
    return text is not None and _words().search(fold(text)) is not None


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    found = sources.load(FILE)
    words = found.get("words") if isinstance(found, dict) else None
    if not isinstance(words, list) or not words:
        raise DataError(f"{FILE} holds no list `words:`. Restore it from the repository")
    # A line of the text may end within two words.
    each = (r"\s+".join(map(re.escape, fold(str(word)).split())) for word in words)
    return re.compile(rf"\b(?:{'|'.join(each)})\b")
