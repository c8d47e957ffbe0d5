from geo.ui.page import heading, page

current = page("Zones")
heading(current)
