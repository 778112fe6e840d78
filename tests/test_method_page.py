"""The method page says what the code does, because it is built from the code."""

from __future__ import annotations

import re

import pytest

from trustboard import rule
from trustboard.method import method_page, published
from trustboard.method import rule_words as words
from trustboard.method.gate_words import gates_table
from trustboard.simulation import simulate
from trustboard.simulation.scenarios import Scenario
from trustboard.verdict_states import Verdict, VerdictState
from trustboard.verdicts import gates
from trustboard.verdicts.model import GATES
from trustboard.wording import meaning, reason_word, verdict_word


def everything() -> str:
    parts = []
    for section in method_page():
        parts += [section.heading, *section.paragraphs]
        for table in section.tables:
            parts += [table.caption, *table.columns, *(cell for row in table.rows for cell in row)]
    return "\n".join(parts)


def test_every_verdict_is_listed_once_with_its_meaning() -> None:
    listed = [(row[0], row[1]) for row in words.states_table().rows]
    part_way = Verdict(VerdictState.NOT_KEPT, part_way=True)
    expected = [*(Verdict(state) for state in VerdictState), part_way]
    assert sorted(listed) == sorted((verdict_word(one), meaning(one)) for one in expected)


def test_no_two_verdicts_share_a_condition() -> None:
    conditions = [row[2] for row in words.states_table().rows]
    assert len(set(conditions)) == len(conditions)


def test_the_gates_stand_in_the_order_in_which_they_are_tried() -> None:
    rows = gates_table().rows
    assert [row[1] for row in rows] == [reason_word(gate) for gate in GATES]
    assert [row[0] for row in rows] == [str(n) for n in range(1, 7)]
    assert len({row[-1] for row in rows}) == len(rows)
    assert all(row[-1] for row in rows)


def test_the_limits_of_the_gates_are_those_that_are_applied() -> None:
    asked = {row[1]: row[3] for row in gates_table().rows}
    too_few, incomplete = (asked[reason_word(gate)] for gate in (GATES[5], GATES[4]))
    assert f"{gates.FEWEST_EVENTS} events" in too_few
    assert f"{gates.FEWEST_CASES} cases" in too_few
    assert gates.enough_events(gates.FEWEST_EVENTS, 99).passed
    assert not gates.enough_events(gates.FEWEST_EVENTS - 1, 99).passed
    assert f"{gates.MOST_MISSING:.0%}" in incomplete
    assert f"{gates.MOST_MISSING_PLACE:.0%}" in incomplete


def test_the_numbers_of_the_rule_are_those_that_are_applied() -> None:
    text = everything()
    assert "latest 12 complete months with the 24 months before" in text
    assert f"is {rule.MARGIN:.0%} lower, or 11% higher, for counts and rates" in text
    assert f"{100 * rule.LEEWAY:.0f} points short" in text
    assert (words.USUAL, words.WIDE) == ("95%", "99.8%")
    assert "wider 99.8% range" in text


def test_the_sentences_quote_the_published_numbers() -> None:
    found = published()
    shares = [
        found.share(
            VerdictState.MOVING_AS_PROMISED.value,
            months="alike",
            per_month=volume,
            true_change=-0.2,
            reading="shown",
            month=24,
        ).share
        for volume in (30, 100)
    ]
    last = method_page()[-1]
    sentence = next(one for one in last.paragraphs if one.startswith("A true fall"))
    assert f"{100 * shares[0]:.0f}% of the series at 30 a month" in sentence
    assert f"{100 * shares[1]:.0f}% of the series at 100 a month" in sentence
    assert any("resembles the one before" in one for one in last.paragraphs)


def test_every_row_is_as_long_as_its_heads_and_every_share_has_a_range() -> None:
    for section in method_page():
        for table in section.tables:
            assert table.rows
            assert {len(row) for row in table.rows} == {len(table.columns)}
    for table in method_page()[-1].tables:
        for row in table.rows:
            measured = [cell for cell in row if "(" in cell]
            assert measured
            one = r"(under |over )?[\d.]+%?"
            assert all(re.fullmatch(rf"{one} \({one} to {one}\)", c) for c in measured)


def test_another_run_can_be_shown_and_a_run_without_the_spoken_worlds_is_an_error() -> None:
    partial = simulate(series=2, worlds=[Scenario("alike", 10, -0.1)], processes=1)
    with pytest.raises(KeyError):
        method_page(partial)
    assert method_page(published()) == method_page()


def test_the_page_claims_no_cause() -> None:
    assert not re.search(r"\b(due to|thanks to|caused|no effect|worked\b(?! out))", everything())
