"""The table that the chart of a verdict draws, as a file."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from trustboard import shared
from trustboard.api import asked, files, replies
from trustboard.api.naming import city_of, home
from trustboard.api.once import Later
from trustboard.api.problems import nothing
from trustboard.api.promises import promised
from trustboard.api.rows_behind import test_named
from trustboard.exports.verdict_table import about_verdict, verdict_path, verdict_table

FORMATS: Final = tuple(files.MEDIA)
PARAMETERS: Final = ("commitment", "test", "format", "about")


def table(request: Request) -> Response | Later:
    """Answer `/{city}/verdicts/table`: the numbers behind one outcome, as CSV or Excel."""
    given = request.query_params
    asked.known_only(given, (*PARAMETERS, *asked.OF_CITY))
    commitment, test = (asked.needed(given, name) for name in PARAMETERS[:2])
    form = asked.one_of(given, "format", FORMATS)
    header = asked.one_of(given, "about", ("yes", "no")) == "yes"
    opened = city_of(request)
    one = promised(commitment, shared.assessed(opened))
    found = test_named(one, test)
    rows = verdict_table(found, opened.city)
    if rows is None:
        raise nothing("test", "No table of numbers is behind this question.")
    had = replies.already_there(request, opened.edition)
    if had is not None:
        return had
    link = f"{home(request)}/{verdict_path(opened.city, commitment, anchor=f'test-{test}')}"
    told = about_verdict(found, one.commitment, opened.city, link=link)
    return files.send_list(
        request,
        rows,
        told,
        name=f"{opened.city.slug}-{found.commitment_id}-{found.test.id}",
        form=form,
        header=header,
        edition=opened.edition,
        city=opened.city,
    )
