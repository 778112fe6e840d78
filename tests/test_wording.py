"""Sentences carry the number, its range, its period and its denominator; none says why."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from factories import make_city
from test_figures import YEARS, measured, rows
from trustboard import wording
from trustboard.figures.frame import UNSETTLED
from trustboard.listing import together
from trustboard.measure import Query, measure
from trustboard.tidy import UNDECIDED
from trustboard.verdict_states import CannotTell, Reason, Verdict, VerdictState
from trustboard.wording.periods import short_date, since_text, span
from trustboard.wording.places import all_places, by_name, place_answer
from trustboard.wording.verdicts import MEANINGS, REASON_WORDS, VERDICT_WORDS

CAUSAL = re.compile(
    r"\b(worked(?! out)|caused?|due to|thanks to|failed|improved|worsened|no effect|because of)\b",
    re.I,
)


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (1234.0, "1,234"), (-5, "−5"), (-0.2, "0"), (math.nan, "not known")],
)
def test_counts_are_written_with_commas_and_missing_is_not_zero(value, said):
    assert wording.whole(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.0, "0%"), (0.294, "29%"), (0.094, "9.4%"), (0.0996, "10%"), (0.05, "5%"), (1.0, "100%")],
)
def test_shares_are_written_in_percent_and_small_ones_with_one_decimal(value, said):
    assert wording.share(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(205 / 206, "99.5%"), (0.99951, "over 99.9%"), (0.0004, "under 0.1%"), (1e-18, "0%")],
)
def test_nearly_all_is_not_all_and_hardly_any_is_not_none(value, said):
    assert wording.share(value) == said


def test_one_of_a_kind_is_in_the_singular():
    assert wording.unit_of(1, "complaints") == "complaint"
    assert wording.unit_of(1, "officer-allegations") == "officer-allegation"
    assert wording.unit_of(2, "officer-allegations") == "officer-allegations"


@pytest.mark.parametrize(
    ("value", "said"), [(75.43, "75.4"), (0.0315, "0.03"), (0, "0.0"), (214.4, "214")]
)
def test_rates_carry_decimals_by_their_size(value, said):
    assert wording.rate(value) == said


def test_an_unreached_limit_is_said_in_words():
    assert wording.days(math.inf) == "not reached yet"
    assert wording.interval("days", 157, math.inf) == "157 days or more"
    assert wording.interval("share", math.nan, 0.4) == ""


@pytest.mark.parametrize(
    ("period", "said"),
    [("2019", "2019"), ("2019-Q2", "April to June 2019"), ("2019-03", "March 2019")],
)
def test_periods_are_written_out(period, said):
    assert wording.period_name(period) == said


def test_a_period_ends_where_the_next_begins_and_odd_ones_have_no_span():
    assert span("2019-Q4") == (pd.Timestamp("2019-10-01"), pd.Timestamp("2020-01-01"))
    assert span("2019-13") is None
    assert span("all") is None


def test_a_date_is_never_more_precise_than_it_is_known():
    day = pd.Timestamp("2018-03-01")
    assert wording.date_text(day, "month") == "March 2018"
    assert short_date(day, "year") == "2018"
    assert wording.date_text(pd.NaT) == "date not known"


def test_a_count_is_answered_with_the_latest_settled_year_and_the_one_before():
    table = rows(YEARS, [12.0, 7.0, 9.0], state=["ok", "ok", "unsettled"])
    assert wording.answer(measured(table)) == (
        "In 2020, the latest year that can be judged, there were 7 complaints. In 2019 there "
        "were 12."
    )


@pytest.mark.parametrize(
    ("states", "until", "said"),
    [
        (["ok", "ok", "ok"], date(2021, 12, 31), "In 2021, the last year chosen,"),
        (["ok", "ok", "cut"], date(2021, 6, 30), "In 2020, the last whole year chosen,"),
        (["ok", "ok", "unsettled"], date(2021, 12, 31), "the latest year that can be judged,"),
        (["ok", "ok", "partial"], date(2021, 12, 31), "the latest year that can be judged,"),
        (["ok", "ok", "ok"], None, "In 2021, the latest year that can be judged,"),
    ],
)
def test_a_year_is_called_the_last_that_can_be_judged_only_where_later_ones_cannot(
    states, until, said
):
    table = rows(YEARS, [12.0, 7.0, 9.0], state=states)
    assert said in wording.answer(replace(measured(table), until=until))


def test_what_was_measured_knows_the_last_day_asked_for():
    city = make_city(complaints=[("c1", "2022-01-10"), ("c2", "2023-02-01")])
    chosen = measure(city, "complaints-received", Query(by=("year",), to=date(2022, 12, 31)))
    assert wording.answer(chosen) == "In 2022, the last year chosen, there was 1 complaint."
    months = measure(city, "complaints-received", Query(by=("month",), to=date(2022, 1, 31)))
    assert "In January 2022, the last month chosen, there was 1" in wording.answer(months)
    every = measure(city, "complaints-received", Query(by=("year",)))
    assert "In 2022, the latest year that can be judged" in wording.answer(every)


def test_a_share_is_answered_with_its_range_numerator_and_denominator():
    table = rows(["2019"], [0.2], lower=[0.17], upper=[0.24], n=[100.0], exposure=[500.0])
    said = wording.answer(measured(table, kind="share"))
    assert said.endswith("it was 100 of 500 complaints, or 20% (17% to 24%).")


def test_an_answer_never_quotes_a_row_that_is_too_few():
    table = rows(YEARS, [0.5, 0.6, 0.9], state=["too_few"] * 3, n=[1.0, 2.0, 3.0])
    said = wording.answer(measured(table, kind="share"))
    assert said == "Too few to tell."  # whatever was counted of how many stands in the table


def test_counts_of_which_none_can_be_quoted_are_added_up():
    table = rows(["2019"], [1.0], state=["unsettled"], n=[1.0])
    assert wording.answer(measured(table)).endswith(" 1 was counted.")


def test_where_rows_cannot_be_quoted_for_several_reasons_none_is_told_for_all():
    table = rows(YEARS, [0.5, 0.6, 0.9], state=["too_few", "immature", "immature"])
    assert wording.answer(measured(table, kind="share")) == (
        "Nothing here can be quoted; the table says of each row why."
    )


def test_a_count_by_finding_says_that_its_recent_end_is_too_low_and_compares_nothing():
    table = rows(["2018", "2019"], [3.0, 1.0])
    counts = replace(measured(table), caveats=(UNDECIDED,))
    assert wording.answer(counts) == (
        "In 2019, there was 1 complaint. Cases without a finding yet are not among those with one, "
        "so recent counts are too low."
    )


def test_years_that_are_not_neighbors_are_told_as_such():
    table = rows(["2017", "2019"], [3.0, 1.0])
    assert wording.answer(measured(table)) == (
        "In 2019, the latest year that can be judged, there was 1 complaint. In 2017, the latest "
        "before it, there were 3."
    )


@pytest.mark.parametrize("on", ["2018-07-01", "2019-01-01", "2019-07-01"])
def test_a_year_is_not_compared_with_one_that_was_counted_in_another_way(on):
    table = rows(["2018", "2019"], [3.0, 1.0])
    said = wording.answer(measured(table, breaks=((pd.Timestamp(on), "A new form."),)))
    assert said == "In 2019, the latest year that can be judged, there was 1 complaint."


def test_shares_still_open_are_not_compared_since_newer_ones_are_younger():
    table = rows(["2018", "2019"], [0.1, 0.3], lower=[0.0, 0.2], upper=[0.2, 0.4])
    said = wording.answer(replace(measured(table, kind="share"), indicator="still-open"))
    assert "2019" in said
    assert "2018" not in said


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        (["ok", "ok", "too_few"], "In 2020: a 20%; b 30%, of 20 complaints. Too few to tell: c."),
        (
            ["ok", "too_few", "too_few"],
            "In 2019 (fewer can be judged in later years): a 10%; b 30%; c 60%, of 50 complaints.",
        ),
    ],
    ids=["most parts", "hardly any"],
)
def test_parts_of_one_whole_are_quoted_of_one_year_with_the_whole(judged, said):
    table = rows(
        ["2019"] * 3 + ["2020"] * 3, [0.1, 0.3, 0.6, 0.2, 0.3, 0.5], finding=["a", "b", "c"] * 2,
        exposure=[50.0] * 3 + [20.0] * 3, state=["ok"] * 3 + judged,
    )  # fmt: skip
    assert wording.answer(measured(table, kind="share", groups=("finding",))) == said


def test_an_empty_table_says_so_and_does_not_say_zero():
    assert wording.answer(measured(rows([], []))) == "Nothing was recorded for this choice."


def test_groups_are_named_where_few_and_places_are_never_ranked_by_name():
    few = rows(["all"] * 2, [3.0, 5.0], category=["a", "b"])
    assert wording.answer(measured(few, groups=("category",), period="all")) == (
        "Over the whole period: a 3 complaints; b 5."
    )
    many = rows(["all"] * 6, [1.0, 2.0, 3.0, 4.0, 5.0, 60.0], place=list("uvwxyz"))
    said = wording.answer(measured(many, groups=("place",), period="all"))
    assert said == (
        "Over the whole period, the 6 places had between 1 and 60 complaints each. Part of that "
        "spread is chance."
    )


def test_groups_judged_up_to_different_years_carry_their_own_year():
    table = rows(["2019", "2020", "2019"], [3.0, 4.0, 5.0], place=["a", "a", "b"])
    assert wording.answer(measured(table, groups=("place",))) == (
        "Each in its latest year that can be judged: a had 4 complaints in 2020; b had 5 in 2019."
    )


def test_shares_of_a_few_groups_keep_their_ranges():
    table = rows(["2019"] * 2, [0.2, 0.3], lower=[0.1, 0.2], upper=[0.4, 0.5], place=["a", "b"])
    said = wording.answer(measured(table, kind="share", groups=("place",)))
    assert said == "In 2019: a had 20% (10% to 40%); b had 30% (20% to 50%)."


def test_parts_of_one_whole_are_told_with_how_many_it_holds():
    table = rows(["2019"] * 2, [0.2, 0.8], exposure=[50.0, 50.0], finding=["a", "b"])
    said = wording.answer(measured(table, kind="share", groups=("finding",)))
    assert said == "In 2019: a 20%; b 80%, of 50 complaints."


def test_the_one_place_that_can_be_judged_is_named_and_the_other_is_not_left_out():
    """Two places were chosen: "it was 231" would be read as both of them together."""
    table = rows(
        ["2019"] * 2, [231.0, math.nan], place=["a", "b"], state=["ok", "too_few"],
        lower=[186.0, math.nan], upper=[284.0, math.nan],
    )  # fmt: skip
    said = wording.answer(measured(table, kind="rate", groups=("place",)))
    assert said.startswith("a: in 2019, the latest year that can be judged, it was 231")
    assert said.endswith(" Too few to tell: b.")


def test_why_a_place_has_no_value_is_told_of_the_year_that_is_quoted():
    """Every place's last year is too recent; what keeps this one from being judged is its size."""
    table = rows(
        ["2019", "2020"] * 2, [0.2, math.nan, math.nan, math.nan], place=["a", "a", "b", "b"],
        state=["ok", "immature", "too_few", "immature"],
    )  # fmt: skip
    assert " Too few to tell: b." in wording.answer(
        measured(table, kind="share", groups=("place",))
    )


