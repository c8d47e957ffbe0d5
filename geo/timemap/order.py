"""How Python tells a map on the page something: each order once, by its id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from branca.element import MacroElement
from folium.template import Template

if TYPE_CHECKING:
    from collections.abc import Mapping


class Order(MacroElement):
    """An order to a map that is on the page already; a child of a ``folium.FeatureGroup`` in ``feature_group_to_add``.

    Parameters
    ----------
    id : int
        A number that has not been used for another order to this map.
    what : mapping
        What is to change; what is None stays as it is.
    """

    _template = Template(
        """{% macro script(this, kwargs) %}
        timemapCommand({{ this.order|tojson }});
        {% endmacro %}"""
    )

    def __init__(self, id: int, what: Mapping[str, Any]) -> None:  # noqa: A002 (it is the order's id)
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = type(self).__name__
        self.order: dict[str, Any] = {"id": id, **{key: value for key, value in what.items() if value is not None}}
