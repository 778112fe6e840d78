"""Every page runs for every city without a browser, and says what it must."""

from __future__ import annotations

import re
import shutil
from functools import cache
from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from trustboard.citydata import CityData
from trustboard.load import city_slugs, data_root, load_city
from trustboard.method import method_page
from trustboard.pins import pin_of
from trustboard.quality import quality
from trustboard.ui.pages import page_files, title_of
from trustboard.verdicts import assess_all
from trustboard.verdicts.history import FILE, record
from trustboard.verdicts.sentences import COMPLAINTS_CUT_BOTH_WAYS

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


@cache
def city_data(slug: str) -> CityData:
    """Open a shipped city once."""
    return load_city(slug, data=data_root())


def words(app: AppTest) -> str:
    """Give everything the page says."""
    return " ".join(str(getattr(element.proto, "body", "")) for element in app.get("html"))


def test_there_are_pages_to_test():
    assert len(PAGES) >= 8


def test_a_new_file_is_a_page_with_its_title_and_its_place(tmp_path):
    for name in ("0_Home.py", "10_Where_it_is.py", "2_Maps.py", "helper.py", "_3_No.py"):
        (tmp_path / name).write_text("")
    assert page_files(tmp_path) == ["0_Home.py", "2_Maps.py", "10_Where_it_is.py"]
    assert title_of("pages/10_Where_it_is.py") == "Where it is"


def test_home_begins_with_the_first_promise_and_lists_the_others_by_date():
    html = words(run(PAGES[0], "st-louis"))
    assert html.index("It began here") < html.index("trust-by-contact")
    listed = re.findall(r"commitment=([a-z0-9-]+)", html)
    made = {one.id: one.said_on for one in city_data("st-louis").commitments}
    assert listed[0] == city_data("st-louis").commitments[0].id
    assert sorted(listed) == sorted(made)
    days = [made[one] for one in listed[1:]]
    assert days == sorted(days)


def test_the_page_of_promises_opens_with_the_one_that_home_begins_with():
    app = run("1_commitments.py", "st-louis")
    begun = assess_all(city_data("st-louis"))[0].commitment
    oldest = min(assess_all(city_data("st-louis")), key=lambda one: one.commitment.said_on)
    assert begun != oldest.commitment, "else this would show nothing"
    assert f"<h1>{escape(begun.title)}</h1>" in words(app)


def test_a_dozen_events_stand_open_and_the_others_are_folded():
    html = words(run("4_outreach.py", "st-louis"))
    open_ones, _, rest = html.partition("<caption><span>Documented events")[2].partition("<details")
    folded = int(re.search(r"<summary>(\d+) events before these", "<details" + rest)[1])
    assert open_ones.count("<tr><th") - open_ones.count("<thead>") == 12
    assert len(city_data("st-louis").tables["outreach"].frame) == 12 + folded


def test_what_is_missing_says_once_what_is_true_of_every_line():
    html = words(run("6_sources.py", "st-louis"))
    table = html.partition("Missing, late or unread")[2].partition("</table>")[0]
    assert "no day was given" not in table and "not known" not in table
    assert "No day was given since when" in html or "Where a line has no “Missing since”" in html


def test_home_keeps_to_the_topic_of_the_address_and_says_when_there_is_none_of_it():
    html = words(run(PAGES[0], "st-louis", topic="violent crime"))
    about = {one.id for one in city_data("st-louis").commitments if one.topic == "violent crime"}
    assert set(re.findall(r"commitment=([a-z0-9-]+)", html)) == about
    html = words(run(PAGES[0], "st-louis", topic="<b>x</b>"))
    assert len(set(re.findall(r"commitment=([a-z0-9-]+)", html))) > len(about)
    assert "&lt;b&gt;x&lt;/b&gt;" in html and 'role="status"' in html


def test_the_footer_claims_no_reach_for_tables_that_are_not_complete():
    partial = words(run(PAGES[0], "st-louis"))
    assert "Data to" not in partial and "no table is complete" in partial
    assert "Data to 31 December 2024" in words(run(PAGES[0], "riverbend"))


