"""The verdict rule, case by case and for any numbers."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from trustboard import rule
from trustboard.rule import QuarterlyReading, shown_outcomes
from trustboard.statistics import Interval, RatioTest
from trustboard.verdict_states import CannotTell, Outcome, Reason, Verdict, VerdictState

PROMISED, AGAINST = VerdictState.MOVING_AS_PROMISED, VerdictState.MOVING_AGAINST
UNCHANGED, UNCLEAR = VerdictState.NO_REAL_CHANGE, VerdictState.NO_CLEAR_CHANGE
KEPT, NOT_KEPT = VerdictState.KEPT, VerdictState.NOT_KEPT
TOO_CLOSE = VerdictState.TOO_CLOSE_TO_CALL


def ratio(estimate: float, lower: float, upper: float) -> RatioTest:
    return RatioTest(estimate, lower, upper, math.nan)


def test_ten_percent_matters_unless_half_the_promise_is_less() -> None:
    assert rule.smallest_that_matters("decrease", None) == pytest.approx(math.log(1 / 0.9))
    assert rule.smallest_that_matters("decrease", 0.5) == pytest.approx(math.log(1 / 0.9))
    assert rule.smallest_that_matters("decrease", 0.9) == pytest.approx(math.log(1 / 0.9) / 2)
    assert rule.smallest_that_matters("increase", 1.1) == pytest.approx(math.log(1.1) / 2)


def test_without_a_number_the_promise_is_the_smallest_change_that_matters() -> None:
    assert rule.promised_progress("increase", None) == pytest.approx(math.log(1 / 0.9))
    assert rule.promised_progress("increase", None, margin=0.2) == pytest.approx(math.log(1.25))


@pytest.mark.parametrize(("direction", "target"), [("decrease", 1.2), ("increase", 0.8)])
def test_a_target_on_the_wrong_side_is_refused(direction: rule.Direction, target: float) -> None:
    with pytest.raises(ValueError, match=f"no {direction}"):
        rule.promised_progress(direction, target)


@pytest.mark.parametrize("margin", [0, 1, -0.1])
def test_a_margin_that_is_no_share_is_refused(margin: float) -> None:
    with pytest.raises(ValueError, match="margin"):
        rule.smallest_that_matters("decrease", None, margin=margin)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (ratio(0.71, 0.61, 0.83), PROMISED),
        (ratio(0.95, 0.92, 0.98), UNCLEAR),  # beyond chance, too small to matter, not shown equal
        (ratio(0.97, 0.945, 0.995), UNCHANGED),  # beyond chance, and shown too small to matter
        (ratio(0.85, 0.70, 1.03), UNCLEAR),
        (ratio(1.30, 1.10, 1.54), AGAINST),
        (ratio(1.00, 0.95, 1.05), UNCHANGED),
        (ratio(1.00, 0.80, 1.25), UNCLEAR),
        (ratio(0.0, 0.0, math.inf), UNCLEAR),
        (ratio(math.nan, 0.0, math.inf), UNCLEAR),
    ],
)
def test_a_promised_decrease_before_its_deadline(change: RatioTest, state: VerdictState) -> None:
    verdict = rule.state_before_deadline(change, direction="decrease", target_ratio=0.88)
    assert verdict == Verdict(state)


def test_the_same_change_is_as_promised_or_against_by_direction_alone() -> None:
    rise = ratio(1.4, 1.2, 1.6)
    assert rule.state_before_deadline(rise, direction="increase").state is PROMISED
    assert rule.state_before_deadline(rise, direction="decrease").state is AGAINST


@pytest.mark.parametrize(
    ("change", "state", "part_way"),
    [
        (ratio(0.75, 0.68, 0.83), KEPT, False),
        (ratio(0.80, 0.72, 0.89), KEPT, False),  # exactly met
        (ratio(0.70, 0.45, 1.08), TOO_CLOSE, False),  # met, but chance could do that
        (ratio(0.85, 0.75, 0.96), TOO_CLOSE, False),
        (ratio(0.90, 0.85, 0.95), NOT_KEPT, True),
        (ratio(1.00, 0.90, 1.11), NOT_KEPT, False),
        (ratio(1.50, 1.30, 1.73), NOT_KEPT, False),
        (ratio(math.nan, 0.0, math.inf), TOO_CLOSE, False),
    ],
)
def test_a_promised_fifth_less_at_its_deadline(
    change: RatioTest, state: VerdictState, part_way: bool
) -> None:
    verdict = rule.state_at_deadline(change, direction="decrease", target_ratio=0.8)
    assert verdict == Verdict(state, part_way)


def test_a_decrease_without_a_number_is_kept_when_it_matters() -> None:
    fall = ratio(0.88, 0.80, 0.97)
    assert rule.state_at_deadline(fall, direction="decrease").state is KEPT


@pytest.mark.parametrize(
    ("share", "direction", "state"),
    [
        (Interval(0.82, 0.76, 0.87), "increase", KEPT),
        (Interval(0.80, 0.75, 0.84), "increase", KEPT),
        (Interval(0.82, 0.74, 0.88), "increase", TOO_CLOSE),
        (Interval(0.78, 0.74, 0.82), "increase", TOO_CLOSE),
        (Interval(0.70, 0.62, 0.77), "increase", NOT_KEPT),
        (Interval(0.70, 0.62, 0.77), "decrease", KEPT),
        (Interval(0.79, 0.72, 0.86), "decrease", TOO_CLOSE),
        (Interval(0.86, 0.81, 0.90), "decrease", NOT_KEPT),
        (Interval(math.nan, math.nan, math.nan), "increase", TOO_CLOSE),
    ],
)
def test_a_promised_level_of_eighty_percent(
    share: Interval, direction: rule.Direction, state: VerdictState
) -> None:
    verdict = rule.state_of_threshold(share, target=0.8, direction=direction)
    assert verdict == Verdict(state)


def test_a_level_that_is_no_share_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        rule.state_of_threshold(Interval(0.5, 0.4, 0.6), target=80)


def test_a_delivery_is_a_count_and_absence_needs_a_published_period() -> None:
    assert rule.state_of_delivery(12, 12, whole_period_published=False) == Verdict(KEPT)
    assert rule.state_of_delivery(9, 12, whole_period_published=True) == Verdict(NOT_KEPT)
    unknown = rule.state_of_delivery(9, 12, whole_period_published=False)
    assert isinstance(unknown, CannotTell)
    assert unknown.reason is Reason.NOT_PUBLISHED
    assert "9 of 12" in unknown.found


positive = some.floats(0.05, 20)
few = settings(max_examples=60, deadline=None, derandomize=True, database=None)


@few
@given(some.lists(positive, min_size=3, max_size=3).map(sorted), some.floats(0.05, 0.95))
def test_turning_ratio_and_direction_round_changes_no_verdict(
    ends: list[float], target: float
) -> None:
    low, middle, high = ends
    down, up = ratio(middle, low, high), ratio(1 / middle, 1 / high, 1 / low)
    for judge in (rule.state_before_deadline, rule.state_at_deadline):
        assert judge(down, direction="decrease", target_ratio=target) == judge(
            up, direction="increase", target_ratio=1 / target
        )


@few
@given(some.lists(positive, min_size=3, max_size=3).map(sorted), some.floats(0.05, 0.95))
def test_nothing_is_both_kept_and_going_against(ends: list[float], target: float) -> None:
    low, middle, high = ends
    change = ratio(middle, low, high)
    before = rule.state_before_deadline(change, direction="decrease", target_ratio=target)
    at = rule.state_at_deadline(change, direction="decrease", target_ratio=target)
    if at.state is KEPT:
        assert before.state is PROMISED
    if before.state is AGAINST:
        assert at == Verdict(NOT_KEPT)


# What is shown, quarter after quarter

GATE = CannotTell(Reason.INCOMPLETE, "14% of dates missing", "the missing dates")
OTHER_GATE = CannotTell(Reason.TOO_FEW, "8 complaints", "a longer window")


#: How the helper below writes that a verdict waits for its second quarter.
TOO_EARLY = Reason.TOO_EARLY


def shown(
    *raw: VerdictState | CannotTell | tuple[VerdictState, bool],
) -> list[VerdictState | CannotTell | Reason]:
    readings = []
    for one in raw:
        state, holds = one if isinstance(one, tuple) else (one, False)
        outcome = state if isinstance(state, CannotTell) else Verdict(state)
        readings.append(QuarterlyReading(outcome, holds_at_99_8=holds))
    return [_short(outcome) for outcome in shown_outcomes(readings)]


def _short(outcome: Outcome) -> VerdictState | CannotTell | Reason:
    if isinstance(outcome, Verdict):
        return outcome.state
    return TOO_EARLY if outcome.reason is TOO_EARLY else outcome


def test_no_reading_shows_nothing() -> None:
    assert shown() == []


def test_a_state_seen_in_one_quarter_only_is_not_shown() -> None:
    assert shown(UNCLEAR, PROMISED, UNCLEAR) == [UNCLEAR] * 3


def test_a_state_that_repeats_is_shown_in_its_second_quarter() -> None:
    assert shown(UNCLEAR, PROMISED, PROMISED) == [UNCLEAR, UNCLEAR, PROMISED]


def test_two_different_new_states_do_not_confirm_each_other() -> None:
    assert shown(UNCLEAR, PROMISED, AGAINST, PROMISED) == [UNCLEAR] * 4


def test_a_state_that_holds_with_the_wider_range_is_shown_at_once() -> None:
    assert shown(UNCLEAR, (PROMISED, True)) == [UNCLEAR, PROMISED]


def test_too_weak_holds_with_any_wider_range_so_it_has_to_repeat_like_every_state() -> None:
    weak = (UNCLEAR, True)
    assert shown((PROMISED, True), weak, PROMISED) == [PROMISED] * 3
    assert shown((PROMISED, True), weak, weak) == [PROMISED, PROMISED, UNCLEAR]


@pytest.mark.parametrize("claim", [PROMISED, AGAINST, UNCHANGED])
def test_the_first_look_is_confirmed_like_any_other(claim: VerdictState) -> None:
    assert shown(claim) == [TOO_EARLY]
    assert shown(claim, claim) == [TOO_EARLY, claim]
    assert shown(claim, UNCLEAR) == [TOO_EARLY, UNCLEAR]
    assert shown((claim, True)) == [claim]


def test_evidence_too_weak_claims_nothing_and_is_shown_at_the_first_look() -> None:
    assert shown(UNCLEAR) == [UNCLEAR]


def test_an_unconfirmed_first_look_says_what_it_lacks_and_what_would_resolve_it() -> None:
    [outcome] = shown_outcomes([QuarterlyReading(Verdict(PROMISED))])
    assert isinstance(outcome, CannotTell)
    assert "single look is not enough" in outcome.found
    assert "next quarterly look" in outcome.would_resolve


def test_a_gate_acts_at_once() -> None:
    assert shown(UNCLEAR, GATE, OTHER_GATE) == [UNCLEAR, GATE, OTHER_GATE]
    assert shown((PROMISED, True), GATE) == [PROMISED, GATE]


def test_a_gate_that_opens_takes_its_reason_with_it_and_what_follows_is_confirmed() -> None:
    assert shown(GATE, PROMISED, PROMISED) == [GATE, TOO_EARLY, PROMISED]
    assert shown(GATE, (PROMISED, True)) == [GATE, PROMISED]
    assert shown(GATE, UNCLEAR) == [GATE, UNCLEAR]


def test_a_gate_between_two_quarters_breaks_the_repetition() -> None:
    assert shown(UNCLEAR, PROMISED, GATE, PROMISED)[-1] is TOO_EARLY


def test_the_verdict_at_the_deadline_is_shown_at_once_and_stays() -> None:
    assert shown(UNCLEAR, KEPT, NOT_KEPT, NOT_KEPT, GATE) == [UNCLEAR] + [KEPT] * 4


def test_a_logged_revision_changes_the_verdict_at_the_deadline() -> None:
    readings = [
        QuarterlyReading(Verdict(KEPT)),
        QuarterlyReading(Verdict(NOT_KEPT), logged_revision=True),
        QuarterlyReading(Verdict(KEPT)),
    ]
    assert shown_outcomes(readings) == [Verdict(KEPT), Verdict(NOT_KEPT), Verdict(NOT_KEPT)]


def overlapping_quarters(counts: np.ndarray) -> list[QuarterlyReading]:
    """Nine quarterly looks at 30 a month, each against the same two years before."""
    before = int(counts[:24].sum())
    readings = []
    for end in range(36, 61, 3):
        after = int(counts[end - 12 : end].sum())
        middle, error = math.log(after / 12 / (before / 24)), math.sqrt(1 / before + 1 / after)
        usual, wide = (
            rule.state_before_deadline(
                ratio(*(math.exp(middle + z * error) for z in (0, -reach, reach))),
                direction="decrease",
                target_ratio=0.8,
            )
            for reach in (1.96, 3.09)
        )
        readings.append(QuarterlyReading(usual, holds_at_99_8=usual == wide))
    return readings


def flips(outcomes: list[Outcome]) -> int:
    """Count changes from one verdict to another; a first verdict is no flip."""
    return sum(
        a != b for a, b in pairwise(outcomes) if isinstance(a, Verdict) and isinstance(b, Verdict)
    )


def test_when_nothing_changes_steadying_about_halves_the_false_verdicts() -> None:
    random, cities = np.random.default_rng(20), 1500
    raw_false = shown_false = raw_flips = shown_flips = 0
    for _ in range(cities):
        readings = overlapping_quarters(random.poisson(30, 60))
        raw, steady = [r.outcome for r in readings], shown_outcomes(readings)
        raw_false += Verdict(PROMISED) in raw
        shown_false += Verdict(PROMISED) in steady
        raw_flips += flips(raw)
        shown_flips += flips(steady)
    assert raw_false / cities == pytest.approx(0.10, abs=0.03)
    assert shown_false / cities == pytest.approx(0.05, abs=0.02)
    assert raw_flips / cities == pytest.approx(0.41, abs=0.08)
    assert shown_flips / cities == pytest.approx(0.17, abs=0.05)


def test_a_true_fall_of_a_fifth_is_shown_at_month_24_as_often_as_published() -> None:
    random, cities = np.random.default_rng(22), 1500
    level = np.repeat([30.0, 24.0], [24, 36])
    seen = sum(
        shown_outcomes(overlapping_quarters(random.poisson(level)))[4] == Verdict(PROMISED)
        for _ in range(cities)
    )
    assert seen / cities == pytest.approx(0.91, abs=0.025)  # 86.5% if "too weak" need not repeat


@pytest.mark.parametrize(
    ("true_ratio", "kept", "not_kept"),
    [(1.0, 0.0, 0.93), (0.9, 0.04, None), (0.8, 0.49, 0.02), (0.7, 0.97, None)],
)
def test_at_the_deadline_the_published_error_rates_are_reproduced(
    true_ratio: float, kept: float, not_kept: float | None
) -> None:
    random, looks = np.random.default_rng(21), 3000
    states = []
    before, after = random.poisson(720, looks), random.poisson(360 * true_ratio, looks)
    for b, a in zip(before.tolist(), after.tolist(), strict=True):
        middle, error = math.log(2 * a / b), math.sqrt(1 / a + 1 / b)
        change = ratio(*(math.exp(middle + z * error) for z in (0, -1.96, 1.96)))
        states.append(rule.state_at_deadline(change, direction="decrease", target_ratio=0.8).state)
    assert states.count(KEPT) / looks == pytest.approx(kept, abs=0.03)
    if not_kept is not None:
        assert states.count(NOT_KEPT) / looks == pytest.approx(not_kept, abs=0.03)
