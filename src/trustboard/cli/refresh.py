"""`trustboard refresh`: fetch, and say how it ended."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trustboard.cli.opening import cities_root
from trustboard.cli.printing import say, say_json, visible
from trustboard.cli.progress import clear, watching
from trustboard.errors import CannotRunError

if TYPE_CHECKING:
    from trustboard.snapshots.refresh import Refreshed

_WORDS: Final = {
    "switched": "snapshot {} is in use",
    "unchanged": "nothing new; {} stays in use",
    "accepted": "snapshot {} is in use, although",
    "held_back": "snapshot {} is kept but not used",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be refreshed, and how."""

    city: str | None
    every: bool
    accept: bool
    allow_private: bool


def report(
    wish: Wish, *, schedule: bool, data: Path | None, home: Path | None, as_json: bool
) -> int:
    """Refresh one city or all; 2 if one could not be fetched, 1 if one was held back, else 0."""
    if (wish.city is None) != wish.every:
        raise CannotRunError("Name one city, or say --all.")
    if schedule:
        from trustboard.cli.schedule import report as print_schedule

        return print_schedule(wish, data=data, home=home, as_json=as_json)
    root = cities_root(data)
    slugs = [wish.city] if wish.city else _all(root)
    ends: list[dict[str, Any]] = []
    code = 0
    for slug in slugs:
        try:
            end = _as_values(_refresh(slug, wish, root=root, home=home, as_json=as_json))
        except CannotRunError as error:
            if not wish.every:
                raise
            end = {"city": slug, "end": "failed", "reasons": [str(error)]}
        clear(live=sys.stderr.isatty() and not as_json)
        code = max(code, {"held_back": 1, "failed": 2}.get(end["end"], 0))
        ends.append(end)
        if not as_json:
            _print(end)
    if as_json:
        say_json(ends if wish.every else ends[0])
    return code


def _all(root: Path) -> list[str]:
    from trustboard.load import city_slugs, read_city
    from trustboard.snapshots.refresh import fetchable

    found = []
    for slug in city_slugs(root):
        try:
            if fetchable(read_city(slug, data=root)):
                found.append(slug)
        except CannotRunError as error:  # one bad city never takes down another
            say(f"passed over: {visible(error)}", error=True)
    if not found:
        raise CannotRunError("No city here says how to fetch its tables.")
    return found


def _refresh(slug: str, wish: Wish, *, root: Path, home: Path | None, as_json: bool) -> Refreshed:
    from trustboard.snapshots.home import snapshot_home
    from trustboard.snapshots.refresh import refresh
    from trustboard.snapshots.store import Store
    from trustboard.sources import fetch_table, open_client

    with open_client(allow_private=wish.allow_private) as client:
        return refresh(
            slug,
            data=root,
            store=Store(snapshot_home(home), slug),
            at=datetime.now(UTC),
            fetch=fetch_table,
            client=client,
            progress=watching(slug, as_json=as_json),
            accept=wish.accept,
        )


def _as_values(done: Refreshed) -> dict[str, Any]:
    changes = {
        name: {part: one[part] for part in ("counts", "columns_added", "columns_removed")}
        for name, one in done.changes.items()
    }
    return {
        "city": done.city,
        "end": done.end,
        "snapshot": done.snapshot,
        "reasons": list(done.reasons),
        "changes": changes,
    }


def _print(end: dict[str, Any]) -> None:
    if end["end"] == "failed":
        say(f"cannot run: {visible(end['reasons'][0])}", error=True)
        return
    say(f"{end['city']}: {_WORDS[end['end']].format(end['snapshot'])}")
    for reason in end["reasons"]:
        say(f"  {visible(reason)}")
    for name, one in end["changes"].items():
        counts = one["counts"]
        told = ", ".join(f"{number:,} {what}" for what, number in counts.items() if number)
        say(f"  {name}: {told or 'the same rows'}")
    if end["end"] == "held_back":
        say("  trustboard snapshots lists both, diff compares them, refresh --accept uses this one")
