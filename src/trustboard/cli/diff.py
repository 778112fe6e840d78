"""`trustboard diff`: what was added, removed and changed between two snapshots."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from trustboard.cli.opening import cities_root
from trustboard.cli.printing import say, say_json, visible
from trustboard.errors import CannotRunError

if TYPE_CHECKING:
    from trustboard.snapshots.store import Snapshot, Store


def report(
    slug: str,
    *,
    before: str | None,
    after: str | None,
    limit: int,
    data: Path | None,
    home: Path | None,
    as_json: bool,
) -> int:
    """Print the difference per table; 1 if there is any, else 0."""
    from trustboard.load import read_city
    from trustboard.snapshots.comparing import compare, key_of
    from trustboard.snapshots.differences import as_values
    from trustboard.snapshots.home import snapshot_home
    from trustboard.snapshots.store import Store

    city = read_city(slug, data=cities_root(data))
    old, new = _pair(Store(snapshot_home(home), slug), before, after)
    found = compare(city, before=old, after=new)
    described = {str(name): spec for name, spec in city.tables.items()}
    keys = {n: key_of(n, described[n], published=one.columns) for n, one in found.items()}
    tables = {
        name: as_values(one, key=keys[name], limit=limit or None) for name, one in found.items()
    }
    if as_json:
        say_json({"city": slug, "before": old.id, "after": new.id, "tables": tables})
    else:
        say(f"{slug}: from {old.id} to {new.id}")
        for name, told in tables.items():
            _print(name, told)
    return 1 if any(not one.is_empty() for one in found.values()) else 0


def _pair(store: Store, before: str | None, after: str | None) -> tuple[Snapshot, Snapshot]:
    """Find both snapshots; by default the one in use and the one it took the place of."""
    new = store.get(after) if after is not None else store.current()
    if new is None:
        raise CannotRunError(f"{store.city} has no snapshot here yet: trustboard refresh.")
    earlier = before if before is not None else new.manifest.previous
    if earlier is None:
        raise CannotRunError(f"{new.id} is the first snapshot of {store.city}; name two.")
    return store.get(earlier), new


def _print(name: str, told: dict[str, Any]) -> None:
    counts = ", ".join(f"{number:,} {what}" for what, number in told["counts"].items())
    say(f"\n{name}: {counts}")
    for what in ("added", "removed"):
        if told[f"columns_{what}"]:
            say(f"  columns {what}: {visible(', '.join(told[f'columns_{what}']))}")
    for sign, what in (("+", "added"), ("-", "removed")):
        for row in told[what]:
            say(f"  {sign} {visible('; '.join(f'{k}={v}' for k, v in row.items() if v))}")
    for row in told["changed"]:
        say(f"  ~ {visible(row['key'])}")
        for field, cell in row["fields"].items():
            say(f"      {visible(field)}: {visible(cell['from'])!r} -> {visible(cell['to'])!r}")
    listed = len(told["added"]) + len(told["removed"]) + len(told["changed"])
    if listed < sum(told["counts"].values()):
        say("  ... and more; --limit 0 lists all.")
