"""What changed between two days of knowledge."""

from geo.ui.changes_page import changes_page
from geo.ui.page import page

changes_page(page("Changes"))
