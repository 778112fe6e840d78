"""A small site with one chart, and a way to serve it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
ENTRY = """
import streamlit as st

if __name__ == "__main__":
    import plotly.graph_objects as go

    st.title("A page of the test")
    st.plotly_chart(go.Figure(go.Scatter(x=[1, 2, 3], y=[3, 1, 2])))
else:
    from trustboard.serving import parts

    app = st.App(__file__, **parts(__file__))
"""
SETTINGS = """
[browser]
gatherUsageStats = false
[client]
showSidebarNavigation = false
[server]
fileWatcherType = "none"
headless = true
"""
Serve = Callable[[str], AbstractContextManager[httpx.Client]]


@pytest.fixture(scope="session")
def entry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small site of three pages; give its entry file."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "pages").mkdir()
    for name in ("0_home", "2_commitments", "10_last_words"):
        (folder / "pages" / f"{name}.py").write_text("")
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "config.toml").write_text(SETTINGS)
    (folder / "entry.py").write_text(ENTRY)
    return folder / "entry.py"


@pytest.fixture(scope="session")
def serve(entry: Path) -> Serve:
    """Serve the small site in one of three ways: `with serve("uvicorn") as client`."""

    @contextmanager
    def serving(way: str) -> Iterator[httpx.Client]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        command = {
            "uvicorn": ["uvicorn", "entry:app", "--port", str(port)],
            "streamlit": ["streamlit", "run", "entry.py", "--server.port", str(port)],
            "trustboard": [
                *("trustboard.serving", "entry.py", "--port", str(port)),
                *("--address", "127.0.0.1"),
            ],
        }[way]
        with subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=entry.parent,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
                    _wait(client, process)
                    yield client
            finally:
                process.terminate()
                process.wait(timeout=20)

    return serving


def _wait(client: httpx.Client, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server stopped"
        try:
            if client.get("/_stcore/health").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("the server did not answer")
