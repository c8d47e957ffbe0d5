"""The regular expressions of ``data/sources/coding_patterns.yaml``, by name."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from geo import sources
from geo.errors import InputError
from geo.paths import SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FILE = SOURCES / "coding_patterns.yaml"
_ESCAPE = re.compile(r"\\.|\(\?P")
_CAPITAL = re.compile(r"[A-Z]")


class Pattern:
    """A regular expression that is compiled when it is first tried: all of them would take a tenth of the start-up.

    Its methods are those of :class:`re.Pattern`.

    Parameters
    ----------
    name : str
        Its name in the file.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def regex(self) -> str:
        """What is compiled."""
        return "".join(line.strip("\n") for line in _patterns()[0][self.name].splitlines())

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression itself.

        Raises
        ------
        InputError
            It is not a regular expression.
        """
        try:
            return re.compile(self.regex, 0 if self.name in _patterns()[1] else re.I)
        except re.error as error:
            raise InputError(
                f"pattern {self.name!r} is not a regular expression: {error}", path=_FILE, remedy="Mend it"
            ) from error

    @cached_property
    def lower(self) -> re.Pattern[str]:
        """The expression for a text in lower case: with regard to case it is found in a third of the time.

        Raises
        ------
        InputError
            It asks for a capital, so that it would find nothing.
        """
        if _CAPITAL.search(_ESCAPE.sub("", self.regex)) or self.name in _patterns()[1]:
            raise InputError(
                f"pattern {self.name!r} asks for a capital", path=_FILE, remedy="Write it in small letters"
            )
        return re.compile(self.regex)

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """Find it anywhere."""
        return self.compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """Find it at the beginning."""
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """Tell whether it is the whole."""
        return self.compiled.fullmatch

    @cached_property
    def split(self) -> Callable[..., list[str | Any]]:
        """Cut a text where it stands."""
        return self.compiled.split

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """Find it wherever it stands."""
        return self.compiled.finditer


def pattern(name: str) -> Pattern:
    """Give the pattern of that name.

    Raises
    ------
    DataError
        The file of patterns is missing.
    InputError
        It holds no such pattern.
    """
    if name not in _patterns()[0]:
        raise InputError(f"no pattern {name!r}", path=_FILE, remedy="List it under patterns")
    return Pattern(name)


@lru_cache(maxsize=1)
def _patterns() -> tuple[dict[str, str], frozenset[str]]:
    rows = sources.load(_FILE.name)
    return rows["patterns"], frozenset(rows["cased"])
