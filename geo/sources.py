"""Reads the lists in ``data/sources`` that people edit by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from geo import paths
from geo.errors import DataError, InputError

if TYPE_CHECKING:
    from pathlib import Path

# The C loader is ten to thirty times as fast; it is not in every build of PyYAML. Both are safe loaders.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(name: str, folder: Path = paths.SOURCES) -> Any:
    """Read one YAML list.

    Parameters
    ----------
    name : str
        File name, as "actors.yaml".
    folder : Path, optional
        Where it lies.

    Returns
    -------
    dict or list
        What the file holds.

    Raises
    ------
    DataError
        The file is missing.
    InputError
        It is not YAML, or holds nothing; names the file and the line.
    """
    path = folder / name
    try:
        content = path.read_text(encoding="utf-8-sig")
        if folder != paths.SOURCES:
            _refuse_depth(content, path)
        found = yaml.load(content, Loader=_LOADER)  # noqa: S506
    except FileNotFoundError as error:
        raise DataError(f"{path} is missing. Restore it from the repository") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + 1
        told = getattr(error, "problem", None) or error
        raise InputError(f"not valid YAML: {told}", path=path, line=line, remedy="Mend the line named") from error
    except InputError:
        raise
    except (
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
    ) as error:  # "2019-02-31", "!!int x", bytes that are no text
        raise InputError(f"a value cannot be read: {error}"[:300], path=path, remedy="Mend it") from error
    if not found or not isinstance(found, dict | list):
        raise InputError("holds no list", path=path, remedy="Restore it from the repository")
    return found


def _refuse_depth(content: str, path: Path) -> None:
    """Refuse a user's own list that would bring the C loader, and the process with it, down."""
    # Imported here: only theatres have lists of their own.
    from geo.zones.marks import refuse_depth

    refuse_depth(content, path)
