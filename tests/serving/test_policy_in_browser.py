"""The security policy in a real browser: charts draw, and only embedded pages can be framed."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    installed = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        started = playwright.chromium.launch(executable_path=installed, args=flags)
        yield started
        started.close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def another_site(folder: Path) -> Iterator[str]:
    """Serve a folder under another origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_a_chart_draws_under_the_policy_and_frames_obey_it(
    serve: Callable[..., Any], browser: Browser, tmp_path: Path
) -> None:
    with serve("uvicorn") as client:
        here = str(client.base_url).rstrip("/")
        page = browser.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(here)
        page.wait_for_selector(".js-plotly-plot .main-svg", timeout=40_000, state="attached")
        assert not [text for text in said if "Content Security Policy" in text]

        frames = "".join(
            f'<iframe name="{name}" width="700" height="600" src="{here}/{query}"></iframe>'
            for name, query in (("may", "?embed=true"), ("may_not", ""))
        )
        (tmp_path / "frames.html").write_text(frames)
        with another_site(tmp_path) as other:
            page.goto(f"{other}/frames.html")
            _frames_obey(page)
        assert [text for text in said if "frame-ancestors" in text]
        page.close()


def _frames_obey(page: Page) -> None:
    may, may_not = page.frame("may"), page.frame("may_not")
    assert may is not None
    may.wait_for_selector(".js-plotly-plot .main-svg", timeout=40_000, state="attached")
    assert may_not is None or may_not.locator("#root").count() == 0
