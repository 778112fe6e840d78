"""`trustboard quality`: what is wrong with a city's data, and what is done about it."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trustboard.cli.opening import open_city
from trustboard.cli.printing import say, say_json, visible
from trustboard.errors import CannotRunError

if TYPE_CHECKING:
    from trustboard.quality import Part


def report(
    slug: str,
    *,
    table: str | None,
    pin: str | None,
    data: Path | None,
    published: Path | None,
    as_json: bool,
) -> int:
    """Print each question with its answer, or one table as CSV; 1 if a problem is listed."""
    from trustboard.exports.quality import quality_csv
    from trustboard.quality import COLUMNS, quality

    if table is not None and table not in COLUMNS:
        raise CannotRunError(f"There is no table {table[:40]!r}. Known: {', '.join(COLUMNS)}.")
    city = open_city(slug, data=data, published=published, pin=pin)
    parts = quality(city).parts
    chosen = list(parts.values()) if table is None else [parts[table]]
    if as_json:
        say_json({"city": city.slug, "tables": [_values(one) for one in chosen]})
    elif table is None:
        for one in chosen:
            _print(one)
    else:
        text = quality_csv(parts[table], city, header=False).decode().rstrip("\n")
        for line in text.split("\n"):
            say(visible(line))
    return 1 if city.problems else 0


def _values(part: Part) -> dict[str, Any]:
    from trustboard.exports.quality import quality_rows

    return {
        "table": part.id,
        "question": part.question,
        "answer": part.said,
        "what_is_done": part.action,
        "rows": quality_rows(part),
    }


def _print(part: Part) -> None:
    say(f"{part.id}: {part.question}")
    for words in (part.said, part.action if len(part.table) else ""):
        for line in textwrap.wrap(words, width=98):
            say(f"  {visible(line)}")
