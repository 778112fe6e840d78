"""The page of one chart, opened as its address or a frame on another site opens it."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[1]


def opened(*, city: str = "riverbend", framed: bool = False, **address: str | list[str]) -> AppTest:
    """Open the page of one chart at an address, as it is or as a frame shows it.

    What stands around the page (masthead, banner, footer) is looked at in a real browser.
    """
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["city"] = city
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    app.session_state["tb_framed"] = framed
    return app.switch_page("pages/chart.py").run()
