"""Whatever stands in an address, a page opens and shows it as words, if at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))
SOURCE = ROOT / "src" / "trustboard"
#: Every word in the code that could be the name of a parameter: pages of tomorrow are asked too.
CODE = "".join(one.read_text() for part in ("ui", "view") for one in SOURCE.glob(f"{part}/*.py"))
NAMES = sorted({"city", "embed", "embed_options", *re.findall(r'"([a-z_]{2,12})"', CODE)})
COMMON = ("commitment", "place", "district", "category", "from", "to", "unit", "by", "pin", "topic")
MARK = "<b onmouseover=alert(9)>html9</b>"
VALUES = st.one_of(
    st.sampled_from(
        [
            *(MARK, "[md9](javascript:alert(9))", "../../etc/passwd", "\x00", "\u202e", "%", "%00"),
            *("riverbend", "st-louis", "heron-flats", "clocktower", "calmer-streets", "unknown"),
            *("2020", "2020-13", "9999", "-1", "0", "true", "nan", "1e999", "a" * 5000, ""),
            *("complaint", "allegation", "officer", "use_of_force", "place", "year", "finding"),
        ]
    ),
    st.text(max_size=40),
)
VALUE = VALUES | st.lists(VALUES, min_size=2, max_size=4)
ADDRESS = st.dictionaries(
    st.sampled_from(COMMON) | st.sampled_from(NAMES) | st.text(max_size=8), VALUE, max_size=4
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(page=st.sampled_from(PAGES), city=st.just("riverbend") | VALUE, address=ADDRESS)
def test_a_page_opens_whatever_stands_in_its_address(
    page: str, city: str | list[str], address: dict[str, str | list[str]]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
        for name, value in {"city": city, **address}.items():
            app.query_params[name] = value
        app.run()
        if page != PAGES[0]:
            app.switch_page(f"pages/{page}").run()
    assert not app.exception, [one.message for one in app.exception]
    shown = " ".join(str(getattr(one.proto, "body", "")) for one in app.get("html"))
    assert MARK not in shown
