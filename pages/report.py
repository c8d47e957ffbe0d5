"""Take it away: a figure and its caption."""

from geo.ui.page import page
from geo.ui.report_page import report_page

report_page(page("Report", large="loads"))
