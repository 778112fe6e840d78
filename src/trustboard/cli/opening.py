"""What all commands share: their options, how they open a city, and how they say they cannot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from trustboard.cli.printing import say, say_json, visible
from trustboard.errors import CannotRunError
from trustboard.written_days import first_day, last_day

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
Pinned: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--pin",
        metavar="HASH-RULE",
        help="Only from these data and by this rule, as a citation names them.",
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


def open_city(
    slug: str, *, data: Path | None, published: Path | None, pin: str | None = None
) -> CityData:
    """Open a city from the folders named on the command line, else from the usual ones.

    With a `pin` the data are those that it names, the newest or kept ones. Raises CannotRunError
    where they are not here, or where the rule has changed.
    """
    from trustboard.load import load_city, published_root

    root = cities_root(data)
    found = load_city(slug, data=root, published=published, elsewhere=published_root())
    return found if pin is None else _as_pinned(found, pin)


def _as_pinned(newest: CityData, text: str) -> CityData:
    from trustboard import METHOD_VERSION
    from trustboard.pins import pin_of, read_pin
    from trustboard.prepared import open_edition

    pin = read_pin(text)
    if pin is None:
        raise CannotRunError(f"{text[:40]!r} is no pin; one looks like {pin_of(newest)}.")
    if not pin.is_of_this_rule:
        raise CannotRunError(
            f"The pin names rule {pin.method}, and this program counts by rule {METHOD_VERSION}. "
            "Take the version of the program that has that rule, or leave out --pin."
        )
    found = newest if pin.names(newest) else open_edition(newest.slug, pin.data)
    if found is None:
        raise CannotRunError(
            f"The data {pin.data} of {newest.slug} are not here; the newest are {pin_of(newest)}. "
            "Get the files with that hash, or leave out --pin."
        )
    return found


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
    try:
        return last_day(text) if last else first_day(text)
    except ValueError:
        raise CannotRunError(
            f"{text[:40]!r} is no date; write 2019-03-31, or 2019-03, or 2019."
        ) from None
