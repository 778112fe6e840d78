"""Sentences carry the number, its range, its period and its denominator; none says why."""

from __future__ import annotations

import math
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from test_figures import YEARS, measured, rows
from trustboard import wording
from trustboard.listing import together
from trustboard.verdict_states import CannotTell, Reason, Verdict, VerdictState
from trustboard.wording.periods import short_date, since_text, span
from trustboard.wording.places import place_answer
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


def test_a_share_is_answered_with_its_range_numerator_and_denominator():
    table = rows(["2019"], [0.2], lower=[0.17], upper=[0.24], n=[100.0], exposure=[500.0])
    said = wording.answer(measured(table, kind="share"))
    assert said.endswith("it was 100 of 500 complaints, or 20% (17% to 24%).")


def test_an_answer_never_quotes_a_row_that_is_too_few():
    table = rows(YEARS, [0.5, 0.6, 0.9], state=["too_few"] * 3, n=[1.0, 2.0, 3.0])
    said = wording.answer(measured(table, kind="share"))
    assert said.startswith("Too few to tell")
    assert "6 were counted" in said
    assert "%" not in said


def test_an_empty_table_says_so_and_does_not_say_zero():
    assert wording.answer(measured(rows([], []))) == "Nothing was recorded for this choice."


def test_groups_are_named_where_few_and_places_are_never_ranked_by_name():
    few = rows(["all"] * 2, [3.0, 5.0], category=["a", "b"])
    assert wording.answer(measured(few, groups=("category",), period="all")) == (
        "Over the whole period: a 3 complaints; b 5."
    )
    many = rows(["all"] * 6, [1.0, 2.0, 3.0, 4.0, 5.0, 60.0], place=list("uvwxyz"))
    said = wording.answer(measured(many, groups=("place",), period="all"))
    assert "range from 1 to 60" in said
    assert "(z)" not in said
    assert "chance" in said


def test_groups_judged_up_to_different_years_carry_their_own_year():
    table = rows(["2019", "2020", "2019"], [3.0, 4.0, 5.0], place=["a", "a", "b"])
    assert wording.answer(measured(table, groups=("place",))) == (
        "Each in its latest year that can be judged: a 4 complaints in 2020; b 5 in 2019."
    )


def test_shares_of_a_few_groups_keep_their_ranges():
    table = rows(["2019"] * 2, [0.2, 0.3], lower=[0.1, 0.2], upper=[0.4, 0.5], place=["a", "b"])
    said = wording.answer(measured(table, kind="share", groups=("place",)))
    assert said == "In 2019: a 20% (10% to 40%); b 30% (20% to 50%)."


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
    assert said.startswith("a: In 2019, the latest year that can be judged, it was 231")
    assert said.endswith(" b: too few to tell: the count is shown, no rate is drawn from it.")


def test_why_a_place_has_no_value_is_told_of_the_year_that_is_quoted():
    """Every place's last year is too recent; what keeps this one from being judged is its size."""
    table = rows(
        ["2019", "2020"] * 2, [0.2, math.nan, math.nan, math.nan], place=["a", "a", "b", "b"],
        state=["ok", "immature", "too_few", "immature"],
    )  # fmt: skip
    assert " b: too few to tell" in wording.answer(measured(table, kind="share", groups=("place",)))


def test_of_three_places_the_one_without_a_value_is_named_too():
    table = rows(
        ["2019"] * 3, [1.0, 2.0, math.nan], place=["a", "b", "c"],
        state=["ok", "ok", "not_published"],
    )  # fmt: skip
    said = wording.answer(measured(table, groups=("place",)))
    assert said == ("In 2019: a 1 complaint; b 2. c: the source does not cover this.")


def test_where_many_groups_are_compared_the_ends_carry_their_unit():
    many = rows(["all"] * 5, [1.0, 2.0, 3.0, 4.0, 60.0], category=list("vwxyz"))
    assert wording.answer(measured(many, groups=("category",), period="all")) == (
        "Over the whole period, the 5 kinds range from 1 (v) to 60 (z) complaints."
    )


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_several_names_stand_in_a_sentence_as_one_would_say_them(names, said):
    assert together(names) == said


def test_of_several_places_each_sentence_begins_with_its_place():
    row = {"observed": 30.0, "expected": 10.0, "ratio": 3.0, "standing": "within"}
    said = place_answer(row, name="Hill", places=24)
    assert said.index("Hill") < said.index("Not clearly")


def test_a_place_is_called_higher_only_outside_the_limits():
    row = {"observed": 30.0, "expected": 10.0, "ratio": 3.0, "standing": "within"}
    assert "Not clearly" in place_answer(row, name="Hill", places=24)
    assert "more" in place_answer({**row, "standing": "higher"}, name="Hill", places=24)
    assert place_answer(None, name="Hill", places=24).startswith("Cannot tell")


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
