from geo.ui.page import heading, page

current = page("Articles")
heading(current)
