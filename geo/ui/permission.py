"""Who may change the store from the dashboard: asked by every control, and again by every function that writes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from geo.errors import GeoError
from geo.ui.roles import Role
from geo.ui.sign_in import person

if TYPE_CHECKING:
    from pathlib import Path


class NotAllowedError(GeoError, PermissionError):
    """Who asks may not do this. Somebody with another role can."""


def may(least: Role) -> bool:
    """Tell whether who asks has at least a role; nobody has one while the configuration cannot be read.

    Parameters
    ----------
    least : Role
    """
    try:
        role = person().role
    except GeoError:
        return False
    return role is not None and role.includes(least)


def may_write(folder: Path, least: Role = Role.REVIEWER) -> bool:
    """Tell whether what is decided or brought in here can be kept.

    Parameters
    ----------
    folder : Path
        The store's folder.
    least : Role, optional
        Who may: reviewers decide and keep articles and presets, admins change zones and imports, too.
    """
    return os.access(folder, os.W_OK) and may(least)


def demand(folder: Path, least: Role = Role.REVIEWER) -> None:
    """Refuse to go on unless who asks may write. Every function of the dashboard that writes begins with it.

    Parameters
    ----------
    folder : Path
        The store's folder.
    least : Role, optional
        As for :func:`may_write`.

    Raises
    ------
    NotAllowedError
        They may not, or the folder can only be read.
    """
    if not may(least):
        raise NotAllowedError(f"this takes the role {least}. Ask whoever runs this dashboard")
    if not os.access(folder, os.W_OK):
        raise NotAllowedError(f"{folder} can only be read. Allow writing there, or open another store")


def why_not(folder: Path, least: Role = Role.REVIEWER) -> str | None:
    """Say in words why nothing can be kept here; None where it can."""
    if not may(least):
        return f"Your role lets you look and export. To change this takes the role {least}."
    return None if os.access(folder, os.W_OK) else "This store can only be read, so nothing can be kept here."
