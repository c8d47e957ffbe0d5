"""Countries as event tables write them, turned into ISO 3166-1 alpha-3."""

from __future__ import annotations

from functools import lru_cache

from geo import sources


def country_of(text: str) -> str | None:
    """Find a country.

    Parameters
    ----------
    text : str
        Name, alpha-3 code or numeric code.

    Returns
    -------
    str or None
        ISO 3166-1 alpha-3; None where nobody knows such a country.
    """
    return _names().get(text.strip().casefold().removesuffix(".0"))


def country_of_fips(code: str) -> str | None:
    """Find a country by its FIPS 10-4 code."""
    return _fips().get(code.strip().upper())


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, (numeric, _, *names) in sources.load("countries.yaml").items():
        found |= {name.casefold(): code for name in (code, *names)}
        if numeric is not None:
            found |= {str(numeric): code, f"{numeric:03d}": code}
    return found


@lru_cache(maxsize=1)
def _fips() -> dict[str, str]:
    return {fips: code for code, (_, fips, *_) in sources.load("countries.yaml").items() if fips}
