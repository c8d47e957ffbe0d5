"""Who sits in front of the page: signed in through Streamlit's own OpenID Connect where that is set up, else nobody."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.errors import DataError, GeoError
from geo.ui import roles
from geo.ui.plain import plain_markdown
from geo.ui.roles import Role

AUTH: Final = "auth"
"""Section of the secrets that sets sign-in up, as Streamlit has it."""
ROLES: Final = "roles"
"""Section of the secrets with the lists of addresses, where no file is named."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, and what they may do."""

    name: str | None
    """E-mail address; None for whoever sits at a dashboard without sign-in."""
    role: Role | None
    """None for somebody who is on no list: they see nothing."""


def person() -> Person:
    """Tell who asks, and what they may do.

    Returns
    -------
    Person
        Without any configuration, somebody without a name who may do everything. With roles but no sign-in, a reader.

    Raises
    ------
    GeoError
        The configuration cannot be read. Nobody gets more rights by that.
    """
    with_sign_in, listed = configured(), _listed()
    if not with_sign_in:
        return Person(None, Role.ADMIN if listed is None else Role.READER)
    if listed is None:
        raise DataError(
            f"sign-in is set up, but nobody has a role. Name a file of roles in {roles.VARIABLE}, see docs/roles.md"
        )
    address = _address()
    return Person(address, None if address is None else roles.role_of(address, listed))


def configured() -> bool:
    """Tell whether people sign in here.

    Raises
    ------
    DataError
        There are secrets that cannot be read: without them a dashboard that was closed would stand open.
    """
    if st.secrets.load_if_toml_exists():
        return AUTH in st.secrets
    if broken := [name for name in st.get_option("secrets.files") if Path(name).is_file()]:
        # What stands in it is nobody's reading, not even in a message.
        raise DataError(f"{broken[0]} cannot be read as TOML. Mend it and start again")
    return False


def require() -> Person:
    """Let nobody further than this who may not see the dashboard; draw what they can do about it.

    Returns
    -------
    Person
        Somebody with a role. For others the page stops here.
    """
    try:
        found = person()
    except GeoError as error:
        st.error(plain_markdown(error), icon=":material/error:")
        st.stop()
    if found.role is None:
        _closed(found)
        st.stop()
    if found.name is not None:
        with st.sidebar:
            st.caption(plain_markdown(f"{found.name} ({found.role})"))
            st.button("Sign out", on_click=st.logout, key="sign_out", width="stretch")
    return found


def _closed(found: Person) -> None:
    st.html('<div class="bl-head"><h1>Borderlines</h1></div>')
    if found.name is None:
        st.markdown("This dashboard is for people who sign in.")
        st.button("Sign in", type="primary", on_click=st.login, key="sign_in")
        return
    st.warning(plain_markdown(f"{found.name} is on no list of this dashboard. Ask whoever runs it to be added."))
    st.button("Sign out", on_click=st.logout, key="sign_out")


def _address() -> str | None:
    """Give the address that the provider vouches for; None for whoever is not signed in."""
    # Without a session there is nobody; a thread of its own gets no rights by that.
    if get_script_run_ctx() is None or not st.user.get("is_logged_in"):
        return None
    address, verified = st.user.get("email"), st.user.get("email_verified")
    # A provider may hand on an address that its user made up.
    return str(address) if address and verified is True else None


def _listed() -> dict[str, Role] | None:
    """Roles by address; None where there are no lists."""
    if named := os.environ.get(roles.VARIABLE):
        path = Path(named)
        mark = (path.stat().st_mtime_ns, path.stat().st_size) if path.is_file() else (0, 0)
        return _read(path, mark)
    if st.secrets.load_if_toml_exists() and ROLES in st.secrets:
        section = st.secrets[ROLES]
        return roles.checked(section.to_dict() if hasattr(section, "to_dict") else section, Path("secrets.toml"))
    return None


@lru_cache(maxsize=4)
def _read(path: Path, mark: tuple[int, int]) -> dict[str, Role]:  # noqa: ARG001 - read again when it changes
    return roles.read(path)
