"""`trustboard prepare`: read cities once and keep what was read, so that they open fast."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from trustboard.cli.opening import cities_root
from trustboard.cli.printing import say, say_json, table, visible
from trustboard.errors import CannotRunError


def report(slug: str | None, *, every: bool, data: Path | None, as_json: bool) -> int:
    """Prepare one city or all and print one line for each; 1 if one could not be kept."""
    from trustboard.load import city_slugs

    root = cities_root(data)
    if every == (slug is not None):
        raise CannotRunError("Name one city, or say --all.")
    names = city_slugs(root) if slug is None else [slug]
    told = [_prepared(name, root) for name in names]
    if as_json:
        say_json(told)
    else:
        cells = [(one["city"], one["rows"], one["state"]) for one in told]
        for line in table(("city", "rows", "state"), cells):
            say(line)
    return 0 if all(one["kept"] for one in told) else 1


def _prepared(slug: str, root: Path) -> dict[str, Any]:
    from trustboard.load import published_root
    from trustboard.prepared import is_prepared, prepare

    elsewhere = published_root()
    if is_prepared(slug, data=root, elsewhere=elsewhere):
        return {"city": slug, "rows": None, "kept": True, "state": "was prepared already"}
    try:
        city, problem = prepare(slug, data=root, elsewhere=elsewhere)
    except CannotRunError as error:
        return {"city": slug, "rows": None, "kept": False, "state": visible(error)}
    rows = sum(one.accounting.kept for one in city.tables.values())
    state = "prepared" if problem is None else f"cannot be kept: {visible(problem)}"
    return {"city": slug, "rows": rows, "kept": problem is None, "state": state}
