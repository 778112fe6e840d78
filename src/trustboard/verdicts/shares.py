"""Shares before and after: the difference in points, with its range.

See docs/methods.md sections 4 and 6.
"""

from __future__ import annotations

import math
from typing import Final

import pandas as pd

from trustboard.commitments import ChangeTest
from trustboard.rule import WIDE_ALPHA, state_of_progress
from trustboard.statistics import Interval
from trustboard.statistics.share_differences import (
    share_difference,
    smallest_detectable_difference,
)
from trustboard.verdict_states import Verdict, VerdictState
from trustboard.verdicts.comparison import Comparison
from trustboard.verdicts.model import Number
from trustboard.verdicts.ratios import Windows
from trustboard.verdicts.sentences import margin_of_points, points_with_range
from trustboard.wording import share, whole

#: The smallest difference that matters, unless a commitment states its own margin.
MARGIN: Final = 0.05


def compare_shares(windows: Windows, test: ChangeTest, *, at_deadline: bool) -> Comparison:
    """By how many points did a share change, and what does the rule say about it?

    Newcombe's range for the difference of two shares. A promised relative change ("20% more") is
    turned into points of the share before; the margin never exceeds half of what was promised.
    """
    hits, cases = _total(windows.after["n"]), _total(windows.after["exposure"])
    old_hits, old_cases = _total(windows.before["n"]), _total(windows.before["exposure"])
    old = old_hits / old_cases if old_cases else math.nan
    promised = None if test.target_change is None else abs(test.target_change) * old
    matters = _matters(test, promised)
    target = old * (1 + test.target_change) if test.target_change is not None else None
    difference = share_difference(hits, cases, old_hits, old_cases)
    verdict = _state(difference, test, matters, promised, at_deadline=at_deadline)
    wide = share_difference(hits, cases, old_hits, old_cases, alpha=WIDE_ALPHA)
    numbers = _numbers((old_hits, old_cases, hits, cases), difference, matters, promised)
    return Comparison(
        verdict=verdict,
        holds_at_99_8=_state(wide, test, matters, promised, at_deadline=at_deadline).state
        is verdict.state,
        estimate=difference,
        estimate_is="difference",
        before=old_cases,
        after=cases,
        meets=_meets(difference, test, promised),
        numbers=numbers,
        formula=_formula(numbers),
        said=f"{share(hits / cases) if cases else 'not known'}, after {share(old)} before: "
        + points_with_range(difference),
        margin=margin_of_points(matters),
        target=f"share of {share(target)}" if target is not None else "change",
        smallest_detectable=smallest_detectable_difference(old, old_cases, cases),
    )


def _matters(test: ChangeTest, promised: float | None) -> float:
    margin = test.margin if "margin" in test.model_fields_set else MARGIN
    return margin if not promised else min(margin, promised / 2)


def _state(
    difference: Interval,
    test: ChangeTest,
    matters: float,
    promised: float | None,
    *,
    at_deadline: bool,
) -> Verdict:
    progress = difference
    if test.direction == "decrease":
        progress = Interval(-difference.estimate, -difference.upper, -difference.lower)
    if not at_deadline:
        return state_of_progress(progress, matters=matters)
    goal = matters if promised is None else promised
    reached = progress.estimate >= goal or math.isclose(progress.estimate, goal, rel_tol=1e-9)
    if reached and progress.lower > 0:
        return Verdict(VerdictState.KEPT)
    if progress.upper < goal:
        return Verdict(VerdictState.NOT_KEPT, part_way=progress.lower > 0)
    return Verdict(VerdictState.TOO_CLOSE_TO_CALL)


def _meets(difference: Interval, test: ChangeTest, promised: float | None) -> bool | None:
    if promised is None or math.isnan(difference.estimate):
        return None
    moved = -difference.estimate if test.direction == "decrease" else difference.estimate
    return moved >= promised or math.isclose(moved, promised, rel_tol=1e-9)


def _numbers(
    totals: tuple[float, float, float, float],
    difference: Interval,
    matters: float,
    promised: float | None,
) -> dict[str, Number]:
    names = ("hits before", "cases before", "hits after", "cases after")
    numbers: dict[str, Number] = {n: int(v) for n, v in zip(names, totals, strict=True)}
    numbers |= {
        "difference": difference.estimate,
        "difference, lower end": difference.lower,
        "difference, upper end": difference.upper,
        "smallest difference that matters": matters,
    }
    return numbers | ({} if promised is None else {"promised difference": promised})


def _formula(numbers: dict[str, Number]) -> str:
    def part(side: str) -> str:
        return f"({whole(numbers[f'hits {side}'])} ÷ {whole(numbers[f'cases {side}'])})"

    said = (
        f"{part('after')} − {part('before')} = {numbers['difference']:.4f}; 95% range "
        f"{numbers['difference, lower end']:.4f} to {numbers['difference, upper end']:.4f}; "
        f"smallest difference that matters {numbers['smallest difference that matters']:.4f}"
    )
    if "promised difference" in numbers:
        said += f"; promised {numbers['promised difference']:.4f}"
    return said


def _total(values: pd.Series) -> float:
    return float(values.sum())
