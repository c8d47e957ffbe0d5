"""Who may change the store from the dashboard."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def may_write(folder: Path) -> bool:
    """Tell whether what is decided or brought in here can be kept.

    Parameters
    ----------
    folder : Path
        The store's folder.
    """
    return os.access(folder, os.W_OK)
