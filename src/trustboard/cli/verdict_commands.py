"""The commands that let anybody check a verdict, and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trustboard.cli.commands import ENDS, app
from trustboard.cli.opening import AsJson, CityName, Data, Pinned, Published, plain_errors


@app.command(epilog=ENDS.format(one="never with 1"))
def reproduce(
    city: CityName,
    commitment: Annotated[str, typer.Argument(metavar="COMMITMENT", help="See: verdicts CITY.")],
    rows: Annotated[
        Path | None,
        typer.Option(metavar="FILE", dir_okay=False, help="Write the rows behind it as CSV."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="Use only what was published by then.")
    ] = None,
    pin: Pinned = None,
    data: Data = None,
    published: Published = None,
    as_json: AsJson = False,
) -> None:
    """Print a verdict with its formula, numbers, rows, hashes and versions.

    The same data give the same bytes, on every machine and every day.
    """
    from trustboard.cli.reproduce import report

    with plain_errors(as_json=as_json):
        code = report(
            city,
            commitment,
            rows=rows,
            as_of=as_of,
            pin=pin,
            data=data,
            published=published,
            as_json=as_json,
        )
    raise typer.Exit(code)


@app.command(epilog=ENDS.format(one="1 when the log was changed or cut off"))
def history(
    city: CityName,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print the log of verdicts and check that nobody changed it.

    `verdicts CITY --record` adds to it. A log that does not hold together is reported, never
    mended.
    """
    from trustboard.cli.history import report

    with plain_errors(as_json=as_json):
        code = report(city, data=data, as_json=as_json)
    raise typer.Exit(code)


@app.command(epilog=ENDS.format(one="never with 1"))
def simulate(
    series: Annotated[
        int, typer.Option(min=20, max=100_000, help="Invented series per world.")
    ] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same numbers.")] = 24036,
    as_json: AsJson = False,
) -> None:
    """Measure how often the verdict rule is right, on invented series.

    A full run takes some minutes on two cores. The numbers of the standard run are on the
    dashboard's method page.
    """
    from trustboard.cli.simulate import report

    with plain_errors(as_json=as_json):
        code = report(series=series, seed=seed, as_json=as_json)
    raise typer.Exit(code)
