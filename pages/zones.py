"""What happened inside a zone, and how sure are we."""

from geo.ui.page import page
from geo.ui.zones_page import zones_page

opened = page("Zones", large="asks")
if opened.data.house is not None:
    from geo.ui.large_zones import large_zones_page

    large_zones_page(opened, opened.data.house)
else:
    zones_page(opened)
