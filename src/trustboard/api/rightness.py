"""How often the rule for verdicts is right: the numbers of the method page, for programs."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from trustboard import METHOD_VERSION, __version__
from trustboard.api import asked, files, replies
from trustboard.api.measures import records
from trustboard.api.naming import home
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
    return files.send_list(
        request,
        right_table(chosen),
        about_right(chosen, link=link),
        name="-".join(["trustboard-rightness", *chosen.values()]).lower(),
        form=form,
        header=header,
        edition=edition,
    )


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
