"""`trustboard silence`: what is missing, and a letter that asks for it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trustboard.cli.opening import cities_root, day
from trustboard.cli.printing import say, say_json, table, visible
from trustboard.clock import today
from trustboard.errors import CannotRunError

if TYPE_CHECKING:
    from trustboard.city import City
    from trustboard.silence import Missing

HEAD: Final = ("what", "held by", "since", "last")


def report(
    slug: str,
    *,
    on: str | None,
    letter: bool,
    holder: str | None,
    data: Path | None,
    home: Path | None,
    as_json: bool,
) -> int:
    """Print what is missing, or the letter; 1 if the list is not empty, else 0."""
    from trustboard.silence import missing

    asked = day(on, last=True) or today()
    city, looked = _described(slug, data=data, home=home)
    found = missing(city, on=asked, looked=looked)
    if holder is not None:
        found = tuple(one for one in found if one.holder.casefold() == holder.casefold())
    if letter:
        _print_letter(city, found, on=asked, as_json=as_json)
        return 0
    if as_json:
        told = [{**asdict(one), "sentence": one.sentence()} for one in found]
        say_json({"city": slug, "on": asked, "missing": told})
    else:
        _print(found, on=asked)
    return 1 if found else 0


def _described(slug: str, *, data: Path | None, home: Path | None) -> tuple[City, dict[str, date]]:
    """Read the description, with the dates of the snapshot in use and of the last look."""
    from trustboard.load import read_city
    from trustboard.snapshots.dating import as_fetched
    from trustboard.snapshots.home import snapshot_home
    from trustboard.snapshots.store import Store

    city = read_city(slug, data=cities_root(data))
    store = Store(snapshot_home(home), slug)
    current, good = store.current(), store.freshness().last_good
    if current is None:
        return city, {}
    fetched = [name for name, one in current.manifest.tables.items() if one.fetched]
    looked = {} if good is None else dict.fromkeys(fetched, good.date())
    return as_fetched(city, current.published), looked


def _print(found: tuple[Missing, ...], *, on: date) -> None:
    if not found:
        say(f"Nothing is known to be missing on {on}.")
        return
    rows = [(one.title, one.holder, one.since or "-", one.last or "-") for one in found]
    for line in table(HEAD, rows):
        say(line)
    say()
    for one in found:
        say(f"{visible(one.title)}: {visible(one.sentence())}")
    say("\n--letter prints a records request for these.")


def _print_letter(city: City, found: tuple[Missing, ...], *, on: date, as_json: bool) -> None:
    from trustboard.records_request import records_request

    try:
        text = records_request(city, found, on=on)
    except ValueError as error:
        raise CannotRunError(str(error)) from None
    if as_json:
        say_json({"letter": text})
    else:
        for line in text.splitlines():
            say(visible(line))
