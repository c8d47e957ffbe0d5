"""The name that a reviewer wrote, kept by their own browser, so that it is there again after a reload.

It is in no link, which others would open under that name, and in nothing that sessions share. Emptying the box makes
the browser forget it. Who is signed in needs none of this.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

import streamlit as st

WHO: Final = "reviewer"
"""Key of the name in the session."""
LONGEST: Final = 80
COOKIE: Final = "borderlines_reviewer"
_BOXES: Final = "reviewer_box", "link_who"
KEEP: Final = """<script>
if (!window.borderlinesKeepsTheName) {
  window.borderlinesKeepsTheName = true;
  const keep = ({ type, key, target }) => {
    if (type === "keydown" && key !== "Enter") return;
    if (!target.closest?.(".st-key-reviewer_box, .st-key-link_who")) return;
    const name = (target.value ?? "").trim();
    const folder = location.pathname.replace(/[^/]*$/, "");
    const age = name ? 90 * 24 * 3600 : 0;
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie =
      `borderlines_reviewer=${encodeURIComponent(name)}; path=${folder}; max-age=${age}; samesite=strict${secure}`;
  };
  document.addEventListener("keydown", keep);
  document.addEventListener("focusout", keep);
}
</script>"""
"""A constant: the name is read where it was written, in the browser, when it is done."""


def written_name() -> str:
    """Tell the name written in this session, else the one this browser kept; "" for none."""
    if WHO not in st.session_state:
        st.session_state[WHO] = _kept()
    return str(st.session_state[WHO])


def name_box(label: str, *, linking: bool = False) -> None:
    """Draw a box for the name.

    Parameters
    ----------
    label : str
    linking : bool, default False
        It is the box beside links, which may stand on a page with the reviewer's own.
    """
    key = _BOXES[linking]
    # The name outlives the page: widgets' values are forgotten with it.
    st.session_state[key] = written_name()
    st.text_input(
        label,
        key=key,
        max_chars=LONGEST,
        on_change=_take,
        args=(key,),
        placeholder="required, this browser keeps it",
    )


def keep_name() -> None:
    """Let the browser keep the name, once the box is drawn; it takes a line of the page, so it stands last."""
    st.html(KEEP, unsafe_allow_javascript=True)


def _take(key: str) -> None:
    st.session_state[WHO] = st.session_state[key].strip()


def _kept() -> str:
    """Read what the browser sent; anybody can send anything, so it is one short line at most."""
    name = " ".join(unquote(st.context.cookies.get(COOKIE, "")).split())
    return name[:LONGEST] if name.isprintable() else ""
