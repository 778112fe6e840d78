"""Agreement tests: does a claimed figure agree with published data? Shows both; judges nobody."""

from __future__ import annotations

from trustboard.commitments import AgreementTest, Commitment
from trustboard.statistics import Interval
from trustboard.verdict_states import CannotTell, Reason
from trustboard.verdicts import gates, published_gate
from trustboard.verdicts.building import assembled
from trustboard.verdicts.model import Agreement, AssessedTest, GateResult
from trustboard.verdicts.printed import Printed, printed
from trustboard.verdicts.sentences import joined
from trustboard.verdicts.view import View
from trustboard.wording import amount, share


def assess_agreement(commitment: Commitment, test: AgreementTest, view: View) -> AssessedTest:
    """Set a claimed figure beside a published one.

    No further apart than the tolerance: `Agreement`. Otherwise `CannotTell(SOURCES_CONFLICT)` with
    both numbers: which of them is right cannot be told from here.
    """
    claimed, published = printed(view, test.claim), printed(view, test.against)
    tried, cannot = gates.try_gates(
        [
            lambda: gates.measurable([], found="Two printed figures are set side by side."),
            lambda: _published(claimed, published, view),
            lambda: _comparable(claimed, published),
        ]
    )
    outcome = cannot or _compared(claimed, published, test)
    both = len(tried) > 2
    return assembled(
        commitment,
        test,
        view,
        outcome,
        sentence=_sentence(claimed, published, test) if isinstance(outcome, Agreement) else "",
        estimate=_ratio(claimed, published) if both else None,
        estimate_is="ratio" if both and published.total else "",
        numbers=_numbers(claimed, published, test) if both else {},
        formula=_formula(claimed, published, test) if both else "",
        gates=tried,
        sources=tuple(dict.fromkeys((*claimed.sources(), *published.sources()))),
        caveats=("Sources can differ because they count differently; nobody is judged by it.",),
    )


def _published(claimed: Printed, published: Printed, view: View) -> GateResult:
    """Gate 3: both figures are here, each as one number."""
    absent = [*claimed.absent, *published.absent]
    if absent or not (claimed.known and published.known):
        what = f"The figure {absent[0]}" if absent else "One of the figures"
        found = f"{what} was not published as one number by {view.day}."
        return published_gate.not_published(found, "Both figures, printed as numbers.")
    found = f"Printed by {claimed.publishers()} and by {published.publishers()}."
    return GateResult(Reason.NOT_PUBLISHED, True, found)


def _comparable(claimed: Printed, published: Printed) -> GateResult:
    """Gate 4: both figures are in the same unit, or both are counts of things."""
    units = sorted(claimed.units | published.units)
    if len(units) < 2:
        return GateResult(Reason.NOT_COMPARABLE, True, "Both figures are in the same unit.")
    listed = " and ".join(units)
    if claimed.are_counts and published.are_counts:
        found = f"Both figures are counts, called {listed}."
        return GateResult(Reason.NOT_COMPARABLE, True, found)
    found = f"The figures are printed in different units: {listed}."
    would = "Both figures in the same unit."
    return GateResult(Reason.NOT_COMPARABLE, False, found, would)


def _compared(claimed: Printed, published: Printed, test: AgreementTest) -> Agreement | CannotTell:
    one, other = claimed.total, published.total
    if abs(one - other) <= test.tolerance * abs(other) * (1 + 1e-12):
        return Agreement(claimed=one, published=other, tolerance=test.tolerance)
    return CannotTell(
        Reason.SOURCES_CONFLICT,
        found=(
            f"{claimed.publishers()} says {claimed.said()}{_unit(claimed)}; "
            f"{published.publishers()} says {published.said()}{_unit(published)}. They differ by "
            f"more than {share(test.tolerance)}."
        ),
        would_resolve="The rows behind both figures, or an account of how each was counted.",
    )


def _sentence(claimed: Printed, published: Printed, test: AgreementTest) -> str:
    if not (claimed.known and published.known):
        return ""
    first = (
        f"Claimed: {claimed.said()}{_unit(claimed)} ({claimed.publishers()}). Published: "
        f"{published.said()}{_unit(published)} ({published.publishers()})."
    )
    second = f"They are no further apart than {share(test.tolerance)}."
    return joined(first, second, "This cannot show that either was counted rightly.")


def _unit(figures: Printed) -> str:
    units = sorted(figures.units)
    return f" {units[0]}" if units else ""


def _ratio(claimed: Printed, published: Printed) -> Interval | None:
    if not published.total:
        return None
    ratio = claimed.total / published.total
    return Interval(ratio, ratio, ratio)


def _numbers(claimed: Printed, published: Printed, test: AgreementTest) -> dict[str, float]:
    return {
        "claimed": claimed.total,
        "published": published.total,
        "tolerance": test.tolerance,
    }


def _formula(claimed: Printed, published: Printed, test: AgreementTest) -> str:
    one, other = amount(claimed.total), amount(published.total)
    apart = amount(abs(claimed.total - published.total))
    allowed = amount(test.tolerance * abs(published.total))
    part = share(test.tolerance)
    return f"({one}) and ({other}) are {apart} apart; up to {part} of ({other}) = {allowed} agree"
