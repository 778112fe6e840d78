"""The first view is small, safe, and says what the page and the API say."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from trustboard import shared
from trustboard.first_view import first_view
from trustboard.first_view.chart import MOST_LINES, chart
from trustboard.first_view.contents import CONTENTS, Topic
from trustboard.first_view.markup import elsewhere, table, text
from trustboard.query import Query
from trustboard.serving.encodings import packed
from trustboard.tidy import Measured
from trustboard.wording import answer, value_text

ROOT = Path(__file__).resolve().parents[1]
PAGES = list(CONTENTS)
HOSTILE = "\"><script>alert(1)</script><img src=x onerror='alert(1)'>"


def view(page: str, city: str = "riverbend", **given: str) -> str:
    address = {name: [value] for name, value in given.items()}
    return first_view(page, shared.opened(city), address, pages=PAGES)


def measured(indicator: str = "complaints-received", by: tuple[str, ...] = ("year",)) -> Measured:
    found = shared.measured(shared.opened("riverbend").city, indicator, Query(by=by))
    assert isinstance(found, Measured)
    return found


class Tags(HTMLParser):
    """Collects the tags and the attributes that could run something."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.handlers: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.handlers += [
            name for name, value in attrs if name.startswith("on") or "javascript:" in (value or "")
        ]


def test_every_first_view_belongs_to_a_page() -> None:
    files = [one.stem.partition("_") for one in (ROOT / "pages").glob("[0-9]*_*.py")]
    assert set(CONTENTS) <= {"" if number == "0" else name for number, _, name in files}


@pytest.mark.parametrize("city", ["st-louis", "riverbend", "new-orleans"])
@pytest.mark.parametrize("page", PAGES)
def test_a_first_view_has_one_headline_one_main_part_and_nothing_that_runs(
    page: str, city: str
) -> None:
    tags = Tags(view(page, city))
    assert (tags.names.count("h1"), tags.names.count("main")) == (1, 1)
    assert not tags.handlers
    assert not {"script", "iframe", "form", "object"} & set(tags.names)


@pytest.mark.parametrize("page", PAGES)
def test_invented_data_are_said_to_be_invented_before_anything_else(page: str) -> None:
    html = view(page)
    assert 0 < html.index("Invented data.") < html.index("<h1>")
    assert "Invented data." not in view(page, "st-louis")


@pytest.mark.parametrize("page", PAGES)
def test_the_drawing_ends_within_the_first_bytes(page: str) -> None:
    html = view(page)
    until = html[: html.find("</svg>") + 1].encode()
    assert len(packed(until, "br")) < 5_000, "a fortieth of a second on a slow phone’s line"


