"""Addresses of articles where a document makes links of them."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

LONGEST = 2_000


def web_address(url: str | None) -> str | None:
    """Return an address that may become a link; None for what is no plain web address.

    Parameters
    ----------
    url : str or None

    Returns
    -------
    str or None
        http or https, ASCII, without spaces.
    """
    try:
        parts = urlsplit(url or "")
        plain = url is not None and parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= LONGEST
    except ValueError:
        return None
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]") if plain and url else None
