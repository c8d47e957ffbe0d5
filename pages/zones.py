"""What happened inside a zone, and how sure are we."""

from geo.ui.page import page
from geo.ui.zones_page import zones_page

zones_page(page("Zones"))
