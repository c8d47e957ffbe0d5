"""Connections to an address that was checked, which end at their deadline whatever the other side does."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

from geo.limits import CONNECT_S

if TYPE_CHECKING:
    import ssl

    from geo.net.addresses import Target


class _Pinned:
    """Connects to the checked address instead of asking for the host's address again."""

    _target: Target
    _deadline: float
    _watch: threading.Timer | None = None

    def _new_conn(self) -> socket.socket:
        last: OSError | None = None
        for address in self._target.addresses:
            left = self._deadline - time.monotonic()
            if left <= 0:
                break
            try:
                made = socket.create_connection((address, self._target.port), timeout=min(CONNECT_S, left))
            except OSError as error:
                last = error
                continue
            made.settimeout(max(0.1, self._deadline - time.monotonic()))
            self._watch = _ending(made, self._deadline)
            return made
        raise NewConnectionError(self, str(last or "no time left"))  # type: ignore[arg-type] # either class below

    def end(self) -> None:
        """Stop waiting for the deadline, and close."""
        if self._watch is not None:
            self._watch.cancel()
        self.close()  # type: ignore[attr-defined] # of the connection


class _Plain(_Pinned, HTTPConnection):
    pass


class _Secure(_Pinned, HTTPSConnection):
    pass


def connection_to(target: Target, *, deadline: float, tls: ssl.SSLContext | None = None) -> _Plain | _Secure:
    """Make a connection that is opened by its first request.

    Parameters
    ----------
    target : Target
        Its host is what the request and the certificate name; its checked address is what is connected to.
    deadline : float
        On the monotonic clock, in seconds.
    tls : ssl.SSLContext, optional
        Other certificates than the system's.

    Returns
    -------
    connection
        With ``end()`` beside what urllib3's have.
    """
    made: _Plain | _Secure
    if target.scheme == "https":
        options: dict[str, Any] = {} if tls is None else {"ssl_context": tls}
        made = _Secure(target.host, target.port, cert_reqs="CERT_REQUIRED", **options)
    else:
        made = _Plain(target.host, target.port)
    made._target, made._deadline = target, deadline
    return made


def _ending(made: socket.socket, deadline: float) -> threading.Timer:
    """End a connection at its deadline: one byte a second, in headers or body, would never time out by itself."""
    # TLS takes the socket over; a second handle on the same connection stays ours.
    handle = made.dup()

    def end() -> None:
        with contextlib.suppress(OSError):
            handle.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), end)
    timer.daemon = True
    timer.start()
    original = timer.cancel

    def cancel() -> None:
        original()
        handle.close()

    timer.cancel = cancel  # type: ignore[method-assign]
    return timer
