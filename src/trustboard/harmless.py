"""Words of others made harmless: what stands in data or in an address, fit to be put into HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Final
from urllib.parse import urlsplit

from trustboard.unseen import without_unseen

_ADDRESS: Final = re.compile(r"(https?://[^\s;,)\]]+[^\s;,)\].])")


def plain(value: object) -> str:
    """Give a value for a place that shows words as they are; what nobody would see goes.

    A return, too: Markdown takes it for the end of a line.
    """
    return without_unseen(str(value).replace("\r", ""))


def text(value: object) -> str:
    """Make any value safe inside HTML text or a quoted attribute; control characters go."""
    return escape(plain(value), quote=True)


def safe_url(value: object) -> str | None:
    """Give the address, ready for an attribute, if it is plain http or https; else None."""
    address = plain(value).strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc:
        return None
    return escape(address, quote=True)


def source_link(label: object, url: object, *, beside: bool) -> str:
    """Link to a page of others, `beside` ours; the bare label where that is no web address."""
    address = safe_url(url)
    if address is None:
        return text(label)
    window = ' target="_blank"' if beside else ""
    return f'<a href="{address}"{window} rel="noopener noreferrer">{text(label)}</a>'


def linked(value: object, *, link: Callable[[str], str]) -> str:
    """Make text safe, and write each web address in it with `link`."""
    parts = _ADDRESS.split(str(value))
    return "".join(link(part) if i % 2 else text(part) for i, part in enumerate(parts))
