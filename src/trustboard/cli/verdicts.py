"""`trustboard verdicts`: one row per commitment, with the outcome of each of its tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trustboard.cli.history import record as add_to_history
from trustboard.cli.opening import day, open_city
from trustboard.cli.printing import say, say_json, table, visible

if TYPE_CHECKING:
    from trustboard.citydata import CityData
    from trustboard.verdict_states import CannotTell
    from trustboard.verdicts import AssessedCommitment, AssessedTest
    from trustboard.verdicts.model import Outcome

HEAD: Final = ("commitment", "said on", "said by", "outcome")


def report(
    slug: str,
    *,
    as_of: str | None,
    record: bool,
    data: Path | None,
    published: Path | None,
    as_json: bool,
) -> int:
    """Print every commitment's outcomes; 1 if a commitment could not be used, else 0."""
    from trustboard.verdicts import assess_all

    limit = day(as_of, last=True)
    city = open_city(slug, data=data, published=published)
    assessed = assess_all(city, as_of=limit)
    if record:
        add_to_history(city, assessed, data=data)
    if as_json:
        say_json([_as_values(one) for one in assessed])
    else:
        _print(assessed, limit=limit)
    return _say_unusable(city)


def _print(assessed: Sequence[AssessedCommitment], *, limit: date | None) -> None:
    rows = [
        (
            one.commitment.id,
            said_on(one),
            one.commitment.said_by.office,
            "; ".join(outcomes(one)),
        )
        for one in assessed
    ]
    if not rows:
        known = "is on record" if limit is None else f"was on record by {limit}"
        say(f"No commitment of this city {known}.")
        return
    for line in table(HEAD, rows):
        say(line)


def _say_unusable(city: CityData) -> int:
    bad = [p for p in city.problems if p.file == "commitments.yml" and p.action == "not_read"]
    for problem in bad:
        say(f"not used: {visible(problem.sentence())}", error=True)
    return 1 if bad else 0


def said_on(one: AssessedCommitment) -> str:
    """Write when something was said as precisely as it is known: 2018-02-28, 2018-04 or 2020."""
    length = {"day": 10, "month": 7, "year": 4}[one.commitment.said_on_precision]
    return one.commitment.said_on.isoformat()[:length]


def outcomes(one: AssessedCommitment) -> list[str]:
    """Say each test's outcome in a few words, and why there is none where there is none."""
    told = [
        f"{test.test.id}: {_word(test.outcome)}" if len(one.tests) > 1 else _word(test.outcome)
        for test in one.tests
    ]
    return told + ([_word(one.not_measurable)] if one.not_measurable else [])


def _word(outcome: Outcome) -> str:
    from trustboard.verdicts.model import Agreement
    from trustboard.wording import verdict_word

    return "Figures agree" if isinstance(outcome, Agreement) else verdict_word(outcome)


def _as_values(one: AssessedCommitment) -> dict[str, Any]:
    said = one.commitment
    return {
        "commitment": said.id,
        "title": said.title,
        "statement": said.statement,
        "said_on": said_on(one),
        "said_by": {"name": said.said_by.name, "office": said.said_by.office},
        "where": said.where,
        "source": said.source.url,
        "as_of": one.as_of,
        "data_hash": one.data_hash,
        "tests": [_test(test) for test in one.tests],
        "not_measurable": _reason(one.not_measurable),
    }


def _test(one: AssessedTest) -> dict[str, Any]:
    from trustboard.verdict_states import Verdict

    interval = one.estimate
    verdict = one.outcome if isinstance(one.outcome, Verdict) else None
    return {
        "test": one.test.id,
        "kind": one.test.kind,
        "question": one.test.question,
        "outcome": _word(one.outcome),
        "state": verdict.state.value if verdict else None,
        "part_way": verdict.part_way if verdict else False,
        "cannot_tell": _reason(one.cannot_tell),
        "headline": one.headline,
        "sentence": one.sentence,
        "literal": one.literal,
        "estimate_is": one.estimate_is,
        "estimate": interval.estimate if interval else None,
        "lower": interval.lower if interval else None,
        "upper": interval.upper if interval else None,
        "formula": one.formula,
        "numbers": dict(one.numbers),
        "windows": [{"label": w.label, "from": w.from_, "to": w.to} for w in one.windows],
        "smallest_detectable": one.smallest_detectable,
        "provisional": one.provisional,
        "held_back": one.held_back,
        "sources": list(one.sources),
        "caveats": list(one.caveats),
        "method_version": one.method_version,
    }


def _reason(reason: CannotTell | None) -> dict[str, str] | None:
    if reason is None:
        return None
    return {
        "reason": reason.reason.value,
        "found": reason.found,
        "would_resolve": reason.would_resolve,
    }
