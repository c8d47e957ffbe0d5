"""What was read, what could not be, and one's own articles."""

from geo.ui.articles_page import articles_page
from geo.ui.page import page

articles_page(page("Articles"))
