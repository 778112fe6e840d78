"""How often the rule for verdicts is right: the numbers of the method page, for programs."""

from __future__ import annotations

from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from trustboard import METHOD_VERSION, __version__
from trustboard.api import asked, files, replies
from trustboard.api.measures import records
from trustboard.api.naming import home, this
from trustboard.api.once import Later
from trustboard.exports.rightness import (
    FILTERS,
    TITLE,
    about_right,
    right_citation,
    right_line,
    right_table,
    words_of,
)

FORMATS: Final = ("json", *files.MEDIA)
PARAMETERS: Final = (*FILTERS, "format", "about")
PAGE: Final = "method"


def method(request: Request) -> Response | Later:
    """Answer `/method`: in what share of invented series the rule said what, as JSON or a file."""
    given = request.query_params
    asked.known_only(given, PARAMETERS)
    chosen = {name: asked.one_of(given, name, words_of(name)) for name in FILTERS if name in given}
    form = asked.one_of(given, "format", FORMATS)
    header = asked.one_of(given, "about", ("yes", "no")) == "yes"
    edition = f"{__version__}-{METHOD_VERSION}"
    had = replies.already_there(request, edition)
    if had is not None:
        return had
    link = f"{home(request)}/{PAGE}"
    if form == "json":
        return replies.send(replies.as_json(_values(chosen, link)), edition=edition)
    send = partial(_file, chosen, link, form=form, header=header, edition=edition)
    return send() if form == "csv" else Later((edition, this(request)), send, lambda one: one)


def _values(chosen: dict[str, str], link: str) -> dict[str, object]:
    cited, rows = right_citation(chosen, link), records(right_table(chosen))
    return {
        "title": TITLE,
        "method_version": METHOD_VERSION,
        "link": link,
        "citation": cited.plain,
        "bibtex": cited.bibtex,
        "reproduce": right_line(),
        "total": len(rows),
        "rows": rows,
    }


def _file(chosen: dict[str, str], link: str, *, form: str, header: bool, edition: str) -> Response:
    told, rows = about_right(chosen, link=link), right_table(chosen)
    body = files.body_of(rows, told, form=form, header=header)
    name = "-".join(["trustboard-rightness", *chosen.values()]).lower()
    media = files.MEDIA[form]
    return replies.send(body, edition=edition, media=media, filename=f"{name}.{form}")
