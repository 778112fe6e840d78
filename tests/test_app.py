"""Every page runs for every city without a browser, and says what it must."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from trustboard.load import city_slugs, data_root

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared/data"
CITIES = city_slugs(data_root())
PAGES = sorted(path.name for path in (ROOT / "pages").glob("[0-9]_*.py"))


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)


def run(page: str, city: str, **parameters: str) -> AppTest:
    """Run one page as the app would, with its address."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["city"] = city
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    if page != PAGES[0]:
        app.switch_page(f"pages/{page}").run()
    return app


def words(app: AppTest) -> str:
    """Give everything the page says."""
    return " ".join(str(getattr(element.proto, "body", "")) for element in app.get("html"))


def test_there_are_pages_to_test():
    assert len(PAGES) == 7


@pytest.mark.parametrize("published", ["with_rows", "without_rows"])
@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_without_an_exception(page, city, published, monkeypatch):
    if published == "with_rows":
        monkeypatch.setenv("TRUSTBOARD_PUBLISHED", str(SHARED))
    else:
        monkeypatch.delenv("TRUSTBOARD_PUBLISHED", raising=False)
    app = run(page, city)
    assert not app.exception
    assert "<h1" in words(app)
