from geo.ui.page import heading, page

current = page("Report")
heading(current)
