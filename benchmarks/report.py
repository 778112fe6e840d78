"""The results as a document: ratios of one run beside their budgets, and how to repeat them."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from textwrap import fill

from scenarios import Finding

_HEAD = """# Benchmarks

Everything here was measured and written by `benchmarks/measure_all.py`, which `make bench` runs.
Times are left out on purpose: they are one machine's. Ratios carry over, for both sides of each
ran in turn within the same minutes. “Stock” is Streamlit with its own settings; “tuned” is an empty
page with every setting that TrustBoard uses. Medians of several rounds.

The hundred sessions, the crowd and memory change between 24 choices of category and years that
were all asked for just before: they measure how fast finished pages are sent again, not how fast
new ones are drawn. In the thirty minutes each of the 24 is drawn once and then sent again. What a
choice costs that nobody made before stands under “A click that changes filters”.
"""
_AGAIN = """## How to repeat it

```sh
make bench           # minutes: fewer rounds, fewer visitors, a short soak
make bench FULL=1    # an hour: everything at the size of its budget
```

The parts are in `benchmarks/`: `scenarios.py` says what is compared, `load_client.py` are the
visitors (it speaks Streamlit's own protocol), `first_chart.py` is a slow phone, `side_by_side.py`
asks the same of Datasette and of a page written in an evening, `synthetic_city.py` writes the
invented city. Parts run alone: `measure_all.py --only reruns --only soak --soak-minutes 30`.
Rows of Chicago and Philadelphia are not in this repository; without them their parts are left out
(`TRUSTBOARD_PUBLISHED` names the folder that holds them).
"""


def document(
    parts: Mapping[str, Sequence[Finding]], *, setting: Sequence[str], notes: Sequence[str] = ()
) -> str:
    """Write all parts, those that missed a budget said first in plain words."""
    missed = [one for found in parts.values() for one in found if one.met is False]
    said = [line for note in notes for line in (fill(note, 100), "")]
    lines = [_HEAD, *said, *_said(missed), ""]
    for title, found in parts.items():
        if found:
            lines += [f"## {title}", "", *table(found), ""]
    lines += [_AGAIN.rstrip(), "", "## This run", ""]
    lines += [fill(f"* {one}", 100, subsequent_indent="  ") for one in (*setting, *_machine())]
    return "\n".join(lines).rstrip() + "\n"


def table(found: Sequence[Finding]) -> list[str]:
    """Write one part as rows: what, measured, budget, and whether it was kept."""
    rows = ["| What | Measured | Budget | |", "|---|---|---|---|"]
    for one in found:
        sign = "≥" if one.at_least else "≤"
        budget = "" if one.budget is None else f"{sign} {number(one.budget, one.unit)}"
        word = {True: "kept", False: "**missed**", None: ""}[one.met]
        note = f"{word}; {one.note}" if word and one.note else word or one.note
        rows.append(f"| {one.what} | {number(one.value, one.unit)} | {budget} | {note} |")
    return rows


def number(value: float, unit: str) -> str:
    """Write a ratio or a size with as many digits as it can bear."""
    if value != value:
        return "not measured"
    digits = 0 if float(value).is_integer() or abs(value) >= 100 else 3 if abs(value) < 0.1 else 2
    return f"{value:,.{digits}f}" + (f" {unit}" if unit else "")


def _said(missed: Sequence[Finding]) -> list[str]:
    if not missed:
        return ["Every budget was kept in this run."]
    listed = [f"* {one.what}: {number(one.value, one.unit)}" for one in missed]
    return ["Not every budget was kept in this run. Missed:", "", *listed]


def _machine() -> list[str]:
    packages = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "plotly", "pandas"))
    return [f"Python {platform.python_version()}, {packages}; {platform.system()}."]
