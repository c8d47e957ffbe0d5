"""Fetches one address: checked before each step, bounded in bytes and time, one request a second for each host."""

from __future__ import annotations

import time
import zlib
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from urllib3.exceptions import HTTPError

from geo import limits
from geo.errors import InputError
from geo.net.addresses import Target, check_url, system_resolver
from geo.net.connections import connection_to
from geo.version import VERSION

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Collection, Mapping

    from urllib3 import BaseHTTPResponse

    from geo.net.addresses import Resolver

AGENT: Final = f"borderlines/{VERSION}"
_ELSEWHERE = {301, 302, 303, 307, 308}
_BLOCK: Final = 2**16


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address sent."""

    url: str
    """Where it came from in the end, after redirects."""
    status: int
    """200, or 304: it has not changed since."""
    headers: Mapping[str, str]
    """Names in lower case."""
    data: bytes = b""

    @property
    def kind(self) -> str:
        """Media type, as "text/html"; "" where the server does not tell."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


@dataclass(slots=True)
class Fetcher:
    """Fetches addresses, politely.

    Examples
    --------
    >>> Fetcher().get("http://127.0.0.1/")
    Traceback (most recent call last):
    geo.errors.InputError: http://127.0.0.1/: leads to this machine or a private network, which is never fetched
    """

    resolve: Resolver = system_resolver
    allow: Collection[tuple[str, int]] = frozenset()
    """Addresses and ports that may be reached though they are not public: a test's own server."""
    tls: ssl.SSLContext | None = None
    timeout_s: float = limits.FETCH_S
    most_bytes: int = limits.FETCH_BYTES
    sleep: Callable[[float], None] = time.sleep
    _last: dict[str, float] = field(default_factory=dict)

    def get(self, url: str, *, known: Mapping[str, str] | None = None) -> Answer:
        """Fetch one address.

        Parameters
        ----------
        url : str
        known : mapping of str to str, optional
            ``etag`` and ``last-modified`` of an earlier answer: the server then says 304 where nothing changed.

        Returns
        -------
        Answer

        Raises
        ------
        InputError
            The address may not be fetched, does not answer, or answers with something too large, too slow or refused.
        """
        start, target = url, self._checked(url)
        deadline: float | None = None
        for _ in range(limits.MAX_REDIRECTS + 1):
            self._wait_for(target.host)
            deadline = deadline or time.monotonic() + self.timeout_s
            status, headers, data = self._once(target, deadline, known or {})
            if status not in _ELSEWHERE or "location" not in headers:
                return _accepted(Answer(target.url, status, headers, data), start)
            target = self._checked(urljoin(target.url, headers["location"]))
        raise InputError(f"{start}: sends from one address to another more than {limits.MAX_REDIRECTS} times")

    def _checked(self, url: str) -> Target:
        return check_url(url, resolve=self.resolve, allow=self.allow)

    def _wait_for(self, host: str) -> None:
        """Let a second pass between two requests to one host."""
        left = self._last.get(host, -limits.HOST_DELAY_S) + limits.HOST_DELAY_S - time.monotonic()
        if left > 0:
            self.sleep(left)
        self._last[host] = time.monotonic()

    def _once(self, target: Target, deadline: float, known: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        connection = connection_to(target, deadline=deadline, tls=self.tls)
        with ExitStack() as closing:
            closing.callback(connection.end)
            try:
                connection.request(
                    "GET", target.request, headers=_asked(known), preload_content=False, decode_content=False
                )
                answer = connection.getresponse()
                # An answer that says it is the last holds the connection itself.
                closing.callback(answer.close)
                headers = {name.lower(): value for name, value in answer.headers.items()}
                # A redirect's own page and an error's are not read: nobody would see them.
                data = self._body(answer, headers, target, deadline) if answer.status == 200 else b""
            except InputError:
                raise
            except (HTTPError, HTTPException, OSError, zlib.error, ValueError) as error:
                if time.monotonic() >= deadline:
                    raise self._slow(target) from error
                words = str(getattr(error, "reason", None) or error) or type(error).__name__
                raise InputError(f"{target.url}: {_short(words)}", remedy="Try again later") from error
        return answer.status, headers, data

    def _body(self, answer: BaseHTTPResponse, headers: Mapping[str, str], target: Target, deadline: float) -> bytes:
        told = headers.get("content-length", "")
        if told.isdecimal() and len(told) < 20 and int(told) > self.most_bytes:
            raise self._large(target)
        unpack = _unpacker(headers.get("content-encoding", ""), target)
        parts, size, came = [], 0, 0
        while block := answer.read1(_BLOCK, decode_content=False):
            came += len(block)
            # Never more than one byte over the limit is unpacked, however much the block would become.
            part = unpack(block, self.most_bytes - size + 1)
            size += len(part)
            if size > self.most_bytes or came > self.most_bytes:
                raise self._large(target)
            parts.append(part)
            if time.monotonic() > deadline:
                raise self._slow(target)
        if time.monotonic() > deadline:
            # The connection was ended by us; what came until then is not the whole page.
            raise self._slow(target)
        return b"".join(parts)

    def _large(self, target: Target) -> InputError:
        return InputError(f"{target.url}: more than the {self.most_bytes:,} bytes that are fetched")

    def _slow(self, target: Target) -> InputError:
        return InputError(f"{target.url}: not answered within {self.timeout_s:g} seconds", remedy="Try again later")


def _asked(known: Mapping[str, str]) -> dict[str, str]:
    headers = {"User-Agent": AGENT, "Accept": "text/html, application/xml;q=0.9, */*;q=0.5", "Accept-Encoding": "gzip"}
    for name, header in (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")):
        # What a server sent once goes back to it; nothing in it may become a header of its own.
        if (value := known.get(name, "")) and value.isascii() and value.isprintable() and len(value) <= 500:
            headers[header] = value
    return headers


def _accepted(answer: Answer, asked: str) -> Answer:
    if answer.status in (200, 304):
        return answer
    again = answer.headers.get("retry-after", "")[:40]
    later = f"It asks to come back after {again}" if again.isdecimal() else "Try again later"
    remedy = later if answer.status in (408, 429) or answer.status >= 500 else "Open it in a browser and save the page"
    raise InputError(f"{asked}: the server answered {answer.status}", remedy=remedy)


def _unpacker(encoding: str, target: Target) -> Callable[[bytes, int], bytes]:
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return lambda block, _most: block
    if name not in ("gzip", "x-gzip"):
        raise InputError(f"{target.url}: packed as {_short(name)}, which was not asked for")
    packed = zlib.decompressobj(16 + zlib.MAX_WBITS)
    return lambda block, most: packed.decompress(block, max(1, most))


def _short(words: Any) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in str(words)[:300]).split())[:200]
