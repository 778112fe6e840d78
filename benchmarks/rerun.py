"""How much does a click on a page cost, compared with a click on an empty Streamlit app?

`make bench` runs it. The empty app runs with Streamlit's own settings, ours with the project's;
both answer the same load client on the same machine in the same minutes, in turn, so that the
ratios hold although the machine's speed drifts. Only ratios are written down.

The load client speaks Streamlit's protocol; `TRUSTBOARD_LOAD_CLIENT` names it.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
CLIENT = Path(
    os.environ.get("TRUSTBOARD_LOAD_CLIENT", ROOT.parent / "shared" / "bench" / "st_load.py")
)
SHARED = ROOT.parent / "shared" / "data"
ROUNDS, CLICKS = 3, 12


@dataclass(frozen=True, slots=True)
class View:
    """One page of one city."""

    page: str
    city: str

    @property
    def name(self) -> str:
        """How the view is called in the table."""
        return f"{self.page.capitalize() or 'Home'}, {self.city}"


VIEWS = [
    View("", "st-louis"),
    View("commitments", "riverbend"),
    View("complaints", "riverbend"),
    View("outcomes", "riverbend"),
    View("neighborhoods", "riverbend"),
    View("complaints", "chicago"),
    View("outcomes", "chicago"),
]


def main() -> int:
    """Measure and write `docs/benchmarks.md`; 2 if the load client is not here."""
    if not CLIENT.is_file():
        print("TRUSTBOARD_LOAD_CLIENT does not name a load client; nothing was measured.")
        return 2
    with tempfile.TemporaryDirectory() as elsewhere:
        stock = Path(elsewhere) / "empty_app.py"
        stock.write_text((ROOT / "benchmarks/empty_app.py").read_text("utf-8"), "utf-8")
        with served(stock, cwd=Path(elsewhere)) as empty, served(ROOT / "app.py", cwd=ROOT) as ours:
            text = report(measure(empty, ours), memory=memory_of(ours))
    (ROOT / "docs/benchmarks.md").write_text(text, "utf-8")
    print(text)
    return 0


def measure(empty: tuple[str, int], ours: tuple[str, int]) -> dict[str, tuple[float, float]]:
    """Give for each view the median ratio of a rerun, and of a first visit, to the empty app's."""
    found: dict[str, list[tuple[float, float]]] = {view.name: [] for view in VIEWS}
    for view in VIEWS:
        clicks(ours[0], view)  # opens the city and fills the caches once
    for _ in range(ROUNDS):
        base = clicks(empty[0], None)
        for view in VIEWS:
            mine = clicks(ours[0], view)
            found[view.name].append((mine[0] / base[0], mine[1] / base[1]))
    return {
        name: (median(a for a, _ in ratios), median(b for _, b in ratios))
        for name, ratios in found.items()
    }


def clicks(address: str, view: View | None) -> tuple[float, float]:
    """Give the median milliseconds of a rerun and of a first visit, as the load client saw them."""
    command = [sys.executable, str(CLIENT), "--url", address, "--sessions", "1"]
    command += ["--reruns", str(CLICKS), "--widget", "none"]
    if view is not None:
        command += ["--page", view.page, "--query", f"city={view.city}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    told = json.loads(done.stdout)
    wrong = ("errors", "timeouts", "app_exceptions", "page_not_found")
    if any(told[name] for name in wrong):
        raise SystemExit(f"{view}: {[name for name in wrong if told[name]]}")
    return told["warm_rerun_ms"]["p50"], told["first_run_ms"]["p50"]


@contextmanager
def served(script: Path, *, cwd: Path) -> Iterator[tuple[str, int]]:
    """Serve an app on a free port; give its address and process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    environment = {**os.environ, "TRUSTBOARD_PUBLISHED": str(SHARED)}
    process = subprocess.Popen(
        command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(240):
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310
                    break
            except OSError:
                time.sleep(0.25)
        yield address, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def memory_of(ours: tuple[str, int]) -> int:
    """Give the megabytes the dashboard holds after all views were opened (Linux; 0 elsewhere)."""
    status = Path(f"/proc/{ours[1]}/status")
    if not status.is_file():
        return 0
    line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def report(ratios: dict[str, tuple[float, float]], *, memory: int) -> str:
    """Write the table."""
    lines = [
        "# Benchmarks",
        "",
        "What a visit costs, as a ratio to an empty Streamlit app with Streamlit's own settings, "
        "measured",
        f"in turn in one run (median of {ROUNDS} rounds of {CLICKS} clicks). Written by "
        "`make bench`; repeat it",
        "on your machine. Times are left out on purpose: they are one machine's, the ratios carry.",
        "",
        "| Page | A rerun, empty app = 1 | A new visit, empty app = 1 |",
        "|---|---|---|",
        *(f"| {name} | {rerun:.2f} | {first:.2f} |" for name, (rerun, first) in ratios.items()),
        "",
        f"The serving process held {memory} MB after all of these pages had been opened.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
