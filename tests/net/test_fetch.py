"""What an address may do to us: lead inside, lead round, never end, become huge. Every server is the test's own."""

import contextlib
import gzip
import resource
import socket
import ssl
import threading
import time
import tracemalloc

import pytest

from geo.errors import InputError
from geo.net import Fetcher, addresses, demand_online, fetch, is_online
from geo.net.addresses import check_url, is_public
from tests.net.conftest import PAGE, Handler

PRIVATE = [
    *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "0", "0.0.0.0"),
    *("10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "169.254.1.1", "224.0.0.1"),
    *("255.255.255.255", "240.0.0.1", "192.0.0.1", "198.18.0.1"),
    *("[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fec0::1]", "[ff02::1]", "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]"),
    *("[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::a00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]"),
    *("[2001:db8::1]", "[fd00:ec2::254]", "[::ffff:0:127.0.0.1]"),
]


@pytest.fixture(autouse=True)
def _never_connect_outside(monkeypatch):
    """Fail where anything but this machine would be connected to, so that a hole cannot hide behind a lost network."""
    connect = socket.create_connection

    def guarded(address, *args, **kwargs):
        assert address[0] == "127.0.0.1", address
        return connect(address, *args, **kwargs)

    monkeypatch.setattr(socket, "create_connection", guarded)


def refused(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(InputError) as caught:
        fetcher.get(url)
    return str(caught.value)


# -------------------------------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize("host", PRIVATE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_spelling_of_a_private_address_is_reached(host: str, scheme: str):
    # The system's own resolver, which reads 127.1 and 0x7f000001 as a C program would.
    with pytest.raises(InputError, match=r"never fetched|not fetched|no such host|not a web address"):
        check_url(f"{scheme}://{host}/latest/meta-data/")


@pytest.mark.parametrize("host", PRIVATE)
def test_no_name_that_means_a_private_address_is_reached(host: str):
    plain = host.strip("[]")
    with pytest.raises(InputError, match="never fetched"):
        check_url("http://news.test/", resolve=lambda *_: [plain])


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    with pytest.raises(InputError, match="never fetched"):
        check_url("http://news.test/", resolve=lambda *_: ["93.184.215.14", "127.0.0.1"])


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_public_addresses_are_public(address: str):
    assert is_public(address)
    assert check_url("https://news.test/a?b#c", resolve=lambda *_: [address]).request == "/a?b"


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/hostname", "ftp://news.test/", "gopher://news.test/", "javascript:alert(1)", "data:text/html,x"),
        *("news.test/page", "//news.test/page", "", "http://", "http:///etc", "http:news.test"),
        *("http://news.test:22/", "http://news.test:99999/", "http://news.test:-1/", "http://user:pw@news.test/"),
        *("http://news.test\\@127.0.0.1/", "http://127.0.0.1#@news.test/", "http://news.test /", "http://[::1/"),
        *("http://[fe80::1%25eth0]/", "http://news.test/\r\nX: y", "http://news.test/\u202e", "http://news.test/\0"),
        *("http://１２７.0.0.1/", "http://127。0。0。1/", "http://localhost/", "http://" + "a" * 3_000),
    ],
)
def test_bad_addresses_are_refused_before_anything_is_asked(url: str):
    def resolve(host: str, _: int) -> list[str]:
        return {"localhost": ["127.0.0.1"], "news.test": ["93.184.215.14"]}.get(host, [host])

    with pytest.raises(InputError) as caught:
        check_url(url, resolve=resolve)
    assert str(caught.value).isprintable()


def test_a_name_that_changes_its_meaning_is_asked_once_and_the_checked_address_is_used(server, fetcher):
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    fetcher.resolve = rebinding
    assert fetcher.get(f"{server.url}/page").data == PAGE.encode()
    assert asked == ["news.test"]


def test_the_first_meaning_of_a_name_that_changes_must_be_public(fetcher):
    meanings = iter([["127.0.0.1"], ["93.184.215.14"]])
    fetcher.resolve = lambda *_: next(meanings)
    fetcher.allow = frozenset()
    assert "never fetched" in refused(fetcher, "http://news.test/")


