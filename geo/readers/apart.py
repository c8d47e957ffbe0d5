"""PDF and Word files are taken apart in a process of their own: what they do to their parser, they do to it alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo import limits
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.model import Article

_CHILD = Path(__file__).with_name("child.py")
_TOOLS = (".doc", ".docx", ".pdf", ".indd", ".qxd", ".odt", ".rtf", ".txt")


def hold(data: bytes, path: Path, *, begins: bytes, named: str, smaller: str) -> None:
    """Refuse what cannot be a file of its kind, before anything looks into it.

    Parameters
    ----------
    data : bytes
    path : Path
        Named in messages.
    begins : bytes
        How every file of the kind begins.
    named, smaller : str
        What the kind is called, and how to make a smaller file of it.

    Raises
    ------
    InputError
        It is empty, too large, or of another kind.
    """
    if not data.strip():
        raise InputError("the file is empty", path=path, remedy="Save it again")
    if len(data) > limits.MAX_FILE_BYTES:
        raise InputError(f"more than the {limits.MAX_FILE_BYTES:,} bytes that are read", path=path, remedy=smaller)
    if not data.startswith(begins):
        raise InputError(f"named as a {named}, and is something else", path=path, remedy="Give it its own suffix")


def articles(kind: str, data: bytes, path: Path) -> Iterator[Article | InputError]:
    """Read the articles of a PDF or Word file.

    Parameters
    ----------
    kind : str
        "pdf" or "docx".
    data : bytes
        Checked to be of that kind.
    path : Path
        Named in articles and messages.

    Yields
    ------
    Article or InputError

    Raises
    ------
    InputError
        The file is damaged, locked, too large, or takes too long.
    """
    # Imported here: text.py belongs to the formats that need none of this.
    from geo.readers.text import articles_of

    text, title = _text(kind, data, path)
    yield from articles_of(text, path, title=_believed(title))


def _text(kind: str, data: bytes, path: Path) -> tuple[str, str | None]:
    limited = (limits.APART_S, limits.APART_BYTES, limits.MAX_PAGES, limits.MAX_TEXT)
    # -I: neither the folder it is started in nor the environment can change what the process imports.
    command = [sys.executable, "-I", str(_CHILD), kind, *map(str, limited)]
    slow = InputError(
        f"its text was not found within {limits.APART_S} seconds", path=path, remedy="Save its text as .txt"
    )
    try:
        # Twice the time by the clock: other processes may have the processor.
        done = subprocess.run(command, input=data, capture_output=True, timeout=2 * limits.APART_S, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise slow from None
    if done.returncode < 0:
        raise slow
    try:
        told = json.loads(done.stdout)
    except ValueError as error:
        raise InputError("the file ended its reader", path=path, remedy="Save its text as .txt") from error
    if "error" in told:
        raise InputError(told["error"], path=path, remedy=told.get("remedy") or "Save it again, or as .txt")
    return str(told["text"]), told["title"]


def _believed(title: str | None) -> str | None:
    """Take the title of a file's properties, unless it is the name of a file or of a program."""
    title = " ".join((title or "").split())
    named = title.lower().endswith(_TOOLS) or title.lower().startswith(("microsoft ", "untitled"))
    return None if named else title[:300] or None
