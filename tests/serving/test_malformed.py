"""Whatever arrives at the door, well formed or not: no error of ours, no path, no echo."""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

MARK = "<script>alert(1)</script>"
EVIL = "evil.example"
ADDRESSES = [
    *("/", "/commitments", "/last_words", "/nothing", "/commitments/_stcore/health"),
    *("/api", "/api/v1/cities", "/api/v1/riverbend", "/api/v1/riverbend/measures/findings"),
    *("/api/v1/riverbend/feeds/data.atom", "/robots.txt", "/sitemap.xml"),
    *("/static/js", "/app/static/x", "/app/static/../entry.py", "/media/x.csv"),
    *("/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/upload_file/a/b"),
    *("/_stcore/bidi-components/a/b", "/_stcore/agent/mcp", "/_stcore/agent/openapi.json"),
    *("/_stcore/script-health-check", "/component/a/b", "/auth/login", "/oauth2callback"),
]
PARTS = st.sampled_from(
    [
        "%",
        "%zz",
        "%00",
        "%ff%fe",
        "%c0%ae%c0%ae/",
        "..%2f..%2fetc%2fpasswd",
        "/../../etc/passwd",
        "%5c%5chost%5cshare",
        "//evil.example/",
        "/",
        "%0d%0aSet-Cookie:%20x=1",
        "%e2%80%a8",
        "%ed%a0%80",
        ";x=1",
        "?" + "a=1&" * 1500,
        "?city=" + quote(MARK),
        "?city=%ff&city=%00",
        "?place[]=x&embed=true&embed=false",
        "#x",
        "x" * 300,
        "/y" * 1500,
        "x" * 9000,
        quote(MARK),
    ]
)
HEADS = st.just(b"Host: board.test") | st.sampled_from(
    [
        b"Host: board.test:99999",
        b"Host: " + EVIL.encode(),
        b"Host: a\r\nHost: b",
        b'Host: a"><script>alert(1)</script>',
        b"Host: ",
        b"Host: a\r\nX-Forwarded-Host: " + EVIL.encode(),
        b"Host: a\r\nForwarded: host=" + EVIL.encode(),
        b"Host: a\r\nOrigin: null",
        b"Host: a\r\nCookie: " + b"\xff\xfe" * 50,
        b"Host: a\r\nCookie: _streamlit_session=AAAA; _streamlit_user=" + b"e" * 500,
        b"Host: a\r\nRange: bytes=0-1,2-3,5-",
        b"Host: a\r\nIf-None-Match: " + b'"' * 3000,
        b"Host: a\r\nIf-Modified-Since: never",
        b"Host: a\r\nAccept-Encoding: gzip;q=nan, *;q=-1",
        b"Host: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0",
        b"Host: a\r\nTransfer-Encoding: chunked, identity",
        b"Host: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
        b"Host: a\r\nContent-Length: -1",
        b"Host: a\r\nContent-Length: 5",
        b"Host: a\r\nContent-Length: 0\r\nContent-Length: 5",
        b"Host: a\r\nUpgrade: h2c\r\nConnection: Upgrade",
        b"Host: a\r\nUpgrade: websocket\r\nConnection: Upgrade",
        b"Host: a\r\nX-A: " + b"a" * 20_000,
        b"Host: a\r\n" + b"\r\n".join(b"X-%d: y" % i for i in range(300)),
        b"Host: a\r\n X: folded",
        b"Host: a\r\nBad Name: x",
        b"Host: a\x00b",
    ]
)
METHODS = st.just("GET") | st.sampled_from(
    [
        *("HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT"),
        *("PROPFIND", "get", "G\x00T"),
    ]
)
FORMS = st.just("{}") | st.sampled_from(
    ["{}", "http://evil.example{}", "*", "{} extra", "evil.example:80"]
)
VERSIONS = st.just("HTTP/1.1") | st.sampled_from(["HTTP/1.0", "HTTP/9.9", "HTTP/2", ""])


@pytest.fixture(scope="module")
def port(serve: Callable[..., Any]) -> Iterator[int]:
    with serve("trustboard") as client:
        yield client.base_url.port


