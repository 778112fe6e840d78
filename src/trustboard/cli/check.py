"""`trustboard check`: where every published row went, and every problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trustboard.cli.opening import open_city
from trustboard.cli.printing import say, say_json, table, visible

if TYPE_CHECKING:
    from trustboard.citydata import CityData

HEAD: Final = (
    "table",
    "file",
    "read",
    "kept",
    "quarantined",
    "dropped",
    "possible duplicates",
    "checked against",
)


#: So many different findings of one kind in one column are listed; the rest are counted.
LISTED: Final = 8


def report(
    slug: str, *, every: bool, data: Path | None, published: Path | None, as_json: bool
) -> int:
    """Print the account of a city's rows and its problems; 1 if there are any, else 0.

    Equal problems are said once, unless `every` one is wanted.
    """
    city = open_city(slug, data=data, published=published)
    if as_json:
        say_json(
            {
                "city": city.slug,
                "tables": {
                    name: {**asdict(one.accounting), "verified": one.spec.verified}
                    for name, one in city.tables.items()
                },
                "problems": [problem.as_dict() for problem in city.problems],
            }
        )
    else:
        _print(city, every=every)
    return 1 if city.problems else 0


def _print(city: CityData, *, every: bool) -> None:
    rows: list[tuple[object, ...]] = [
        (name, one.file, *asdict(one.accounting).values(), one.spec.verified)
        for name, one in city.tables.items()
    ]
    unread = [name for name in city.city.tables if name not in city.tables]
    described = city.city.tables
    rows += [(name, described[name].file, *"-----", described[name].verified) for name in unread]
    for line in table(HEAD, rows):
        say(line)
    if unread:
        say(f"\nNot read: {', '.join(unread)}.")
    say()
    for line in _single(city) if every else _together(city):
        say(line)
    actions = Counter(problem.action.replace("_", " ") for problem in city.problems)
    counts = ", ".join(f"{number:,} {action}" for action, number in actions.most_common())
    say(f"\n{len(city.problems):,} problems: {counts}." if counts else "No problems found.")


def _single(city: CityData) -> Iterator[str]:
    for problem in city.problems:
        yield f"{problem.action:<11}  {visible(problem.sentence())}"


def _together(city: CityData) -> Iterator[str]:
    """Say equal problems once, and of those that are merely alike the most frequent ones."""
    from trustboard.quality import alike

    for kind in alike(city.problems):
        for one in kind.found[:LISTED]:
            times = f" ({one.times:,} times)" if one.times > 1 else ""
            yield f"{kind.action:<11}  {visible(one.first.sentence(at=one.where()))}{times}"
        rest = kind.found[LISTED:]
        if rest:
            number = sum(one.times for one in rest)
            where = f"{kind.file}, column {kind.column}" if kind.column else kind.file
            said = f"{visible(where)}: {number:,} more of this kind; --all lists them"
            yield f"{kind.action:<11}  {said}"