def test_no_proxy_of_the_environment_sees_the_request(server, fetcher, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert fetcher.get(f"{server.url}/page").status == 200
    assert server.asked[0][1]["Host"] == server.url.removeprefix("http://")


# -------------------------------------------------------------------------------------------------------- redirects


@pytest.mark.parametrize(
    "place",
    [
        *(
            "http://169.254.169.254/latest/meta-data/",
            "http://127.0.0.1:{port}/private",
            "http://[::1]/",
            "//10.0.0.1/",
        ),
        *(
            "file:///etc/hostname",
            "http://2130706433/",
            "ftp://news.test/",
            "http://news.test:22/",
            "javascript:alert(1)",
        ),
    ],
)
def test_a_redirect_is_checked_like_an_address(server, fetcher, place: str):
    def resolve(host: str, _: int) -> list[str]:
        return ["127.0.0.1"] if host == "news.test" else [host]

    # Only the name's own server is allowed; by its number it is this machine.
    place = place.format(port=server.server_port + 1)
    server.paths["/away"] = lambda h: h.answer(b"", status=302, Location=place)
    fetcher.resolve = resolve
    refused(fetcher, f"{server.url}/away")
    assert [path for path, _ in server.asked] == ["/away"]


def test_redirects_that_go_round_end(server, fetcher):
    server.paths["/a"] = lambda h: h.answer(b"", status=301, Location="/b")
    server.paths["/b"] = lambda h: h.answer(b"", status=308, Location="/a")
    assert "more than 5 times" in refused(fetcher, f"{server.url}/a")
    assert len(server.asked) == 6


def test_a_redirect_to_another_page_is_followed(server, fetcher):
    server.paths["/a"] = lambda h: h.answer(b"", status=301, Location="page")
    assert fetcher.get(f"{server.url}/a").url == f"{server.url}/page"


# ---------------------------------------------------------------------------------------------------- size and time


def test_an_endless_body_ends_at_the_limit(server, fetcher):
    server.paths["/x"] = Handler.endless
    assert "more than the 1,000,000 bytes" in refused(fetcher, f"{server.url}/x")


def test_a_body_that_says_it_is_too_large_is_not_read(server, fetcher):
    server.paths["/x"] = lambda h: h.begin(Content_Length="99999999999")
    assert "more than the 1,000,000 bytes" in refused(fetcher, f"{server.url}/x")


def test_no_block_of_a_gzip_bomb_is_unpacked_further_than_the_limit(server, fetcher):
    # 64 MB out of 64 kB: a single block that is read.
    bomb = gzip.compress(bytes(64_000_000))
    server.paths["/x"] = lambda h: h.answer(bomb, Content_Encoding="gzip")
    tracemalloc.start()
    assert "more than the 1,000,000 bytes" in refused(fetcher, f"{server.url}/x")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8_000_000


@pytest.mark.parametrize(
    "host", ["1572395042", "0x5db8d70e", "0135.0270.0327.016", "93.47822", "93.184.55054", "0x5d.184.215.14"]
)
def test_an_unusual_spelling_of_a_public_address_is_not_fetched_either(host: str):
    with pytest.raises(InputError, match="unusual spelling"):
        check_url(f"http://{host}/", resolve=lambda *_: ["93.184.215.14"])


def test_a_gzip_bomb_is_never_unpacked(server, fetcher):
    server.paths["/x"] = Handler.bomb  # half a gigabyte
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "more than the 1,000,000 bytes" in refused(fetcher, f"{server.url}/x")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
def test_only_the_packing_that_was_asked_for_is_unpacked(server, fetcher, encoding: str):
    server.paths["/x"] = lambda h: h.answer(b"x", Content_Encoding=encoding)
    assert "not asked for" in refused(fetcher, f"{server.url}/x")


@pytest.mark.parametrize("way", [Handler.drip, Handler.drip_headers], ids=["body", "headers"])
def test_a_slow_drip_ends_at_the_deadline(server, fetcher, way):
    server.paths["/x"] = way
    fetcher.timeout_s = 1.0
    begun = time.monotonic()
    assert "not answered within 1 seconds" in refused(fetcher, f"{server.url}/x")
    # The drip itself lasts half a minute.
    assert 0.9 < time.monotonic() - begun < 20


def test_the_deadline_holds_over_all_redirects(server, fetcher):
    def slow(handler: Handler) -> None:
        time.sleep(0.4)
        handler.answer(b"", status=302, Location="/x")

    server.paths["/x"] = slow
    fetcher.timeout_s = 1.0
    assert "not answered within 1 seconds" in refused(fetcher, f"{server.url}/x")


@pytest.mark.parametrize(
    "raw",
    [
        *(b"", b"\x00" * 100, b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nshort", b"HTTP/1.1 999999 X\r\n\r\n"),
        *(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500, b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000),
    ],
    ids=range(6),
)
def test_broken_answers_are_errors(fetcher, raw: bytes):
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(65_536)
                with contextlib.suppress(OSError):
                    connection.sendall(raw)

        threading.Thread(target=serve, daemon=True).start()
        port = listening.getsockname()[1]
        fetcher.allow = {("127.0.0.1", port)}
        assert "news.test" in refused(fetcher, f"http://news.test:{port}/")


def test_no_server_there_is_an_error(fetcher, server):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    fetcher.allow = {("127.0.0.1", port)}
    assert "refused" in refused(fetcher, f"http://news.test:{port}/").lower()


# ---------------------------------------------------------------------------------------------------------- manners


def test_a_host_is_asked_once_a_second(server, fetcher):
    waited: list[float] = []
    fetcher.sleep = waited.append
    for _ in range(3):
        fetcher.get(f"{server.url}/page")
    assert len(waited) == 2
    assert all(0 < seconds <= 1 for seconds in waited)
    assert server.asked[0][1]["User-Agent"] == fetch.AGENT


def test_what_was_remembered_goes_back_but_never_as_another_header(server, fetcher):
    fetcher.get(f"{server.url}/page", known={"etag": '"a"', "last-modified": "x\r\nCookie: y"})
    headers = server.asked[0][1]
    assert headers["If-None-Match"] == '"a"'
    assert headers["If-Modified-Since"] is None
    assert headers["Cookie"] is None


def test_a_server_that_refuses_is_told_as_it_is(server, fetcher):
    server.paths["/x"] = lambda h: h.answer(b"", status=429, Retry_After="120")
    assert "answered 429. It asks to come back after 120" in refused(fetcher, f"{server.url}/x")
    assert "answered 404" in refused(fetcher, f"{server.url}/none")


def test_offline_is_offline(monkeypatch):
    monkeypatch.delenv("BORDERLINES_ONLINE", raising=False)
    assert not is_online()
    demand_online()
    monkeypatch.setenv("BORDERLINES_ONLINE", "0")
    with pytest.raises(InputError, match="stay offline"):
        demand_online()
    monkeypatch.setenv("BORDERLINES_ONLINE", "1")
    assert is_online()


# -------------------------------------------------------------------------------------------------------------- TLS


@pytest.fixture
def secure(server, tmp_path):
    """Put TLS on the server, with a certificate for news.test alone; give the context that trusts it."""
    x509 = pytest.importorskip("cryptography.x509", reason="pip install -r requirements-extra.txt")
    from datetime import UTC, datetime, timedelta

    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "news.test")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("news.test")]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    certificate = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "both.pem").write_bytes(private + certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    server.names = []
    context.sni_callback = lambda _socket, name, _context: server.names.append(name)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return ssl.create_default_context(cadata=certificate.decode())


def test_the_certificate_is_that_of_the_name_though_the_connection_goes_to_a_number(server, fetcher, secure):
    fetcher.tls = secure
    assert fetcher.get(f"https://news.test:{server.server_port}/page").status == 200
    assert server.names == ["news.test"]


@pytest.mark.parametrize("trusted", [True, False])
def test_another_name_or_an_unknown_certificate_is_refused(server, fetcher, secure, trusted: bool):
    server.handle_error = lambda *_: None
    fetcher.tls = secure if trusted else None
    fetcher.resolve = lambda *_: ["127.0.0.1"]
    told = refused(fetcher, f"https://{'other' if trusted else 'news'}.test:{server.server_port}/page")
    assert "certificate" in told.lower()


def test_every_listed_port_is_one_that_web_servers_use():
    assert {80, 443, 8080, 8443} == addresses.OTHER_PORTS
