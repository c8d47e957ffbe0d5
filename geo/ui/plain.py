"""Foreign text where Streamlit would read it as Markdown."""

from __future__ import annotations

import re

_MEANS_SOMETHING = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$~:&])")


def plain_markdown(text: object) -> str:
    r"""Write foreign text so that Markdown shows it as it is.

    A picture in it would otherwise be fetched from the internet, and that from a link somebody else has made.

    Parameters
    ----------
    text : object

    Returns
    -------
    str

    Examples
    --------
    >>> print(plain_markdown("![x](//a.example/b.png)"))
    \!\[x\]\(//a\.example/b\.png\)
    """
    # A line break would begin a new block, which could be code.
    return _MEANS_SOMETHING.sub(r"\\\1", " ".join(str(text).split()))
