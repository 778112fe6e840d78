"""The API explained for people: one plain HTML page with examples that work."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from trustboard import METHOD_VERSION, shared
from trustboard.api import asked, replies
from trustboard.api.letters import has_letter
from trustboard.api.naming import address, home
from trustboard.errors import CannotRunError
from trustboard.indicator import catalogue

_STYLE: Final = (
    "body{font:1.05rem/1.6 'Source Sans 3','Segoe UI',Helvetica,Arial,sans-serif;color:#22201c;"
    "background:#fffcf7;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "h1,h2{font-family:Newsreader,Georgia,serif;line-height:1.2}a{color:#00598c}"
    "code,pre{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.9em}"
    "pre{background:#f3eee4;padding:.7rem;overflow-x:auto}"
    "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #cfc7b8;"
    "padding:.35rem .6rem .35rem 0;text-align:left;vertical-align:top}"
    "div{overflow-x:auto}"
)
_DIGEST: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
#: The page runs nothing and loads nothing.
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)


#: What a reader must know besides the examples.
_PROSE: Final = (
    "<h2>Ask for a part</h2>"
    "<p>A measured table takes the same filters as <code>trustboard measure</code>: "
    "<code>by</code>, <code>from</code>, <code>to</code>, <code>place</code>, "
    "<code>district</code>, <code>category</code>, <code>finding</code>, "
    "<code>filed_by</code>, <code>where=GROUP=VALUE</code> and <code>unit</code>. "
    "<code>rest=beside</code> sets places beside the rest of their city; of the rows behind a "
    "share, <code>counted=hits</code> gives the numerator. "
    "With <code>format=csv</code> you get a file whose first lines, marked with #, say what it "
    "holds; <code>about=no</code> "
    f"leaves them out. <code>limit</code> (up to {asked.MOST_ROWS:,}) and <code>offset</code> "
    "turn the pages of a long table; <code>next</code> holds the address of the next one.</p>"
    "<h2>Read it rightly</h2>"
    "<p>Quote a row only if its <code>state</code> is <code>ok</code>. A missing number is "
    "<code>null</code>: it never means zero. Where the published data cannot answer, you get "
    "<code>cannot_tell</code> with the reason, which is a finding about what is published and "
    "not about anybody’s conduct.</p>"
    "<h2>Ask again politely</h2>"
    "<p>Every answer carries an <code>ETag</code> made from the fingerprint of the data and "
    "the version of the method. Send it back as <code>If-None-Match</code>, and you get 304 "
    "and no body until something has changed. Answers are compressed for readers who say they "
    "take gzip, and pages of other sites may read them.</p>"
    "<h2>When something is wrong</h2>"
    "<p>Problems come as JSON (RFC 9457): <code>detail</code> says what is wrong, "
    "<code>parameter</code> names what it is about, <code>allowed</code> lists what would do."
    "</p>"
)


def examples(request: Request) -> list[tuple[str, str]]:
    """Give what each example shows, and its address; every address works."""
    slugs = shared.slugs()
    if not slugs:
        return [("Every question that published rows can answer", address(request, "indicators"))]
    city = max(slugs, key=_tables)
    received = (city, "measures", "complaints-received")
    return [
        ("Every city", address(request, "cities")),
        ("Every question that published rows can answer", address(request, "indicators")),
        ("One city, and what can be asked of it", address(request, city)),
        ("Complaints per year", address(request, *received, by="year")),
        (
            "What investigators concluded, from 2020 to 2022",
            address(request, city, "measures", "findings", **{"from": "2020", "to": "2022"}),
        ),
        (
            "The rows behind a number, ten of them",
            address(request, *received, "rows", **{"from": "2021", "limit": "10"}),
        ),
        ("What was promised", address(request, city, "commitments")),
        ("What the data say on it", address(request, city, "verdicts")),
        ("The same as schema.org JSON-LD", address(request, city, "verdicts", format="jsonld")),
        ("How that changed", address(request, city, "history")),
        ("What the numbers rest on", address(request, city, "sources")),
        ("What is wrong with the data", address(request, city, "quality")),
        ("What publishers changed", address(request, city, "changes")),
        *_files(request, city),
        ("The whole city as a Data Package", address(request, city, "package")),
        ("A feed of changed verdicts", address(request, city, "feeds", "verdicts.atom")),
        ("A feed of new data", address(request, city, "feeds", "data.atom")),
        ("The API for programs", address(request, "openapi.json")),
    ]


def _tables(slug: str) -> int:
    """Count a city's tables: the examples come from the one with the most to show."""
    try:
        return len(shared.opened(slug).city.tables)
    except CannotRunError:
        return -1


def _files(request: Request, slug: str) -> list[tuple[str, str]]:
    """Give what is there as a file alone; of a city without promises or tables, only the rest."""
    try:
        city = shared.opened(slug).city
    except CannotRunError:
        return []
    found = []
    for one in [one for one in city.commitments if one.tests][:1]:
        named = {"commitment": one.id, "test": one.tests[0].id}
        where = address(request, slug, "verdicts", "rows", **named)
        found.append(("The rows behind one verdict, as CSV", where))
    if "places" in city.tables:
        where = address(request, slug, "places", format="csv")
        found.append(("The list of places with their residents, as CSV", where))
    if "outreach" in city.tables:
        where = address(request, slug, "events", format="csv")
        found.append(("Documented outreach events, one by one, as CSV", where))
    aside = {str(name): table.accounting.quarantined for name, table in city.tables.items()}
    if aside:
        where = address(request, slug, "quality", "rows", table=max(aside, key=lambda n: aside[n]))
        found.append(("Rows that could not be used, as published, as CSV", where))
    if has_letter(city):
        where = address(request, slug, "records-request")
        found.append(("A letter that asks for what is missing", where))
    return found


def page(request: Request) -> Response:
    """Answer `/api`."""
    asked.known_only(request.query_params, ())
    body = _html(request).encode()
    edition = hashlib.sha256(body).hexdigest()[:32]  # the examples change with what is published
    had = replies.already_there(request, edition)
    if had is not None:
        return had
    found = replies.send(body, edition=edition, media="text/html; charset=utf-8")
    found.headers["Content-Security-Policy"] = POLICY
    return found


def _html(request: Request) -> str:
    rows = "".join(
        f'<tr><td>{escape(what)}</td><td><a href="{escape(url)}"><code>'
        f"{escape(url.removeprefix(home(request)))}</code></a></td></tr>"
        for what, url in examples(request)
    )
    questions = "".join(
        f"<tr><td><code>{escape(one.id)}</code></td><td>{escape(one.question)}</td>"
        f"<td>{escape(', '.join([*(p for p in one.periods if p != 'all'), *one.by]))}</td></tr>"
        for one in catalogue().values()
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>TrustBoard: data for programs</title><style>{_STYLE}</style></head><body><main>"
        "<h1>TrustBoard: data for programs</h1>"
        "<p>The same numbers as on the pages, to read by a program. Nothing can be changed here, "
        "and no key is needed.</p>"
        f"<h2>Try it</h2><div><table><tbody>{rows}</tbody></table></div>"
        f"{_PROSE}"
        "<h2>What can be asked</h2><div><table><thead><tr><th>Indicator</th><th>Question</th>"
        f"<th>Can be split by</th></tr></thead><tbody>{questions}</tbody></table></div>"
        f'<p>Method {METHOD_VERSION}. <a href="{escape(home(request))}/">To the pages</a></p>'
        "</main></body></html>"
    )
