"""The way through files and folders: what is read, in which order, and what is left out with a word."""

from __future__ import annotations

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
        root, unknown, found = folder.resolve(), dict[str, list[Path]](), False
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
                unknown.setdefault(path.suffix.lower(), []).append(path)
        for suffix, files in sorted(unknown.items()):
            more = f" (and {len(files) - 1} more such files)" if len(files) > 1 else ""
            yield InputError(f"{suffix or 'no suffix'} is no known format{more}", path=files[0], remedy=self._known())
        if not found:
            yield InputError("no article files in this folder", path=folder, remedy=self._known())

    def _inside(self, folder: Path) -> Iterator[Path | InputError]:
        """Give the files of a folder and its folders in sorted order; folders that are links are not entered."""
        try:
            entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
        except OSError as error:
            yield InputError(f"cannot be opened: {error.strerror or error}", path=folder)
            return
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir() and not entry.is_symlink():
                yield from self._inside(entry)
            elif entry.is_dir():
                yield InputError("a link to a folder is not followed", path=entry)
            else:
                yield entry

    def _known(self) -> str:
        return f"Known formats are {', '.join(sorted(self.suffixes))}"
