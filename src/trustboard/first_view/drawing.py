"""A first view for one address: drawn once for what it shows, and never waited for long."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

from trustboard.first_view.contents import CONTENTS, Given
from trustboard.first_view.still import framed
from trustboard.query import QueryError
from trustboard.shared import Opened
from trustboard.shelves import Shelf
from trustboard.view import NAMES

_KEPT: Final[Shelf[str]] = Shelf(most=128)
_LOG: Final = logging.getLogger(__name__)
#: The parameters that a first view follows; no other can fill the shelf.
_FOLLOWED: Final = frozenset({"commitment", "topic", *NAMES})


def first_view(page: str, opened: Opened, given: Given, *, pages: Sequence[str]) -> str:
    """Give the first view of a page as HTML, everything from data or the address escaped.

    `given` is the address: each name with all its values. Empty where the page has no first view,
    or where what the address chooses cannot be asked; the page itself then says why.
    """
    content = CONTENTS.get(page)
    if content is None:
        return ""
    chosen = {name: tuple(values) for name, values in given.items() if name in _FOLLOWED}
    city = opened.city

    def draw() -> str:
        try:
            inner = content(city, chosen)
        except QueryError as refusal:
            _LOG.info("No first view of %s: %s", page, refusal)
            return ""
        return framed(inner, city=city.city, slug=city.slug, page=page, pages=pages)

    key = (page, city.slug, opened.edition, tuple(sorted(chosen.items())), tuple(pages))
    return _KEPT.get(key, draw)
