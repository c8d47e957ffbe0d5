"""Who may do what: lists of e-mail addresses, in a small file beside the server or among its secrets."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.errors import InputError, ZoneError
from geo.zones.marks import load

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE: Final = "BORDERLINES_ROLES"
"""Environment variable that names the file."""
MAX_BYTES: Final = 1_000_000
_LONGEST: Final = 254


class Role(StrEnum):
    """What somebody may do; each may do what the ones before it may."""

    READER = "reader"
    """Look, filter, export."""
    REVIEWER = "reviewer"
    """Decide about events, keep articles and presets."""
    ADMIN = "admin"
    """Change what everybody's map rests on: zones and imports."""

    def includes(self, other: Role) -> bool:
        """Tell whether this role may do all that another may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


def read(path: Path | str) -> dict[str, Role]:
    """Read the file of roles.

    Parameters
    ----------
    path : Path or str
        YAML: under ``reader``, ``reviewer`` and ``admin`` a list each of e-mail addresses, or of ``@domain`` for all
        of a domain.

    Returns
    -------
    dict of str to Role
        By address or ``@domain``, in lower case.

    Raises
    ------
    InputError
        The file is missing or wrong; names the line. Nobody may then do anything but read.
    """
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"larger than {MAX_BYTES:,} bytes", path=path)
        value, lines = load(path.read_text(encoding="utf-8"), path)
    except ZoneError as error:
        raise InputError(error.problem, path=path, line=error.line, remedy="See docs/roles.md") from error
    except (OSError, UnicodeDecodeError) as error:
        remedy = f"Mend it, or name another in {VARIABLE}"
        raise InputError(f"cannot be read ({error})", path=path, remedy=remedy) from error
    return checked(value, path, lines)


def checked(value: Any, path: Path, lines: Mapping[tuple[str | int, ...], int] | None = None) -> dict[str, Role]:
    """Turn lists by role into roles by address.

    Parameters
    ----------
    value : object
        As the file or the secrets have it.
    path : Path
        Named in errors.
    lines : mapping, optional
        Line of each value, by its trail.

    Returns
    -------
    dict of str to Role

    Raises
    ------
    InputError
        The first thing that is wrong.
    """
    remedy = f"Give a list of addresses under {', '.join(Role)}; see docs/roles.md"
    known = lines or {}

    def wrong(problem: str, *trail: str | int) -> InputError:
        return InputError(problem, path=path, line=known.get(trail), remedy=remedy)

    if not hasattr(value, "items"):
        raise wrong("holds no lists by role")
    found: dict[str, Role] = {}
    for name, addresses in value.items():
        if name not in set(Role):
            raise wrong(f"{str(name)[:60]!r} is no role", name)
        if not isinstance(addresses, list):
            raise wrong(f"{name} is no list", name)
        for number, address in enumerate(addresses):
            # What stands here must be an address, but a message is no place to repeat it.
            if not isinstance(address, str) or not 3 <= len(address) <= _LONGEST or address.count("@") != 1:
                raise wrong(f"entry {number + 1} of {name} is no e-mail address", name, number)
            key = address.strip().casefold()
            if key in found:
                raise wrong(f"entry {number + 1} of {name} has a role already", name, number)
            found[key] = Role(name)
    return found


def role_of(address: str, roles: Mapping[str, Role]) -> Role | None:
    """Give the role of an address: its own before that of its domain; None for a stranger.

    Parameters
    ----------
    address : str
    roles : mapping of str to Role
        From :func:`read`.
    """
    key = address.strip().casefold()
    return roles.get(key) or roles.get(f"@{key.rpartition('@')[2]}")
