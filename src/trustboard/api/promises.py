"""What was promised, what the data say on it, and how that changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from trustboard import METHOD_VERSION, shared
from trustboard.api import asked, linked, replies
from trustboard.api.naming import address, city_of, home
from trustboard.api.problems import nothing, shown
from trustboard.exports import commitments_of, data_to, verdicts_of
from trustboard.shared import Opened
from trustboard.verdicts import AssessedCommitment
from trustboard.verdicts import history as log

FORMATS = ("json", "jsonld")


def commitments(request: Request) -> Response:
    """Answer `/{city}/commitments`."""
    asked.known_only(request.query_params, asked.OF_CITY)
    opened = city_of(request)
    had = replies.already_there(request, opened.edition)
    if had is not None:
        return had
    values = {**_head(opened), "commitments": commitments_of(opened.city)}
    return replies.send(replies.as_json(values), edition=opened.edition)


def verdicts(request: Request) -> Response:
    """Answer `/{city}/verdicts`, as JSON or as JSON-LD; with `commitment`, those on one promise."""
    asked.known_only(request.query_params, ("commitment", "format", *asked.OF_CITY))
    form = asked.one_of(request.query_params, "format", FORMATS)
    opened = city_of(request)
    found = _chosen(request, shared.assessed(opened))
    had = replies.already_there(request, opened.edition)
    if had is not None:
        return had
    if form == "jsonld":
        site = linked.Site(home=home(request), api=address(request, opened.city.slug))
        body = replies.as_json(linked.graph(opened.city, found, site=site))
        return replies.send(body, edition=opened.edition, media="application/ld+json")
    values = {**_head(opened), "verdicts": verdicts_of(found)}
    return replies.send(replies.as_json(values), edition=opened.edition)


def _chosen(
    request: Request, found: Sequence[AssessedCommitment]
) -> tuple[AssessedCommitment, ...]:
    """Keep to the promise that the request names, if it names one."""
    name = request.query_params.get("commitment")
    return tuple(found) if name is None else (promised(name, found),)


def promised(name: str, found: Sequence[AssessedCommitment]) -> AssessedCommitment:
    """Give the promise of that name. Raises a `ProblemError` (404) if there is none."""
    for one in found:
        if one.commitment.id == name:
            return one
    known = [one.commitment.id for one in found]
    raise nothing("commitment", f"There is no commitment {shown(name)} here.", allowed=known)


def history(request: Request) -> Response:
    """Answer `/{city}/history`: the log of what was said, and whether it holds together."""
    given = request.query_params
    asked.known_only(given, asked.PAGING)
    page, opened = asked.page(given), city_of(request)
    entries, problems, version = entries_of(opened)
    had = replies.already_there(request, version)
    if had is not None:
        return had
    values = {
        **_head(opened),
        "problems": problems,
        "total": len(entries),
        "limit": page.limit,
        "offset": page.offset,
        "entries": [asdict(one) for one in entries[page.part]],
    }
    return replies.send(replies.as_json(values), edition=version)


def entries_of(opened: Opened) -> tuple[tuple[log.Entry, ...], list[str], str]:
    """Give the entries of a city's log, what is wrong with it, and a name for this version."""
    path = opened.city.folder / log.FILE
    problems = log.verify(path)
    entries = () if problems else log.read(path)
    last = entries[-1].hash if entries else repr(problems)
    version = hashlib.sha256(f"{opened.edition} {last}".encode()).hexdigest()[:32]
    return entries, problems, version


def _head(opened: Opened) -> dict[str, Any]:
    city = opened.city
    return {
        "city": city.slug,
        "name": city.city.name,
        "invented": city.city.fictional,
        "as_of": data_to(city),
        "data_hash": city.data_hash,
        "method_version": METHOD_VERSION,
    }
