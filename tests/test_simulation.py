"""The rule's operating characteristics: measured with the rule itself, and the same every time."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from trustboard import METHOD_VERSION
from trustboard.commitments import ChangeTest
from trustboard.method import published
from trustboard.simulation import (
    SEED,
    SERIES,
    Frequency,
    OperatingCharacteristics,
    Scenario,
    as_text,
    from_json,
    scenarios,
    simulate,
)
from trustboard.simulation.looks import LOOKS, follow
from trustboard.simulation.scenarios import SEASON, invent
from trustboard.statistics import proportion
from trustboard.verdict_states import VerdictState
from trustboard.verdicts.ratios import Windows, compare_ratio

ROOT = Path(__file__).resolve().parents[1]
QUIET, FALL = Scenario("alike", 30, 0.0), Scenario("alike", 30, -0.2)
TENTH = Scenario("persistent", 30, -0.1)  # followed at its deadline only, so quick
PROMISED, AGAINST = VerdictState.MOVING_AS_PROMISED.value, VerdictState.MOVING_AGAINST.value
KEPT, NOT_KEPT = VerdictState.KEPT.value, VerdictState.NOT_KEPT.value


@pytest.fixture(scope="module")
def small() -> OperatingCharacteristics:
    """Sixty series of two worlds, from another seed than the published ones."""
    return simulate(series=60, seed=SEED + 1, worlds=[QUIET, FALL], processes=1)


def key(one: Frequency) -> tuple[object, ...]:
    return (one.months, one.per_month, one.true_change, one.reading, one.said, one.when, one.month)


# Reproducible


def test_the_same_seed_gives_the_same_answer_with_any_number_of_processes() -> None:
    alone = simulate(series=40, worlds=[TENTH], processes=1)
    assert alone == simulate(series=40, worlds=[TENTH], processes=2)
    assert alone.to_json() == simulate(series=40, worlds=[TENTH], processes=1).to_json()
    assert alone != simulate(series=40, seed=SEED + 1, worlds=[TENTH], processes=1)


def test_a_series_is_the_same_whatever_else_is_drawn() -> None:
    first = invent(TENTH, seed=1, number=7)
    assert (first == invent(TENTH, seed=1, number=7)).all()
    for other in (invent(TENTH, seed=1, number=8), invent(TENTH, seed=2, number=7)):
        assert (first != other).any()


def test_the_published_numbers_come_out_again_to_the_last_digit() -> None:
    again = simulate(worlds=[TENTH], processes=1)
    stored = {key(one): one for one in published().frequencies}
    assert len(again.frequencies) == 3
    assert [stored[key(one)] for one in again.frequencies] == list(again.frequencies)


def test_a_small_run_from_another_seed_agrees_with_the_published_numbers(
    small: OperatingCharacteristics,
) -> None:
    stored = {key(one): one for one in published().frequencies}
    for one in small.frequencies:
        other = stored[key(one)]
        pooled = (one.count + other.count) / (one.series + other.series)
        error = math.sqrt(pooled * (1 - pooled) * (1 / one.series + 1 / other.series))
        assert abs(one.share - other.share) <= 4.5 * error + 1 / one.series, key(one)


# The published result


def test_the_published_file_is_that_of_the_default_run_of_this_rule() -> None:
    told = published()
    assert (told.seed, told.series, told.method_version) == (SEED, SERIES, METHOD_VERSION)
    worlds = {(one.months, one.per_month, one.true_change) for one in told.frequencies}
    assert worlds == {(one.months, one.per_month, one.true_change) for one in scenarios()}
    packaged = ROOT / "src" / "trustboard" / "method" / "operating_characteristics.json"
    text = packaged.read_text(encoding="utf-8")
    assert text == told.to_json()
    assert text == (ROOT / "docs" / "operating-characteristics.json").read_text(encoding="utf-8")


def test_every_share_has_the_wilson_range_of_its_count() -> None:
    for one in published().frequencies:
        assert one.series == SERIES
        wilson = proportion(one.count, one.series)
        assert (one.share, one.lower, one.upper) == pytest.approx(
            (wilson.estimate, wilson.lower, wilson.upper), abs=5.1e-5
        )


def test_the_published_numbers_are_what_the_specification_expects() -> None:
    told = published()

    def ever(said: str, reading: str, months: str = "alike") -> float:
        return told.share(
            said,
            months=months,
            per_month=30,
            true_change=0.0,
            reading=reading,
            month=36,
            when="by",
        ).share

    def at_deadline(said: str, change: float) -> float:
        world = {"months": "alike", "per_month": 30, "true_change": change}
        return told.share(said, **world, reading="deadline", month=24).share

    for said in (PROMISED, AGAINST):  # the product's wider ranges keep below 5% and 6%
        assert ever(said, "shown") < 0.05 < ever(said, "alone") < 0.10
        assert ever(said, "shown", "persistent") > 0.10  # and this is told, not hidden
    assert at_deadline(KEPT, 0.0) == 0.0
    assert at_deadline(NOT_KEPT, 0.0) == pytest.approx(0.93, abs=0.05)
    assert at_deadline(KEPT, -0.1) == pytest.approx(0.04, abs=0.02)
    assert at_deadline(KEPT, -0.2) == pytest.approx(0.49, abs=0.05)
    assert at_deadline(NOT_KEPT, -0.2) == pytest.approx(0.02, abs=0.01)
    assert at_deadline(KEPT, -0.3) == pytest.approx(0.97, abs=0.02)


def test_steadying_lowers_false_verdicts_and_flips_in_every_world() -> None:
    told = published()
    for one in told.flips:
        if one.reading == "shown":
            world = {"months": one.months, "per_month": one.per_month}
            world |= {"true_change": one.true_change}
            assert one.per_series <= told.flips_of(**world, reading="alone").per_series
            if one.true_change == 0:
                for said in (PROMISED, AGAINST):
                    shares = [
                        told.share(said, **world, reading=reading, month=36, when="by").share
                        for reading in ("shown", "alone")
                    ]
                    assert shares[0] < shares[1]


# The measuring itself


@pytest.mark.parametrize("world", [QUIET, FALL, Scenario("persistent", 100, -0.2)])
def test_a_look_says_what_a_verdict_on_a_commitment_says(world: Scenario) -> None:
    test = ChangeTest(
        id="t",
        kind="change",
        question="Fewer?",
        indicator="complaints-received",
        direction="decrease",
        target_change=-0.2,
    )
    months = pd.period_range("2019-01", periods=60, freq="M")
    for number in range(4):
        counts = invent(world, seed=5, number=number)
        frame = pd.DataFrame({"n": counts.astype(float), "exposure": 1.0}, index=months)
        story = follow(counts, nine_looks=True)
        for look, raw in zip(LOOKS, story.raw, strict=True):
            windows = Windows(frame.iloc[:24], frame.iloc[12 + look : 24 + look])
            judged = compare_ratio(windows, test, rate=False, at_deadline=False)
            assert raw == judged.verdict.state.value
            if look == 24:
                judged = compare_ratio(windows, test, rate=False, at_deadline=True)
                assert story.at_deadline == judged.verdict.state.value


def test_shares_and_flips_are_counted_as_their_names_say(small: OperatingCharacteristics) -> None:
    table = small.table()
    one_kind = ["months", "per_month", "true_change", "reading", "said"]
    ever = table[table["when"] == "by"].groupby(one_kind)["count"]
    assert ever.is_monotonic_increasing.all()
    at = table[(table["when"] == "at") & (table["reading"] != "deadline")]
    assert (at.groupby([*one_kind[:4], "month"])["count"].sum() <= 60).all()
    deadline = table[table["reading"] == "deadline"]
    assert (deadline.groupby(one_kind[:3])["count"].sum() == 60).all()
    stories = [follow(invent(FALL, seed=SEED + 1, number=n), nine_looks=True) for n in range(60)]
    flips = sum(a != b for s in stories for a, b in zip(s.raw, s.raw[1:], strict=False))
    world = {"months": "alike", "per_month": 30, "true_change": -0.2, "reading": "alone"}
    assert small.flips_of(**world).per_series == pytest.approx(flips / 60, abs=1e-4)
    first = sum(s.shown[0] == PROMISED for s in stories)
    assert small.share(PROMISED, **world | {"reading": "shown"}, month=12).count == first


def test_invented_months_have_the_level_the_season_and_the_scatter_they_claim() -> None:
    assert sum(SEASON) == pytest.approx(12)
    calm, rough = (
        np.array([invent(Scenario(kind, 30, -0.2), seed=3, number=n) for n in range(1500)])
        for kind in ("alike", "persistent")
    )
    for counts in (calm, rough):
        assert counts[:, :24].mean() == pytest.approx(30, rel=0.02)
        assert counts[:, 24:].mean() == pytest.approx(24, rel=0.02)
    assert calm.var(axis=0)[:24].mean() == pytest.approx(30, rel=0.1)
    july, december = rough[:, [6, 18]].mean(), rough[:, [11, 23]].mean()
    assert july / december == pytest.approx(SEASON[6] / SEASON[11], rel=0.05)
    scatter = rough.var(axis=0)[:24] / rough.mean(axis=0)[:24]
    assert scatter.mean() == pytest.approx(2.0, abs=0.3)
    carried = [np.corrcoef(rough[:, m], rough[:, m + 1])[0, 1] for m in range(23)]
    assert np.mean(carried) == pytest.approx(0.25, abs=0.08)  # half of the scatter is chance


def test_too_few_series_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 2"):
        simulate(series=1)


def test_a_world_that_was_not_simulated_is_an_error(small: OperatingCharacteristics) -> None:
    world = {"months": "alike", "per_month": 31, "true_change": 0.0}
    with pytest.raises(KeyError, match="31"):
        small.share(PROMISED, **world, reading="shown", month=12)
    with pytest.raises(KeyError, match="31"):
        small.flips_of(**world, reading="shown")


def test_what_is_written_down_is_read_back(small: OperatingCharacteristics) -> None:
    assert from_json(small.to_json()) == small
    named = {"method_version", "seed", "series", "frequencies", "flips"}
    assert set(json.loads(small.to_json())) == named  # and no date
    assert set(small.table().columns) >= {"said", "share", "lower", "upper"}


def test_the_text_shows_every_table_with_ranges(small: OperatingCharacteristics) -> None:
    text = as_text(small)
    assert f"60 invented series per row, seed {SEED + 1}" in text
    assert "Nothing changed" in text
    one = small.share(
        PROMISED, months="alike", per_month=30, true_change=-0.2, reading="shown", month=24
    )
    [row] = [line for line in text.splitlines() if line.startswith("month 24")]
    assert f"{100 * one.share:.0f}% (" in row
    assert "Too close to call" in text
