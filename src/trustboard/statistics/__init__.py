"""Pure calculations: numbers in, numbers out. They know no city, no file and no page.

Each answers with a value and the range that chance variation alone would produce. The sources of
the methods are named beside each function.
"""

from .correlation import spearman
from .detectable import smallest_detectable_change
from .incidence import cumulative_incidence
from .log_log import log_log_limits
from .neighborhoods import funnel
from .outreach import expected_empty_months, fewest_with_half, gini, gini_chance_range
from .presentation import show_proportion, show_proportions, show_rate, show_rates
from .rates import count_limits, proportion, proportions, rate, rate_ratio
from .results import BeforeAfter, Interval, RatioTest, SurvivalCurve
from .survival import kaplan_meier, median_time
from .time_windows import before_after

__all__ = [
    "BeforeAfter",
    "Interval",
    "RatioTest",
    "SurvivalCurve",
    "before_after",
    "count_limits",
    "cumulative_incidence",
    "expected_empty_months",
    "fewest_with_half",
    "funnel",
    "gini",
    "gini_chance_range",
    "kaplan_meier",
    "log_log_limits",
    "median_time",
    "proportion",
    "proportions",
    "rate",
    "rate_ratio",
    "show_proportion",
    "show_proportions",
    "show_rate",
    "show_rates",
    "smallest_detectable_change",
    "spearman",
]