def answer(port: int, request: bytes, *, patience: float = 3) -> bytes:
    """Send one request and read what comes back until the server ends or waits for more."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as one:
        parts = []
        try:
            one.sendall(request)
            one.settimeout(patience)
            while part := one.recv(65_536):
                parts.append(part)
        except (TimeoutError, ConnectionResetError, BrokenPipeError):
            pass
        return b"".join(parts)


SECRETS = re.compile(
    "|".join(
        [
            r"Traceback \(most",
            r"site-packages",
            *(re.escape(f"{folder}/") for folder in (Path.home(), gettempdir(), sys.base_prefix)),
            r"/home/|/usr/lib|\.py\b",
            r"\r\nserver:",
            "uvicorn",
            *(re.escape(version(name)) for name in ("streamlit", "uvicorn", "starlette")),
        ]
    ),
    re.IGNORECASE,
)


def check(found: bytes) -> None:
    """Hold an answer against what no answer may do."""
    head, _, body = found.partition(b"\r\n\r\n")
    status = re.match(rb"HTTP/1\.1 (\d{3}) ", head)
    assert status is not None or not found, found[:200]
    assert status is None or int(status[1]) in {
        *(200, 204, 206, 301, 304, 307, 308, 400, 403, 404, 405, 408, 414, 416, 426, 431, 503),
    }, head
    text = found.decode("latin-1")
    assert MARK not in text
    assert not re.search(r"(?im)^set-cookie: x=", text)
    assert not re.search(r"(?im)^location: .*(evil|\\|//)", head.decode("latin-1"))
    if b"<!DOCTYPE html>" not in body and b'"openapi"' not in body:
        assert not SECRETS.search(text), text[:600]


@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    method=METHODS,
    form=FORMS,
    address=st.sampled_from(ADDRESSES),
    parts=st.lists(PARTS, max_size=2),
    protocol=VERSIONS,
    head=HEADS,
)
def test_no_request_of_any_form_ends_in_an_error_or_tells_of_the_inside(
    port: int, method: str, form: str, address: str, parts: list[str], protocol: str, head: bytes
) -> None:
    target = form.replace("{}", address + "".join(parts))
    line = f"{method} {target} {protocol}\r\n".encode()
    check(answer(port, line + head + b"\r\nConnection: close\r\n\r\n"))


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(noise=st.binary(max_size=300), begun=st.sampled_from([b"", b"GET /", b"GET / HTTP/1.1\r\n"]))
def test_noise_is_no_reason_to_fall(port: int, noise: bytes, begun: bytes) -> None:
    check(answer(port, begun + noise + b"\r\n\r\n", patience=0.05))


def test_the_server_still_serves_after_all_that(port: int) -> None:
    found = httpx.get(f"http://127.0.0.1:{port}/?city=riverbend")
    assert found.status_code == 200
    assert "server" not in found.headers


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/api", "/", "/?city=riverbend"])
@pytest.mark.parametrize("name", ["X-Forwarded-Host", "Forwarded", "X-Host", "X-Original-URL"])
def test_no_header_but_host_names_the_site(port: int, path: str, name: str) -> None:
    words = {"Forwarded": f"host={EVIL};proto=https", "X-Original-URL": f"http://{EVIL}/"}
    found = httpx.get(f"http://127.0.0.1:{port}{path}", headers={name: words.get(name, EVIL)})
    assert EVIL not in found.text + str(found.headers)


def test_a_server_in_front_on_this_machine_may_say_that_it_speaks_https(port: int) -> None:
    found = httpx.get(f"http://127.0.0.1:{port}/robots.txt", headers={"X-Forwarded-Proto": "https"})
    assert f"https://127.0.0.1:{port}/sitemap.xml" in found.text


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/_stcore/upload_file/a/b",
        "/_stcore/bidi-components/a/b",
        "/component/a/b.js",
        "/auth/login",
        "/oauth2callback",
    ],
)
def test_what_streamlit_could_do_and_no_page_needs_is_not_there(port: int, path: str) -> None:
    assert httpx.get(f"http://127.0.0.1:{port}{path}").status_code == 404
    for method in ("POST", "PUT", "DELETE"):
        found = httpx.request(method, f"http://127.0.0.1:{port}{path}", content=b"{}")
        assert found.status_code == 405


def stream(port: int, **options: Any) -> Any:
    address = f"ws://127.0.0.1:{port}{options.pop('path', '/_stcore/stream')}"
    return connect(address, open_timeout=20, **options)


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://127.0.0.1:1", "null", "file://", "http://", "//x", "["],
)
def test_a_page_of_another_site_opens_no_socket(port: int, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        stream(port, additional_headers={"Origin": origin})
    assert refused.value.response.status_code == 403


def test_a_socket_opens_for_our_own_pages_and_nowhere_else(port: int) -> None:
    for headers in ({"Origin": f"http://127.0.0.1:{port}"}, {}):
        with stream(port, additional_headers=headers) as one:
            assert one.subprotocol is None
    for path in ("/", "/stream", "/api/v1/cities", "/commitments/_stcore/stream"):
        with pytest.raises(InvalidStatus):
            stream(port, path=path)


@pytest.mark.parametrize("message", [b"\xff" * 100, "text", b"x" * 2_000_000])
def test_a_socket_that_sends_nonsense_is_closed(port: int, message: bytes | str) -> None:
    with stream(port) as one, pytest.raises(ConnectionClosed) as closed:
        one.send(message)
        for _ in range(1000):
            told = one.recv(timeout=20)
            assert b"Traceback" not in told
            assert b"site-packages" not in told
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code in (1002, 1003, 1009)
