"""Asks an OpenAI-compatible chat-completions endpoint: one address, a key from the environment, bounded every way."""

from __future__ import annotations

import ipaddress
import json
import os
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError, InvalidHeader

from geo.errors import InputError, ReaderError

if TYPE_CHECKING:
    from collections.abc import Callable

KEY: Final = "BORDERLINES_MODEL_KEY"
"""Environment variable that holds the key. No other is read, so another service's key is never sent by chance."""
TIMEOUT_S: Final = 120.0
"""Seconds for one whole answer."""
CONNECT_S: Final = 10.0
TRIES: Final = 5
BACKOFF_S: Final = 1.0
"""Seconds before the second try; each further wait is twice as long."""
MAX_WAIT_S: Final = 120.0
"""Longest wait that an endpoint may ask for; beyond it the build ends and says so."""
MAX_ANSWER: Final = 2**23
"""Bytes of the longest answer taken."""
AGAIN: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
"""What another try may mend."""
KEY_REFUSED: Final = frozenset({401, 403})
ONE_ARTICLE: Final = frozenset({400, 413, 422})
"""What may lie in the one article: too long for the model, or filtered."""
_PATH: Final = "/chat/completions"
_SHOWN: Final = 200
"""Characters of a service's own words that are passed on."""


@dataclass(slots=True)
class Spent:
    """What was asked and what it used."""

    answers: int = 0
    retries: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    untold: int = 0
    """Answers that did not say what they used."""
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, usage: object) -> None:
        """Count one answer by the `usage` it came with."""
        told = usage if isinstance(usage, dict) else {}
        counts = [told.get("prompt_tokens"), told.get("completion_tokens")]
        whole = [n if isinstance(n, int) and not isinstance(n, bool) and n >= 0 else None for n in counts]
        with self._lock:
            self.answers += 1
            self.untold += None in whole
            self.tokens_in += whole[0] or 0
            self.tokens_out += whole[1] or 0

    def again(self) -> None:
        """Count one more try."""
        with self._lock:
            self.retries += 1


