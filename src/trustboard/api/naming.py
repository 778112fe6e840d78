"""Which city, indicator and address a request names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from starlette.requests import Request

from trustboard import METHOD_VERSION, shared
from trustboard.api.problems import bad, not_found, nothing, shown
from trustboard.api.replies import site
from trustboard.indicator import Indicator, catalogue
from trustboard.pins import read_pin
from trustboard.shared import Opened

ROOT = "/api/v1"


def city_of(request: Request) -> Opened:
    """Open the city that the path names, in the state that `pin` names if there is one.

    Raises a `ProblemError`: 404 if there is no such city or state, 400 if `pin` is no pin.
    """
    slug, known = str(request.path_params["city"]), shared.slugs()
    if slug not in known:
        raise not_found("city", slug, allowed=known)
    pins = request.query_params.getlist("pin")
    if len(pins) > 1:  # before one of them is looked for
        raise bad("pin", "Give pin once.")
    asked = pins[0] if pins else None
    return shared.opened(slug) if asked is None else _pinned(slug, asked)


def _pinned(slug: str, asked: str) -> Opened:
    pin = read_pin(asked)
    if pin is None:
        example = f"{12 * '0'}-{METHOD_VERSION}"
        raise bad("pin", f"{shown(asked)} is no pin; one looks like {example}.")
    found = shared.pinned(slug, pin)
    if found is not None:
        return found
    why = "They are not kept here any more."
    if not pin.is_of_this_rule:
        why = f"Numbers are made by rule {METHOD_VERSION} now."
    raise nothing("pin", f"The numbers of {shown(asked)} cannot be given. {why}")


def indicator_of(request: Request) -> Indicator:
    """Give the indicator that the path names. Raises a `ProblemError` (404) if there is none."""
    name = str(request.path_params["indicator"])
    if name not in catalogue():
        raise not_found("indicator", name, allowed=sorted(catalogue()))
    return catalogue()[name]


def home(request: Request) -> str:
    """Give the address of the whole site, as `TRUSTBOARD_URL` or the request names it."""
    return site(request, fixed=os.environ.get("TRUSTBOARD_URL", ""))


def address(request: Request, *parts: str, **parameters: str) -> str:
    """Write the full address of something in the API."""
    path = "".join(f"/{quote(part, safe='')}" for part in parts)
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"{home(request)}{ROOT}{path}{query}"


def this(request: Request, changes: Mapping[str, str] | None = None) -> str:
    """Write the full address of what was asked for, with some parameters changed."""
    pairs = [(n, v) for n, v in request.query_params.multi_items() if n not in (changes or {})]
    pairs += list((changes or {}).items())
    path = quote(str(request.scope["path"]))
    return f"{home(request)}{path}{f'?{urlencode(pairs)}' if pairs else ''}"
