"""A map among other things on a page."""

from __future__ import annotations

from typing import Any

from geo.timemap.offline import OfflineMap, _Part


class SmallMap(OfflineMap):
    """An :class:`~geo.timemap.offline.OfflineMap` that leaves the mouse wheel to the page around it.

    It takes the wheel once it was clicked, until the pointer leaves it, and always together with Ctrl.

    Parameters are those of :class:`~geo.timemap.offline.OfflineMap`.
    """

    def __init__(self, location: tuple[float, float] | list[float] = (36.6, 39.8), **kwargs: Any) -> None:
        super().__init__(location, **kwargs)
        _CalmWheel().add_to(self)


class _CalmWheel(_Part):
    part = "calmWheel"

    def __init__(self) -> None:
        super().__init__({})
