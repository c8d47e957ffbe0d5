"""The folium elements that slice time in the browser, and speak with Python without making the map again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from geo.timemap.offline import _Part
from geo.timemap.order import Order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geo.timemap.payload import Payload

Theme = Literal["auto", "light", "dark"]
ColourBy = Literal["type", "actor", "zone"]


class TimeMap(_Part):
    """Events, timeline and legend on an :class:`~geo.timemap.offline.OfflineMap`.

    Nothing here may change from run to run except the payload: streamlit-folium makes the map again whenever its script
    changes. Windows, filters and views go through :class:`Command`.

    Parameters
    ----------
    payload : Payload
        What :func:`geo.timemap.payload.publish` gave.
    theme : {"auto", "light", "dark"}, optional
        "auto" follows Streamlit, or the system where there is no Streamlit.
    colour_by : {"type", "actor", "zone"}, optional
        What the colours mean at first; the user can switch.
    days_per_second : float, optional
        Speed of play at first.
    table : bool, optional
        Show the newest events of the window in the corner of the map while time plays. The reader can switch it.
    live : bool, optional
        Tell Python the window once a second while time plays, so that the page can follow; else only when it rests. The
        reader can switch it.
    filters : bool, optional
        Offer filters of its own beside the legend; what they are set to is told in
        :attr:`geo.timemap.message.MapState.filters`.

    Examples
    --------
    >>> TimeMap(payload).add_to(OfflineMap())  # doctest: +SKIP
    """

    part = "addEvents"

    def __init__(
        self,
        payload: Payload,
        *,
        theme: Theme = "auto",
        colour_by: ColourBy = "type",
        days_per_second: float = 30.0,
        table: bool = True,
        live: bool = False,
        filters: bool = True,
    ) -> None:
        super().__init__(
            {
                "url": payload.url,
                "words": payload.words_url,
                "id": payload.id,
                "theme": theme,
                "colourBy": colour_by,
                "speed": days_per_second,
                "table": table,
                "live": live,
                "filters": filters,
            }
        )


class Command(Order):
    """An order to a :class:`TimeMap`.

    The map carries out each id once and answers with it in :attr:`geo.timemap.message.MapState.ack`. What is None stays
    as it is.

    Parameters
    ----------
    id : int
        A number that has not been used for another order to this map.
    window : tuple of date, optional
        First and last day to show.
    filter : mapping, optional
        What :func:`geo.timemap.filters.filter_spec` gave; ``{}`` takes every filter away.
    view : mapping, optional
        Either ``{"center": (lon, lat), "zoom": 9}`` or ``{"bounds": (west, south, east, north)}``, degrees.
    select : int, optional
        Row of the event to open, -1 to close what is open.
    types_off : sequence of int, optional
        Codes of event types that the legend hides.
    theme : {"auto", "light", "dark"}, optional
        Look of the map.
    heard : int, optional
        :attr:`geo.timemap.message.MapState.seq` of the last message that `filter` and `types_off` know of. Where the
        reader has changed a filter since, the map keeps what the reader chose.

    Examples
    --------
    >>> from datetime import date
    >>> Command(3, window=(date(2019, 10, 9), date(2019, 10, 17))).order["window"]
    ['2019-10-09', '2019-10-17']
    """

    def __init__(
        self,
        id: int,  # noqa: A002 (it is the command's id)
        *,
        window: tuple[date, date] | None = None,
        filter: Mapping[str, Any] | None = None,  # noqa: A002 (the word for it everywhere else)
        view: Mapping[str, Any] | None = None,
        select: int | None = None,
        types_off: Sequence[int] | None = None,
        theme: Theme | None = None,
        heard: int | None = None,
    ) -> None:
        what = {
            "window": None if window is None else [day.isoformat() for day in window],
            "filter": None if filter is None else dict(filter),
            "view": None if view is None else dict(view),
            "select": select,
            "types_off": None if types_off is None else list(types_off),
            "theme": theme,
            "heard": heard,
        }
        super().__init__(id, what)
