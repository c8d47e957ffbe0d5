"""A field for the address of an article, shown only where whoever started the dashboard let it use the internet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from geo.errors import InputError
    from geo.model import Article


def address_field() -> list[Article | InputError] | None:
    """Offer to fetch an article from its address.

    Returns
    -------
    list of Article or InputError, or None
        None where nothing was asked for, or the dashboard is to stay offline.
    """
    from geo.net import Fetcher, is_online, read_address

    if not is_online():
        return None
    with st.form("address", border=True):
        st.markdown("**Fetch an article**")
        url = st.text_input("Web address of the article", max_chars=2_000, placeholder="https://")
        st.caption("The page is fetched from its server, which then knows that somebody here reads it.")
        asked = st.form_submit_button("Fetch it")
    if not asked or not url.strip():
        return None
    with st.spinner("Fetching …"):
        return list(read_address(Fetcher(), url.strip()))
