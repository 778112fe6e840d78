"""Delivery tests: was a promised thing delivered, or done as often as promised, by a date?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from trustboard.commitments import Commitment, DeliveryTest, Evidence
from trustboard.months import latest_day
from trustboard.rule import state_of_delivery
from trustboard.statistics import Interval
from trustboard.verdict_states import CannotTell, Reason, Verdict, VerdictState
from trustboard.verdicts import gates, published_gate
from trustboard.verdicts.building import assembled, publications_named
from trustboard.verdicts.delivery_rows import assess_counted_rows
from trustboard.verdicts.model import AssessedTest, GateResult, LabeledWindow
from trustboard.verdicts.sentences import joined, literal
from trustboard.verdicts.view import View
from trustboard.wording import date_text, whole

_DELIVERS = ("reported", "verified")


def assess_delivery(commitment: Commitment, test: DeliveryTest, view: View) -> AssessedTest:
    """Assess one delivery test: count what was delivered in time. A count, so no range.

    Announced things deliver nothing. Too few found means "not kept" only after the deadline and
    where everything delivered would have been published.
    """
    if test.indicator is not None:
        return assess_counted_rows(commitment, test, view)
    return _assess_listed(commitment, test, view)


def _assess_listed(commitment: Commitment, test: DeliveryTest, view: View) -> AssessedTest:
    shown = tuple(one for one in test.evidence if _known(one, view))
    if view.limit is None:  # what is listed here was known when it was listed
        dated = [one.on for one in shown if one.on is not None]
        view = replace(view, day=max([view.day, *dated]))
    delivered = [one for one in shown if _delivers(one, commitment, test)]
    found = len(delivered)
    tried, cannot = gates.try_gates(
        [
            lambda: gates.measurable([], found=f"The test counts {whole(test.count)} or more."),
            lambda: _due(found, test, view.day),
            lambda: _published(found, commitment, test, view),
        ]
    )
    outcome = cannot or state_of_delivery(
        found, test.count, whole_period_published=test.whole_period_published
    )
    return assembled(
        commitment,
        test,
        view,
        outcome,
        sentence=_sentence(outcome, delivered, test, view.day),
        literal=literal(found >= test.count) if isinstance(outcome, Verdict) else "",
        estimate=Interval(found, found, found),
        estimate_is="count",
        numbers={"found": found, "promised": test.count},
        formula=f"{whole(found)} found; {whole(test.count)} promised",
        windows=_window(commitment, test, view.day),
        gates=tried,
        evidence=shown,
        sources=tuple(dict.fromkeys(_source(one) for one in shown)),
        caveats=_caveats(shown, delivered, test),
        provisional=not (isinstance(outcome, Verdict) and _final(outcome, test, view.day)),
    )


def _known(one: Evidence, view: View) -> bool:
    """Say whether an item could be known on the day; an undated one only when no day is asked."""
    if one.on is None:
        return view.limit is None
    return view.known_by(latest_day(one.on, one.precision))


def _delivers(one: Evidence, commitment: Commitment, test: DeliveryTest) -> bool:
    """Say whether an item delivers something between the statement and the deadline."""
    if one.on is None or not one.counts or one.status not in _DELIVERS:
        return False
    by = latest_day(one.on, one.precision)
    return by >= commitment.said_on and (test.deadline is None or by <= test.deadline)


def _due(found: int, test: DeliveryTest, day: date) -> GateResult:
    """Gate 2: either it is all there, or the deadline has passed (or none was given)."""
    so_far = f"{whole(found)} of {whole(test.count)} found so far"
    if found < test.count and test.deadline is not None and day < test.deadline:
        said = f"{so_far}; the deadline is {date_text(test.deadline)}."
        return GateResult(Reason.TOO_EARLY, False, said, "The time until the deadline.")
    return GateResult(Reason.TOO_EARLY, True, f"{so_far}; no more time has to pass.")


def _published(found: int, commitment: Commitment, test: DeliveryTest, view: View) -> GateResult:
    """Gate 3: enough was found, or everything delivered would have been published."""
    if found >= test.count:
        return GateResult(Reason.NOT_PUBLISHED, True, "What was promised is on record.")
    if test.whole_period_published and test.deadline is not None:
        said = "Everything delivered by the deadline would have been published."
        return GateResult(Reason.NOT_PUBLISHED, True, said)
    named = publications_named(view, test.publications or commitment.publications)
    said = (
        f"{whole(found)} of {whole(test.count)} found; what was delivered besides is not "
        "published in a form that could be read."
    )
    would = f"To read {named}." if named else "A complete record of what was delivered, and when."
    return published_gate.not_published(said, would)


def _final(outcome: Verdict, test: DeliveryTest, day: date) -> bool:
    if outcome.state is VerdictState.KEPT:
        return True
    return test.deadline is not None and day >= test.deadline


def _sentence(
    outcome: Verdict | CannotTell, delivered: list[Evidence], test: DeliveryTest, day: date
) -> str:
    if isinstance(outcome, CannotTell):
        return ""
    verified = sum(one.status == "verified" for one in delivered)
    first = f"{whole(len(delivered))} of {whole(test.count)} promised found"
    if len(delivered) >= test.count:
        dates = sorted(latest_day(one.on, one.precision) for one in delivered if one.on)
        first += f", by {date_text(dates[test.count - 1])}"
    elif test.deadline is not None:
        first += f" by {date_text(min(day, test.deadline))}"
    if delivered:
        first += f": {whole(verified)} verified, {whole(len(delivered) - verified)} reported"
    return joined(f"{first}.", "A count cannot show how well it was done.")


def _window(commitment: Commitment, test: DeliveryTest, day: date) -> tuple[LabeledWindow, ...]:
    until = day if test.deadline is None else test.deadline
    if until < commitment.said_on:
        return ()
    label = "from the statement to the deadline" if test.deadline else "since the statement"
    return (LabeledWindow(label, commitment.said_on, until),)


def _source(one: Evidence) -> str:
    title = f", “{one.source.title}”" if one.source.title else ""
    return f"{one.source.publisher}{title}, {one.source.url}"


def _caveats(
    shown: tuple[Evidence, ...], delivered: list[Evidence], test: DeliveryTest
) -> tuple[str, ...]:
    listed = []
    if any(one.status == "announced" for one in shown):
        listed.append("What was only announced is listed, and not counted.")
    if any(one.on is None for one in shown):
        listed.append("What has no date is listed, and not counted.")
    if test.deadline is not None and any(
        one.on is not None and latest_day(one.on, one.precision) > test.deadline for one in shown
    ):
        listed.append("What came after the deadline, or may have, is listed and not counted.")
    if delivered and all(one.status == "reported" for one in delivered):
        listed.append("All that was found rests on a single source each.")
    return tuple(listed)
