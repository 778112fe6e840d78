"""A dashboard that tells of each run whether its page was drawn or sent again as it was."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_SERVE = """
import sys
import threading
import time
from pathlib import Path

from trustboard import ahead
from trustboard.ahead import AHEAD
from trustboard.serving import drawing_ahead
from trustboard.serving.server import serve
from trustboard.ui import kept_runs

shown_again, log = kept_runs.shown_again, open(sys.argv[3], "a", buffering=1)
draw = Path(sys.argv[3]).with_name("draw")


def told(state: kept_runs.State | None) -> bool:
    again = not draw.exists() and shown_again(state)
    log.write("again\\n" if again else "drawn\\n")
    return again


def tell_what_is_left() -> None:
    left = Path(sys.argv[3]).with_name("left.txt")
    while True:
        left.write_text(str(int(AHEAD.has_more or AHEAD.is_drawing)))
        time.sleep(0.1)


ahead.QUIET_AFTER, drawing_ahead.REST, drawing_ahead.LATER_REST = 0.2, 0.0, 0.0
threading.Thread(target=tell_what_is_left, daemon=True).start()
kept_runs.shown_again = told
serve(Path(sys.argv[1]), port=int(sys.argv[2]), address="127.0.0.1")
"""


@dataclass(frozen=True, slots=True)
class Board:
    """Where the dashboard answers, and where it writes down what it did."""

    url: str
    log: Path

    def runs(self) -> list[str]:
        """Give what was done in each run so far: "drawn" or "again"."""
        return self.log.read_text(encoding="utf-8").split()

    def wait_until_all_is_drawn(self) -> None:
        """Wait until nothing is left to be drawn ahead."""
        time.sleep(0.5)  # what is left is told ten times a second
        for _ in range(1_000):
            if self.log.with_name("left.txt").read_text(encoding="utf-8") == "0":
                return
            time.sleep(0.2)
        raise AssertionError("there is no end to drawing ahead")

    def draw_all(self, wanted: bool) -> None:
        """Let each run be drawn, whatever was drawn before; or no more."""
        draw = self.log.with_name("draw")
        draw.touch() if wanted else draw.unlink()


@contextmanager
def telling(folder: Path, **environment: str) -> Iterator[Board]:
    """Serve the dashboard as `trustboard serve` does; `folder` takes what it writes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    log, home = folder / "runs.txt", folder / "home"
    log.touch()
    own = {"PYTHONPATH": str(ROOT / "src"), "TRUSTBOARD_HOME": str(home)}
    command = [sys.executable, "-c", _SERVE, str(ROOT / "app.py"), str(port), str(log)]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **own, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield Board(f"http://127.0.0.1:{port}", log)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer")
