"""Change tests: from dated rows through windows, gates and the rule to a sentence."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from verdict_promises import change, city_with, days_of_months, only_test, promise

from factories import make_city
from trustboard.statistics import before_after
from trustboard.verdict_states import CannotTell, Reason, Verdict, VerdictState

REPOSITORY = Path(__file__).resolve().parents[2]
OWN = REPOSITORY / "tests" / "statistics" / "reference_small.json"
SHARED = Path(
    os.environ.get("TRUSTBOARD_REFERENCE")
    or REPOSITORY.parent / "shared" / "reference" / "statistics.json"
)
BASELINE = {"from": date(2019, 1, 1), "to": date(2020, 12, 31)}
GAP = [30] * 12


def _worked_verdicts() -> list[Any]:
    """List every worked verdict: monthly counts in, state and ratio out."""
    cases = []
    for path in (OWN, SHARED):
        examples = json.loads(path.read_text())["examples"] if path.is_file() else []
        for example in examples:
            if example["section"] == 6 and isinstance(example["inputs"], list):
                pairs = zip(example["inputs"], example["expected"], strict=True)
                cases += [pytest.param(*p, id=f"{example['id']}-{n}") for n, p in enumerate(pairs)]
    return cases


@pytest.mark.parametrize(("given", "expected"), _worked_verdicts())
def test_a_worked_verdict_comes_out_of_the_whole_engine(
    given: dict[str, Any], expected: dict[str, Any]
) -> None:
    counts = [*given["monthly_counts"][:24], *GAP, *given["monthly_counts"][24:]]
    lacking = given["missing_share"] / (1 - given["missing_share"])
    unknown = days_of_months([round(n * lacking) for n in counts], first=date(2019, 1, 1))
    extra = [{"complaint_id": f"u{n}", "filed_on": day} for n, day in enumerate(unknown)]
    city = city_with(counts, extra=extra)
    deadline = date(2022, 12, 31) if given["deadline_passed"] else date(2025, 12, 31)
    target = given["target_ratio"] - 1
    test = only_test(
        promise(
            change(
                direction=given["direction"],
                baseline=BASELINE,
                target_change=target,
                deadline=deadline,
                filters={"filed_by": ["civilian"]},
            )
        ),
        city,
    )
    if isinstance(test.raw, CannotTell):
        assert test.raw.reason.name == expected["state"]
        return
    assert isinstance(test.raw, Verdict)
    assert test.raw.state.name == expected["state"]
    assert test.numbers["events before"] == expected["baseline_total"]
    assert test.numbers["events after"] == expected["current_total"]
    assert test.numbers["dispersion"] == pytest.approx(expected["dispersion_used"], rel=1e-6)
    assert test.estimate is not None
    assert test.estimate.estimate == pytest.approx(expected["rate_ratio"], rel=1e-6)
    if "ci95" in expected:
        found = (test.estimate.lower, test.estimate.upper)
        assert found == pytest.approx(tuple(expected["ci95"]), rel=1e-6)


def test_the_windows_are_the_24_months_before_and_the_latest_12_settled_months() -> None:
    city = city_with([30] * 60, settles=3)
    test = only_test(promise(change()), city)
    before, after = test.windows
    assert (before.from_, before.to) == (date(2019, 6, 1), date(2021, 5, 31))
    assert (after.from_, after.to) == (date(2022, 10, 1), date(2023, 9, 30))


def test_at_the_deadline_the_window_ends_with_the_deadline() -> None:
    city = city_with([30] * 60, settles=3)
    test = only_test(promise(change(deadline=date(2022, 9, 15))), city)
    assert (test.windows[1].from_, test.windows[1].to) == (date(2021, 9, 1), date(2022, 8, 31))
    assert not test.provisional


def test_a_deadline_counts_as_passed_only_when_its_last_month_is_settled() -> None:
    promised = promise(change(deadline=date(2023, 12, 31)))
    early = only_test(promised, city_with([300] * 62, settles=3))
    late = only_test(promised, city_with([300] * 63, settles=3))
    assert early.provisional
    assert early.outcome == Verdict(VerdictState.NO_REAL_CHANGE)
    assert not late.provisional
    assert late.outcome == Verdict(VerdictState.NOT_KEPT)


def test_a_deadline_shorter_than_a_year_compares_the_same_calendar_months() -> None:
    seasonal = [60 if month % 12 < 6 else 20 for month in range(36)]
    test = only_test(promise(change(deadline=date(2021, 12, 31))), city_with(seasonal))
    assert test.numbers["months after"] == 6
    assert test.numbers["months before"] == 12
    assert test.estimate is not None
    assert test.estimate.estimate == pytest.approx(1.0)
    assert any("same months" in caveat for caveat in test.caveats)


def test_the_year_in_which_a_place_was_chosen_for_its_number_is_left_out() -> None:
    counts = [20] * 29 + [40] * 12 + [20] * 19  # high in the twelve months before June 2022
    said = date(2022, 6, 15)
    naive = only_test(promise(change(baseline_months=12), said_on=said), city_with(counts))
    careful = only_test(
        promise(change(baseline_months=12, chosen_for_high_value=True), said_on=said),
        city_with(counts),
    )
    assert naive.estimate is not None
    assert careful.estimate is not None
    assert naive.estimate.estimate == pytest.approx(0.5)
    assert careful.estimate.estimate == pytest.approx(1.0)
    assert careful.windows[0].to == date(2021, 5, 31)


STATES = [
    ([30] * 24 + [30] * 12 + [20] * 12, {}, VerdictState.MOVING_AS_PROMISED),
    ([30] * 24 + [30] * 12 + [45] * 12, {}, VerdictState.MOVING_AGAINST),
    ([300] * 24 + [300] * 12 + [300] * 12, {}, VerdictState.NO_REAL_CHANGE),
    ([4] * 24 + [4] * 12 + [4] * 12, {}, VerdictState.NO_CLEAR_CHANGE),
    ([50] * 24 + [50] * 12 + [30] * 12, {"target_change": -0.2}, VerdictState.KEPT),
    ([50] * 24 + [50] * 12 + [50] * 12, {"target_change": -0.3}, VerdictState.NOT_KEPT),
    ([20] * 24 + [20] * 12 + [17] * 12, {"target_change": -0.2}, VerdictState.TOO_CLOSE_TO_CALL),
]


@pytest.mark.parametrize(
    ("counts", "more", "state"), STATES, ids=lambda v: getattr(v, "name", None)
)
def test_every_state_is_reached(
    counts: list[int], more: dict[str, Any], state: VerdictState
) -> None:
    deadline = {"deadline": date(2022, 12, 31)} if "target_change" in more else {}
    test = only_test(promise(change(baseline=BASELINE, **more, **deadline)), city_with(counts))
    assert isinstance(test.raw, Verdict)
    assert test.raw.state is state
    assert [gate.passed for gate in test.gates] == [True] * 6


def test_a_change_that_misses_its_target_but_exceeds_chance_is_part_way() -> None:
    counts = [100] * 36 + [80] * 12
    test = only_test(
        promise(change(baseline=BASELINE, target_change=-0.4, deadline=date(2022, 12, 31))),
        city_with(counts),
    )
    assert test.outcome == Verdict(VerdictState.NOT_KEPT, part_way=True)
    assert "part of the way" in test.headline


def test_the_literal_line_is_printed_even_when_the_range_leaves_the_answer_open() -> None:
    for now, line in ((15, "meets"), (17, "misses")):
        test = only_test(
            promise(change(baseline=BASELINE, target_change=-0.2, deadline=date(2022, 12, 31))),
            city_with([20] * 36 + [now] * 12),
        )
        assert test.literal == f"The published figure {line} the target."


def test_without_a_target_there_is_no_line_about_meeting_it() -> None:
    assert only_test(promise(change()), city_with([30] * 60)).literal == ""


def test_swapping_the_windows_inverts_the_ratio() -> None:
    before, after = [31, 40, 28, 35] * 3, [22, 27, 19, 30] * 3
    one = only_test(
        promise(change(baseline={"from": date(2019, 1, 1), "to": date(2019, 12, 31)})),
        city_with([*before, *GAP, *GAP, *after]),
    )
    other = only_test(
        promise(change(baseline={"from": date(2019, 1, 1), "to": date(2019, 12, 31)})),
        city_with([*after, *GAP, *GAP, *before]),
    )
    assert one.estimate is not None
    assert other.estimate is not None
    assert one.estimate.estimate * other.estimate.estimate == pytest.approx(1.0)


def test_a_rate_with_the_same_residents_gives_the_ratio_of_the_counts() -> None:
    counts = [30] * 36 + [20] * 12
    count = only_test(promise(change(baseline=BASELINE)), city_with(counts, places=PEOPLE))
    rate = only_test(
        promise(change(baseline=BASELINE, indicator="complaints-per-10000")),
        city_with(counts, places=PEOPLE),
    )
    assert count.estimate is not None
    assert rate.estimate is not None
    assert rate.estimate.estimate == pytest.approx(count.estimate.estimate)
    assert rate.numbers["residents before"] == pytest.approx(90_000)


PEOPLE = [
    ("alder", "Alder", "neighborhood", "d1", 60_000),
    ("birch", "Birch", "neighborhood", "d2", 30_000),
]


def test_the_formula_can_be_checked_by_hand() -> None:
    test = only_test(promise(change(baseline=BASELINE)), city_with([30] * 36 + [20] * 12))
    assert test.formula.startswith("(240 ÷ 12 months) ÷ (720 ÷ 24 months) = 0.6667; 95% range ")
    assert list(test.numbers)[:4] == [
        "events before",
        "months before",
        "events after",
        "months after",
    ]
    by_hand = before_after(
        [30] * 24 + [20] * 12, period=[0] * 24 + [1] * 12, month=[*range(1, 13)] * 3
    )
    assert test.numbers["ratio, lower end"] == pytest.approx(by_hand.lower)


def test_the_smallest_detectable_change_stands_beside_every_verdict() -> None:
    small = only_test(promise(change(baseline=BASELINE)), city_with([5] * 48))
    large = only_test(promise(change(baseline=BASELINE)), city_with([200] * 48))
    assert small.smallest_detectable is not None
    assert large.smallest_detectable is not None
    assert 0 < large.smallest_detectable < small.smallest_detectable < 1


def test_a_share_is_compared_in_points_and_its_margin_is_five() -> None:
    city = _findings(before=(300, 1000), after=(450, 1000))
    test = only_test(promise(_sustained()), city)
    assert test.estimate_is == "difference"
    assert test.estimate is not None
    assert test.estimate.estimate == pytest.approx(0.15)
    assert test.estimate.lower == pytest.approx(0.1078, abs=1e-4)  # Newcombe, by hand
    assert test.raw == Verdict(VerdictState.MOVING_AS_PROMISED)
    assert test.numbers["smallest difference that matters"] == 0.05
    assert "45%, after 30% before: 15.0 points higher" in test.sentence


def test_a_share_of_fewer_than_30_cases_is_too_few() -> None:
    test = only_test(promise(_sustained()), _findings(before=(5, 29), after=(9, 60)))
    assert isinstance(test.outcome, CannotTell)
    assert test.outcome.reason is Reason.TOO_FEW
    assert test.numbers["cases before"] == 29


def _sustained(**more: Any) -> dict[str, Any]:
    return change(
        indicator="findings",
        direction="increase",
        filters={"finding": ["sustained"]},
        baseline=BASELINE,
        **more,
    )


def _findings(*, before: tuple[int, int], after: tuple[int, int]) -> Any:
    """Build a city with decided complaints in 2019 and 2022: (sustained, all) of each."""
    complaints, outcomes = [], []
    for year, (hits, cases) in ((2019, before), (2022, after)):
        for number in range(cases):
            one, day = f"c{year}-{number}", date(year, 1 + number % 12, 1 + number % 28)
            complaints.append(
                {"complaint_id": one, "filed_on": day, "closed_on": date(2022, 12, 31)}
            )
            finding = "sustained" if number < hits else "unfounded"
            outcomes.append((one, finding, "not_applicable", date(2022, 12, 31)))
    return make_city(
        complaints=complaints,
        outcomes=outcomes,
        coverage={"from": date(2019, 1, 1), "to": date(2022, 12, 31), "settles_after_months": 0},
    )
