"""A view read from an address, and written into one."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustboard.query import FILTERS
from trustboard.view import NAMES, Offered, View, address, pairs_of, read_view
from trustboard.view.address import LONGEST, LONGEST_LIST, MOST_SIDE_BY_SIDE, MOST_VALUES
from viewing import riverbend, views


def read(text: str, offered: Offered | None = None) -> tuple[View, tuple[str, ...]]:
    """Read an address as a server would."""
    return read_view(parse_qs(text, keep_blank_values=True), offered or riverbend())


def test_an_address_is_short_and_reads_like_the_one_of_the_api():
    view, notes = read(
        "place=heron-flats&place=millrace&from=2019&to=2020-06&category=use_of_force"
        "&finding=sustained&filed_by=officer&unit=allegation&show=rates&vs=old-orchard"
    )
    assert notes == ()
    assert view == View(
        from_="2019",
        to="2020-06",
        place=("heron-flats", "millrace"),
        category=("use_of_force",),
        finding=("sustained",),
        filed_by=("officer",),
        unit="allegation",
        show="rates",
        vs=("old-orchard",),
    )
    assert address(view, city="riverbend") == (
        "city=riverbend&place=heron-flats&place=millrace&vs=old-orchard&from=2019&to=2020-06"
        "&category=use_of_force&finding=sustained&filed_by=officer&unit=allegation&show=rates"
    )


@pytest.mark.parametrize("text", ["place=Heron+Flats", "place=heron%20flats,millrace"])
def test_a_place_is_read_by_the_name_that_is_printed_too(text):
    view, notes = read(text)
    assert notes == ()
    assert view.place[0] == "heron-flats"
    assert "place=heron-flats" in address(view, city="riverbend")


def test_an_empty_address_is_the_view_of_everything_and_is_written_as_nothing():
    for text in ("", "place=&from=&unit=", "city=riverbend&embed=true&utm_source=x"):
        view, notes = read(text)
        assert view == View() and view.is_everything and notes == ()
    assert pairs_of(View()) == []


def test_values_may_be_separated_by_commas_and_come_out_in_the_order_of_the_city():
    one, _ = read("place=millrace,heron-flats")
    other, _ = read("place=heron-flats&place=millrace&place=millrace")
    assert one.place == other.place == ("heron-flats", "millrace")


@pytest.mark.parametrize("between", [",", "&place="])
def test_every_place_of_a_city_can_be_asked_for_and_what_is_more_is_cut_and_said(
    between: str,
) -> None:
    places = {f"p{number:03}": f"Place {number}" for number in range(MOST_VALUES + 5)}
    city = replace(riverbend(), place=places, lies_in={})
    whole, notes = read("place=" + between.join(list(places)[:MOST_VALUES]), city)
    assert len(whole.place) == MOST_VALUES and notes == ()
    cut, notes = read("place=" + between.join(places), city)
    assert cut.place == whole.place
    assert notes == (f"Only the first {MOST_VALUES} values of “place” were read.",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("place=<b>x</b>", "There is no neighborhood “<b>x</b>” here; it was set aside."),
        ("filed_by=nobody", "There is no group of filers “nobody” here"),
        (
            "place=heron-flats&place=nowhere&place=elsewhere",
            "“nowhere” (and 1 more) here; they were set aside",
        ),
        ("category=" + "x" * 5000, "…”"),
        ("unit=officer", "“unit” is complaint or allegation, not “officer”"),
        ("unit=complaint&unit=allegation", "given more than once"),
        ("show=ranks", "“show” is counts or rates"),
        ("from=2019&from=2020", "given more than once"),
        ("from=yesterday", "is no date"),
        ("from=2019-13", "is no date"),
        ("to=2019-02-30", "is no date"),
        ("from=٢٠١٩", "is no date"),
        ("from=1850", "the data cover 2019 to 2024"),
        ("from=2022&to=2020", "ends (2020) before it begins (2022)"),
        ("vs=millrace", "choose a neighborhood first"),
        ("plase=millrace", "did you mean “place”"),
        ("filedby=officer", "did you mean “filed_by”"),
    ],
)
def test_what_cannot_be_is_set_aside_with_a_note_that_says_so(text, told):
    view, notes = read(text)
    assert len(notes) == 1 and told in notes[0]
    assert len(notes[0]) < 200 + LONGEST_LIST
    assert replace(view, place=()) == View()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("place=millrace&vs=nowhere", "There is no neighborhood “nowhere” here"),
        ("district=hill&vs=nowhere", "There is no district “nowhere” here"),
    ],
)
def test_what_cannot_stand_beside_is_called_by_what_it_would_be(text, told):
    view, notes = read(text)
    assert view.vs == () and len(notes) == 1 and notes[0].startswith(told)


def test_good_values_stay_when_bad_ones_are_set_aside():
    view, notes = read("place=heron-flats&place=nowhere&from=2020&unit=x")
    assert view == View(place=("heron-flats",), from_="2020") and len(notes) == 2


def test_no_more_than_four_stand_side_by_side():
    ids = list(riverbend().place)[:8]
    view, notes = read(urlencode({"place": ids[:2], "vs": ids[2:]}, doseq=True))
    assert len(view.place) + len(view.vs) == MOST_SIDE_BY_SIDE and "At most 4" in notes[0]


def test_where_no_resident_is_counted_rates_fall_back_to_counts_and_say_why():
    view, notes = read("show=rates", replace(riverbend(), no_rates="nobody was counted"))
    assert view.show == "counts" and "nobody was counted" in notes[0]


#: A city that sorts allegations by other categories than complaints.
TWO_LISTS = Offered(
    category={"insult": "Insult", "notice": "Notice", "blow": "Blow", "shove": "Shove"},
    counted_as={
        "complaint": frozenset({"insult", "notice"}),
        "allegation": frozenset({"insult", "blow", "shove"}),
    },
    units=("complaint", "allegation"),
    row_word="officer-allegation",
)


@pytest.mark.parametrize(
    ("text", "kept", "note"),
    [
        (
            "category=blow",
            (),
            "“Blow” was set aside: here it is a category of officer-allegations, not of "
            "complaints. To choose it, count by officer-allegation first.",
        ),
        (
            "category=blow&category=shove&category=insult&unit=complaint",
            ("insult",),
            "“Blow” (and 1 more) were set aside: here they are categories of officer-allegations, "
            "not of complaints. To choose them, count by officer-allegation first.",
        ),
        (
            "category=notice&unit=allegation",
            (),
            "“Notice” was set aside: here it is a category of complaints, not of "
            "officer-allegations. To choose it, count by complaint first.",
        ),
    ],
)
def test_a_category_of_the_other_unit_is_set_aside_by_its_name_with_where_it_counts(
    text, kept, note
):
    view, notes = read(text, TWO_LISTS)
    assert (view.category, notes) == (kept, (note,))


def test_categories_of_the_chosen_unit_are_read_without_a_note():
    assert read("category=blow&unit=allegation", TWO_LISTS)[1] == ()
    assert read("category=insult,notice", TWO_LISTS)[1] == ()


def test_a_place_that_does_not_lie_in_a_district_is_said_with_where_it_lies():
    offered = riverbend()
    assert offered.impossible(("clocktower",), ("hill",)) == (
        "Clocktower does not lie in Hill district, but in Ferry Center district."
    )
    assert offered.impossible(("clocktower",), ("ferry-center", "hill")) == ""
    assert offered.impossible((), ("hill",)) == ""


def consistent(view: View, offered: Offered) -> None:
    """Check that a city has every value of a view."""
    for group in FILTERS:
        assert set(view.kept(group)) <= set(offered.names(group))
    assert view.unit in offered.units
    assert view.show == "counts" or not offered.no_rates
    for day in (view.first_day, view.last_day):
        assert day is None or offered.first is not None
    if view.first_day and view.last_day:
        assert view.first_day <= view.last_day
    if view.vs:
        assert set(view.vs) <= set(offered.names(view.compared))
        assert not set(view.vs) & set(view.kept(view.compared))


NAME = st.one_of(st.sampled_from([*NAMES, "From", "plase", "city"]), st.text(max_size=90))
KNOWN = st.sampled_from([
    "heron-flats", "millrace,old-orchard", "hill", "use_of_force", "sustained", "officer",
    "allegation", "rates", "2019", "2020-06", "2021-02-29", "unknown", "outside", ",,,", "\x00",
    "<script>alert(1)</script>", "../../etc/passwd", "9999-12-31", "0000", "0001-01-01",
])  # fmt: skip
ADDRESS = st.dictionaries(
    NAME, st.lists(st.one_of(KNOWN, st.text(max_size=LONGEST * 2)), max_size=30), max_size=14
)


@settings(max_examples=1500, deadline=None)
@given(given_=ADDRESS)
def test_whatever_an_address_holds_a_view_that_the_city_has_comes_out(given_):
    view, notes = read_view(given_, riverbend())
    consistent(view, riverbend())
    assert all(len(note) < 300 for note in notes) and len(notes) < 60
    again, quiet = read_view(parse_qs(urlencode(pairs_of(view))), riverbend())
    assert again == view and quiet == ()


@settings(max_examples=1500, deadline=None)
@given(text=st.text(max_size=400))
def test_any_text_at_all_behind_the_question_mark_is_read_without_an_error(text):
    view, _ = read(text)
    consistent(view, riverbend())


@settings(max_examples=300, deadline=None)
@given(view=views())
def test_every_view_survives_being_written_into_an_address(view):
    again, notes = read(address(view, city="riverbend"))
    assert again == view and notes == ()


def test_few_choices_are_named_where_one_was_asked_for_that_there_is_not():
    _, notes = read("filed_by=resident")
    assert "There is: " in notes[0]
    assert all(name in notes[0] for name in riverbend().filed_by.values())
    _, notes = read("place=atlantis")
    assert "There is: " not in notes[0]
