"""Figure-change tests: did a printed count change as promised, from one figure to another?"""

from __future__ import annotations

from dataclasses import replace

from trustboard.commitments import Commitment, FigureChangeTest
from trustboard.verdict_states import Verdict
from trustboard.verdicts import gates
from trustboard.verdicts.building import assembled
from trustboard.verdicts.figure_pair import Pair
from trustboard.verdicts.model import AssessedTest
from trustboard.verdicts.printed import printed
from trustboard.verdicts.view import View


def assess_figure_change(
    commitment: Commitment, test: FigureChangeTest, view: View
) -> AssessedTest:
    """Assess one figure-change test: the exact ratio of two published counts."""
    before, after = printed(view, test.before), printed(view, test.after)
    pair = Pair(commitment, test, view, before, after)
    tried, cannot = gates.try_gates(
        [
            lambda: gates.measurable(pair.not_counts(), found="Two printed counts."),
            pair.published,
            pair.comparable,
            lambda: gates.enough_events(before.total, after.total),
        ]
    )
    outcome = cannot or pair.verdict()
    figures_known = before.known and after.known and len(tried) > 2
    return assembled(
        commitment,
        test,
        replace(view, day=pair.day),
        outcome,
        sentence=pair.sentence(outcome) if isinstance(outcome, Verdict) else "",
        gates=tried,
        sources=tuple(dict.fromkeys((*before.sources(), *after.sources()))),
        caveats=pair.caveats(),
        windows=pair.windows(),
        provisional=not pair.at_deadline,
        **(pair.numbers() if figures_known else {}),
    )
