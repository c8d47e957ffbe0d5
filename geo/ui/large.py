"""Stores too large to load, and those on servers: their questions, each asked once for all sessions."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.errors import StoreError
from geo.store import Store
from geo.warehouse import Warehouse, connect, snapshot, without_password

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from geo.warehouse import Engine, View

MOST_LOADED: Final = 50_000
"""Events of a large store that a figure or a file is made of."""
_MOST_KEPT: Final = 5_000
"""Whole events of one answer that is kept."""
_ANSWERS: Final = 400
FRESH_S: Final = 600
"""Seconds for which an answer is kept: a server may be filled again."""


class House(Warehouse):
    """A warehouse whose answers are shared by every session. Nobody may change them.

    Parameters
    ----------
    engine : Engine
    key : str
        Tells one state of one store from every other.
    name : str
        What to call it, without any password.
    """

    def __init__(self, engine: Engine, key: str, name: str) -> None:
        super().__init__(engine)
        self.key, self.name = key, name

    def _ask(self, question: str, view: View, *more: Any) -> pa.Table:
        try:
            if question == "events" and more[0] > _MOST_KEPT:
                return super()._ask(question, view, *more)
            return _answer(self, self.key, question, view, more)
        except StoreError:
            # A connection that broke is made again with the next run.
            house_at.clear()
            raise

    def _asked(self, question: str, view: View, more: tuple[Any, ...]) -> pa.Table:
        return super()._ask(question, view, *more)


@st.cache_resource(max_entries=_ANSWERS, ttl=FRESH_S, show_spinner=False)
def _answer(_house: House, key: str, question: str, view: View, more: tuple[Any, ...]) -> pa.Table:  # noqa: ARG001
    return _house._asked(question, view, more)


@st.cache_resource(max_entries=2, show_spinner="Connecting …")
def house_at(address: str) -> House:
    """Open the server at an address.

    Raises
    ------
    StoreError
        It does not answer, or nothing was loaded into it.
    """
    name, engine = without_password(address), connect(address)
    try:
        Warehouse(engine).event("")
    except StoreError as error:
        raise StoreError(
            f"{name} holds no events of Borderlines, or does not let us read them. "
            f"Load a store into it: python -m geo index --store FOLDER --to {name} ({error})"
        ) from error
    # The address may hold a password, and a key goes many ways.
    return House(engine, hashlib.sha256(address.encode()).hexdigest()[:24], name)


@st.cache_resource(
    max_entries=2, show_spinner="Making the index of a large store, once: some 20 s for each million events …"
)
def house_in(folder: Path, generation: str) -> House:
    """Open the snapshot of a large store, made first where it is missing or old.

    Raises
    ------
    StoreError
        It cannot be made.
    """
    try:
        with Store(folder, readonly=True) as store:
            file = snapshot.build(store)
    except OSError as error:
        raise StoreError(
            f"{folder} is too large to load, and its index cannot be written there ({error.strerror}). "
            f"Let somebody who may write there run: python -m geo index --store {folder}"
        ) from error
    return House(connect(f"duckdb://{file}"), f"{folder} {generation}", folder.name)
