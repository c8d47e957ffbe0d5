"""The dashboard's router: `python -m geo dashboard` runs it through Streamlit."""

import streamlit as st

from geo.ui.sidebar import PAGES

# The sidebar links the pages itself, because Streamlit may run a page without this script: see geo/ui/page.py.
st.navigation(
    [st.Page(path, title=title, default=not number) for number, (path, title, _) in enumerate(PAGES)],
    position="hidden",
).run()
