"""The dashboard as a visitor meets it: a real server and a real browser on this machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared/data"
Serving = Callable[[Mapping[str, str]], AbstractContextManager[str]]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start the dashboard on a free port and give its address."""
    with serving({"TRUSTBOARD_PUBLISHED": str(SHARED)}) as address:
        yield address


@pytest.fixture(scope="session")
def dashboard() -> Serving:
    """Give the way to start a dashboard with variables of its own."""
    return serving


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[str]:
    """Start the dashboard with these variables and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")]
    options = ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as out:
        process = subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_healthy(f"http://127.0.0.1:{port}", process, Path(out.name))
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if process.poll() is not None:
            pytest.fail(f"the dashboard did not start:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.25)
    pytest.fail(f"the dashboard did not answer within a minute:\n{log.read_text()}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Chromium: the one on this machine, else the one Playwright downloaded."""
    installed = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=installed, args=FLAGS)


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[Page]:
    """Give one browser page for all visits, so that the static files are fetched once."""
    context = browser.new_context(reduced_motion="reduce", locale="en-US")
    yield context.new_page()
    context.close()
