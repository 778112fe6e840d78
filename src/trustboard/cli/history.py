"""`trustboard history` and `verdicts --record`: the log of what was said, and when it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trustboard.cli.opening import cities_root, open_city
from trustboard.cli.printing import say, say_json, table, visible
from trustboard.errors import CannotRunError

if TYPE_CHECKING:
    from trustboard.citydata import CityData
    from trustboard.verdicts import AssessedCommitment

HEAD: Final = ("as of", "commitment", "test", "said", "because")


def report(slug: str, *, data: Path | None, as_json: bool) -> int:
    """Print the log; 1 if it does not hold together."""
    from trustboard.verdicts.history import FILE, read, verify

    city = open_city(slug, data=data, published=None)
    path = cities_root(data) / city.slug / FILE
    problems = verify(path)
    entries = () if problems else read(path)
    if as_json:
        say_json({"entries": [asdict(one) for one in entries], "problems": problems})
        return 1 if problems else 0
    for problem in problems:
        say(visible(problem), error=True)
    if not entries and not problems:
        say(f"Nothing was recorded yet; `trustboard verdicts {slug} --record` begins the log.")
    rows = [(e.as_of, e.commitment, e.test, e.reason or e.outcome, e.label) for e in entries]
    for line in table(HEAD, rows) if rows else ():
        say(line)
    return 1 if problems else 0


def record(city: CityData, found: Sequence[AssessedCommitment], *, data: Path | None) -> None:
    """Add what changed to the city's log, and say how much."""
    from trustboard.verdicts import history

    root = cities_root(data)
    path = root / city.slug / history.FILE
    try:
        entries = history.read(path)
        kept = _as_recorded(city, entries[-1].data_hash, data=root) if entries else None
        added = history.record(found, city, path, old_city=kept)
    except ValueError as error:
        raise CannotRunError(f"{error} The log was left as it is.") from error
    say(f"{len(added)} lines added to {path.name}.", error=True)


def _as_recorded(city: CityData, data_hash: str, *, data: Path) -> CityData | None:
    """Open the city from the snapshot that the last line rests on, where it was kept."""
    from trustboard.load import load_city
    from trustboard.snapshots.home import snapshot_home
    from trustboard.snapshots.store import Store

    if data_hash == city.data_hash:
        return city
    for snapshot in reversed(Store(snapshot_home(), city.slug).all()):
        old = load_city(city.slug, data=data, published=snapshot.published)
        if old.data_hash == data_hash:
            return old
    return None