def test_a_log_that_was_changed_is_reported_and_not_shown(tmp_path, monkeypatch):
    copied = tmp_path / "data" / "st-louis"
    shutil.copytree(data_root() / "st-louis", copied)
    monkeypatch.setenv("TRUSTBOARD_DATA", str(tmp_path / "data"))
    opened = load_city("st-louis", data=tmp_path / "data")
    record(assess_all(opened), opened, copied / FILE)
    page = "1_commitments.py"
    html = words(run(page, "st-louis", commitment="subpoena-power"))
    assert "What was said before?" in html and "first entry" in html
    log = (copied / FILE).read_text(encoding="utf-8")
    (copied / FILE).write_text(log.replace("KEPT", "NOT_KEPT"), encoding="utf-8")
    html = words(run(page, "st-louis", commitment="subpoena-power"))
    assert 'role="alert"' in html and "was changed" in html and "first entry" not in html


@pytest.mark.parametrize(
    ("commitment", "heading"),
    [
        ("calmer-streets", "Complaints received (Category: Use of force), by month"),
        ("fewer-complaints", "Complaints received, by month"),
    ],
)
def test_a_promise_says_what_its_chart_is_of_and_what_fewer_complaints_may_mean(
    commitment: str, heading: str
) -> None:
    html = words(run("1_commitments.py", "riverbend", commitment=commitment))
    assert heading in html
    folded = " ".join(re.findall(r"<details.*?</details>", html, flags=re.DOTALL))
    assert COMPLAINTS_CUT_BOTH_WAYS in html
    assert COMPLAINTS_CUT_BOTH_WAYS not in folded


def test_what_is_behind_a_verdict_can_be_checked_on_its_page():
    app = run("1_commitments.py", "riverbend", commitment="calmer-streets")
    html, codes = words(app), [one.value for one in app.code]
    assert "(141 ÷ 12 months) ÷ (477 ÷ 24 months) = 0.5912" in html
    assert "The verdict stays the same in 3 of 3 other readings." in html
    line = f"trustboard reproduce riverbend calmer-streets --pin {pin_of(city_data('riverbend'))}"
    assert line in codes
    told = next(code for code in codes if "test: force-down-a-fifth" in code)
    digest = re.search(r"rows behind it: (\d+), sha256 (\w+)", told)
    assert digest is not None and digest[2] in html
    assert html.count('href="#test-') == 5


def test_a_page_says_when_a_test_was_written_down_after_its_data():
    weaker = "weaker than a test fixed beforehand"
    assert weaker in words(run("1_commitments.py", "st-louis", commitment="subpoena-power"))
    assert weaker not in words(run("1_commitments.py", "riverbend", commitment="calmer-streets"))


def test_rows_set_aside_are_shown_as_published_and_every_problem_once():
    html = words(run("7_data_quality.py", "riverbend"))
    assert "31/31/2021" in html and "one cell too many" in html
    assert "lines 2232" not in html  # a day is one finding, not one for each of its rows
    assert "30 complaints filed on 2020-09-14, usually 4 a day" in html


def test_the_quality_page_gives_each_answer_with_its_table_and_a_way_to_take_it_away():
    found = quality(city_data("riverbend"))
    app = run("7_data_quality.py", "riverbend")
    html = words(app)
    for part in found.parts.values():
        assert escape(part.said) in html and f'id="{part.id}"' in html
        if len(part.table):
            assert f"api/v1/riverbend/quality?table={part.id}&amp;format=csv" in html
    assert len(app.get("plotly_chart")) >= 8


def test_a_city_without_rows_is_asked_no_question_about_rows(monkeypatch):
    monkeypatch.delenv("TRUSTBOARD_PUBLISHED", raising=False)
    html = words(run("7_data_quality.py", "philadelphia"))
    assert "Which rows were set aside" not in html and "What is checked" in html


def test_the_letter_asks_for_what_is_missing():
    app = run("6_sources.py", "riverbend")
    assert "data_quality?city=riverbend" in words(app)
    letters = [one.value for one in app.code if "Quarterly reviews of closed files" in one.value]
    assert len(letters) == 1


def test_the_method_page_shows_every_section_and_both_charts():
    app = run("8_method.py", "st-louis")
    assert all(section.heading in words(app) for section in method_page())
    assert len(app.get("plotly_chart")) == 2


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
    assert not app.get("download_button"), "a file of one visit keeps the page from being kept"
