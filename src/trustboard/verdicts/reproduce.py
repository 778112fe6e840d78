"""Everything needed to recompute a verdict, as text that is the same bytes every time."""

from __future__ import annotations

import math
from datetime import date

from trustboard import __version__
from trustboard.citydata import CityData
from trustboard.commitments import Commitment
from trustboard.verdict_states import CannotTell
from trustboard.verdicts.model import Agreement, AssessedCommitment, AssessedTest, Number, Outcome
from trustboard.verdicts.rows_behind import fingerprint, rows_behind


def reproduce(
    commitment: Commitment,
    found: AssessedCommitment,
    city: CityData,
    *,
    as_of: date | None = None,
) -> str:
    """Write an assessed commitment with its formula, rows, hashes and versions.

    The text depends on the data, the definition and the code alone: not on the clock, the machine
    or the order of rows. `found` is what `assess` gave for the same city and day.
    """
    lines = [
        f"commitment: {commitment.id}",
        f"said by: {commitment.said_by.name}, {commitment.said_by.office}",
        f"said on: {commitment.said_on.isoformat()}",
        f"city: {city.slug}",
        f"as of: {found.as_of.isoformat()}",
        f"data: sha256 {found.data_hash}",
        f"code: trustboard {__version__}",
    ]
    if found.not_measurable is not None:
        lines += ["", *_outcome(found.not_measurable)]
    for test in found.tests:
        lines += ["", *_test(test, city, as_of=as_of)]
    return "\n".join(lines) + "\n"


def _test(test: AssessedTest, city: CityData, *, as_of: date | None) -> list[str]:
    rows = rows_behind(test, city, as_of=as_of)
    lines = [f"test: {test.test.id}", f"question: {test.test.question}", *_outcome(test.outcome)]
    lines += [f"in words: {test.headline}", f"sentence: {test.sentence}"]
    if test.raw != test.outcome:
        lines.append(f"this look alone: {', '.join(_outcome(test.raw))}")
    if test.literal:
        lines.append(f"literally: {test.literal}")
    if test.formula:
        lines.append(f"formula: {test.formula}")
    lines += [f"  {name} = {number_text(value)}" for name, value in test.numbers.items()]
    lines += [
        f"window: {w.label}, {w.from_.isoformat()} to {w.to.isoformat()}" for w in test.windows
    ]
    for gate in test.gates:
        lines.append(
            f"gate {gate.name.name}: {'passed' if gate.passed else 'stopped'}. {gate.found}"
        )
    lines.append(f"rows behind it: {len(rows)}, sha256 {fingerprint(rows)}")
    lines += [f"source: {source}" for source in test.sources]
    return [*lines, f"method: {test.method_version}"]


def _outcome(outcome: Outcome) -> list[str]:
    if isinstance(outcome, CannotTell):
        return [
            f"outcome: CANNOT_TELL {outcome.reason.name}",
            f"found: {outcome.found}",
            f"would resolve: {outcome.would_resolve}",
        ]
    if isinstance(outcome, Agreement):
        return ["outcome: AGREES"]
    return [f"outcome: {outcome.state.name}{' PART_WAY' if outcome.part_way else ''}"]


def number_text(value: Number) -> str:
    """Write a number with as many digits as agree on every machine."""
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:.9g}"
    return str(value)
