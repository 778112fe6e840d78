"""`trustboard simulate`: how often the verdict rule is right."""

from __future__ import annotations

import sys

from trustboard.cli.printing import say


def report(*, series: int, seed: int, as_json: bool) -> int:
    """Run the simulation and print what came out; always 0."""
    from trustboard.simulation import as_text, simulate

    say(f"Judging {series:,} invented series per world; this takes a while.", error=True)
    found = simulate(series=series, seed=seed)
    if as_json:
        sys.stdout.write(found.to_json().rstrip("\n") + "\n")
    else:
        for line in as_text(found).splitlines():
            say(line)
    return 0
