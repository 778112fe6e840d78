"""A publisher on this machine: answers as a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]


@dataclass(frozen=True)
class Reply:
    """What to send. `claims` replaces the true length; None sends until the connection closes."""

    body: bytes | Iterable[bytes] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "application/json"
    claims: int | None = -1


Answering = Callable[[Asked], Reply]


@dataclass
class Publisher:
    """What a test sees of the server."""

    host: str
    answering: Answering = lambda _: Reply(b"not told what to answer", 404, kind="text/plain")
    asked: list[Asked] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def site(self) -> str:
        return f"http://{self.host}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def says(self, *replies: Reply) -> None:
        """Answer with these in turn, and with the last one from then on."""
        waiting = list(replies)
        self.answering = lambda _: waiting.pop(0) if len(waiting) > 1 else waiting[0]


@contextmanager
def open_publisher() -> Iterator[Publisher]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(parts.path, dict(parse_qsl(parts.query)), headers)
            with publisher.lock:
                publisher.asked.append(asked)
                publisher.at_once += 1
                publisher.most_at_once = max(publisher.most_at_once, publisher.at_once)
            try:
                self._send(publisher.answering(asked))
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
            finally:
                with publisher.lock:
                    publisher.at_once -= 1

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            whole = isinstance(reply.body, bytes)
            length = len(reply.body) if reply.claims == -1 and whole else reply.claims
            if length is None or length < 0:
                self.send_header("Connection", "close")
            else:
                self.send_header("Content-Length", str(length))
            self.end_headers()
            for piece in [reply.body] if isinstance(reply.body, bytes) else reply.body:
                self.wfile.write(piece)
            self.wfile.flush()
            if not whole or reply.claims != -1:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    publisher = Publisher(f"127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
