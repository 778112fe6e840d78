"""Two stretches of time compared: what came out, and every number that went into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from trustboard.statistics import Interval
from trustboard.verdict_states import Verdict
from trustboard.verdicts.model import Number
from trustboard.verdicts.sentences import Margin


@dataclass(frozen=True, slots=True)
class Comparison:
    """One window against another under the rule.

    `before` and `after` are what gate 6 looks at: events, or cases for a share. `holds_at_99_8`
    says that the 99.8% range gives the same state. `meets` compares the bare figure with the
    target (None without a target).
    """

    verdict: Verdict
    holds_at_99_8: bool
    estimate: Interval
    estimate_is: Literal["ratio", "difference"]
    before: float
    after: float
    meets: bool | None
    numbers: Mapping[str, Number]
    formula: str
    said: str  # "29% lower (17% to 39% lower)"
    margin: Margin  # the smallest change that matters, in words
    target: str  # "20% lower"
    smallest_detectable: float
