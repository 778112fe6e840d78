"""The command that drafts the description of a new city, and its options."""

from __future__ import annotations

from typing import Annotated

import typer

from trustboard.cli.commands import ENDS, app
from trustboard.cli.opening import AsJson, Data, plain_errors


@app.command("new-city", epilog=ENDS.format(one="never with 1"))
def new_city(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The new folder: small letters, digits, dashes.")
    ],
    origin: Annotated[
        str,
        typer.Option("--from", metavar="URL|FILE|FOLDER", help="Where the published tables are."),
    ],
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also ask addresses of private networks.")
    ] = False,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Draft a city.yml from published tables; mark all guesses TODO.

    It never overwrites a city. Words it cannot guess are left out, so that `check` lists them.
    """
    from trustboard.cli.new_city import report

    with plain_errors(as_json=as_json):
        code = report(name, origin=origin, allow_private=allow_private, data=data, as_json=as_json)
    raise typer.Exit(code)
