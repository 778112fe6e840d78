"""What a search engine reads in the source of a page: its data and verdicts as schema.org."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request

from trustboard import shared
from trustboard.api import linked
from trustboard.api.naming import address, home
from trustboard.api.replies import as_json
from trustboard.errors import CannotRunError
from trustboard.verdicts import AssessedCommitment
from trustboard.view import only

#: The pages that describe the data set itself: the first one, and where the data come from.
_OF_DATA: Final = ("", "sources")
_OF_PROMISES: Final = "commitments"
#: Signs that could end the element, and how JSON writes them otherwise.
_ESCAPED: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def linked_data(request: Request, name: str) -> str:
    """Give the element that describes a page of a city as JSON-LD; empty where there is none.

    Only what is there already is told: a page never waits for a city to be opened. A pinned page
    has none, for search engines would take old numbers for new ones.
    """
    slug = only(request.query_params.getlist("city"))
    promise = only(request.query_params.getlist("commitment"))
    wanted = name in _OF_DATA or (name == _OF_PROMISES and promise)
    if not wanted or "pin" in request.query_params or not shared.is_open(slug):
        return ""
    try:
        opened = shared.opened(slug)
    except CannotRunError:
        return ""
    found: tuple[AssessedCommitment, ...] = ()
    if name == _OF_PROMISES and shared.is_assessed(opened):
        found = tuple(one for one in shared.assessed(opened) if one.commitment.id == promise)
    site = linked.Site(home=home(request), api=address(request, slug))
    body = as_json(linked.graph(opened.city, found, site=site)).decode()
    for sign, written in _ESCAPED.items():
        body = body.replace(sign, written)
    return f'<script type="application/ld+json">{body}</script>'
