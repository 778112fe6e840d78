"""One process serves the pages and the API, under uvicorn and under `streamlit run`."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.web.server.app_discovery import discover_asgi_app

from trustboard.serving.application import addresses, settle


@pytest.mark.parametrize("way", ["uvicorn", "streamlit", "trustboard"])
def test_pages_and_api_are_served_together(serve: Callable[..., Any], way: str) -> None:
    with serve(way) as client:
        page = client.get("/?city=riverbend")
        assert '<div id="root">' in page.text
        assert "<title>Riverbend – TrustBoard</title>" in page.text
        assert "unsafe-eval" not in page.headers["content-security-policy"]
        assert client.get("/commitments?embed=true").headers.get("x-frame-options") is None
        found = client.get("/api/v1/riverbend/measures/findings", params={"limit": 1})
        assert found.json()["total"] == 4
        assert found.headers["content-encoding"] == "gzip"
        assert found.headers["x-content-type-options"] == "nosniff"
        for path in ("/api/v1/riverbend/measures/findings", "/", "/api", "/static/favicon.png"):
            for taken in ("identity", "gzip"):
                answer = client.get(path, headers={"Accept-Encoding": taken})
                told = answer.headers.get_list("vary", split_commas=True)
                assert len(told) == len({one.lower() for one in told}) <= 1, (path, taken, told)
        assert "/commitments?city=riverbend" in client.get("/sitemap.xml").text
        assert client.post("/", content=b"x").status_code == 405
        assert client.get("/api/v1/%2e%2e%2f%2e%2e%2fetc%2fpasswd").status_code in (400, 404)
        assert client.get("/_stcore/host-config").status_code == 200


def test_streamlit_recognizes_the_entry_file_as_an_application(entry: Path) -> None:
    found = discover_asgi_app(entry)
    assert (found.is_asgi_app, found.import_string) == (True, "entry:app")


def test_the_pages_are_found_by_their_files(entry: Path) -> None:
    assert addresses(entry) == ["", "commitments", "last_words"]


def test_what_start_up_made_is_out_of_the_collector_s_sight() -> None:
    try:
        settle()
        assert gc.get_freeze_count() > 1000
    finally:
        gc.unfreeze()
