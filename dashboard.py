"""The dashboard's router: `python -m geo dashboard` runs it through Streamlit."""

import streamlit as st

st.navigation(
    [
        st.Page("pages/map.py", title="Map", default=True),
        st.Page("pages/zones.py", title="Zones"),
        st.Page("pages/articles.py", title="Articles"),
        st.Page("pages/report.py", title="Report"),
    ]
).run()
