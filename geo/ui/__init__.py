"""The dashboard's parts; with the scripts in ``pages`` the only code that knows Streamlit."""
