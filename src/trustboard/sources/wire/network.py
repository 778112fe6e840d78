"""Connections to checked addresses only, each read watched by the clock.

A host name is looked up once, every address it has is checked, and the connection is made to that
very address: a second lookup that says something else (DNS rebinding) has no chance. Proxies named
in the environment are not used, because behind one nobody could check the address.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpcore
import httpx

from trustboard.sources.refusals import ForbiddenAddressError, TooSlowError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
#: All of IPv6 that servers of the open internet can have; everything else leads somewhere local.
UNICAST = ipaddress.IPv6Network("2000::/3")
#: Reserved for protocols, though Python calls parts of them global.
RESERVED = (ipaddress.IPv4Network("192.0.0.0/24"), ipaddress.IPv4Network("192.88.99.0/24"))
PUBLIC_ONLY = (
    "City files can only name public servers. To ask a server of your own, set "
    "TRUSTBOARD_ALLOW_PRIVATE=1."
)


def resolve(host: str, port: int) -> list[str]:
    """Look a host up: its addresses as text. Raises `OSError` if it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Tell whether an address is one of the open internet, also where it wraps another."""
    ip: Address = ipaddress.ip_address(address.partition("%")[0])
    return all(_is_open(inner) for inner in _unwrapped(ip))


def _is_open(ip: Address) -> bool:
    if isinstance(ip, ipaddress.IPv4Address):
        usable = not any(ip in network for network in RESERVED)
    else:
        usable = ip in UNICAST
    return usable and ip.is_global and not ip.is_multicast


def _unwrapped(ip: Address) -> Iterator[Address]:
    if isinstance(ip, ipaddress.IPv4Address):
        yield ip
    elif ip.ipv4_mapped:
        yield ip.ipv4_mapped
    elif ip in NAT64:
        yield ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    else:
        yield ip
        if ip.sixtofour:
            yield ip.sixtofour


class Watch(threading.local):
    """How long the request of this thread may still take; set anew for each."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.asked, self.until, self.allowed = "", float("inf"), 0.0

    def start(self, asked: str, *, seconds: float) -> None:
        """Begin a request that may take so many seconds."""
        self.asked, self.allowed = asked, seconds
        self.until = self.clock() + seconds

    def left(self, timeout: float | None) -> float:
        """Shorten a timeout to what is left. Raises `TooSlowError` when nothing is."""
        left = self.until - self.clock()
        if left <= 0:
            raise TooSlowError(
                asked=self.asked,
                came=f"an answer that was not complete after {self.allowed:g} seconds",
                fix="Try again later, or ask for less with `where` or `select`.",
            )
        return left if timeout is None else min(timeout, left)


class WatchedStream(httpcore.NetworkStream):
    """A connection whose every read and write ends when the request's time is over."""

    def __init__(self, inner: httpcore.NetworkStream, watch: Watch) -> None:
        self._inner, self._watch = inner, watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there."""
        allowed = self._watch.left(timeout)
        try:
            return self._inner.read(max_bytes, allowed)
        except httpcore.ReadTimeout:
            self._watch.left(timeout)
            raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it."""
        self._inner.write(buffer, self._watch.left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Encrypt; the certificate is checked against the host's name, not its address."""
        inner = self._inner.start_tls(ssl_context, server_hostname, self._watch.left(timeout))
        return WatchedStream(inner, self._watch)

    def get_extra_info(self, info: str) -> Any:
        """Tell about the connection."""
        return self._inner.get_extra_info(info)


class CheckedBackend(httpcore.NetworkBackend):
    """Connect to checked addresses."""

    def __init__(
        self,
        watch: Watch,
        *,
        allow_private: bool,
        resolve: Resolve = resolve,
        inner: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._watch, self._allow_private, self._resolve = watch, allow_private, resolve
        self._inner = inner or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address that answers, if all of them may be asked."""
        problem: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._addresses(host, port):
            try:
                inner = self._inner.connect_tcp(
                    address, port, self._watch.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
            else:
                return WatchedStream(inner, self._watch)
        raise problem

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"no address for {host} ({error})") from error
        private = [a for a in addresses if not is_public(a)]
        if private and not self._allow_private:
            raise ForbiddenAddressError(
                asked=self._watch.asked,
                came=f"{host} is at {private[0]}, which is not on the open internet",
                fix=PUBLIC_ONLY,
            )
        return addresses


class CheckedTransport(httpx.BaseTransport):
    """Hand httpx's requests to a pool of checked connections."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            max_connections=20,
            max_keepalive_connections=5,
            keepalive_expiry=5.0,
            network_backend=backend,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; the body of the answer is read later, piece by piece."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions={}
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
