"""The way through files and folders: what is read, in which order, and what is left out with a word."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class FileWalk:
    """Finds the files to read."""

    suffixes: frozenset[str]
    """Known suffixes, in lower case."""

    def walk(self, paths: Iterable[Path]) -> Iterator[Path | InputError]:
        """Give every file to read, folders in sorted order.

        Parameters
        ----------
        paths : iterable of Path
            Files and folders as the user named them; a link named so is followed.

        Yields
        ------
        Path or InputError
            An error for what is missing, is no ordinary file, or is of no known kind.
        """
        for path in map(Path, paths):
            try:
                yield from self._named(path)
            except (OSError, ValueError) as error:
                # ValueError: a NUL in the name.
                yield InputError(f"cannot be opened: {getattr(error, 'strerror', None) or error}", path=path)

    def _named(self, path: Path) -> Iterator[Path | InputError]:
        if path.is_dir():
            yield from self._folder(path)
        elif not path.exists():
            yield InputError("no such file or folder", path=path, remedy="Check the spelling")
        elif not path.is_file():
            yield InputError("not an ordinary file", path=path)
        elif path.suffix.lower() not in self.suffixes:
            yield InputError(f"{path.suffix or 'no suffix'} is no known format", path=path, remedy=self._known())
        else:
            yield path

    def _folder(self, folder: Path) -> Iterator[Path | InputError]:
        root, unknown, found = folder.resolve(), dict[str, tuple[Path, int]](), False
        for path in self._inside(folder):
            found = True
            if isinstance(path, InputError):
                yield path
            elif path.is_symlink() and not path.resolve().is_relative_to(root):
                yield InputError("a link that leads out of the folder is not followed", path=path)
            elif not path.is_file():
                yield InputError("not an ordinary file", path=path)
            elif path.suffix.lower() in self.suffixes:
                yield path
            else:
                first, number = unknown.get(path.suffix.lower(), (path, 0))
                unknown[path.suffix.lower()] = first, number + 1
        for suffix, (first, number) in sorted(unknown.items()):
            more = f" (and {number - 1} more such files)" if number > 1 else ""
            yield InputError(f"{suffix or 'no suffix'} is no known format{more}", path=first, remedy=self._known())
        if not found:
            yield InputError("no article files in this folder", path=folder, remedy=self._known())

    def _inside(self, folder: Path) -> Iterator[Path | InputError]:
        """Give the files of a folder and its folders in sorted order; folders that are links are not entered.

        Only names are held, those of one folder and of the folders above it, and folders may lie as deep as they like.
        """
        stack = [_entries(folder)]
        while stack:
            entry = next(stack[-1], None)
            if entry is None:
                stack.pop()
                continue
            if isinstance(entry, InputError):
                yield entry
                continue
            try:
                is_folder = entry.is_dir()
            except OSError as error:  # A path longer than the system takes.
                yield _closed(entry, error)
                continue
            if not is_folder:
                yield entry
            elif entry.is_symlink():
                yield InputError("a link to a folder is not followed", path=entry)
            else:
                stack.append(_entries(entry))

    def _known(self) -> str:
        return f"Known formats are {', '.join(sorted(self.suffixes))}"


def _entries(folder: Path) -> Iterator[Path | InputError]:
    """Give what lies in a folder and is not hidden, in sorted order."""
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        yield _closed(folder, error)
        return
    for name in names:
        if not name.startswith("."):
            yield folder / name


def _closed(path: Path, error: OSError) -> InputError:
    return InputError(f"cannot be opened: {error.strerror or error}", path=path)
