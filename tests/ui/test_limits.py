"""A limit is told once on a page, every block holds all of its own, and no two run together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
TOLD = re.compile(r'<ul class="tb-caveats">(.*?)</ul>', re.S)
ITEM = re.compile(r"<li>(.*?)</li>", re.S)
FOLD = re.compile(r'<details class="tb-fold"><summary>(.*?)</summary>(.*?)</details>', re.S)


def opened(page: str, **address: str) -> AppTest:
    """Open a page of Riverbend, which publishes everything."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["city"] = "riverbend"
    for name, value in address.items():
        app.query_params[name] = value
    return app.run().switch_page(f"pages/{page}").run()


def bodies(found) -> list[str]:
    """Give the HTML of some elements."""
    return [str(getattr(one.proto, "body", "")) for one in found.get("html")]


def told(app: AppTest) -> list[str]:
    """Give the limits told beside the charts of a page, in order."""
    return [
        one for body in bodies(app) for part in TOLD.findall(body) for one in ITEM.findall(part)
    ]


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("page", ["2_complaints.py", "3_outcomes.py"])
def test_a_page_tells_each_limit_once_and_again_when_it_is_run_again(page):
    app = opened(page)
    first = told(app)
    assert len(first) > 3
    assert len(first) == len(set(first))
    assert told(app.run()) == first


def test_a_page_that_is_played_back_tells_each_limit_once_to_every_visitor():
    visits = [told(opened("5_neighborhoods.py", place="heron-flats")) for _ in range(2)]
    assert len(visits[0]) == len(set(visits[0])) > 3
    assert visits[0] == visits[1]


def test_outreach_pages_tell_each_limit_once():
    found = told(opened("4_outreach.py"))
    assert len(found) == len(set(found)) > 3


def test_whatever_a_block_does_not_tell_stands_whole_with_its_method():
    """The limits told under the first chart are in the lists of the charts that leave them out."""
    app = opened("3_outcomes.py")
    beside = set(told(app))
    folds = [fold for body in bodies(app) for fold in FOLD.findall(body)]
    lists = [
        ITEM.findall(inner)
        for label, inner in folds
        if label == "How this is counted, and every limit"
    ]
    assert len(lists) > 3
    assert any(len(beside & set(one)) > 1 for one in lists)


def test_changes_of_counting_are_whole_sentences_with_written_dates():
    said = " ".join(bodies(opened("2_complaints.py")))
    found = re.findall(r"Counting changed\.</strong> (.*?)</p>", said)
    assert found
    for one in found:
        assert re.match(r"\d{1,2} [A-Z][a-z]+ \d{4}: ", one)
        assert one.endswith(".") and ".;" not in one and ".." not in one
