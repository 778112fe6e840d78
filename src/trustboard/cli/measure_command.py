"""The command that prints a measured table, and its options: one for each part of a question."""

from __future__ import annotations

from typing import Annotated

import typer

from trustboard.cli.commands import ENDS, app
from trustboard.cli.opening import AsJson, CityName, Data, Pinned, Published, plain_errors

Several = list[str] | None
SplitBy = Annotated[
    Several,
    typer.Option(
        metavar="GROUP",
        help="Split by year, quarter, month, place, district, category ...; may be repeated.",
    ),
]
FirstDay = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="First day, month or year.")
]
LastDay = Annotated[
    str | None, typer.Option("--to", metavar="DATE", help="Last day, month or year.")
]
Where = Annotated[
    Several, typer.Option(metavar="GROUP=VALUE", help="Only this value of any other group.")
]
RestOfCity = Annotated[
    str | None,
    typer.Option(
        metavar="HOW",
        help="With --by place and --place: beside adds all other places together, only gives "
        "them alone.",
    ),
]
CountedBy = Annotated[
    str, typer.Option(metavar="UNIT", help="Count by complaint or by allegation.")
]


@app.command(epilog=ENDS.format(one="1 when the published data cannot tell"))
def measure(
    city: CityName,
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="See: indicators.")],
    by: SplitBy = None,
    first: FirstDay = None,
    last: LastDay = None,
    place: Annotated[Several, typer.Option(metavar="ID", help="Only this place.")] = None,
    district: Annotated[Several, typer.Option(metavar="ID", help="Only this district.")] = None,
    category: Annotated[Several, typer.Option(metavar="ID", help="Only this category.")] = None,
    finding: Annotated[Several, typer.Option(metavar="ID", help="Only with this finding.")] = None,
    filed_by: Annotated[Several, typer.Option(metavar="ID", help="Only filed by these.")] = None,
    where: Where = None,
    rest: RestOfCity = None,
    unit: CountedBy = "complaint",
    pin: Pinned = None,
    data: Data = None,
    published: Published = None,
    as_json: AsJson = False,
) -> None:
    """Print the table behind a chart, as CSV or JSON.

    It holds exactly what the chart draws. Missing numbers are empty in CSV and null in JSON. A
    limit that is not reached is "inf" in CSV and null in JSON; `state` says why. Options that
    name a value may be repeated.
    """
    from trustboard.cli.measure import report

    filters = {
        "place": place, "district": district,
        "category": category, "finding": finding, "filed_by": filed_by,
    }  # fmt: skip
    with plain_errors(as_json=as_json):
        code = report(
            city, indicator, by=by or [], days=(first, last), where=where or [], unit=unit,
            filters={name: values for name, values in filters.items() if values},
            rest=rest, pin=pin, data=data, published=published, as_json=as_json,
        )  # fmt: skip
    raise typer.Exit(code)
