"""A server of the tests' own, on this machine, that behaves as badly as it is asked to."""

from __future__ import annotations

import contextlib
import gzip
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from geo.net import Fetcher

TEXT = "The herons came back to the marsh in the first week of May, a warden said. They stayed until the summer ended."
PAGE = f"""<html lang="en"><head><title>Herons over the marsh</title></head><body>
<article><h1>Herons over the marsh</h1>
<p>{TEXT}</p><p>{TEXT} And so it went on for many years, with more of them each year.</p></article></body></html>"""
FEED = """<rss version="2.0"><channel><title>The Marsh Paper</title>{items}</channel></rss>"""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        server: Any = self.server
        server.asked.append((self.path, self.headers))
        self.close_connection = True
        with contextlib.suppress(OSError):  # The other side goes away, as it should.
            server.paths.get(self.path.split("?")[0], Handler.missing)(self)

    def missing(self) -> None:
        self.answer(b"", status=404)

    def answer(self, data: bytes, *, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        for name, value in {"Content-Length": str(len(data)), "Connection": "close", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def begin(self, **headers: str) -> None:
        self.send_response(200)
        for name, value in {"Content-Type": "text/html", "Connection": "close", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def endless(self) -> None:
        self.begin()
        while True:
            self.wfile.write(b"x" * 65_536)

    def drip(self) -> None:
        self.begin()
        for _ in range(600):
            self.wfile.write(b"x")
            time.sleep(0.05)

    def drip_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(600):
            self.wfile.write(b"x")
            time.sleep(0.05)

    def bomb(self) -> None:
        packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
        self.begin(Content_Encoding="gzip")
        for _ in range(500):
            self.wfile.write(packer.compress(bytes(2**20)))
        self.wfile.write(packer.flush())

    def page(self) -> None:
        self.answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip")


@pytest.fixture
def server():
    """Start a server; ``paths`` says what each of its paths does, ``asked`` what it was asked."""
    made: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.daemon_threads = True
    made.asked, made.paths = [], {"/page": Handler.page, "/private": Handler.page}
    made.url = f"http://news.test:{made.server_port}"
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def fetcher(server):
    """Fetch from that server as if it were ``news.test``; anything else is resolved to itself."""

    def resolve(host: str, _: int) -> list[str]:
        return ["127.0.0.1"] if host == "news.test" else [host]

    return Fetcher(
        resolve=resolve,
        allow={("127.0.0.1", server.server_port)},
        timeout_s=60.0,
        most_bytes=1_000_000,
        sleep=lambda _: None,
    )
