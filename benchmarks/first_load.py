"""How long does it take to open cities from published files, and from what was kept of them?

Compared with reading the same files with `pandas.read_csv` and doing nothing with them. Each
opening runs in a new process, so that nothing is there already; importing is not counted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Final

from scenarios import Finding
from servers import ROOT

_READ: Final = """
import json, sys, time
import pandas as pd
files = json.loads(sys.argv[1])
began = time.perf_counter()
for file in files:
    pd.read_csv(file, dtype=str, encoding_errors="replace", on_bad_lines="skip")
print(time.perf_counter() - began)
"""
_OPEN: Final = """
import json, sys, time
from trustboard import shared
cities, how = json.loads(sys.argv[1]), sys.argv[2]
if how == "raw":
    from trustboard.load import load_city, data_root, published_root
    began = time.perf_counter()
    for city in cities:
        load_city(city, data=data_root(), elsewhere=published_root())
else:
    began = time.perf_counter()
    for city in cities:
        shared.opened(city)
print(time.perf_counter() - began)
"""


def first_loads(cities: list[str], *, published: Path, home: Path, rounds: int) -> list[Finding]:
    """Compare opening with reading; the first opening of all keeps what it read."""
    files = [str(f) for c in cities for f in sorted((published / c).rglob("*.csv*")) if f.is_file()]
    more = {"TRUSTBOARD_PUBLISHED": str(published), "TRUSTBOARD_HOME": str(home),
            "TRUSTBOARD_CACHE": str(home), "PYTHONPATH": str(ROOT / "src")}  # fmt: skip
    names = json.dumps(cities)
    seconds(_OPEN, names, "kept", more=more)
    raw, kept = [], []
    for _ in range(rounds):
        base = seconds(_READ, json.dumps(files), more=more)
        raw.append(seconds(_OPEN, names, "raw", more=more) / base)
        kept.append(seconds(_OPEN, names, "kept", more=more) / base)
    what = " and ".join(one.capitalize() for one in cities)
    return [
        Finding(f"{what} from raw files ÷ read_csv", median(raw), 6.0),
        Finding(f"{what} from what was kept ÷ read_csv", median(kept), 1.0),
    ]


def seconds(code: str, *arguments: str, more: dict[str, str]) -> float:
    """Run a piece of code in a new process and give the seconds it reports."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], env={**os.environ, **more}, cwd=ROOT,
        capture_output=True, text=True, check=True, timeout=900,
    )  # fmt: skip
    return float(done.stdout.strip().splitlines()[-1])