class Endpoint:
    """One chat-completions endpoint.

    Parameters
    ----------
    url : str
        Its base address, as "https://models.example.org/v1"; plain http only to this machine.
    timeout_s : float, optional
        Seconds for one whole answer.
    sleep : callable, optional
        Waits so many seconds; tests do not.

    Raises
    ------
    InputError
        The address cannot be used, or the key is no key.
    """

    def __init__(self, url: str, *, timeout_s: float = TIMEOUT_S, sleep: Callable[[float], None] = time.sleep) -> None:
        self.url, self.host = _checked(url)
        self.timeout_s, self.spent = timeout_s, Spent()
        key = os.environ.get(KEY, "").strip()
        if not (key.isascii() and key.isprintable()):
            # The value itself is never shown.
            raise InputError(f"the key in {KEY} holds characters that no key has", remedy="Set it again")
        self.has_key = bool(key)
        self._key, self._sleep = key, sleep
        self._pool = urllib3.PoolManager(maxsize=16, retries=False)

    def ask(self, body: dict[str, Any]) -> dict[str, Any]:
        """Send one request, trying again where that may help.

        Parameters
        ----------
        body : dict
            As the protocol wants it.

        Returns
        -------
        dict
            The answer, counted in `spent`.

        Raises
        ------
        ReaderError
            No answer, a refusal, or something else than JSON.
        """
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        said = ""
        for attempt in range(TRIES):
            wait = BACKOFF_S * 2**attempt
            try:
                status, headers, raw = self._once(data)
            except (HTTPError, OSError) as error:
                said = f"{type(error).__name__}: {self._plain(str(error))}"
            else:
                if status == 200:
                    return self._answer(raw)
                said = f"HTTP {status}{self._words(raw)}"
                if status not in AGAIN:
                    raise self._refusal(status, said)
                wait = max(wait, self._asked_wait(headers.get("Retry-After"), said))
            if attempt + 1 < TRIES:
                self.spent.again()
                self._sleep(wait)
        raise ReaderError(
            f"{self.host} did not answer in {TRIES} tries ({said}). What was read is stored; run it again later"
        )

    def _once(self, data: bytes) -> tuple[int, urllib3.HTTPHeaderDict, bytes]:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "borderlines"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        deadline = time.monotonic() + self.timeout_s
        response = self._pool.request(
            "POST",
            self.url,
            body=data,
            headers=headers,
            redirect=False,
            preload_content=False,
            timeout=urllib3.Timeout(connect=min(CONNECT_S, self.timeout_s), read=self.timeout_s),
        )
        try:
            parts, size = [], 0
            while part := response.read1(2**16):
                size += len(part)
                if size > MAX_ANSWER:
                    raise ReaderError(f"{self.host} sent more than {MAX_ANSWER:,} bytes")
                if time.monotonic() > deadline:
                    raise TimeoutError(f"no whole answer within {self.timeout_s:g} s")
                parts.append(part)
            return response.status, response.headers, b"".join(parts)
        finally:
            # A connection whose answer was not read to its end cannot be used again.
            response.close()

    def _answer(self, raw: bytes) -> dict[str, Any]:
        try:
            answer = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise ReaderError(f"{self.host} sent something else than JSON. Is {self.url} the right address?") from error
        if not isinstance(answer, dict):
            raise ReaderError(f"{self.host} sent something else than a chat completion")
        self.spent.add(answer.get("usage"))
        return answer

    def _refusal(self, status: int, said: str) -> ReaderError:
        if status in KEY_REFUSED:
            given = f"the key in {KEY} is not accepted" if self.has_key else f"no key is set in {KEY}"
            return ReaderError(f"{self.host} refused: {given} ({said})", final=True)
        if 300 <= status < 400:
            return ReaderError(f"{self.host} sends elsewhere ({said}), which is not followed", final=True)
        return ReaderError(f"{self.host} refused ({said})", final=status not in ONE_ARTICLE)

    def _asked_wait(self, header: str | None, said: str) -> float:
        if header is None:
            return 0.0
        try:
            seconds = urllib3.Retry().parse_retry_after(header)
        except (InvalidHeader, ValueError, OverflowError):
            return 0.0
        if seconds > MAX_WAIT_S:
            raise ReaderError(f"{self.host} asks to come back in {seconds:,.0f} s ({said})", final=True)
        return seconds

    def _words(self, raw: bytes) -> str:
        """Give what a service says of an error, without the key, in one short line."""
        try:
            told = json.loads(raw)
            error = told.get("error", told)
            words = error.get("message") if isinstance(error, dict) else error
        except (ValueError, AttributeError, RecursionError):
            return ""
        return f": {self._plain(words)}" if isinstance(words, str) and words else ""

    def _plain(self, words: str) -> str:
        words = words.replace(self._key, "[key]") if self._key else words
        return " ".join("".join(c if c.isprintable() else " " for c in words).split())[:_SHOWN]


def _checked(url: str) -> tuple[str, str]:
    """Give the full address and the host to name, of an address that may be used."""
    remedy = "Give its base address, such as https://models.example.org/v1 or http://localhost:8000/v1"
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise InputError(f"the endpoint {url[:_SHOWN]!r} is no address ({error})", remedy=remedy) from error
    if parts.username or parts.password:
        raise InputError("the endpoint's address holds a user name or password", remedy=f"Put the key into {KEY}")
    if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment:
        raise InputError(f"the endpoint {url[:_SHOWN]!r} is no address of a service", remedy=remedy)
    if parts.scheme == "http" and not _is_here(host):
        raise InputError(
            f"the endpoint {host} is asked over http, where anybody on the way can read articles and key",
            remedy="Use https; http is only for this machine",
        )
    path = parts.path.rstrip("/").removesuffix(_PATH) + _PATH
    shown = f"[{host}]" if ":" in host else host
    named = shown if port is None else f"{shown}:{port}"
    return f"{parts.scheme}://{named}{path}", named


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
