"""The commands about snapshots and what is missing, and their options."""

from __future__ import annotations

from typing import Annotated

import typer

from trustboard.cli.commands import ENDS, app
from trustboard.cli.opening import AsJson, CityName, Data, Home, plain_errors


@app.command(epilog=ENDS.format(one="1 when a snapshot was held back"))
def refresh(
    city: Annotated[
        str | None, typer.Argument(metavar="[CITY]", help="The name of a city's folder.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Every city that says how to fetch its tables.")
    ] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Use a snapshot that was or would be held back.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also ask addresses of private networks.")
    ] = False,
    schedule: Annotated[
        bool, typer.Option("--schedule", help="Fetch nothing; print a timer and a cron line.")
    ] = False,
    data: Data = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Fetch the newest published tables; keep every earlier version.

    The new snapshot is used only if no table shrank by more than 5%, lost a column or failed
    its checks. Otherwise it is kept, with the reason, and the one before stays in use.
    """
    from trustboard.cli.refresh import Wish, report

    wish = Wish(city, every=every, accept=accept, allow_private=allow_private)
    with plain_errors(as_json=as_json):
        code = report(wish, schedule=schedule, data=data, home=home, as_json=as_json)
    raise typer.Exit(code)


@app.command(epilog=ENDS.format(one="1 when a city could not be read or kept"))
def prepare(
    city: Annotated[
        str | None, typer.Argument(metavar="[CITY]", help="The name of a city's folder.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every city that is here.")] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Read and check cities once, and keep what was read, so that the dashboard opens at once.

    The dashboard does this by itself the first time somebody asks for a city.
    """
    from trustboard.cli.prepare import report

    with plain_errors(as_json=as_json):
        code = report(city, every=every, data=data, as_json=as_json)
    raise typer.Exit(code)


@app.command(epilog=ENDS.format(one="1 when anything differs"))
def diff(
    city: CityName,
    before: Annotated[
        str | None, typer.Argument(metavar="[A]", help="A snapshot; else the one before B.")
    ] = None,
    after: Annotated[
        str | None, typer.Argument(metavar="[B]", help="A later one; else the one in use.")
    ] = None,
    limit: Annotated[
        int, typer.Option(min=0, metavar="ROWS", help="List so many of each kind; 0 for all.")
    ] = 20,
    data: Data = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Print the rows added, removed and changed between snapshots."""
    from trustboard.cli.diff import report

    with plain_errors(as_json=as_json):
        code = report(
            city, before=before, after=after, limit=limit, data=data, home=home, as_json=as_json
        )
    raise typer.Exit(code)


@app.command(epilog=ENDS.format(one="1 when a snapshot is damaged or the data are stale"))
def snapshots(
    city: CityName,
    verify: Annotated[
        bool, typer.Option("--verify", help="Check every file of every snapshot by its hash.")
    ] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List the snapshots of a city on this machine."""
    from trustboard.cli.snapshots import report

    with plain_errors(as_json=as_json):
        code = report(city, verify=verify, home=home, as_json=as_json)
    raise typer.Exit(code)


@app.command(epilog=ENDS.format(one="1 when something is missing (0 with --letter)"))
def silence(
    city: CityName,
    letter: Annotated[
        bool, typer.Option("--letter", help="Print a records request that asks for it.")
    ] = False,
    holder: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only what this office holds.")
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="As of this day. [default: today]")
    ] = None,
    data: Data = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Say what is overdue or could not be read, and who holds it."""
    from trustboard.cli.silence import report

    with plain_errors(as_json=as_json):
        code = report(
            city, on=on, letter=letter, holder=holder, data=data, home=home, as_json=as_json
        )
    raise typer.Exit(code)