@pytest.mark.parametrize("page", ["", "complaints", "outcomes", "neighborhoods", "method"])
def test_a_first_view_has_the_headline_and_the_answer_of_its_page(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["city"] = "riverbend"
    app.run()
    if page:
        (file,) = (ROOT / "pages").glob(f"[0-9]*_{page}.py")
        app.switch_page(f"pages/{file.name}").run()
    full = " ".join(str(getattr(one.proto, "body", "")) for one in app.get("html"))
    html = view(page)
    for pattern in (r"<h1>(.*?)</h1>", r'<p class="fv-answer">(.*?)</p>'):
        for said in re.findall(pattern, html):
            assert said in full


def test_the_numbers_are_those_of_the_measured_table() -> None:
    found = measured()
    html = view("complaints")
    assert text(answer(found)) in html
    rows = re.findall(r'<tr><th scope="row">(\d{4})</th><td>([^<]*)</td>', html)
    told = [value_text(found.kind, value) for value in found.table["value"]]
    assert rows == list(zip(found.table["period"], told, strict=True))
    assert all(text(one) in html for one in found.sources)


def test_a_view_follows_the_filters_of_the_address_and_says_so() -> None:
    narrow = Query(by=("year",), filters=(("category", ("use_of_force",)),))
    found = shared.measured(shared.opened("riverbend").city, "complaints-received", narrow)
    assert isinstance(found, Measured)
    html = view("complaints", category="use_of_force")
    assert text(answer(found)) in html
    assert "Shown: " in html and "Shown: " not in view("complaints")


def test_places_are_all_listed_until_one_is_chosen() -> None:
    every = view("neighborhoods")
    names = shared.opened("riverbend").city.places["name"]
    assert "Every neighborhood" in every and all(text(name) in every for name in names)
    one = view("neighborhoods", place="heron-flats")
    assert "<h1>Heron Flats</h1>" in one
    query = Query(by=("year",), filters=(("place", ("heron-flats",)),))
    found = shared.measured(shared.opened("riverbend").city, "complaints-received", query)
    assert isinstance(found, Measured)
    assert text(answer(found)) in one


def test_home_keeps_to_the_topic_of_the_address() -> None:
    promises = shared.assessed(shared.opened("st-louis"))
    chosen = promises[0].commitment.topic
    titles = re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", view("", "st-louis", topic=chosen))
    assert len(titles) == sum(one.commitment.topic == chosen for one in promises) < len(promises)
    assert len(re.findall("<h3>", view("", "st-louis", topic=HOSTILE))) == len(promises)


def test_a_verdict_is_said_with_its_word_and_its_sentence() -> None:
    opened = shared.opened("riverbend")
    html = view("commitments", commitment="calmer-streets")
    chosen = next(one for one in shared.assessed(opened) if one.commitment.id == "calmer-streets")
    for test in chosen.tests:
        assert text(test.headline) in html and text(test.sentence) in html
    every = view("")
    assert all(text(t.headline) in every for one in shared.assessed(opened) for t in one.tests)


@pytest.mark.parametrize("page", PAGES)
def test_whatever_stands_in_the_address_becomes_no_tag(page: str) -> None:
    plain = Tags(view(page)).names
    names = ("category", "place", "from", "to", "commitment", "show", "vs", HOSTILE)
    tags = Tags(view(page, **dict.fromkeys(names, HOSTILE)))
    assert not tags.handlers and "script" not in tags.names and "img" not in tags.names
    assert tags.names.count("h1") == plain.count("h1")


def test_a_city_with_a_hostile_description_becomes_no_tag() -> None:
    opened = shared.opened("riverbend")
    described = opened.city.city.model_copy(
        update={"name": HOSTILE, "about": HOSTILE, "region": HOSTILE}
    )
    city = replace(opened.city, city=described, data_hash="hostile")
    for page in PAGES:
        tags = Tags(first_view(page, shared.as_opened(city), {}, pages=PAGES))
        assert not tags.handlers and not {"script", "img"} & set(tags.names)


def test_addresses_in_data_lead_to_the_web_only() -> None:
    assert "href" not in elsewhere("x", "javascript:alert(1)")
    assert "href" not in elsewhere("x", "https:nowhere")
    assert elsewhere("<b>", "https://a.example/?a=1&b='").count("<b>") == 0


def test_a_long_table_is_cut_and_says_so() -> None:
    html = table(["A"], [[str(n)] for n in range(30)], caption="Numbers")
    assert html.count("<tr>") == 25 and "6 further rows" in html


@pytest.mark.parametrize(
    ("indicator", "by"),
    [("complaints-received", ("year",)), ("findings", ("year",)), ("days-to-close", ("year",))],
)
def test_a_drawing_is_sound_names_itself_and_has_a_mark_for_each_value(
    indicator: str, by: tuple[str, ...]
) -> None:
    found = measured(indicator, by)
    drawn = ElementTree.fromstring(f"<div>{chart(found, said='Said & done.')}</div>")  # noqa: S314 - our own
    (svg,) = (one for one in drawn if one.tag == "svg")
    assert svg.find("title").text == found.title
    assert svg.find("desc").text == "Said & done."
    marks = [*svg.iter("rect"), *svg.iter("circle")]
    assert len(marks) == found.table["value"].notna().sum()
    hollow = [one for one in marks if one.get("fill") not in {one.get("stroke")}]
    known = found.table[found.table["value"].notna()]
    assert len(hollow) == known["state"].ne("ok").sum()


def test_heights_are_in_proportion_to_values_and_a_gap_stays_a_gap() -> None:
    found = measured()
    values = found.table.assign(value=[4.0, pd.NA, 2.0, 0.0] + [1.0] * (len(found.table) - 4))
    values["value"] = values["value"].astype("Float64")
    html = f"<div>{chart(replace(found, table=values), said='')}</div>"
    drawn = ElementTree.fromstring(html)  # noqa: S314 - our own
    heights = [float(one.get("height")) for one in drawn.iter("rect")]
    assert len(heights) == len(values) - 1
    assert heights[0] == pytest.approx(2 * heights[1], abs=0.2)
    assert heights[2] == 0


def test_a_line_is_dotted_into_what_is_not_settled_and_the_words_below_say_so() -> None:
    found = measured("days-to-close", ("year",))
    known = found.table["value"].notna().sum()
    state = ["ok"] * (known - 1) + ["partial"] * (len(found.table) - known + 1)
    drawn = chart(replace(found, table=found.table.assign(state=state)), said="")
    last = found.table["period"].iloc[known - 1]
    assert f"hollow mark: the source covers only part of {last}." in drawn
    solid, dotted = ElementTree.fromstring(f"<div>{drawn}</div>").iter("path")  # noqa: S314
    assert (solid.get("stroke-dasharray"), dotted.get("stroke-dasharray")) == (None, "1.5 4")
    assert [one.get("d").count("L") for one in (solid, dotted)] == [known - 2, 1]
    whole = chart(replace(found, table=found.table.assign(state="ok")), said="")
    assert "1.5 4" not in whole and "Dotted" not in whole


def test_nothing_is_drawn_where_there_is_no_time_no_value_or_too_many_lines() -> None:
    found = measured()
    assert chart(replace(found, period="all"), said="") == ""
    assert chart(replace(found, table=found.table.assign(value=float("nan"))), said="") == ""
    many = [f"g{n}" for n in range(MOST_LINES + 1)]
    rows = pd.concat([found.table.assign(place=one) for one in many])
    assert chart(replace(found, table=rows, groups=("place",)), said="") == ""


def test_topics_begin_with_a_question_that_their_page_asks() -> None:
    for name, content in CONTENTS.items():
        if isinstance(content, Topic):
            (file,) = (ROOT / "pages").glob(f"[0-9]*_{name}.py")
            assert content.indicator in file.read_text(encoding="utf-8")
            assert unescape(content.title) in file.read_text(encoding="utf-8")
