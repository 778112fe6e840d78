"""Our own script: named by its content, loaded by every page, and read-only."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from asking import asking
from trustboard.serving import parts
from trustboard.serving.guard import Guard
from trustboard.serving.scripts import script_name

APP = Path(__file__).parents[2] / "app.py"
ASK = asking(Starlette(routes=parts(APP)["routes"], middleware=[Middleware(Guard)]))


@pytest.mark.parametrize("page", ["", "complaints", "chart"])
def test_every_page_loads_the_script_from_its_own_site(page: str) -> None:
    found = re.search(r'<script src="\./(page\.[0-9a-f]{12}\.js)" defer>', ASK(f"/{page}").text)
    assert found
    sent = ASK(f"/{found[1]}")
    assert sent.headers["content-type"].startswith("text/javascript")
    assert "immutable" in sent.headers["cache-control"]
    assert hashlib.sha256(sent.content).hexdigest().startswith(found[1].split(".")[1])


def test_the_script_asks_nobody_and_makes_no_markup_of_text() -> None:
    code = ASK(f"/{script_name()}").text
    for dangerous in ("innerHTML", "eval(", "fetch(", "XMLHttpRequest", "document.write", "http"):
        assert dangerous not in code.replace("// Without https", "")


def test_the_page_of_one_chart_is_in_no_sitemap_and_kept_from_crawlers() -> None:
    assert "/chart" not in ASK("/sitemap.xml").text
    assert "Disallow: /chart" in ASK("/robots.txt").text
