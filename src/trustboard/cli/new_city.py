"""`trustboard new-city`: draft a description, and say how to go on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from trustboard.cli.opening import cities_root
from trustboard.cli.printing import say, say_json, visible


def report(name: str, *, origin: str, allow_private: bool, data: Path | None, as_json: bool) -> int:
    """Write the draft and print what it holds; always 0."""
    from trustboard.new_city import Allowed, write_draft

    drafted = write_draft(
        name,
        origin=origin,
        data=cities_root(data),
        today=datetime.now(UTC).date(),
        allowed=Allowed(private=allow_private),
    )
    if as_json:
        values = {"tables": drafted.tables, "unused": list(drafted.unused), "todo": drafted.todo}
        say_json({"city": name, "file": str(drafted.file), **values})
        return 0
    say(f"Wrote {visible(drafted.file)} with {drafted.todo} places marked TODO.")
    for table, file in drafted.tables.items():
        say(f"  {table}: {visible(file)}")
    for file in drafted.unused:
        say(f"  not used: {visible(file)}")
    local = "" if "://" in origin else " --published FOLDER"
    first = f"trustboard refresh {name}" if not local else "Mend the TODOs"
    say(f"Next: {first}, then: trustboard check {name}{local}")
    return 0
