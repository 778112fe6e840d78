"""The commands and their options; what each prints is in the module named after it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trustboard.cli.opening import AsJson, CityName, Data, Pinned, Published, plain_errors

ENDS = "Ends with 0 when all is well, {one}, 2 when it cannot run."

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Check from published data whether promises that officials made in public were kept.",
)


def _version(wanted: bool) -> None:
    if wanted:
        from trustboard import METHOD_VERSION, __version__

        typer.echo(f"trustboard {__version__} (method {METHOD_VERSION})")
        raise typer.Exit


@app.callback()
def trustboard(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which one.")
    ] = False,
) -> None:
    """Check from published data whether promises that officials made in public were kept."""


@app.command(epilog=ENDS.format(one="1 when any problem is listed, whatever was done about it"))
def check(
    city: CityName,
    every: Annotated[
        bool, typer.Option("--all", help="Print every problem by itself, equal ones too.")
    ] = False,
    data: Data = None,
    published: Published = None,
    as_json: AsJson = False,
) -> None:
    """Account for every row and list every problem; equal ones once."""
    from trustboard.cli.check import report

    with plain_errors(as_json=as_json):
        code = report(city, every=every, data=data, published=published, as_json=as_json)
    raise typer.Exit(code)


@app.command(epilog=ENDS.format(one="1 when any problem is listed, whatever was done about it"))
def quality(
    city: CityName,
    table: Annotated[
        str | None, typer.Option(metavar="ID", help="Print only this table, as CSV.")
    ] = None,
    pin: Pinned = None,
    data: Data = None,
    published: Published = None,
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with the data, question by question.

    The same tables as on the page "Data quality": rows set aside, possible duplicates, blanks,
    dates, unmatched ids, places, delays, backfills, breaks, printed totals.
    """
    from trustboard.cli.quality import report

    with plain_errors(as_json=as_json):
        code = report(city, table=table, pin=pin, data=data, published=published, as_json=as_json)
    raise typer.Exit(code)


@app.command(epilog=ENDS.format(one="1 when a commitment is written so that it cannot be used"))
def verdicts(
    city: CityName,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Use only what was published by then."),
    ] = None,
    record: Annotated[
        bool, typer.Option("--record", help="Add what changed to the city's history.jsonl.")
    ] = False,
    data: Data = None,
    published: Published = None,
    as_json: AsJson = False,
) -> None:
    """Print what the data say on each commitment.

    One row per commitment, with the outcome of each test. "Cannot tell" is an answer with a
    reason, not a finding against anybody.
    """
    from trustboard.cli.verdicts import report

    with plain_errors(as_json=as_json):
        code = report(
            city, as_of=as_of, record=record, data=data, published=published, as_json=as_json
        )
    raise typer.Exit(code)


@app.command(epilog=ENDS.format(one="never with 1"))
def indicators(
    city: Annotated[
        str | None, typer.Option(metavar="CITY", help="Say which of them this city can answer.")
    ] = None,
    data: Data = None,
    published: Published = None,
    as_json: AsJson = False,
) -> None:
    """Print the catalogue of indicators.

    Each is one question that published rows can answer.
    """
    from trustboard.cli.catalogue import report

    with plain_errors(as_json=as_json):
        code = report(city, data=data, published=published, as_json=as_json)
    raise typer.Exit(code)


@app.command(epilog=ENDS.format(one="1 when --check finds a schema that is out of date"))
def schemas(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; only compare.")] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Write the JSON Schemas that help an editor.

    They describe city.yml, commitments.yml and corrections.yml.
    """
    from trustboard.cli.schemas import report

    with plain_errors(as_json=as_json):
        code = report(only_check=check, data=data, as_json=as_json)
    raise typer.Exit(code)


@app.command(epilog=ENDS.format(one="1 when the server stops with an error"))
def serve(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8501,
    address: Annotated[
        str, typer.Option(help="Who may connect; 0.0.0.0 lets other machines in.")
    ] = "localhost",
    data: Data = None,
    published: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="A folder holding one folder of published files per city.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Open the dashboard in a browser; Ctrl-C ends it."""
    from trustboard.cli.serve import run

    with plain_errors(as_json=as_json):
        code = run(port=port, address=address, data=data, published=published, as_json=as_json)
    raise typer.Exit(code)