def test_of_three_places_the_one_without_a_value_is_named_too():
    table = rows(
        ["2019"] * 3, [1.0, 2.0, math.nan], place=["a", "b", "c"],
        state=["ok", "ok", "not_published"],
    )  # fmt: skip
    said = wording.answer(measured(table, groups=("place",)))
    assert said == ("In 2019: a had 1 complaint; b had 2. The source does not cover this: c.")


def test_of_many_kinds_those_with_the_most_and_the_fewest_are_named():
    many = rows(["all"] * 5, [1.0, 2.0, 3.0, 4.0, 60.0], category=list("vwxyz"))
    assert wording.answer(measured(many, groups=("category",), period="all")) == (
        "Over the whole period, of 5 kinds of complaint, z had the most complaints, 60, and v the "
        "fewest, 1."
    )


def test_the_ends_of_shares_carry_their_range_and_what_was_counted_of_how_many():
    values = [0.1, 0.2, 0.3, 0.4, 0.5]
    many = rows(
        ["2019"] * 5, values, category=list("vwxyz"), n=[value * 50 for value in values],
        exposure=[50.0] * 5, lower=[value - 0.05 for value in values],
        upper=[value + 0.1 for value in values],
    )  # fmt: skip
    assert wording.answer(measured(many, kind="share", groups=("category",))) == (
        "In 2019, of 5 kinds of complaint, z had the highest share, 50% (25 of 50; 45% to 60%), "
        "and v the lowest, 10% (5 of 50; 5% to 20%), of complaints."
    )


