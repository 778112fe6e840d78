"""What all commands share: their options, how they open a city, and how they say they cannot."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from trustboard.cli.printing import say, say_json, visible
from trustboard.errors import CannotRunError

if TYPE_CHECKING:
    from trustboard.citydata import CityData

CityName: TypeAlias = Annotated[
    str, typer.Argument(metavar="CITY", help="The name of a city's folder, such as st-louis.")
]
Data: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="A folder holding one folder per city. [default: TRUSTBOARD_DATA, else data/]",
    ),
]
Published: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="A folder with the published files, instead of DATA/CITY/published/.",
    ),
]
Home: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        file_okay=False,
        help="Where snapshots are kept. [default: TRUSTBOARD_HOME, else the system's place]",
    ),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@contextmanager
def plain_errors(*, as_json: bool) -> Iterator[None]:
    """Turn "cannot run" into one line on stderr (and JSON, where asked for) and exit code 2."""
    try:
        yield
    except CannotRunError as error:
        say(f"cannot run: {visible(error)}", error=True)
        if as_json:
            found = [problem.as_dict() for problem in error.problems]
            say_json({"error": str(error), "problems": found})
        raise typer.Exit(2) from None


def open_city(slug: str, *, data: Path | None, published: Path | None) -> CityData:
    """Open a city from the folders named on the command line, else from the usual ones."""
    from trustboard.load import load_city, published_root

    root = cities_root(data)
    return load_city(slug, data=root, published=published, elsewhere=published_root())


def cities_root(data: Path | None) -> Path:
    """Give the folder of cities named on the command line, else the usual one."""
    from trustboard.load import data_root

    root = data_root() if data is None else data.resolve()
    if not root.is_dir():
        raise CannotRunError(f"There is no folder {root.name}/ with cities; name one with --data.")
    return root


def day(text: str | None, *, last: bool = False) -> date | None:
    """Read 2019-03-31, 2019-03 or 2019; the short forms mean their first day, or their last.

    Raises CannotRunError for anything else.
    """
    if text is None:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text)
    try:
        if match is None:
            raise ValueError
        year, month, number = (None if part is None else int(part) for part in match.groups())
        if year is None:
            raise ValueError
        month = month or (12 if last else 1)
        number = number or (calendar.monthrange(year, month)[1] if last else 1)
        return date(year, month, number)
    except ValueError:
        raise CannotRunError(
            f"{text[:40]!r} is no date; write 2019-03-31, or 2019-03, or 2019."
        ) from None
