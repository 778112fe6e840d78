"""`trustboard snapshots`: which versions of a city's data are on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trustboard.cli.printing import say, say_json, table, visible

if TYPE_CHECKING:
    from trustboard.snapshots.store import Freshness, Snapshot

HEAD: Final = ("snapshot", "state", "rows", "why held back")


def report(slug: str, *, verify: bool, home: Path | None, as_json: bool) -> int:
    """Print one line per snapshot; 1 if one is damaged or the newest refresh failed, else 0."""
    from trustboard.snapshots.home import snapshot_home
    from trustboard.snapshots.manifest import damage
    from trustboard.snapshots.store import Store

    store = Store(snapshot_home(home), slug)
    current, found, fresh = store.current(), store.all(), store.freshness()
    broken = {one.id: damage(one.folder) for one in found} if verify else {}
    used = None if current is None else current.id
    told = [_as_values(one, used=used, damage=broken.get(one.id)) for one in found]
    if as_json:
        stale = {"stale_since": fresh.stale_since, "why": fresh.why}
        say_json({"city": slug, "snapshots": told, "last_good": fresh.last_good, **stale})
    else:
        _print(slug, told, fresh)
    return 1 if any(broken.values()) or fresh.stale_since is not None else 0


def _as_values(one: Snapshot, *, used: str | None, damage: list[str] | None) -> dict[str, Any]:
    manifest = one.manifest
    return {
        "id": one.id,
        "time": manifest.time,
        "state": "in use" if one.id == used else manifest.status.replace("_", " "),
        "rows": {name: record.rows for name, record in manifest.tables.items()},
        "reasons": list(manifest.reasons),
        "damage": damage,
    }


def _print(slug: str, told: list[dict[str, Any]], fresh: Freshness) -> None:
    rows = [
        (one["id"], one["state"], sum(one["rows"].values()), " ".join(one["reasons"]) or "-")
        for one in told
    ]
    for line in table(HEAD, rows) if rows else [f"No snapshot of {visible(slug)} is here."]:
        say(line)
    for one in told:
        for wrong in one["damage"] or []:
            say(f"damaged: {one['id']} {visible(wrong)}", error=True)
    if fresh.stale_since is not None:
        since = fresh.stale_since.strftime("%Y-%m-%d %H:%M UTC")
        say(f"stale since {since}: {visible(fresh.why)}", error=True)
