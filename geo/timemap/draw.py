"""Tools to draw areas on an offline map: Leaflet.draw through folium's plugin, from our own files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from folium.plugins import Draw

from geo.timemap import assets

if TYPE_CHECKING:
    from typing import Any

_FOLDER = f"{assets.ASSETS_URL}vendor/leaflet-draw/"
_OFF = ("polyline", "circle", "marker", "circlemarker")


class DrawTools(Draw):
    """A polygon and a rectangle to draw, with edit and delete; on an :class:`~geo.timemap.offline.OfflineMap`.

    What was drawn comes back from ``st_folium`` as ``all_drawings``, GeoJSON features.

    Examples
    --------
    >>> DrawTools().default_js[0][1]
    '../geo.timemap.assets.assets/vendor/leaflet-draw/leaflet.draw.js'
    """

    def __init__(self) -> None:
        look = {"color": "#7a4fb5", "weight": 2}
        tools: dict[str, Any] = {
            "polygon": {"allowIntersection": False, "shapeOptions": look},
            # Leaflet.draw 1.0.4 stumbles over its own undeclared variable when it shows the area of a rectangle.
            "rectangle": {"showArea": False, "shapeOptions": look},
        }
        super().__init__(  # type: ignore[no-untyped-call]
            show_geometry_on_click=False,
            draw_options={**tools, **dict.fromkeys(_OFF, False)},
            edit_options={"poly": {"allowIntersection": False}},
        )
        # Lists of this object only: folium's own belong to the class, and name a content network.
        self.default_js = [("leaflet_draw_js", f"{_FOLDER}leaflet.draw.js")]
        self.default_css = [
            ("leaflet_draw_css", f"{_FOLDER}leaflet.draw.css"),
            ("timemap_draw_css", f"{assets.ASSETS_URL}css/draw.css"),
        ]