def test_names_of_places_stand_in_the_order_of_their_numbers():
    names = ["beats 41xx", "10th district", "2nd district", "District 10", "District 9", "Alder"]
    assert sorted(names, key=by_name) == [
        "2nd district", "10th district", "Alder", "District 9", "District 10", "beats 41xx",
    ]  # fmt: skip


def test_without_a_list_of_places_it_is_said_that_shares_can_be_compared_and_rates_cannot():
    assert all_places("ward", "wards", listed=True)[1].startswith("Choose a ward to read")
    title, said = all_places("ward", "wards", listed=False)
    assert title == "Every ward"
    assert said.startswith("No list of wards is published") and "Rates cannot be." in said


def over_years(values, **more):
    """Answer a table of five kinds over three years, the values year by year."""
    years = [f"{year}" for year in (2017, 2018, 2019) for _ in range(5)]
    table = rows(years, values, category=list("vwxyz") * 3)
    return wording.answer(measured(table, groups=("category",), **more))


FALLING = [9.0, 8, 7, 6, 50, 5, 4, 3, 2, 40, 1, 2, 3, 4, 30]


def test_of_kinds_over_years_both_ends_are_compared_with_the_first_year():
    assert over_years(FALLING) == (
        "In 2019, of 5 kinds of complaint, z had the most complaints, 30, and v the fewest, 1. "
        "In 2017 these two had 50 and 9."
    )


