"""How one measured table is cited, for people who write and for the programs they write with."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from trustboard.api import asked, replies
from trustboard.api.measures import send_json
from trustboard.api.values import cannot_values
from trustboard.api.wanted import no_file, read_wanted
from trustboard.exports import citation, reproduce_line
from trustboard.tidy import CannotMeasure

PARAMETERS: Final = tuple(one for one in asked.MEASURE if one not in ("about", *asked.PAGING))
MEDIA: Final = {"text": "text/plain; charset=utf-8", "bibtex": "application/x-bibtex"}
FORMATS: Final = ("json", *MEDIA)


def cite(request: Request) -> Response:
    """Answer `/{city}/measures/{indicator}/citation`: JSON, one sentence, or BibTeX."""
    wanted = read_wanted(request, forms=FORMATS, parameters=PARAMETERS)
    found = wanted.answer()
    had = replies.already_there(request, wanted.opened.edition)
    if had is not None:
        return had
    if isinstance(found, CannotMeasure):
        if wanted.form != "json":
            raise no_file(found)
        return send_json(wanted, {**cannot_values(found), "rows": []})
    cited = citation(found, wanted.city, wanted.link)
    if wanted.form == "json":
        values = {
            "indicator": found.indicator,
            "title": found.title,
            "filters": list(found.filters),
            "citation": cited.plain,
            "bibtex": cited.bibtex,
            "link": wanted.link,
            "reproduce": reproduce_line(wanted.city, found.indicator, wanted.query),
        }
        return send_json(wanted, values)
    body = cited.bibtex if wanted.form == "bibtex" else f"{cited.plain}\n"
    media = MEDIA[wanted.form]
    return replies.send(body.encode(), edition=wanted.opened.edition, media=media)
