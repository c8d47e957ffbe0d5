"""Whether it is right: evidence, accept, correct, join, part, reject."""

from geo.ui.page import page
from geo.ui.review_page import review_page

review_page(page("Review"))
