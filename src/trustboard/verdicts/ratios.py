"""Counts and rates before and after: the ratio of the monthly means, with its range.

See docs/methods.md section 4.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from trustboard.commitments import ChangeTest
from trustboard.rule import (
    USUAL_ALPHA,
    WIDE_ALPHA,
    progress_of_ratio,
    promised_progress,
    smallest_that_matters,
    state_at_deadline,
    state_before_deadline,
)
from trustboard.statistics import BeforeAfter, Interval, before_after, smallest_detectable_change
from trustboard.verdict_states import Verdict
from trustboard.verdicts.comparison import Comparison
from trustboard.verdicts.model import Number
from trustboard.verdicts.sentences import change_of, change_with_range, margin_of_ratio
from trustboard.wording import whole


@dataclass(frozen=True)
class Windows:
    """Monthly `n` and `exposure` (residents, or cases for a share) before and after."""

    before: pd.DataFrame
    after: pd.DataFrame

    def filled(self, *, before: pd.Series, after: pd.Series) -> Windows:
        """Add events per month to either window."""
        return Windows(_added(self.before, before), _added(self.after, after))


def compare_ratio(
    windows: Windows, test: ChangeTest, *, rate: bool, at_deadline: bool
) -> Comparison:
    """By what factor did the monthly mean change, and what does the rule say about it?"""
    fit = _fit(windows, rate=rate, alpha=USUAL_ALPHA)
    wide = _fit(windows, rate=rate, alpha=WIDE_ALPHA)
    verdict = _state(fit, test, at_deadline=at_deadline)
    target = None if test.target_change is None else 1 + test.target_change
    numbers = _numbers(windows, fit, test, target=target, rate=rate)
    before, after = float(windows.before["n"].sum()), float(windows.after["n"].sum())
    exposure = _exposure(windows.after, rate=rate) / _exposure(windows.before, rate=rate)
    interval = Interval(fit.ratio, fit.lower, fit.upper)
    scatter = fit.dispersion if math.isfinite(fit.dispersion) else 1.0
    return Comparison(
        verdict=verdict,
        holds_at_99_8=_state(wide, test, at_deadline=at_deadline).state is verdict.state,
        estimate=interval,
        estimate_is="ratio",
        before=before,
        after=after,
        meets=_meets(fit.ratio, test, target),
        numbers=numbers,
        formula=_formula(numbers, windows, rate=rate, target=target),
        said=change_with_range(interval),
        margin=margin_of_ratio(float(numbers["smallest progress that matters"]), test.direction),
        target=change_of(target) if target is not None else "change",
        smallest_detectable=smallest_detectable_change(before, exposure, dispersion=scatter),
    )


def _fit(windows: Windows, *, rate: bool, alpha: float) -> BeforeAfter:
    both = pd.concat([windows.before, windows.after])
    months = pd.PeriodIndex(both.index, freq="M")
    return before_after(
        both["n"].to_numpy(dtype="float64"),
        period=[0] * len(windows.before) + [1] * len(windows.after),
        month=months.month.to_numpy(),
        exposure=both["exposure"].to_numpy(dtype="float64") if rate else None,
        alpha=alpha,
    )


def _state(fit: BeforeAfter, test: ChangeTest, *, at_deadline: bool) -> Verdict:
    rule = state_at_deadline if at_deadline else state_before_deadline
    target = None if test.target_change is None else 1 + test.target_change
    return rule(fit, direction=test.direction, target_ratio=target, margin=test.margin)


def _meets(ratio: float, test: ChangeTest, target: float | None) -> bool | None:
    if target is None or math.isnan(ratio):
        return None
    reached = ratio <= target if test.direction == "decrease" else ratio >= target
    return reached or math.isclose(ratio, target, rel_tol=1e-12)


def _numbers(
    windows: Windows, fit: BeforeAfter, test: ChangeTest, *, target: float | None, rate: bool
) -> dict[str, Number]:
    """List every number of the formula, in the order in which it is used."""
    before, after = windows.before, windows.after
    numbers: dict[str, Number] = {
        "events before": int(before["n"].sum()),
        "months before": len(before),
        "events after": int(after["n"].sum()),
        "months after": len(after),
    }
    if rate:
        numbers["residents before"] = _exposure(before, rate=True) / len(before)
        numbers["residents after"] = _exposure(after, rate=True) / len(after)
    sign = -1 if test.direction == "decrease" else 1
    matters = smallest_that_matters(test.direction, target, margin=test.margin)
    progress = progress_of_ratio(fit, test.direction)
    numbers |= {
        "ratio": fit.ratio,
        "ratio, lower end": fit.lower,
        "ratio, upper end": fit.upper,
        "dispersion": fit.dispersion,
        "month-to-month correlation": fit.lag1,
        "degrees of freedom": fit.df,
        "progress": progress.estimate,
        "progress, lower end": progress.lower,
        "progress, upper end": progress.upper,
        "smallest progress that matters": matters,
        "smallest ratio that matters": math.exp(sign * matters),
    }
    if target is not None:
        numbers["promised ratio"] = target
        numbers["promised progress"] = promised_progress(test.direction, target, margin=test.margin)
    return numbers


def _formula(
    numbers: dict[str, Number], windows: Windows, *, rate: bool, target: float | None
) -> str:
    """Write the calculation with its numbers filled in."""
    parts = []
    for side, frame in (("after", windows.after), ("before", windows.before)):
        part = f"{whole(numbers[f'events {side}'])} ÷ {len(frame)} months"
        if rate:
            part += f" ÷ {whole(numbers[f'residents {side}'])} residents"
        parts.append(f"({part})")
    plain = _plain_ratio(windows, rate=rate)
    said = f"{parts[0]} ÷ {parts[1]} = {plain:.4f}"
    if math.isfinite(plain) and not math.isclose(plain, float(numbers["ratio"]), rel_tol=1e-6):
        said += f"; with the season taken into account {numbers['ratio']:.4f}"
    said += (
        f"; 95% range {numbers['ratio, lower end']:.4f} to {numbers['ratio, upper end']:.4f}"
        f" (dispersion {numbers['dispersion']:.3f}, month-to-month correlation "
        f"{numbers['month-to-month correlation']:.3f}, {numbers['degrees of freedom']} degrees of "
        f"freedom); smallest change that matters {numbers['smallest ratio that matters']:.4f}"
    )
    return said + (f"; promised {target:.4f}" if target is not None else "")


def _plain_ratio(windows: Windows, *, rate: bool) -> float:
    before = windows.before["n"].sum() / _exposure(windows.before, rate=rate)
    after = windows.after["n"].sum() / _exposure(windows.after, rate=rate)
    return float(after / before) if before else math.inf if after else math.nan


def _exposure(frame: pd.DataFrame, *, rate: bool) -> float:
    return float(frame["exposure"].sum()) if rate else float(len(frame))


def _added(frame: pd.DataFrame, more: pd.Series) -> pd.DataFrame:
    extra = more.reindex(frame.index).fillna(0).to_numpy(dtype="float64")
    return frame.assign(n=frame["n"] + extra)
