"""Addresses from articles and zones, made safe to stand in a link."""

from __future__ import annotations

from urllib.parse import urlsplit

from geo.layers._base import safe_text


def web_address(url: str | None) -> str | None:
    """Return an address safe to put into an ``href``; anything but a plain web address is left out.

    Parameters
    ----------
    url : str or None

    Returns
    -------
    str or None
        Escaped; None for what is not http or https, or names no host.
    """
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return safe_text(url) if parts.scheme in ("http", "https") and parts.hostname else None


def linked(title: str, url: str | None) -> str:
    """Make the HTML of a title, a link where its address is one."""
    address = web_address(url)
    name = safe_text(title)
    return f'<a href="{address}" target="_blank" rel="noopener noreferrer">{name}</a>' if address else name
