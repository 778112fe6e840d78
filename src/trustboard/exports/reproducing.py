"""The command that prints the same numbers again."""

from __future__ import annotations

import shlex

from trustboard.citydata import CityData
from trustboard.pins import pin_of
from trustboard.query import FILTERS, Query


def reproduce_line(city: CityData, indicator: str, query: Query, *, as_json: bool = False) -> str:
    """Write the `trustboard measure` command for a question, ready to paste into a shell.

    It names the data and the rule: with others, the command says so and prints no number.
    """
    words = ["trustboard", "measure", city.slug, indicator]
    for name in query.by:
        words += ["--by", name]
    if query.from_:
        words += ["--from", query.from_.isoformat()]
    if query.to:
        words += ["--to", query.to.isoformat()]
    for column, ids in query.filters:
        for one in ids:
            option = f"--{column.replace('_', '-')}"
            words += [option, one] if column in FILTERS else ["--where", f"{column}={one}"]
    if query.unit != "complaint":
        words += ["--unit", query.unit]
    if query.rest:
        words += ["--rest", query.rest]
    words += ["--pin", pin_of(city)]
    return shlex.join([*words, *(["--json"] if as_json else [])])
