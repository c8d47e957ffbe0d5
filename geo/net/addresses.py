"""Which addresses may be reached: public ones, as the resolver names them once."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from geo.errors import InputError
from geo.limits import MAX_URL

if TYPE_CHECKING:
    from collections.abc import Collection

    Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS: Final = {"http": 80, "https": 443}
OTHER_PORTS: Final = frozenset({80, 443, 8080, 8443})
"""Ports where web servers of strangers listen; nothing else is spoken to."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Public to the eye, but each carries an IPv4 address in it that some router would go to.
_TUNNELS = [
    ipaddress.ip_network(net)
    for net in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10")
]
_NUMBERS = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,10}\.?", re.IGNORECASE)


class Resolver(Protocol):
    """Names the addresses of a host."""

    def __call__(self, host: str, port: int, /) -> list[str]:
        """Give every address, as text; OSError if there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Target:
    """One address that may be asked, and where it was found to be."""

    scheme: str
    host: str
    """As it is written: in the request, and in the certificate."""
    port: int
    request: str
    """Path and query."""
    addresses: tuple[str, ...]
    """Checked; the connection goes to one of them, whatever the name means a moment later."""
    url: str


def system_resolver(host: str, port: int) -> list[str]:
    """Ask the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def check_url(
    url: str, *, resolve: Resolver = system_resolver, allow: Collection[tuple[str, int]] = frozenset()
) -> Target:
    """Take an address apart, resolve its host once, and refuse what is not public.

    Parameters
    ----------
    url : str
        As a user, a feed or a redirect gives it.
    resolve : Resolver, optional
        Who names the addresses of the host.
    allow : collection of (str, int), optional
        Addresses and ports that may be reached though they are not public: a test's own server.

    Returns
    -------
    Target

    Raises
    ------
    InputError
        It is no web address, or leads to a network that is not public. Nothing was connected to.
    """
    shown = url[:200] if url.isprintable() else ascii(url[:200])
    if len(url) > MAX_URL or not url.isprintable() or any(c in url for c in ' \\\t"<>^`{|}'):
        raise InputError(f"{shown}: not a web address", remedy="Copy it from the browser's address bar")
    try:
        parsed = parse_url(url)
    except (LocationParseError, ValueError, UnicodeError) as error:
        raise InputError(f"{shown}: not a web address", remedy="Copy it from the browser's address bar") from error
    scheme, host = (parsed.scheme or "").lower(), (parsed.host or "").strip("[]").rstrip(".")
    if scheme not in PORTS or not url.lower().startswith(f"{scheme}://"):
        raise InputError(f"{shown}: only http and https are fetched")
    if not host or parsed.auth is not None or "%" in host:
        raise InputError(f"{shown}: no host, or a name and password before it", remedy="Give the bare address")
    port = PORTS[scheme] if parsed.port is None else parsed.port
    if _NUMBERS.fullmatch(host) and not _is_plain(host):
        raise InputError(f"{shown}: an unusual spelling of a number as host is not fetched")
    try:
        addresses = tuple(resolve(host, port))
    except (OSError, UnicodeError, ValueError) as error:
        raise InputError(f"{shown}: no such host", remedy="Check the spelling and the connection") from error
    allowed = bool(addresses) and all((address, port) in allow for address in addresses)
    if not allowed and port not in OTHER_PORTS:
        raise InputError(f"{shown}: port {port} is not one that web pages are on")
    if not allowed and (not addresses or not all(map(is_public, addresses))):
        raise InputError(f"{shown}: leads to this machine or a private network, which is never fetched")
    return Target(scheme, host, port, parsed.request_uri, addresses, parsed._replace(fragment=None).url)


def is_public(address: str) -> bool:
    """Tell whether an address belongs to the public internet, also where it carries another one in it.

    Parameters
    ----------
    address : str
        An IPv4 or IPv6 address in numbers.

    Returns
    -------
    bool

    Examples
    --------
    >>> [is_public(a) for a in ("93.184.215.14", "127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254")]
    [True, False, False, False]
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found in _NAT64:
            # A network that has only IPv6 reaches the rest of the world by this prefix.
            return is_public(str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)))
        if any(found in tunnel for tunnel in _TUNNELS):
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def _is_plain(host: str) -> bool:
    """Tell four plain decimal numbers from 127.1, 0x7f000001, 0177.0.0.1 and 2130706433."""
    try:
        return str(ipaddress.IPv4Address(host)) == host
    except ValueError:
        return False
