"""`trustboard check`: where every published row went, and every problem."""

from __future__ import annotations

from collections import Counter
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


def report(slug: str, *, data: Path | None, published: Path | None, as_json: bool) -> int:
    """Print the account of a city's rows and its problems; 1 if there are any, else 0."""
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
        _print(city)
    return 1 if city.problems else 0


def _print(city: CityData) -> None:
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
    for problem in city.problems:
        say(f"{problem.action:<11}  {visible(problem.sentence())}")
    actions = Counter(problem.action.replace("_", " ") for problem in city.problems)
    counts = ", ".join(f"{number:,} {action}" for action, number in actions.most_common())
    say(f"\n{len(city.problems):,} problems: {counts}." if counts else "No problems found.")