def test_years_that_were_counted_in_another_way_are_not_compared():
    new_way = ((pd.Timestamp(2017, 6, 1), "A new form."),)
    assert over_years(FALLING, breaks=new_way).endswith(" In 2018 these two had 40 and 5.")
    later = ((pd.Timestamp(2020, 1, 1), "A form after all that is told of."),)
    assert over_years(FALLING, breaks=later).endswith(" In 2017 these two had 50 and 9.")


@pytest.mark.parametrize("month", [(2018, 6), (2019, 6)], ids=["the year before", "the same year"])
def test_where_no_earlier_year_was_counted_the_same_way_none_is_told_of(month):
    newest = ((pd.Timestamp(*month, 1), "A newer form."),)
    assert over_years(FALLING, breaks=newest).endswith(" the fewest, 1.")


def test_a_kind_that_the_first_year_lacks_is_compared_with_a_later_one():
    assert over_years([math.nan, *FALLING[1:]]).endswith(" In 2018 these two had 40 and 5.")


def test_groups_that_share_an_end_are_all_told_of():
    def said(values):
        table = rows(["all"] * 5, values, event_kind=list("vwxyz"))
        return wording.answer(measured(table, groups=("event_kind",), period="all"))

    assert "y and z had the most complaints, 9, and v the fewest, 1." in said([1.0, 2, 3, 9, 9])
    assert "z had the most complaints, 9, and v and 3 others the fewest, 1." in said(
        [1.0] * 4 + [9]
    )
    assert said([4.0] * 5) == "Over the whole period, all 5 kinds of event had the same, 4."


def test_a_kind_with_too_few_is_never_at_an_end_and_is_counted_as_not_judged():
    table = rows(
        ["2019"] * 6, [0.2, 0.3, 0.4, 0.5, 0.6, 0.99], category=list("uvwxyz"),
        state=["ok"] * 5 + ["too_few"],
    )  # fmt: skip
    said = wording.answer(measured(table, kind="share", groups=("category",)))
    assert "z" not in said.replace("zero", "")
    assert said.endswith("1 more cannot be judged.")


