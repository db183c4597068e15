"""Requests to addresses that people have named: never to a machine of our own network.

A name is looked up and checked at the moment of connecting, and the connection goes to the very
address that was checked, so that a name which changes its mind in between gains nothing. Redirects
are not followed, proxies of the environment not used, ports other than 80 and 443 not spoken to.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

import httpcore
from django.conf import settings
from django.utils.translation import gettext as _

PORTS = {"https": 443, "http": 80}
# Seconds for each step of a request, and for all of it.
STEP, WHOLE = 10.0, 30.0
# So much of an answer is read, in bytes; no more is needed to say what went wrong.
MOST = 64 * 1024
NAT64 = ipaddress.ip_network("64:ff9b::/96")
NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")
GLOBAL_V6 = ipaddress.ip_network("2000::/3")


class AddressRefused(Exception):
    """The address may not be called; says why."""


@dataclass(frozen=True)
class Answer:
    """Status and the beginning of the body."""

    status: int
    body: str
    milliseconds: int


def is_global(address: str) -> bool:
    """Whether an IP address is on the public Internet, the IPv4 address within an IPv6 one too."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_global(str(inner))
        return ip in GLOBAL_V6 and ip not in NAT64_LOCAL and ip.is_global
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def checked(url: str) -> SplitResult:
    """The parts of an address that may be called. Raises AddressRefused with the remedy.

    Only its form is judged here; where the name leads is judged when it is called.
    """
    try:
        parts = urlsplit(url)
        port, name = parts.port, (parts.hostname or "").rstrip(".")
    except ValueError:
        raise AddressRefused(_("This is not an address.")) from None
    if parts.username is not None or parts.password is not None or "\\" in url:
        raise AddressRefused(_("Leave user name, password and backslashes out of the address."))
    if not url.isascii() or not url.isprintable() or " " in url:
        raise AddressRefused(_("Write the address in ASCII letters; names in Punycode."))
    if settings.WEBHOOK_LOCAL and parts.scheme in PORTS and name:
        return parts
    if parts.scheme != "https":
        raise AddressRefused(_("Give an address that begins with https://."))
    if port not in (None, PORTS[parts.scheme]):
        raise AddressRefused(_("Only the usual port (443) is called: leave the port out."))
    if "." not in name or not name.rpartition(".")[2].isalpha():
        raise AddressRefused(_("Give a host name such as hooks.example.org, not a number."))
    return parts


class Hurried(httpcore.NetworkStream):
    """A connection that ends at a moment, however slowly the other side talks."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream, self._until = stream, until

    def _left(self, timeout: float | None) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("The whole request took too long.")
        return left if timeout is None else min(timeout, left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return Hurried(inner, self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Guarded(httpcore.NetworkBackend):
    """Connects to public addresses only; what is connected ends at a moment."""

    def __init__(self, until: float) -> None:
        self._backend, self._until = httpcore.SyncBackend(), until

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        address = resolved(host, port)
        found = self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
        return Hurried(found, self._until)

    def connect_unix_socket(self, *args: Any, **more: Any) -> httpcore.NetworkStream:
        raise AddressRefused("A socket of this machine is never called.")


def resolved(host: str, port: int) -> str:
    """The IP address that is called for a name. Raises AddressRefused if any of them is not public.

    All of them have to be: a name that leads inside and outside is no honest one.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressRefused(_("The host name is not known.")) from None
    addresses = [str(entry[4][0]) for entry in found]
    if not settings.WEBHOOK_LOCAL and not all(is_global(address) for address in addresses):
        raise AddressRefused(_("The host name does not lead to the public Internet."))
    return addresses[0]


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """POST to an address that somebody has named.

    Raises AddressRefused, and OSError or httpcore's exceptions where nobody answers in time.
    """
    parts = checked(url)
    began = time.monotonic()
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    address = httpcore.URL(
        scheme=parts.scheme.encode(),
        host=(parts.hostname or "").encode(),
        port=parts.port or PORTS[parts.scheme],
        target=target.encode(),
    )
    step = dict.fromkeys(("connect", "read", "write", "pool"), STEP)
    with (
        httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(),
            network_backend=Guarded(began + WHOLE),
            max_connections=1,
            retries=0,
        ) as pool,
        pool.stream(
            "POST",
            address,
            headers=[("Host", parts.netloc), *headers.items()],
            content=body,
            extensions={"timeout": step},
        ) as response,
    ):
        read = b""
        for chunk in response.iter_stream():
            read += chunk
            if len(read) >= MOST:
                break
        took = round((time.monotonic() - began) * 1000)
        return Answer(response.status, read[:MOST].decode("utf-8", "replace"), took)
