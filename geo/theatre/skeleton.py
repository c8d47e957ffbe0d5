"""Writes a theatre to begin with: every file there may be, each with a comment that says how an entry looks."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from geo.errors import InputError

TEMPLATE = Path(__file__).with_name("skeleton")
"""A small theatre that works as it is, about a place that does not exist."""


def write(path: Path) -> tuple[Path, ...]:
    """Write a theatre that works as it is, to be filled in.

    Parameters
    ----------
    path : Path
        Folder to make; its name becomes the theatre's id.

    Returns
    -------
    tuple of Path
        The files written.

    Raises
    ------
    InputError
        There is something at that path already.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise InputError("something is there already", path=path, remedy="Name a folder that does not exist")
    shutil.copytree(TEMPLATE, path, dirs_exist_ok=True)
    about = path / "theatre.yaml"
    about.write_text(about.read_text(encoding="utf-8").replace("id: my-theatre", f"id: {_id(path)}"), encoding="utf-8")
    return tuple(sorted(file for file in path.rglob("*") if file.is_file()))


def _id(path: Path) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", path.resolve().name.lower()).strip("-")[:40]
    return plain if re.fullmatch(r"[a-z][a-z0-9-]+", plain) else "my-theatre"
