"""The licence of every package in the locks and every file of others: ``python -m tools.licences`` writes the list."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

import yaml

from tools.locked import ROOT, Package, normal, packages

LIST: Final = ROOT / "docs" / "licences.md"
RULES: Final = Path(__file__).with_name("licences.yaml")
VENDOR: Final = ROOT / "geo" / "timemap" / "assets" / "vendor"
_ROW: Final = re.compile(r"^\| `([^`]+)` \| (.+?) \| ([^|]+) \| (.+?) \| `([0-9a-f]{64})` \|$", re.MULTILINE)
_HEAD: Final = """# Licences of what is used

Made by `make licences` from the locks and from what the installed packages say; `tests/supply` holds it to both. Data
and their licences stand in [data/README.md](../data/README.md). Borderlines itself is under the MIT licence.

"""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of others in this repository."""

    file: str
    """Under :data:`VENDOR`."""
    origin: str
    version: str
    licence: str
    sha256: str

    @property
    def true(self) -> bool:
        """Tell whether the file is the one that was listed."""
        return hashlib.sha256((VENDOR / self.file).read_bytes()).hexdigest() == self.sha256


def rules() -> dict[str, Any]:
    """Read what is allowed, and what packages mean by their words."""
    return dict(yaml.safe_load(RULES.read_text(encoding="utf-8")))


def licence_of(package: Package, told: dict[str, Any] | None = None) -> str | None:
    """Find out the licence of a package.

    Parameters
    ----------
    package : Package
    told : dict, optional
        From :func:`rules`.

    Returns
    -------
    str or None
        An SPDX expression; None where nobody knows.
    """
    told = told or rules()
    if package.name in told["packages"]:
        return str(told["packages"][package.name])
    try:
        about = metadata.metadata(package.name)
    except metadata.PackageNotFoundError:
        return None
    if expression := about.get("License-Expression"):
        return str(expression)
    said = [(about.get("License") or "").strip().partition("\n")[0]]
    said += [line.rpartition(":: ")[2] for line in about.get_all("Classifier") or [] if line.startswith("License")]
    for words in said:
        if words and allowed(name := str(told["words"].get(words, words)), told):
            return name
    return None


def allowed(expression: str, told: dict[str, Any] | None = None) -> bool:
    """Tell whether an expression can be kept: every part of an AND, one part of an OR."""
    known = set((told or rules())["allowed"])
    return any(all(part.strip(" ()") in known for part in choice.split(" AND ")) for choice in expression.split(" OR "))


def assets() -> tuple[Asset, ...]:
    """Read which files of others are in the repository."""
    return tuple(Asset(*row) for row in _ROW.findall((VENDOR / "README.md").read_text(encoding="utf-8")))


def text() -> str:
    """Write the list; the same on every machine that has the packages of the locks."""
    told = rules()
    lines = ["## Packages", "", "| package | version | licence | needed for |", "|---|---|---|---|"]
    for package in packages():
        lines.append(
            f"| {package.name} | {package.version} | {licence_of(package, told) or 'unknown'} | {package.use} |"
        )
    lines += ["", "Some bring more than themselves:", ""]
    lines += [f"* **{name}**: {what}." for name, what in told["brings"].items()]
    lines += ["", "## Files of others in this repository", ""]
    lines += ["| file | from | version | licence |", "|---|---|---|---|"]
    lines += [f"| `{asset.file}` | {asset.origin} | {asset.version} | {asset.licence} |" for asset in assets()]
    return _HEAD + "\n".join(lines) + "\n"


def unknown() -> list[str]:
    """Name the packages whose licence is unknown or may not be used."""
    told = rules()
    found = {f"{one.name} {one.version}": licence_of(one, told) for one in packages()}
    return [f"{name}: {licence or 'unknown'}" for name, licence in found.items() if not licence or not allowed(licence)]


def stray() -> list[str]:
    """Name the packages that a rule speaks of and no lock holds."""
    held = {package.name for package in packages()}
    told = rules()
    return sorted({normal(name) for name in (*told["packages"], *told["brings"])} - held)


if __name__ == "__main__":
    LIST.write_text(text(), encoding="utf-8")
    print(f"{LIST.relative_to(ROOT)}: {len(packages())} packages, {len(assets())} files; {unknown() or 'all known'}")
