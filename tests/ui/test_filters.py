"""The filter bar and what it does to the pages, without a browser."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from test_app import CITIES, PAGES, ROOT, SHARED, run, words
from trustboard.view import NAMES, View, address, pairs_of

#: Rows of publishers are read where they lie, and are never copied here.
published = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the publishers' files are not beside the project"
)
FILTERED = ["2_complaints.py", "3_outcomes.py", "4_outreach.py", "5_neighborhoods.py"]


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("TRUSTBOARD_PUBLISHED", str(SHARED))


def said(app: AppTest, kind: str) -> list[str]:
    """Give what stands in the paragraphs of one kind."""
    return [
        unescape(one) for one in re.findall(rf'<p class="tb-{kind}"[^>]*>(.*?)</p>', words(app))
    ]


def now(app: AppTest) -> dict[str, list[str]]:
    """Give the filters that stand in the address."""
    kept = {name: app.query_params[name] for name in app.query_params if name in NAMES}
    return {name: [one] if isinstance(one, str) else list(one) for name, one in kept.items()}


def links(app: AppTest) -> list[dict[str, list[str]]]:
    """Give the parameters that the links to other pages carry."""
    return [parse_qs(one.proto.query_string) for one in app.get("page_link")]


def test_what_is_shown_is_said_above_the_charts_of_every_page():
    for page in FILTERED:
        app = run(page, "riverbend", place="millrace", **{"from": "2020"})
        counted = "" if "outreach" in page else "; counted by complaint"
        assert said(app, "shown") == [f"Shown: Millrace; from 2020 on{counted}."]
        assert not app.exception


def test_a_filter_changes_the_numbers_and_the_download_beside_them():
    everything = words(run("2_complaints.py", "riverbend"))
    narrowed = words(run("2_complaints.py", "riverbend", place="millrace", finding="sustained"))
    assert "there were 1,616 complaints" in everything
    assert "there were 1,616 complaints" not in narrowed
    taken = unescape(narrowed)
    assert "place=millrace&finding=sustained" in taken
    assert "--place millrace" in taken


def test_links_to_other_pages_carry_the_view_and_nothing_of_another_page():
    app = run(PAGES[0], "riverbend", place="millrace", vs="old-orchard", commitment="x")
    carried = links(app)[: len(PAGES)]
    assert len(carried) == len(PAGES)
    for one in carried:
        assert one == {"city": ["riverbend"], "place": ["millrace"], "vs": ["old-orchard"]}


def test_choosing_a_place_writes_it_into_the_address_and_offers_others_beside_it():
    app = run("2_complaints.py", "riverbend")
    assert [one.label for one in app.multiselect] == ["Neighborhoods"]
    app.multiselect[0].select("millrace").run()
    assert now(app) == {"place": ["millrace"]}
    assert [one.label for one in app.multiselect] == ["Neighborhoods", "Compare with"]
    assert "Millrace" not in app.multiselect[1].options
    app.multiselect[1].select("old-orchard").run()
    assert now(app) == {"place": ["millrace"], "vs": ["old-orchard"]}
    assert "Shown: Millrace, beside Old Orchard" in said(app, "shown")[0]
    app.multiselect[0].unselect("millrace").run()
    assert now(app) == {}


def test_clear_all_leaves_the_city_and_nothing_else():
    app = run("3_outcomes.py", "riverbend", place="millrace", unit="allegation", embed="true")
    app.button(key="filter_clear").click().run()
    assert now(app) == {} and set(app.query_params) == {"city", "embed"}
    assert said(app, "shown") == ["Shown: all of Riverbend; 2019 to 2024; counted by complaint."]


def test_a_closed_panel_draws_no_widget_of_its_own():
    app = run("2_complaints.py", "riverbend")
    assert not app.radio and not app.selectbox
    assert [one.label for one in app.multiselect] == ["Neighborhoods"]


def opened(page: str, city: str, **parameters: str) -> AppTest:
    """Run a page with its panel open."""
    return with_panel(run(page, city, **parameters))


def with_panel(app: AppTest) -> AppTest:
    """Run once more, the panel open: a test without a browser forgets that it was."""
    app.session_state["filter_panel"] = True
    return app.run()


def test_the_panel_offers_what_the_city_publishes_and_each_choice_reaches_the_address():
    app = opened("2_complaints.py", "riverbend")
    assert not app.exception
    offered = {one.label: one for one in (*app.multiselect, *app.selectbox, *app.radio)}
    assert {"From", "Through", "District", "Finding", "Category", "Filed by", "Counted by",
            "Shown as"} <= set(offered)  # fmt: skip
    assert "Use of force" in offered["Category"].options
    app.selectbox(key="filter_from_").select("2020-03")
    with_panel(app)
    app.multiselect(key="filter_finding").select("sustained")
    with_panel(app)
    app.radio(key="filter_unit").set_value("allegation")
    with_panel(app)
    app.radio(key="filter_show").set_value("rates")
    with_panel(app)
    assert now(app) == {
        "from": ["2020-03"],
        "finding": ["sustained"],
        "unit": ["allegation"],
        "show": ["rates"],
    }
    html = words(app)
    assert "How many allegations were there for every 10,000 residents, per year?" in html
    assert "Riverbend head count 2021" in html, "a rate stands without the year of its residents"


@published
def test_a_city_without_residents_says_why_there_are_no_rates():
    app = opened("2_complaints.py", "chicago")
    assert "Shown as" not in [one.label for one in app.radio]
    assert "No rates: the number of residents is not published." in said(app, "soft")
    assert "Officer-allegation" in next(r for r in app.radio if r.label == "Counted by").options


@published
def test_rows_that_count_officers_are_called_officer_allegations():
    html = words(run("2_complaints.py", "philadelphia", unit="allegation"))
    assert "How many officer-allegations about the police were received?" in html


@published
def test_a_category_of_the_other_unit_is_not_offered_and_leaves_with_a_note() -> None:
    app = opened("2_complaints.py", "chicago")
    categories = app.multiselect(key="filter_category")
    assert "Complaint register" in categories.options
    assert "Excessive force" not in categories.options
    app.radio(key="filter_unit").set_value("allegation")
    with_panel(app)
    assert "Complaint register" not in app.multiselect(key="filter_category").options
    app.multiselect(key="filter_category").select("excessive_force")
    with_panel(app)
    assert now(app) == {"unit": ["allegation"], "category": ["excessive_force"]}
    assert "about excessive force; counted by officer-allegation" in said(app, "shown")[0]
    app.radio(key="filter_unit").set_value("complaint")
    with_panel(app)
    assert app.multiselect(key="filter_category").value == []
    assert said(app, "shown")[0] == "Shown: all of Chicago; 2000 to 2023; counted by complaint."
    there = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in {"city": "chicago", **now(app)}.items():
        there.query_params[name] = value
    notes = unescape(words(there.run()))  # the frame, which tells them, is on the first page only
    assert "“Excessive force” was set aside: here it is a category of officer-allegations" in notes


@published
def test_a_category_of_both_units_stays_chosen_when_the_unit_is_changed() -> None:
    app = opened("2_complaints.py", "philadelphia", category="verbal_abuse")
    app.radio(key="filter_unit").set_value("allegation")
    with_panel(app)
    assert app.multiselect(key="filter_category").value == ["verbal_abuse"]
    assert now(app) == {"unit": ["allegation"], "category": ["verbal_abuse"]}


@published
def test_no_block_is_lost_to_a_category_that_whole_complaints_do_not_have() -> None:
    chosen = {"category": "excessive_force", "unit": "allegation"}
    app = run("3_outcomes.py", "chicago", **chosen)
    html = unescape(words(app))
    assert "Not for this choice" not in html and "excessive_force," not in html
    dropped = "Not narrowed by category: complaints have no category “Excessive force” here."
    assert said(app, "narrow").count(dropped) >= 5


@published
def test_a_block_without_rows_of_a_category_says_so_by_its_name() -> None:
    html = unescape(words(run("3_outcomes.py", "philadelphia", category="drugs")))
    refusals = re.findall(r"Not for this choice\. ([^<]*)<", html)
    assert refusals and set(refusals) == {"Nothing that is counted here has the category “Drugs”."}


def test_places_that_exclude_a_district_are_said_once_and_nothing_is_counted():
    app = run("2_complaints.py", "riverbend", place="clocktower", district="hill")
    assert not app.exception and not said(app, "shown")
    notes = [one for one in said(app, "note") if "does not lie in" in one]
    assert notes == [
        "Clocktower does not lie in Hill district, but in Ferry Center district. Nothing can be "
        "counted: take one of the two away."
    ]


def test_what_a_question_cannot_be_narrowed_by_is_said_in_its_block():
    app = run("3_outcomes.py", "riverbend", finding="sustained")
    assert len([one for one in said(app, "narrow") if "Not narrowed by finding" in one]) >= 4
    app = run("4_outreach.py", "riverbend", category="bias")
    assert any("Not narrowed by category: outreach events" in one for one in said(app, "narrow"))


def test_events_are_listed_for_the_places_and_the_time_chosen():
    html = words(run("4_outreach.py", "st-louis", place="36", **{"from": "2018", "to": "2018"}))
    everything = words(run("4_outreach.py", "st-louis"))
    counted = re.search(r"(\d+) events? (?:is|are) documented in", html)
    total = re.search(r"(\d+) events are documented,", everything)
    assert total is not None
    assert "Which events in" in html
    assert counted is None or int(counted[1]) < int(total[1])


HOSTILE = [
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "../../etc/passwd",
    "x" * 5000,
    "\x00\u202e",
    "2019-99",
    ",,,,",
]


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("page", FILTERED)
def test_hostile_values_fall_back_with_a_note_on_every_page_of_every_city(page, city):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["city"] = city
    for position, name in enumerate(
        ("place", "district", "vs", "from", "to", "category", "finding", "filed_by", "unit", "show")
    ):
        app.query_params[name] = [HOSTILE[(position + k) % len(HOSTILE)] for k in range(3)]
    app.run()
    notes = words(app)  # the frame, which tells them, is drawn on the first page only
    assert notes.count('role="status"') >= 8 and "<script" not in notes
    app.switch_page(f"pages/{page}").run()
    html = words(app)
    assert not app.exception
    assert "<h1" in html and "<script" not in html


def test_a_place_is_shown_beside_the_rest_of_its_city_with_ranges():
    html = unescape(words(run("5_neighborhoods.py", "riverbend", place="heron-flats")))
    assert "How does Heron Flats compare with the rest of Riverbend?" in html
    cells = re.findall(r"<t[hd][^>]*>([^<]*)<", html)
    row = cells[cells.index("Complaints per 10,000 residents a year") :][:3]
    assert row[1] == "61.3 (56.4 to 66.5)" and re.fullmatch(r"[\d.]+ \([\d.]+ to [\d.]+\)", row[2])
    assert "What was promised about Heron Flats?" in html


def test_places_that_get_no_rate_are_shown_with_their_raw_counts_and_why():
    app = run("5_neighborhoods.py", "riverbend", place="slipway", vs="kiln-yards")
    html = unescape(words(app))
    assert "Counts only: no rate can be given here" in html
    assert "too few to tell (" in html
    assert "<h1>Kiln Yards and Slipway</h1>" in html or "<h1>Slipway and Kiln Yards</h1>" in html


@published
def test_without_a_list_of_places_shares_are_compared_and_rates_are_said_to_be_impossible():
    html = unescape(words(run("5_neighborhoods.py", "chicago", place="11", vs="7")))
    assert "How do 11th district and 7th district compare with the rest of Chicago?" in html
    assert "Closed within 180 days of filing" in html
    assert "Cannot tell for Chicago: the number of residents is not published." in html
    assert "The next chart allows for that" not in html
    every = unescape(words(run("5_neighborhoods.py", "chicago")))
    links = re.findall(r'neighborhoods\?city=chicago&place=(\d+)"', every)
    assert links[:11] == [str(number) for number in range(1, 12)]


def test_without_a_choice_every_place_is_listed_with_a_link_to_its_page():
    html = unescape(words(run("5_neighborhoods.py", "riverbend", finding="sustained")))
    assert "neighborhoods?city=riverbend&place=millrace&finding=sustained" in html
    assert "Every neighborhood</h1>" in html


def test_a_view_written_by_a_link_is_the_view_that_was_read():
    view = View(place=("millrace",), from_="2020", show="rates")
    assert parse_qs(address(view)) == {name: [value] for name, value in pairs_of(view)}


def test_the_words_of_the_source_stand_beside_the_common_terms_with_their_rows():
    html = unescape(words(run("3_outcomes.py", "riverbend")))
    rows = re.findall(
        r'<tr><th scope="row">([^<]*)</th><td>([^<]*)</td><td[^>]*>([^<]*)</td>', html
    )
    assert ("Sustained", "Founded") in {one[:2] for one in rows}
    assert ("Closed without a finding", "No sworn statement", "912") in rows


def test_a_page_of_verdicts_says_that_filters_do_not_change_them():
    html = words(run(PAGES[0], "riverbend", place="heron-flats", **{"from": "2020"}))
    assert "Filters do not change verdicts" in html
    assert "Filters do not change verdicts" not in words(run(PAGES[0], "riverbend"))


def test_a_resident_comes_from_home_to_the_page_of_their_neighborhood():
    app = run(PAGES[0], "riverbend", **{"from": "2020"})
    app.selectbox(key="find_a_place").select("heron-flats").run()
    assert now(app) == {"place": ["heron-flats"], "from": ["2020"]}
    assert "<h1>Heron Flats</h1>" in words(app)