def test_values_of_different_years_are_not_told_as_one_range():
    """Five places are known of 2019, one of them alone of 2020: their range is that of 2019."""
    places = list("vwxyz")
    table = rows(["2019"] * 5 + ["2020"], [1.0, 2.0, 3.0, 4.0, 5.0, 90.0], place=[*places, "z"])
    assert wording.answer(measured(table, groups=("place",))) == (
        "In 2019 (fewer can be judged in later years), the 5 places had between 1 and 5 complaints "
        "each. Part of that spread is chance."
    )


def test_what_is_not_known_is_no_group_at_either_end_and_none_of_them():
    table = rows(
        ["2019"] * 6, [1.0, 2.0, 3.0, 4.0, 5.0, 90.0], category=[*"vwxyz", "unknown"],
    )  # fmt: skip
    said = wording.answer(measured(table, groups=("category",)))
    assert said == (
        "In 2019, of 5 kinds of complaint, z had the most complaints, 5, and v the fewest, 1. "
        "Apart from these: unknown 90."
    )


def test_ranges_over_three_groups_name_what_they_run_across():
    names = [(place, kind, who) for place in "ab" for kind in "cd" for who in "ef"]
    place, kind, who = zip(*names, strict=True)
    table = rows(
        ["all"] * 8, [float(one) for one in range(8)], place=place, category=kind, filed_by=who
    )
    groups = ("place", "category", "filed_by")
    assert wording.answer(measured(table, groups=groups, period="all")).startswith(
        "Over the whole period, across 4 combinations of places and kinds of complaint, "
        "complaints: e from 0 to 6; f from 1 to 7."
    )


def test_the_only_place_that_can_be_judged_is_no_range():
    places = list("vwxyz")
    years = ["2015", "2016", "2017", "2018", "2019"]
    table = rows(years, [1.0, 2.0, 3.0, 4.0, 5.0], place=places)
    assert wording.answer(measured(table, groups=("place",))) == (
        "In 2019, only z can be judged: 5 complaints. 4 more cannot be judged."
    )


def test_rows_without_a_known_place_are_no_place_of_a_range():
    places = [*"vwxyz", "unknown", "outside", "citywide"]
    table = rows(["all"] * 8, [1.0, 2.0, 3.0, 4.0, 5.0, 900.0, 0.0, 70.0], place=places)
    said = wording.answer(measured(table, groups=("place",), period="all"))
    assert "the 5 places had between 1 and 5 complaints" in said


def test_parts_of_many_groups_are_told_part_by_part():
    """A finding's share in one place is no range with another finding's in another place."""
    places = [place for place in "vwxyz" for _ in range(2)]
    table = rows(
        ["all"] * 10, [0.1, 0.9, 0.2, 0.8, 0.3, 0.7, 0.1, 0.9, 0.2, 0.8],
        place=places, finding=["sustained", "unfounded"] * 5,
    )  # fmt: skip
    made = measured(table, kind="share", groups=("place", "finding"), period="all")
    assert wording.answer(made) == (
        "Over the whole period, across 5 places: sustained from 10% to 30%; unfounded from 70% to "
        "90%. Part of that spread is chance."
    )


def test_where_outreach_goes_is_said_in_words_and_not_as_a_range_of_unlike_numbers():
    measures = ["areas", "complaints", "events", "residents", "rank_agreement"]
    table = rows(
        ["2019"] * 5, [0.4, 0.5, 0.3, 0.35, 0.1], measure=measures, n=[2.0, 5, 3, 4, 5],
        exposure=[5.0, 10, 10, 12, 5], lower=[0.2] * 5, upper=[0.6] * 5,
    )  # fmt: skip
    assert wording.answer(measured(table, kind="share", groups=("measure",))) == (
        "In 2019, the 2 of 5 areas that together hold half of the complaints had 30% (20% to 60%) "
        "of the events; 35% of residents live there. Ranks agree by 0.10 (0.20 to 0.60), where 1 "
        "is full agreement."
    )


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_several_names_stand_in_a_sentence_as_one_would_say_them(names, said):
    assert together(names) == said


def test_of_several_places_each_sentence_begins_with_its_place():
    row = {"observed": 30.0, "expected": 10.0, "ratio": 3.0, "standing": "within"}
    said = place_answer(row, name="Hill", places=24, unit="complaints")
    assert said.index("Hill") < said.index("Not clearly")


