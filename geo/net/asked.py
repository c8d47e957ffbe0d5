"""Whether the internet may be used at all."""

from __future__ import annotations

import os
from typing import Final

from geo.errors import InputError

ONLINE: Final = "BORDERLINES_ONLINE"
"""Environment variable: "1" lets the dashboard fetch an address that a user gives, "0" forbids it to everything."""


def is_online() -> bool:
    """Tell whether the dashboard may fetch what a user asks for: only if whoever started it said so."""
    return os.environ.get(ONLINE, "").strip() == "1"


def demand_online() -> None:
    """Refuse to go on where the internet is forbidden.

    Raises
    ------
    InputError
        ``BORDERLINES_ONLINE`` is 0.
    """
    if os.environ.get(ONLINE, "").strip() == "0":
        raise InputError("this machine is set to stay offline", remedy=f"Take {ONLINE}=0 out of its environment")
