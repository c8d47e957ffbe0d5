"""What the locks hold: every package, its version, its hashes, and what it is needed for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
LOCKS: Final = {
    "running": "requirements.txt",
    "some users": "requirements-extra.txt",
    "building": "requirements-dev.txt",
}
"""What each lock is for, the narrowest first, and its file."""
_ENTRY: Final = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;]+)")
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})\b")


@dataclass(frozen=True, slots=True, order=True)
class Package:
    """One package of a lock."""

    name: str
    """In the form of the index: small letters and hyphens."""
    version: str
    use: str
    """A key of :data:`LOCKS`: the first that needs it."""
    hashes: frozenset[str]
    """SHA-256 of every file that may be installed."""


def packages() -> tuple[Package, ...]:
    """Read every package of every lock, each once.

    Returns
    -------
    tuple of Package
        By name; a package may be there in two versions, for two versions of Python.

    Raises
    ------
    ValueError
        A line of a lock is neither pinned nor a hash.
    """
    found: dict[tuple[str, str], Package] = {}
    for use, file in LOCKS.items():
        for name, version, hashes in entries(ROOT / file):
            found.setdefault((name, version), Package(name, version, use, hashes))
    return tuple(sorted(found.values()))


def entries(path: Path) -> list[tuple[str, str, frozenset[str]]]:
    """Read name, version and hashes of each package of one lock; raises like :func:`packages`."""
    found = []
    for block in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").strip()):
        match = _ENTRY.match(block)
        if match is None:
            raise ValueError(f"{path.name}: {block.splitlines()[0]!r} is not pinned")
        found.append((normal(match["name"]), match["version"], frozenset(_HASH.findall(block))))
    return found


def normal(name: str) -> str:
    """Write a package's name as the index does."""
    return re.sub(r"[-_.]+", "-", name).lower()
