"""Servers to measure, each on a free port, in a process whose memory can be read."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APPS = Path(__file__).resolve().parent / "apps"
TUNED = """[server]
fileWatcherType = "none"
headless = true
[browser]
gatherUsageStats = false
[runner]
postScriptGC = false
"""
#: A server that draws ahead waits no longer than this in between, in seconds. It is at rest if it
#: uses less than this part of a processor.
LONGEST_PAUSE = 4.0
IDLE = 0.04


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it answers, and its process."""

    url: str
    process: int

    def memory(self) -> float:
        """Give the megabytes it holds (Linux; 0 elsewhere)."""
        status = Path(f"/proc/{self.process}/status")
        if not status.is_file():
            return 0.0
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS"))
        return round(int(line.split()[1]) / 1024, 1)

    def worked(self) -> float:
        """Give the seconds of processor time it and its children have used (Linux; 0 elsewhere)."""
        ticks = 0
        for told in Path("/proc").glob("[0-9]*/stat"):
            try:
                number, _, fields = told.read_text().partition(" ")
            except OSError:  # it has ended meanwhile
                continue
            state, parent, *rest = fields.rpartition(")")[2].split()
            if self.process in (int(number), int(parent)) and state != "Z":
                ticks += sum(map(int, rest[9:13]))  # its own, and of children that have ended
        return ticks / os.sysconf("SC_CLK_TCK")

    def at_rest(self) -> None:
        """Wait until it does nothing: what is likely to be asked for next has been drawn."""
        before = self.worked()
        for _ in range(200):
            time.sleep(LONGEST_PAUSE)
            now = self.worked()
            if abs(now - before) < IDLE * LONGEST_PAUSE:
                return
            before = now
        raise RuntimeError(f"{self.url} never comes to rest")


def free_port() -> int:
    """Find a port that nobody holds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(
    command: Sequence[str], *, port: int, folder: Path, health: str, more: Mapping[str, str]
) -> Iterator[Server]:
    """Start a command and wait until it answers; end it afterwards."""
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **more},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url + health, process)
        yield Server(url, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until an address answers. Raises RuntimeError if the process ends before."""
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the server behind {url} ended")
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"nothing answers at {url}")


@contextmanager
def stock(app: str, folder: Path, **more: str) -> Iterator[Server]:
    """Serve an app with Streamlit's own settings, away from this project's."""
    place = folder / f"stock-{app}"
    place.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(APPS / f"{app}.py", place / f"{app}.py")
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", f"{app}.py", "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    command += ["--browser.gatherUsageStats=false"]
    with started(command, port=port, folder=place, health="/_stcore/health", more=more) as server:
        yield server


@contextmanager
def tuned_empty(folder: Path) -> Iterator[Server]:
    """Serve the empty page with every setting that TrustBoard uses."""
    place = folder / "tuned"
    (place / ".streamlit").mkdir(parents=True, exist_ok=True)
    (place / ".streamlit" / "config.toml").write_text(TUNED, encoding="utf-8")
    shutil.copyfile(APPS / "empty_tuned.py", place / "empty_tuned.py")
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "empty_tuned:app", "--port", str(port)]
    command += ["--log-level", "error", "--no-access-log", "--ws-per-message-deflate", "false"]
    with started(command, port=port, folder=place, health="/_stcore/health", more={}) as server:
        yield server


@contextmanager
def ours(**more: str) -> Iterator[Server]:
    """Serve TrustBoard as `trustboard serve` does."""
    port = free_port()
    command = [sys.executable, "-m", "trustboard.serving", str(ROOT / "app.py")]
    command += ["--port", str(port), "--address", "127.0.0.1"]
    path = {"PYTHONPATH": str(ROOT / "src")}
    with started(
        command, port=port, folder=ROOT, health="/_stcore/health", more={**path, **more}
    ) as server:
        yield server