def test_a_place_is_called_higher_only_outside_the_limits():
    row = {"observed": 30.0, "expected": 10.0, "ratio": 3.0, "standing": "within"}
    asked = {"name": "Hill", "places": 24, "unit": "allegations"}
    assert "Not clearly" in place_answer(row, **asked)
    assert "30 allegations" in place_answer(row, **asked)
    assert "more" in place_answer({**row, "standing": "higher"}, **asked)
    assert place_answer(None, **asked).startswith("Cannot tell")


def test_every_state_and_reason_has_words_and_no_two_share_them():
    assert set(VERDICT_WORDS) == set(MEANINGS) == set(VerdictState)
    assert set(REASON_WORDS) == set(Reason)
    said = [*VERDICT_WORDS.values(), *REASON_WORDS.values()]
    assert len(said) == len(set(said))


def test_shown_to_be_the_same_and_cannot_be_told_share_no_telling_word():
    small = {"a", "the", "to", "that", "by", "as", "or", "and", "are", "data", "anything", "moved"}
    same, weak = (
        set(re.findall(r"[a-z]+", f"{VERDICT_WORDS[state]} {MEANINGS[state]}".lower())) - small
        for state in (VerdictState.NO_REAL_CHANGE, VerdictState.NO_CLEAR_CHANGE)
    )
    assert not same & weak


def test_what_a_test_could_have_seen_is_said_in_words():
    assert "less than 21%" in wording.detectable(0.21, measure="ratio")
    assert "less than 5.4 points" in wording.detectable(0.054, measure="difference")
    assert "promised level" in wording.detectable(0.028, measure="share")
    assert "no change of any size" in wording.detectable(math.inf, measure="ratio")


def test_cannot_tell_always_comes_with_its_reason():
    why = CannotTell(Reason.NOT_PUBLISHED, "nothing found", "publication")
    assert wording.verdict_word(why) == "Cannot tell: not published"
    partly = Verdict(VerdictState.NOT_KEPT, part_way=True)
    assert wording.verdict_word(partly) != wording.verdict_word(Verdict(VerdictState.NOT_KEPT))


@pytest.mark.parametrize("folder", ["wording", "ui", "figures"])
def test_no_sentence_of_the_pages_claims_a_cause(folder):
    root = Path(wording.__file__).parents[1]
    for file in sorted((root / folder).glob("*.py")):
        strings = re.findall(r"\"[^\"\n]*\"", file.read_text(encoding="utf-8"))
        found = [one for one in strings if CAUSAL.search(one)]
        assert not found, f"{file.name}: {found}"


@pytest.mark.parametrize(
    ("since", "on", "said"),
    [
        (date(2020, 12, 31), date(2024, 2, 4), "31 December 2020, 37 months"),
        (date(2024, 1, 4), date(2024, 2, 4), "4 January 2024, 1 month"),
        (date(2024, 1, 5), date(2024, 2, 4), "5 January 2024"),
        (date(2025, 1, 5), date(2024, 2, 4), "5 January 2025"),
    ],
)
def test_how_long_something_is_missing_is_told_in_whole_months(since, on, said):
    assert since_text(since, on=on) == said


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        (["2020", "2021"], "2020 to 2021"),
        (["2019", "2021"], "2019 and 2021"),
        (["2020-Q4", "2021-Q1"], "October 2020 to March 2021"),
        (["2020-Q4"], "October to December 2020"),
        (["2020-12", "2021-01", "2021-03"], "December 2020 to January 2021 and March 2021"),
    ],
)
def test_periods_that_follow_each_other_are_named_by_both_ends(periods, said):
    found = measured(rows(periods, [1.0] * len(periods), state=["unsettled"] * len(periods)))
    words = wording.unsettled_words(found, mark="Hatched")
    assert words == f"Hatched: late rows may still change {said}."


def test_what_is_not_drawn_needs_no_words_and_every_state_has_some():
    young = rows(YEARS, [1.0, 2.0, math.nan], state=["ok", "ok", "immature"])
    assert wording.unsettled_words(measured(young), mark="Hatched") == ""
    for state in UNSETTLED:
        table = rows(YEARS, [1.0, 2.0, 3.0], state=["ok", "ok", state])
        assert "2021" in wording.unsettled_words(measured(table), mark="Hatched")
