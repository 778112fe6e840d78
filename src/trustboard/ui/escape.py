"""Text from data and from the address bar, made harmless before it is shown."""

from __future__ import annotations

import re
from html import escape
from typing import Final
from urllib.parse import urlsplit

_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:^&])")
_ADDRESS: Final = re.compile(r"(https?://[^\s;,)\]]+[^\s;,)\].])")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def text(value: object) -> str:
    """Make any value safe inside HTML text or a quoted attribute; control characters go."""
    return escape(_CONTROL.sub("", str(value)), quote=True)


def plain(value: object) -> str:
    """Give a value for a place that shows words as they are; what would turn them round goes."""
    return _CONTROL.sub("", str(value))


def markdown(value: object) -> str:
    """Make any value safe inside a Streamlit label, where Markdown would be read."""
    return _MARKDOWN.sub(r"\\\1", _CONTROL.sub("", str(value)).replace("\n", " "))


def safe_url(value: object) -> str | None:
    """Give the address, ready for an attribute, if it is plain http or https; else None."""
    address = _CONTROL.sub("", str(value)).strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc:
        return None
    return escape(address, quote=True)


def link(label: object, url: object) -> str:
    """Give a link that opens beside the dashboard, or the bare label if the address is not one."""
    address = safe_url(url)
    if address is None:
        return text(label)
    return f'<a href="{address}" target="_blank" rel="noopener noreferrer">{text(label)}</a>'


def with_links(value: object) -> str:
    """Make text safe and turn the web addresses in it into links."""
    parts = _ADDRESS.split(str(value))
    return "".join(link(p, p) if i % 2 else text(p) for i, p in enumerate(parts))


def shorten(value: object, *, longest: int = 60) -> str:
    """Cut a visitor's own words to a length that can be repeated back to them."""
    words = _CONTROL.sub("", str(value))
    return words if len(words) <= longest else words[: longest - 1] + "…"
