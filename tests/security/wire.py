"""A browser without a screen: speaks with Streamlit as its own JavaScript does, and says what a browser never would."""

from __future__ import annotations

import http.client
import socket
import time
from contextlib import ExitStack, closing, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from streamlit.proto.Element_pb2 import Element

PATIENCE_S = 60.0
PIECE = bytes(2**20)


class Session:
    """One tab of a browser.

    Parameters
    ----------
    address : str
        Of the dashboard, as ``http://localhost:8501``.
    origin : str, optional
        Where the page comes from, as a browser would say it.
    called : str, optional
        Name by which the browser knows the server, where it is not that of the address.
    """

    def __init__(self, address: str, *, origin: str | None = None, called: str | None = None) -> None:
        self.address, parts = address, urlsplit(address)
        self._open = ExitStack()
        connecting = connect(
            f"ws://{called or parts.hostname}:{parts.port}/_stcore/stream", origin=origin or address,
            sock=socket.create_connection((parts.hostname, parts.port)), subprotocols=["streamlit"], max_size=None,
            open_timeout=PATIENCE_S, proxy=None,
        )  # fmt: skip
        self.socket = self._open.enter_context(connecting)
        self.id: str | None = None
        self.sent = b""

    def close(self) -> None:
        self._open.close()

    def run(self, page: str = "map", states: Iterable[WidgetState] = (), **params: str) -> list[Element]:
        """Run a page and give the elements that were sent; all bytes are added to :attr:`sent`."""
        self._order(page, states, params)
        return [message.delta.new_element for message in self._until_done() if message.HasField("delta")]

    def run_and_leave(self, page: str) -> None:
        """Ask for a page and hang up at its first bytes."""
        self._order(page, (), {})
        self.socket.recv(timeout=PATIENCE_S)
        self.socket.socket.close()

    def _order(self, page: str, states: Iterable[WidgetState], params: dict[str, str]) -> None:
        order = BackMsg()
        order.rerun_script.query_string = urlencode(params)
        order.rerun_script.page_name = "" if page == "map" else page
        order.rerun_script.widget_states.widgets.extend(states)
        self.socket.send(order.SerializeToString())

    def _until_done(self) -> Iterator[ForwardMsg]:
        end = time.monotonic() + PATIENCE_S
        while True:
            raw = self.socket.recv(timeout=max(0.0, end - time.monotonic()))
            assert isinstance(raw, bytes)
            self.sent += raw
            message = ForwardMsg.FromString(raw)
            if message.HasField("new_session"):
                self.id = message.new_session.initialize.session_id
            yield message
            if message.HasField("script_finished"):
                return

    def send_file(
        self, megabytes: int, *, told: int | None = None, file_id: str = "big", name: str = "f.md", head: bytes = b""
    ) -> int:
        """Send a file of zeros in pieces; give the answer's status. Without `told` its length is not told before."""
        with closing(http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE_S)) as line:
            line.request("GET", "/_stcore/health")
            answer = line.getresponse()
            answer.read()
            cookie = answer.headers.get("Set-Cookie", "").partition(";")[0]
            headers = {
                "Content-Type": "multipart/form-data; boundary=b",
                "Cookie": cookie,
                "X-Xsrftoken": cookie.partition("=")[2],
                **({"Content-Length": str(told)} if told is not None else {}),
            }
            head = f'--b\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n\r\n'.encode() + head
            # It may hang up before all was sent; its answer is there.
            with suppress(OSError):
                line.request(
                    "PUT", f"/_stcore/upload_file/{self.id}/{file_id}", headers=headers,
                    body=_pieces(head, megabytes), encode_chunked=told is None,
                )  # fmt: skip
            return line.getresponse().status


def _pieces(head: bytes, megabytes: int) -> Iterator[bytes]:
    yield head
    for _ in range(megabytes):
        yield PIECE
    yield b"\r\n--b--\r\n"


def named(elements: Iterable[Any], kind: str, ending: str = "") -> str:
    """Give the id of the first widget of a kind, whose label or key ends so."""
    for element in elements:
        if element.WhichOneof("type") == kind:
            found = getattr(element, kind)
            if found.label.endswith(ending) or found.id.endswith(ending):
                return str(found.id)
    raise LookupError(f"no {kind} {ending!r}")


def everything_pressed(elements: Iterable[Any]) -> list[WidgetState]:
    """Give what a browser would send if each button were pressed, each box ticked and each field filled at once.

    The filters stay as they are: with nothing found there is nothing to press.
    """
    states = []
    for element in elements:
        kind = element.WhichOneof("type")
        if kind is None or not getattr(found := getattr(element, kind), "id", "") or "-filter_" in found.id:
            continue
        if kind == "button":
            states.append(WidgetState(id=found.id, trigger_value=True))
        elif kind == "checkbox":
            states.append(WidgetState(id=found.id, bool_value=True))
        elif kind in ("text_input", "text_area"):
            states.append(WidgetState(id=found.id, string_value="Shells hit Kobani on 3 May 2020, killing two people."))
    return states
