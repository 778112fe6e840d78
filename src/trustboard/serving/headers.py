"""The headers that keep a visitor's browser safe."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from typing import Final
from urllib.parse import parse_qs

from starlette.types import Scope

from trustboard.serving import build

_HOST: Final = re.compile(rb"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_PERMISSIONS: Final = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), "
    "geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), "
    "serial=(), usb=(), clipboard-write=(self), fullscreen=(self)"
)
_ALWAYS: Final = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"permissions-policy": _PERMISSIONS.encode(),
    b"cross-origin-opener-policy": b"same-origin",
    b"x-permitted-cross-domain-policies": b"none",
}


def headers_for(scope: Scope) -> dict[bytes, bytes]:
    """Give the headers of an answer to this request."""
    framed = embeds(scope.get("query_string", b""))
    found = {**_ALWAYS, b"content-security-policy": policy(scope, framed=framed).encode()}
    found[b"cross-origin-resource-policy"] = b"cross-origin" if framed else b"same-origin"
    if not framed:
        found[b"x-frame-options"] = b"SAMEORIGIN"
    if scope.get("scheme") == "https":
        found[b"strict-transport-security"] = b"max-age=31536000"
    return found


def with_one_vary(headers: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Say in one header, and each once, what an answer depends on (RFC 9110, section 12.5.5).

    Streamlit and the API each pack answers, and each adds the header to what it leaves as it is.
    """
    told = [value for name, value in headers if name.lower() == b"vary"]
    if not told:
        return list(headers)
    each = {one.strip().lower(): one.strip() for value in told for one in value.split(b",")}
    each.pop(b"", None)
    others = [pair for pair in headers if pair[0].lower() != b"vary"]
    return [*others, (b"vary", b", ".join(each.values()))]


def embeds(query: bytes) -> bool:
    """Say whether a page was asked for as a part of another page."""
    try:
        values = parse_qs(query.decode("ascii", "replace"), max_num_fields=200)
    except ValueError:
        return False
    return [value.lower() for value in values.get("embed", [])] == ["true"]


def policy(scope: Scope, *, framed: bool) -> str:
    """Write the content security policy of a page.

    Scripts come from this site only; styles may be inline, which Streamlit's own are. The page may
    talk to the host it was asked from and to no other.
    """
    host = dict(scope.get("headers", ())).get(b"host", b"")
    talk = ""
    if _HOST.fullmatch(host):
        talk = f" ws://{host.decode()} wss://{host.decode()}"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {_hashes()}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self'{talk}",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "media-src 'none'",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'none'",
            f"frame-ancestors {'*' if framed else chr(39) + 'self' + chr(39)}",
        )
    )


@cache
def _hashes() -> str:
    """Name the inline scripts of Streamlit's own page by their hashes; no others may run."""
    page = build.index()
    digests = [hashlib.sha256(script.encode()).digest() for script in _INLINE.findall(page)]
    return " ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in digests)
