"""Text from data and from the address bar, made harmless before it is shown."""

from __future__ import annotations

import re
from typing import Final

from trustboard.harmless import linked, plain, safe_url, source_link, text

__all__ = ["link", "markdown", "plain", "safe_url", "shorten", "text", "with_links"]

_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:^&])")


def markdown(value: object) -> str:
    """Make any value safe inside a Streamlit label, where Markdown would be read."""
    return _MARKDOWN.sub(r"\\\1", plain(value).replace("\n", " "))


def link(label: object, url: object) -> str:
    """Give a link that opens beside the dashboard, or the bare label if the address is not one."""
    return source_link(label, url, beside=True)


def with_links(value: object) -> str:
    """Make text safe and turn the web addresses in it into links."""
    return linked(value, link=lambda address: link(address, address))


def shorten(value: object, *, longest: int = 60) -> str:
    """Cut a visitor's own words to a length that can be repeated back to them."""
    words = plain(value)
    return words if len(words) <= longest else words[: longest - 1] + "…"
